"""The work list beside the board: what is to be seen to, by kind, each with the way there."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.desktop.look import Look
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.items import Item, ItemList
from companion.desktop.widgets.text import PlainLabel
from companion.programme.views.worklist import KINDS, WorkItem, Worklist
from companion.words import worklist as words
from companion.words.dates import short_day
from companion.words.language import t


class WorkPart(QWidget):
    """The list, and below it what is to be done about the one the reader is on. Enter goes there."""

    def __init__(self, look: Look, go: Callable[[WorkItem], None]) -> None:
        super().__init__()
        self._go = go
        self._items: dict[str, WorkItem] = {}
        self.list = ItemList(look, t("Work list"))
        self.list.chosen.connect(self._on_chosen)
        self.list.activated.connect(self._on_activated)
        self.to_do = PlainLabel("")
        self.there = button(t("Go there"), self._on_go)
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self.to_do, 1)
        line.addWidget(self.there, 0, Qt.AlignmentFlag.AlignTop)
        self.none = Empty(t("Nothing waits to be seen to."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.list, 1)
        column.addWidget(self._line)
        column.addWidget(self.none)

    def show_work(self, work: Worklist) -> None:
        """List what waits, the oldest of each kind first."""
        self._items = {_key(item): item for item in work.items}
        self.list.show_items(_items(work))
        there = bool(work.items)
        for one in (self.list, self._line):
            one.setVisible(there)
        self.none.setVisible(not there)
        if there and not self.list.current:
            self.list.choose(next(item.key for item in _items(work) if item.key))
        self._on_chosen(self.list.current)

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        item = self._items.get(key)
        self.there.setEnabled(item is not None)
        self.to_do.setText(item.what_to_do if item else "")
        self.there.setAccessibleName(t("Go there: {what}", what=item.what_to_do) if item else t("Go there"))

    @Slot(QModelIndex)
    def _on_activated(self, _index: QModelIndex) -> None:
        self._on_go()

    def _on_go(self) -> None:
        item = self._items.get(self.list.current)
        if item is not None:
            self._go(item)


def _items(work: Worklist) -> Iterator[Item]:
    for kind in KINDS:
        found = [item for item in work.items if item.kind == kind]
        if found:
            yield Item("", t("{kind} ({count})", kind=words.kind(kind), count=len(found)))
        for item in found:
            yield Item(_key(item), item.title, " · ".join(part for part in (item.about, _since(item, work)) if part))


def _since(item: WorkItem, work: Worklist) -> str:
    """Since when it waits, where the title does not say the day already."""
    if item.kind in ("disputed", "unknown", "open_review"):
        return "" if item.about else item.what_to_do
    return t("since {day}", day=short_day(day_of(item.since, work.zone)))


def _key(item: WorkItem) -> str:
    return f"{item.kind}:{item.id}:{item.person_id}"
