"""One section of a customer's page: its rows, a part at a time, and the editor that stands in a row's place."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from companion.desktop.customer.row import KnownRow, Shown
from companion.desktop.widgets.buttons import button, link
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.rows import RowList
from companion.desktop.widgets.text import PlainLabel
from companion.words.language import t

FIRST, MORE = 10, 40  # rows that are built at once, and with each "Show more"


class Rows(RowList):
    """Rows of which one can make room for an editor."""

    def put_at(self, row: KnownRow, widget: QWidget) -> None:
        """Show a widget where the row stands."""
        row.hide()
        self._column.insertWidget(self._column.indexOf(row), widget)
        widget.show()


class Section(QWidget):
    """`wanted` carries what is to be done with which row; "add" has no row."""

    wanted = Signal(str, str)

    def __init__(self, title: str, none_yet: str, add: str = "") -> None:
        super().__init__()
        self.title = title
        self._none = none_yet
        self._shown: tuple[Shown, ...] | None = None
        self._coming: tuple[Shown, ...] | None = None
        self._most = FIRST
        self._editor: QWidget | None = None
        self.editing = ""  # the key of the row that is being changed, "" for none
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(PlainLabel(title, "section"), 1)
        self.add: QPushButton | None = None
        if add:
            self.add = link(add, lambda: self.wanted.emit("add", ""), says=f"{title}: {add}")
            top.addWidget(self.add, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(top)
        self._card = Card(margin=14, spacing=4)
        column.addWidget(self._card)
        self.rows = Rows()
        self._card.add(self.rows)
        self._more = button("", self._show_more)
        self._card.add(self._more)
        self.setAccessibleName(title)

    @property
    def shown(self) -> tuple[Shown, ...]:
        """Every row there is, built or not."""
        return self._shown or ()

    def show_rows(self, rows: Sequence[Shown]) -> None:
        """Show these rows; what is being written stays where it stands until it is done."""
        fresh = tuple(rows)
        if self._editor is not None:
            self._coming = fresh
        elif fresh != self._shown:
            self._shown = fresh
            self._build()

    def start_anew(self) -> None:
        """Another customer: begin with the first rows and no editor."""
        self._most, self._shown, self._coming = FIRST, None, None
        self.close_editor()

    def edit(self, key: str, editor: QWidget) -> None:
        """Put an editor in a row's place, or above the rows for what is new."""
        self.close_editor()
        self.reach(key)
        self._editor, self.editing = editor, key
        row = self._row(key)
        if row is not None:
            self.rows.put_at(row, editor)
        else:
            self._card.column.insertWidget(0, editor)
            editor.show()

    def close_editor(self) -> None:
        """Take the editor away; the row is there again, or what came meanwhile."""
        editor, self._editor = self._editor, None
        key, self.editing = self.editing, ""
        if editor is None:
            return
        focus = self.window().focusWidget()
        held = focus is not None and editor.isAncestorOf(focus)
        editor.hide()
        editor.setParent(None)
        editor.deleteLater()
        row = self._row(key)
        if row is not None:
            row.show()
        if self._coming is not None:
            coming, self._coming = self._coming, None
            self.show_rows(coming)
        if held:
            self.stand_on(key)

    def stand_on(self, key: str) -> None:
        """Give the keyboard to a row, or to what adds one."""
        self.reach(key)
        row = self._row(key)
        goal: QWidget | None = row or self.add
        if goal is not None:
            goal.setFocus(Qt.FocusReason.TabFocusReason)

    def reach(self, key: str) -> None:
        """Build as many rows as it takes to show that one."""
        at = next((at for at, one in enumerate(self.shown) if one.key == key), -1)
        if at >= self._most:
            self._most = at + 1
            self._build()

    def _row(self, key: str) -> KnownRow | None:
        return next((row for row in self.rows.rows if isinstance(row, KnownRow) and row.shown.key == key), None)

    def _show_more(self) -> None:
        first = self._most
        self._most += MORE
        self._build()
        if first < len(self.rows.rows):
            self.rows.rows[first].setFocus(Qt.FocusReason.TabFocusReason)

    def _build(self) -> None:
        focus = self.window().focusWidget()
        held = focus.shown.key if isinstance(focus, KnownRow) and self.isAncestorOf(focus) else ""
        fresh = Rows()
        for shown in self.shown[: self._most]:
            row = KnownRow(shown)
            row.wanted.connect(self.wanted)
            fresh.add(row)
        if not self.shown and self._none:
            fresh.heading(PlainLabel(self._none, "soft"))
        self._card.column.replaceWidget(self.rows, fresh)
        self.rows.hide()
        self.rows.deleteLater()
        self.rows = fresh
        fresh.show()
        left = len(self.shown) - self._most
        self._more.setVisible(left > 0)
        self._more.setText(t("Show more ({count})", count=left))
        self._more.setAccessibleName(t("Show more of: {title}", title=self.title))
        for widget in fresh.findChildren(QWidget):
            widget.ensurePolished()  # now, and not when all sections come into sight at once
        if held:
            self.stand_on(held)
