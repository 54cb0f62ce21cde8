"""Left of the lines: when each was heard, and its mark."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from companion.desktop.tokens import Tokens
from companion.notes.model import Mark

SIGNS: dict[Mark, str] = {"": "", "q": "“", "f": "f", "!": "!", "?": "?", "p": "p"}
SMALL = 13 / 14  # of the body text


@dataclass(frozen=True)
class Row:
    """One line as the gutter shows it; `top` in pixels of the sheet."""

    top: float
    time: str
    mark: Mark
    differs: bool = False  # there are two texts of it


class Gutter(QWidget):
    """Paints the lines that begin between two heights; what it shows is told to a screen reader by the sheet."""

    def __init__(
        self, parent: QWidget, rows: Callable[[int, int], Iterator[Row]], tokens: Callable[[], Tokens]
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._rows = rows
        self._tokens = tokens
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def wide(self) -> int:
        """Pixels it needs at this text size."""
        metrics = QFontMetricsF(self.font())
        return round(metrics.horizontalAdvance("00:00") + 2.1 * metrics.horizontalAdvance("mm"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Time and mark on the line of the words' first row."""
        painter = QPainter(self)
        tokens = self._tokens()
        small, bold = QFont(self.font()), QFont(self.font())
        small.setPixelSize(round(small.pixelSize() * SMALL))
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(self.font())
        mark_at = metrics.horizontalAdvance("00:00") + metrics.horizontalAdvance("mm")
        colours: dict[Mark, str] = {"q": tokens.accent, "!": tokens.warning, "?": tokens.accent}
        seen = event.rect().adjusted(0, -round(metrics.height()), 0, 0)
        for row in self._rows(seen.top(), seen.bottom()):
            base = row.top + metrics.ascent()
            painter.setFont(small)
            painter.setPen(QColor(tokens.warning if row.differs else tokens.soft))
            painter.drawText(QPoint(0, round(base)), row.time)
            if row.differs:  # not by colour alone
                painter.drawText(QRectF(mark_at - metrics.horizontalAdvance("m"), row.top, 20, metrics.height()), "≠")
            painter.setFont(bold)
            painter.setPen(QColor(colours.get(row.mark, tokens.soft)))
            painter.drawText(QPoint(round(mark_at), round(base)), SIGNS[row.mark])
        painter.end()
