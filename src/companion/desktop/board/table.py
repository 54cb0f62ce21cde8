"""The board as a table: leaders under their teams, walked cell by cell; Enter or a click asks why."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from companion.attendance.board import Row
from companion.desktop.board.cells import BoardDelegate
from companion.desktop.board.columns import COLUMNS, HEARD, KEYS, LEADER, NEEDED, NEXT
from companion.desktop.board.lines import Item, Line
from companion.desktop.look import Look
from companion.desktop.widgets.pips import told as pips_told
from companion.desktop.widgets.table import Index, LinesModel
from companion.words.language import t

LINE_HEIGHT, HEADING_HEIGHT = 36, 28  # pixels at 100 %
ROOM_FOR_NEXT = 520  # pixels at 100 %: below, who and what is needed come first
_PASSED_OVER = Qt.ItemFlag.NoItemFlags
_CHOSEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


class BoardModel(LinesModel[Item]):
    """Items in their order; each is put into words when it is looked at."""

    def __init__(self) -> None:
        super().__init__([column.label for column in COLUMNS])
        self._told: dict[int, Line] = {}
        self._tell: Callable[[Item], Line] | None = None

    def show_lines(self, lines: Sequence[Item], tell: Callable[[Item], Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines, self._told, self._tell = lines, {}, tell
        self.endResetModel()

    def line(self, row: int) -> Line:
        """A row's words."""
        if row not in self._told and self._tell is not None:
            self._told[row] = self._tell(self.lines[row])
        return self._told[row]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, and what a screen reader says of it."""
        if role not in _ROLES:
            return None
        line, column = self.line(index.row()), index.column()
        text = line.cells[column]
        if column == NEEDED and line.beside:
            text = t("{needed}, {beside}", needed=text, beside=line.beside)
        return self._says(index.row(), column, text) if role == Qt.ItemDataRole.AccessibleTextRole else text

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A team's heading is passed over."""
        return _PASSED_OVER if isinstance(self.lines[index.row()], str) else _CHOSEN

    def _says(self, row: int, column: int, text: str) -> str:
        item, line = self.lines[row], self.line(row)
        if isinstance(item, str):
            return t("Team {team}", team=text)
        if column == HEARD and isinstance(item, Row):
            text = t("{heard}, {pips}", heard=text, pips=pips_told(*line.pips))
        if column == LEADER:
            return t("{name}, {team}", name=text, team=item.person.team) if isinstance(item, Row) else text
        return t("{name}, {column}: {text}", name=line.cells[LEADER], column=t(COLUMNS[column].label), text=text)


class BoardTable(QTableView):
    """The table. `asked`: why a cell of a person says so; `moved`: another cell is the current one."""

    asked = Signal(str, str)  # a person's id, a column's key
    moved = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.lines = BoardModel()
        self._look = look
        self._more = False
        self._headings: list[int] = []
        self._fits: tuple[int, bool, float] = (0, False, 0.0)  # what the widths were shared out for
        self._draws = BoardDelegate(look, self, self.lines.line)
        self.setModel(self.lines)
        self.setItemDelegate(self._draws)
        self.setAccessibleName(t("Board"))
        self.setAccessibleDescription(t("The arrow keys go from cell to cell; Enter says why."))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setHighlightSections(False)
        across.setAccessibleName(t("Columns"))
        self.clicked.connect(self._on_click)
        self.selectionModel().currentChanged.connect(self._on_current)
        look.switched.connect(self._on_look)
        self.show_more(more=False)

    @property
    def current(self) -> tuple[str, str]:
        """The id of the person and the key of the column the reader is on, ("", "") for none."""
        return self._at(self.currentIndex())

    def show_lines(self, lines: Sequence[Item], tell: Callable[[Item], Line]) -> None:
        """List others; who reads stays on the same cell, or goes to the first one."""
        for row in self._headings:  # another row may stand there next
            self.setRowHeight(row, self._look.px(LINE_HEIGHT))
        self._headings = [row for row, item in enumerate(lines) if isinstance(item, str)]
        before, column = self._key(self.currentIndex()), max(LEADER, self.currentIndex().column())
        self.lines.show_lines(lines, tell)
        at, first = -1, -1
        for row, item in enumerate(lines):
            if isinstance(item, str):
                self.setRowHeight(row, self._look.px(HEADING_HEIGHT))
                continue
            first = row if first < 0 else first
            if before and self._row_key(item) == before:
                at = row
        if first >= 0:
            self.setCurrentIndex(self.lines.index(at if at >= 0 else first, column))

    def show_more(self, *, more: bool) -> None:
        """Show all columns, or the few that are asked for most."""
        self._more = more
        self._fit()

    def choose(self, person_id: str) -> None:
        """Stand on one leader."""
        for row, item in enumerate(self.lines.lines):
            if isinstance(item, Row) and item.person.id == person_id:
                self.setCurrentIndex(self.lines.index(row, max(LEADER, self.currentIndex().column())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the space bar ask why."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._on_click(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share what room there is."""
        super().resizeEvent(event)
        self._fit()

    def _at(self, index: QModelIndex) -> tuple[str, str]:
        item = self.lines.lines[index.row()] if 0 <= index.row() < len(self.lines.lines) else None
        return (item.person.id, KEYS[index.column()]) if isinstance(item, Row) else ("", "")

    def _key(self, index: QModelIndex) -> str:
        row = index.row()
        return self._row_key(self.lines.lines[row]) if 0 <= row < len(self.lines.lines) else ""

    @staticmethod
    def _row_key(item: Item) -> str:
        if isinstance(item, str):
            return ""
        return item.person.id if isinstance(item, Row) else f"team:{item.team}"

    @Slot(QModelIndex)
    def _on_click(self, index: QModelIndex) -> None:
        person, column = self._at(index)
        if person:
            self.asked.emit(person, column)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.row() != before.row():  # the row's ground is drawn under all of its cells
            self.viewport().update()
        person, column = self._at(now)
        if person:
            self.moved.emit(person, column)

    @Slot()
    def _on_look(self) -> None:
        self._fit()
        self.viewport().update()

    def _fit(self) -> None:
        px, room = self._look.px, self.viewport().width()
        fits = (room, self._more, self._look.scale)
        if fits == self._fits:
            return
        self._fits = fits
        self.setColumnHidden(NEXT, not self._more and room < px(ROOM_FOR_NEXT))
        for at, column in enumerate(COLUMNS):
            if column.more:
                self.setColumnHidden(at, not self._more)
        shown = [(at, column) for at, column in enumerate(COLUMNS) if not self.isColumnHidden(at)]
        left = max(0, room - sum(px(column.least) for _at, column in shown))
        parts = sum(column.grows for _at, column in shown) or 1
        for at, column in shown:
            self.setColumnWidth(at, px(column.least) + left * column.grows // parts)
        self.verticalHeader().setDefaultSectionSize(px(LINE_HEIGHT))
        self.viewport().update()
