"""Draws the cells of the board: pips before figures, a chip round what is needed, a ring round where the keys are.

A frame draws some fifty cells, so that what they have in common (fonts, colours, cut texts) is made once.
"""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from companion.desktop.board.columns import HEARD, LEADER, NEEDED
from companion.desktop.board.lines import Line
from companion.desktop.look import Look
from companion.desktop.tokens import named
from companion.desktop.widgets.pips import kinds, paint_pips
from companion.desktop.widgets.table import Index

LINE = Qt.ItemDataRole.UserRole
PIPS = 60  # pixels at 100 % that the pips take
KEPT = 4_000  # cut texts
_ACROSS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
_TONES = {
    "good": ("accent", "accent_back"),
    "warning": ("warning", "warning_back"),
    "bad": ("bad", "bad_back"),
}
_OVER = QStyle.StateFlag.State_MouseOver


class Letters:
    """A font of one size, and the texts that were cut for it."""

    def __init__(self, font: QFont, size: int) -> None:
        self.font = QFont(font)
        self.font.setPixelSize(size)
        self._metrics = QFontMetrics(self.font)
        self._cut: dict[tuple[str, int], tuple[str, int]] = {}

    def cut(self, text: str, width: int) -> tuple[str, int]:
        """The text as it fits into a width, and how wide it is then."""
        found = self._cut.get((text, width))
        if found is None:
            if len(self._cut) >= KEPT:
                self._cut.clear()
            shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            found = self._cut[text, width] = (shown, self._metrics.horizontalAdvance(shown))
        return found


class BoardDelegate(QStyledItemDelegate):
    """Draws the cells."""

    def __init__(self, look: Look, table: QTableView) -> None:
        super().__init__(table)
        self._look = look
        self._table = table
        self._letters: dict[int, Letters] = {}
        self._colours: dict[str, QColor] = {}
        look.switched.connect(self.forget)

    def forget(self) -> None:
        """Make fonts and colours anew: the look is another one."""
        self._letters, self._colours = {}, {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The columns have their widths, the lines their height."""
        return QSize(self._table.columnWidth(index.column()), self._table.rowHeight(index.row()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one."""
        if not self._colours:
            self._colours = {name: QColor(colour) for name, colour in named(self._look.tokens).items()}
        line: Line = index.data(LINE)
        px, column, box = self._look.px, index.column(), option.rect
        self._ground(painter, option, box, index.row(), column, heading=line.heading)
        inner = box.adjusted(px(16) if column == LEADER else px(8), 0, -px(8), 0)
        text = line.cells[column]
        if line.heading:
            self._words(painter, inner.adjusted(0, px(6), 0, 0), option.font, text, "soft", 12)
        elif column == NEEDED:
            self._needed(painter, inner, option.font, line, text)
        else:
            if column == HEARD and any(line.pips):
                paint_pips(painter, QRectF(inner), kinds(*line.pips), option.palette, px(11))
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

    def _words(self, painter: QPainter, box: QRect, font: QFont, text: str, colour: str, size: int) -> int:
        """Draw them, cut where they do not fit; how wide they are."""
        if not text:
            return 0
        letters = self._letters.get(size)
        if letters is None:
            letters = self._letters[size] = Letters(font, self._look.px(size))
        shown, wide = letters.cut(text, box.width())
        painter.setFont(letters.font)
        painter.setPen(self._colours[colour])
        painter.drawText(box, _ACROSS, shown)
        return wide

    def _chip(self, painter: QPainter, box: QRect, font: QFont, text: str, tone: str) -> int:
        px = self._look.px
        front, back = _TONES.get(tone, ("soft", "quote"))
        letters = self._letters.get(12) or Letters(font, px(12))
        wide = min(box.width(), letters.cut(text, box.width())[1] + px(18))
        high = px(22)
        chip = QRect(box.left(), box.center().y() - high // 2, wide, high)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours[back])
        painter.drawRoundedRect(chip, high / 2, high / 2)
        self._words(painter, chip.adjusted(px(9), 0, -px(4), 0), font, text, front, 12)
        return wide
