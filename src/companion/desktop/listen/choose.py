"""One of a few, or none of them: pressing what is on takes it back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from companion.desktop.widgets.buttons import Choice
from companion.desktop.widgets.flow import Flow
from companion.words.language import t


class OneOf(Flow):
    """Buttons as (key, label) of which one may be on."""

    def __init__(self, choices: Sequence[tuple[str, str]], changed: Callable[[], None], says: str) -> None:
        super().__init__(spacing=4)
        self._changed = changed
        self._buttons: dict[str, Choice] = {}
        for key, label in choices:
            one = self._buttons[key] = Choice(label.replace("&", "&&"))
            one.setProperty("choice", True)
            one.setCheckable(True)
            one.setAutoDefault(False)
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            one.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            one.setAccessibleName(t("{what}: {choice}", what=says, choice=label))
            one.clicked.connect(lambda checked, key=key: self._on_pressed(key, checked))
            self.add(one)

    @property
    def value(self) -> str:
        """The key of the one that is on, "" for none."""
        return next((key for key, one in self._buttons.items() if one.isChecked()), "")

    def show_value(self, value: str) -> None:
        """Show one as on."""
        for key, one in self._buttons.items():
            one.setChecked(key == value)

    def _on_pressed(self, key: str, checked: bool) -> None:
        self.show_value(key if checked else "")
        self._changed()
