"""Where each text of a takeaway comes from, told by a small mark beside its field."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from companion.desktop.widgets.buttons import link
from companion.takeaways.model import Origin
from companion.takeaways.origins import say
from companion.words.language import t

OPEN: dict[str, tuple[Origin, ...]] = {  # what an author may say of a field, the likeliest first
    "scene": ("heard", "observed", "interpretation"),
    "goal": ("heard", "interpretation"),
    "matters": ("interpretation",),
}


def origin_of(origins: tuple[tuple[str, str], ...], field: str) -> str:
    """Where a field's text comes from, else what is likeliest."""
    return dict(origins).get(field) or OPEN.get(field, ("",))[0]


class OriginMark:
    """The mark of one field: pressing it goes round what it can be."""

    def __init__(self, field: str, label: str, changed: Callable[[], None]) -> None:
        self.field = field
        self.origin: Origin = OPEN[field][0]
        self._label = label
        self._changed = changed
        self.button: QPushButton = link("", self._on_press, soft=True)
        self.button.setEnabled(len(OPEN[field]) > 1)
        self.show_origin(self.origin)

    def show_origin(self, origin: str) -> None:
        """Show where the text comes from; what a field cannot be is shown as its likeliest."""
        self.origin = next((one for one in OPEN[self.field] if one == origin), OPEN[self.field][0])
        text = say(self.origin)
        self.button.setText(text)
        self.button.setAccessibleName(t("Where it comes from, {field}: {origin}", field=self._label, origin=text))
        self.button.setToolTip(t("As heard, as seen, or your interpretation: press to change it"))

    def _on_press(self) -> None:
        known = OPEN[self.field]
        self.show_origin(known[(known.index(self.origin) + 1) % len(known)])
        self._changed()
