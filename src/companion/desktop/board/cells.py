"""Draws the cells of the board: pips before figures, a chip round what is needed, a ring round where the keys are.

A frame draws some fifty cells, so that what they have in common (fonts, colours, laid out texts, pips) is made once.
"""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap, QStaticText
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from companion.desktop.board.columns import HEARD, LEADER, NEEDED
from companion.desktop.board.lines import Line
from companion.desktop.look import Look
from companion.desktop.tokens import named
from companion.desktop.widgets.pips import kinds, paint_pips
from companion.desktop.widgets.table import Index

PIPS = 60  # pixels at 100 % that the pips take
KEPT = 4_000  # cut texts
_TONES = {
    "good": ("accent", "accent_back"),
    "warning": ("warning", "warning_back"),
    "bad": ("bad", "bad_back"),
}
_OVER = QStyle.StateFlag.State_MouseOver


class Letters:
    """A font of one size, and the texts that were cut and laid out for it."""

    def __init__(self, font: QFont, size: int) -> None:
        self.font = QFont(font)
        self.font.setPixelSize(size)
        self._metrics = QFontMetrics(self.font)
        self.high = self._metrics.height()
        self._cut: dict[tuple[str, int], tuple[QStaticText, int]] = {}

    def cut(self, text: str, width: int) -> tuple[QStaticText, int]:
        """The text as it fits into a width, and how wide it is then."""
        found = self._cut.get((text, width))
        if found is None:
            if len(self._cut) >= KEPT:
                self._cut.clear()
            shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            laid = QStaticText(shown)
            laid.setTextFormat(Qt.TextFormat.PlainText)
            found = self._cut[text, width] = (laid, self._metrics.horizontalAdvance(shown))
        return found


class BoardDelegate(QStyledItemDelegate):
    """Draws the cells; `line_of`: what a row says."""

    def __init__(self, look: Look, table: QTableView, line_of: Callable[[int], Line]) -> None:
        super().__init__(table)
        self._look = look
        self._table = table
        self._line_of = line_of
        self._letters: dict[int, Letters] = {}
        self._pips: dict[tuple[str, int, float], QPixmap] = {}
        self._colours: dict[str, QColor] = {}
        look.switched.connect(self.forget)

    def forget(self) -> None:
        """Make fonts and colours anew: the look is another one."""
        self._letters, self._colours, self._pips = {}, {}, {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The columns have their widths, the lines their height."""
        return QSize(self._table.columnWidth(index.column()), self._table.rowHeight(index.row()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one."""
        if not self._colours:
            self._colours = {name: QColor(colour) for name, colour in named(self._look.tokens).items()}
        line = self._line_of(index.row())
        px, column, box = self._look.px, index.column(), option.rect
        self._ground(painter, option, box, index.row(), column, heading=line.heading)
        inner = box.adjusted(px(16) if column == LEADER else px(8), 0, -px(8), 0)
        text = line.cells[column]
        if line.heading:
            self._heading(painter, box, option.font, line.cells[LEADER])
        elif column == NEEDED:
            self._needed(painter, inner, option.font, line, text)
        else:
            if column == HEARD and any(line.pips):
                self._draw_pips(painter, inner, kinds(*line.pips), option)
                inner.setLeft(inner.left() + px(PIPS))
            self._words(painter, inner, option.font, text, "soft" if column in line.soft else "text", 14)

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: int, column: int, *, heading: bool
    ) -> None:
        here = self._table.currentIndex()
        if not heading and here.row() == row:
            painter.fillRect(box, self._colours["quote"])
        elif not heading and option.state & _OVER:
            painter.fillRect(box, self._colours["over"])
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, self._colours["line"])
        if here.row() == row and here.column() == column and self._table.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self._colours["accent"])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -2, -2), self._look.px(4), self._look.px(4))

    def _needed(self, painter: QPainter, box: QRect, font: QFont, line: Line, text: str) -> None:
        if line.tone:
            wide = self._chip(painter, box, font, text, line.tone)
        else:
            wide = self._words(painter, box, font, text, "soft" if NEEDED in line.soft else "text", 14)
        rest = box.adjusted(wide + self._look.px(10), 0, 0, 0)
        if line.beside and rest.width() > self._look.px(24):
            self._words(painter, rest, font, line.beside, "soft", 12)

    def _heading(self, painter: QPainter, box: QRect, font: QFont, text: str) -> None:
        """A team's name runs on over the cells beside it: each draws its part, for spans make every frame slow."""
        px, left = self._look.px, self._table.columnViewportPosition(LEADER)
        whole = QRect(left + px(16), box.top() + px(6), self._table.viewport().width() - px(24), box.height() - px(6))
        if whole.left() + self._lettered(font, 12).cut(text, whole.width())[1] < box.left():
            return
        painter.save()
        painter.setClipRect(box)
        self._words(painter, whole, font, text, "soft", 12)
        painter.restore()

    def _draw_pips(self, painter: QPainter, box: QRect, pips: str, option: QStyleOptionViewItem) -> None:
        """Pips of one kind are drawn once, for all rows that have them."""
        ratio, high = painter.device().devicePixelRatio(), box.height()
        kept = self._pips.get((pips, high, ratio))
        if kept is None:
            wide = self._look.px(PIPS)
            size = min(self._look.px(11), wide / (1.4 * len(pips) + 0.2))  # many are smaller: the figure stands beside
            kept = QPixmap(round(wide * ratio), round(high * ratio))
            kept.setDevicePixelRatio(ratio)
            kept.fill(Qt.GlobalColor.transparent)
            drawing = QPainter(kept)
            paint_pips(drawing, QRectF(0, 0, wide, high), pips, option.palette, size)
            drawing.end()
            self._pips[pips, high, ratio] = kept
        painter.drawPixmap(box.topLeft(), kept)

    def _lettered(self, font: QFont, size: int) -> Letters:
        letters = self._letters.get(size)
        if letters is None:
            letters = self._letters[size] = Letters(font, self._look.px(size))
        return letters

    def _words(self, painter: QPainter, box: QRect, font: QFont, text: str, colour: str, size: int) -> int:
        """Draw them, cut where they do not fit; how wide they are."""
        if not text:
            return 0
        letters = self._lettered(font, size)
        shown, wide = letters.cut(text, box.width())
        painter.setFont(letters.font)
        painter.setPen(self._colours[colour])
        painter.drawStaticText(box.left(), box.top() + (box.height() - letters.high) // 2, shown)
        return wide

    def _chip(self, painter: QPainter, box: QRect, font: QFont, text: str, tone: str) -> int:
        px = self._look.px
        front, back = _TONES.get(tone, ("soft", "quote"))
        wide = min(box.width(), self._lettered(font, 12).cut(text, box.width())[1] + px(18))
        high = px(22)
        chip = QRect(box.left(), box.center().y() - high // 2, wide, high)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours[back])
        painter.drawRoundedRect(chip, high / 2, high / 2)
        self._words(painter, chip.adjusted(px(9), 0, -px(4), 0), font, text, front, 12)
        return wide
