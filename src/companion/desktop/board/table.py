"""The board as a table: leaders under their teams, pips, and what is needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from companion.desktop.look import Look
from companion.desktop.widgets.pips import kinds, paint_pips, told
from companion.desktop.widgets.table import Index, LinesModel
from companion.words.language import mark, t

COLUMNS = (mark("Leader"), mark("Heard"), mark("Last heard"), mark("Next"), mark("What is needed"))
HEARD, NEEDED = 1, 4
LAST = 2
GIVING_WAY = (LAST, 3)  # customers' names are cut where the window is narrow
LINE_HEIGHT = 36  # pixels at 100 %
ROOM_FOR_LAST = 920  # pixels at 100 %: below, what is coming and what is needed come first
_LINE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Line:
    """One row; without a person it is a team's heading."""

    person_id: str
    cells: tuple[str, str, str, str, str]
    pips: tuple[int, int, int] = (0, 0, 0)
    tone: str = ""  # of what is needed
    soft: frozenset[int] = frozenset()  # columns that say that there is nothing


class BoardModel(LinesModel[Line]):
    """Lines as they are."""

    def __init__(self) -> None:
        super().__init__(COLUMNS)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, and what a screen reader says of it."""
        line = self.lines[index.row()]
        if role == _LINE:
            return line
        text = line.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{text}, {told(*line.pips)}" if index.column() == HEARD and line.person_id else text
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A team's heading cannot be chosen."""
        if not self.lines[index.row()].person_id:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class BoardDelegate(QStyledItemDelegate):
    """Draws the cells."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the words, the pips before them and the chip around them."""
        line: Line = index.data(_LINE)
        px = self._look.px
        wide = option.fontMetrics.horizontalAdvance(line.cells[index.column()]) + px(32)
        if index.column() == HEARD:
            wide += px(60)
        return QSize(wide if line.person_id else px(40), px(LINE_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one."""
        line: Line = index.data(_LINE)
        tokens, px = self._look.tokens, self._look.px
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.accent_back))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(px(16) if index.column() == 0 else px(8), 0, -px(8), 0)
        text = line.cells[index.column()]
        if not line.person_id:
            low = inner.adjusted(0, px(10), 0, 0)
            self._words(painter, low, option.font, text, tokens.soft, 12)
        elif index.column() == NEEDED and line.tone:
            self._chip(painter, inner, option.font, text, line.tone)
        else:
            if index.column() == HEARD:
                size = px(11)
                paint_pips(painter, QRectF(inner), kinds(*line.pips), option.palette, size)
                inner.setLeft(inner.left() + px(60))
            colour = tokens.soft if index.column() in line.soft else tokens.text
            self._words(painter, inner, option.font, text, colour, 14)
        painter.restore()

    def _words(self, painter: QPainter, box: QRect, font: QFont, text: str, colour: str, size: int) -> None:
        made = QFont(font)
        made.setPixelSize(self._look.px(size))
        painter.setFont(made)
        painter.setPen(QColor(colour))
        shown = QFontMetrics(made).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)

    def _chip(self, painter: QPainter, box: QRect, font: QFont, text: str, tone: str) -> None:
        tokens, px = self._look.tokens, self._look.px
        colours = {
            "good": (tokens.accent, tokens.accent_back),
            "warning": (tokens.warning, tokens.warning_back),
            "bad": (tokens.bad, tokens.bad_back),
        }
        front, back = colours.get(tone, (tokens.soft, tokens.quote))
        made = QFont(font)
        made.setPixelSize(px(12))
        wide = min(box.width(), QFontMetrics(made).horizontalAdvance(text) + px(18))
        high = px(22)
        chip = QRect(box.left(), box.center().y() - high // 2, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(back))
        painter.drawRoundedRect(chip, high / 2, high / 2)
        self._words(painter, chip.adjusted(px(9), 0, -px(4), 0), font, text, front, 12)


class BoardTable(QTableView):
    """The table; a row is chosen as a whole."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.lines = BoardModel()
        self._draws = BoardDelegate(look)
        self.setModel(self.lines)
        self.setItemDelegate(self._draws)
        self.setAccessibleName(t("Board"))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in GIVING_WAY:
            across.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        across.setHighlightSections(False)
        across.setAccessibleName(t("Columns"))
        self._look = look
        look.switched.connect(self._on_switch)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show the board; who was chosen stays chosen."""
        before = self.current
        self.lines.show_lines(lines)
        self.clearSpans()
        self._on_switch()
        for row, line in enumerate(lines):
            if not line.person_id:
                self.setSpan(row, 0, 1, len(COLUMNS))
            elif line.person_id == before:
                self.selectRow(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the past gives way to what is needed."""
        super().resizeEvent(event)
        self.setColumnHidden(LAST, event.size().width() < self._look.px(ROOM_FOR_LAST))

    @Slot()
    def _on_switch(self) -> None:
        for row in range(len(self.lines.lines)):
            self.setRowHeight(row, self._look.px(LINE_HEIGHT))
        self.viewport().update()

    @property
    def current(self) -> str:
        """The id of the person chosen, "" for none."""
        rows = self.selectionModel().selectedRows()
        return self.lines.lines[rows[0].row()].person_id if rows and rows[0].row() < len(self.lines.lines) else ""
