"""The customers as a table: whole rows are chosen, Enter opens one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from companion.desktop.look import Look
from companion.desktop.widgets.table import Index, LinesModel
from companion.programme.views.customer_list import CustomerLine
from companion.words.language import mark, t

COLUMNS = (
    mark("Customer"), mark("Segment"), mark("Host"), mark("Last heard"), mark("Next meeting"), mark("Open promises"),
)  # fmt: skip
SEGMENT, HOST, HEARD = 1, 2, 3
WIDTHS = {SEGMENT: 150, HOST: 150, HEARD: 112, 4: 116, 5: 116}  # pixels at 100 %; the name takes what is left
ROOM = {SEGMENT: 900, HOST: 720}  # pixels at 100 % of the table, below which a column gives way
LINE_HEIGHT = 36  # pixels at 100 %
_LINE = Qt.ItemDataRole.UserRole
_ROLES = (
    _LINE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole,
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One row as it is shown. `soft`: the columns that say that there is nothing."""

    cells: tuple[str, str, str, str, str, str]
    soft: frozenset[int] = frozenset()

    @property
    def says(self) -> str:
        """All of it, for a screen reader."""
        rest = [f"{t(COLUMNS[at])}: {cell}" for at, cell in enumerate(self.cells) if at and cell]
        return ", ".join([self.cells[0], *rest])


class CustomerModel(LinesModel[CustomerLine]):
    """Lines in their order; each is put into words when it is looked at."""

    def __init__(self) -> None:
        super().__init__(COLUMNS)
        self._told: dict[int, Line] = {}
        self._tell: Callable[[CustomerLine], Line] | None = None

    def show_lines(self, lines: Sequence[CustomerLine], tell: Callable[[CustomerLine], Line]) -> None:
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
        """A cell's text; of a row's first cell a screen reader says the whole row."""
        if role not in _ROLES:
            return None
        line = self.line(index.row())
        if role == _LINE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.says if index.column() == 0 else line.cells[index.column()]
        return line.cells[index.column()]


class CustomerDelegate(QStyledItemDelegate):
    """Draws the cells; a name that is too long is cut."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one."""
        line: Line = index.data(_LINE)
        tokens, px = self._look.tokens, self._look.px
        box: QRect = option.rect
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(tokens.accent_back if chosen else tokens.over))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(px(16) if index.column() == 0 else px(8), 0, -px(8), 0)
        font = QFont(option.font)
        if index.column() == 0:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(tokens.soft if index.column() in line.soft else tokens.text))
        text = QFontMetrics(font).elidedText(line.cells[index.column()], Qt.TextElideMode.ElideRight, inner.width())
        across = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, int(across | Qt.TextFlag.TextSingleLine), text)
        painter.restore()


class CustomerTable(QTableView):
    """The table; `opened` carries the id of the customer that is to be shown."""

    opened = Signal(str)
    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines = CustomerModel()
        self._draws = CustomerDelegate(look)
        self.setModel(self._lines)
        self.setItemDelegate(self._draws)
        self.setAccessibleName(t("Customers"))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        across.setHighlightSections(False)
        across.setAccessibleName(t("Columns"))
        self.doubleClicked.connect(lambda _index: self._open())
        self.selectionModel().currentRowChanged.connect(self._on_row)
        look.switched.connect(self._fit)
        self._fit()

    @property
    def lines(self) -> Sequence[CustomerLine]:
        """What is listed."""
        return self._lines.lines

    def told(self) -> list[Line]:
        """What is listed, in words."""
        return [self._lines.line(row) for row in range(len(self.lines))]

    @property
    def current(self) -> str:
        """The id of the customer chosen, "" for none."""
        row = self.currentIndex().row()
        return self.lines[row].customer.id if 0 <= row < len(self.lines) else ""

    def show_lines(self, lines: Sequence[CustomerLine], tell: Callable[[CustomerLine], Line]) -> None:
        """List others; who was chosen stays chosen, else the first."""
        before = self.current
        self._lines.show_lines(lines, tell)
        row = next((at for at, line in enumerate(lines) if line.customer.id == before), 0)
        if lines:
            self.setCurrentIndex(self._lines.index(row, 0))

    def choose(self, customer_id: str) -> None:
        """Stand on one customer."""
        row = next((at for at, line in enumerate(self.lines) if line.customer.id == customer_id), -1)
        if row >= 0:
            self.setCurrentIndex(self._lines.index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the customer."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, what is known anyway gives way to what comes."""
        super().resizeEvent(event)
        for column, room in ROOM.items():
            self.setColumnHidden(column, event.size().width() < self._look.px(room))

    def _open(self) -> None:
        if self.current:
            self.opened.emit(self.current)

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.current)

    @Slot()
    def _fit(self) -> None:
        for column, wide in WIDTHS.items():
            self.setColumnWidth(column, self._look.px(wide))
        self.verticalHeader().setDefaultSectionSize(self._look.px(LINE_HEIGHT))
        self.viewport().update()
