"""What stands on the page where a takeaway is on its way and can still be taken back, or was withdrawn."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.desktop.takeaway.facts import Desk
from companion.desktop.widgets.buttons import button, menu_button
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.text import PlainLabel
from companion.takeaways.audience import say
from companion.takeaways.model import Takeaway
from companion.words.dates import day_month
from companion.words.language import t


class Gone(QWidget):
    """Its headline, and what one can go on with."""

    def __init__(self, also: Callable[[str], None], read: Callable[[], None]) -> None:
        super().__init__()
        self._also = also
        self._read = read
        self.column = Column(margin=36, widest=640)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.column)

    def show_leaving(self, takeaway: Takeaway, free: tuple[str, ...]) -> None:
        """Show one that is on its way; `free`: audiences that have none yet."""
        self.column.begin()
        self.column.add(PlainLabel(t("On its way"), "title"))
        self.column.add(PlainLabel(takeaway.headline, "heading"), 8)
        said = t("{audience}. Until the seconds above are over it can be taken back; then it goes.",
                 audience=_first_large(say(takeaway.audience)))  # fmt: skip
        self.column.add(PlainLabel(said, "soft"))
        choices = [(say(one), lambda one=one: self._also(one)) for one in free]
        buttons: list[QWidget] = [menu_button(t("Also for…"), choices)] if choices else []
        self.column.add(Flow([*buttons, button(t("Go to Read"), self._read)], spacing=8), 12)
        self.column.end()

    def show_withdrawn(
        self, takeaway: Takeaway, desk: Desk, begin: Callable[[], None], where: Callable[[], None],
        choose: Callable[[str], None],
    ) -> None:  # fmt: skip
        """Show one that was withdrawn, and the others of its note that can be gone on with."""
        day = day_of(takeaway.withdrawn, desk.programme.zone) if takeaway.withdrawn else desk.today
        others = desk.going_on
        self.column.begin()
        self.column.add(PlainLabel(t("Withdrawn"), "title"))
        self.column.add(PlainLabel(takeaway.headline, "heading"), 8)
        said = t("{audience}. Withdrawn on {day}; readers see it no more.", day=day_month(day),
                 audience=_first_large(say(takeaway.audience)))  # fmt: skip
        self.column.add(PlainLabel(f"{said} {takeaway.withdrawn_why}".strip(), "soft"))
        buttons: list[QWidget] = [
            button(t("Open the one {audience}", audience=say(one.audience)), partial(choose, one.id)) for one in others
        ]
        if all(one.audience != takeaway.audience for one in others):
            buttons.insert(0, button(t("Begin another"), begin))
        buttons += [button(t("Where it went"), where), button(t("Go to Read"), self._read)]
        self.column.add(Flow(buttons, spacing=8), 12)
        self.column.end()


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]
