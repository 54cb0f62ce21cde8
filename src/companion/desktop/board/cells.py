"""Draws the cells of the board: pips before figures, a chip round what is needed, a ring round where the keys are."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from companion.desktop.board.columns import HEARD, LEADER, NEEDED
from companion.desktop.board.lines import Line
from companion.desktop.look import Look
from companion.desktop.widgets.pips import kinds, paint_pips
from companion.desktop.widgets.table import Index

LINE = Qt.ItemDataRole.UserRole
PIPS = 60  # pixels at 100 % that the pips take
_ACROSS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class BoardDelegate(QStyledItemDelegate):
    """Draws the cells."""

    def __init__(self, look: Look, table: QTableView) -> None:
        super().__init__(table)
        self._look = look
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The columns have their widths, the lines their height."""
        return QSize(self._table.columnWidth(index.column()), self._table.rowHeight(index.row()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one."""
        line: Line = index.data(LINE)
        tokens, px = self._look.tokens, self._look.px
        box: QRect = option.rect
        heading = not index.flags() & Qt.ItemFlag.ItemIsEnabled
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, index, heading=heading)
        inner = box.adjusted(px(16) if index.column() == LEADER else px(8), 0, -px(8), 0)
        text = line.cells[index.column()]
        if heading:
            self._words(painter, inner.adjusted(0, px(10), 0, 0), option.font, text, tokens.soft, 12)
        elif index.column() == NEEDED and line.tone:
            self._needed(painter, inner, option.font, line, text)
        else:
            if index.column() == HEARD and any(line.pips):
                paint_pips(painter, QRectF(inner), kinds(*line.pips), option.palette, px(11))
                inner.setLeft(inner.left() + px(PIPS))
            colour = tokens.soft if index.column() in line.soft else tokens.text
            used = self._words(painter, inner, option.font, text, colour, 14)
            if index.column() == NEEDED and line.beside:
                inner.setLeft(inner.left() + used + px(10))
                self._words(painter, inner, option.font, line.beside, tokens.soft, 12)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, *, heading: bool) -> None:
        tokens, px, box = self._look.tokens, self._look.px, option.rect
        here = self._table.currentIndex()
        if not heading and here.row() == index.row():
            painter.fillRect(box, QColor(tokens.quote))
        elif not heading and option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(tokens.over))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if here == index and self._table.hasFocus():
            painter.setPen(QColor(tokens.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -2, -2), px(4), px(4))

    def _needed(self, painter: QPainter, box: QRect, font: QFont, line: Line, text: str) -> None:
        wide = self._chip(painter, box, font, text, line.tone)
        rest = box.adjusted(wide + self._look.px(10), 0, 0, 0)
        if line.beside and rest.width() > self._look.px(24):
            self._words(painter, rest, font, line.beside, self._look.tokens.soft, 12)

    def _words(self, painter: QPainter, box: QRect, font: QFont, text: str, colour: str, size: int) -> int:
        """Draw them, cut where they do not fit; how wide they are."""
        made = QFont(font)
        made.setPixelSize(self._look.px(size))
        painter.setFont(made)
        painter.setPen(QColor(colour))
        shown = QFontMetrics(made).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _ACROSS | int(Qt.TextFlag.TextSingleLine), shown)
        return QFontMetrics(made).horizontalAdvance(shown)

    def _chip(self, painter: QPainter, box: QRect, font: QFont, text: str, tone: str) -> int:
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
        return wide
