"""The bars of a document, painted: from nothing on, each with its number beside it, told apart without colour."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.programme.document import Chart

ROW, THICK, GAP = 26, 14, 10  # pixels at 100 %
LABELS, SAID = 0.28, 0.24  # of the width: what stands at the left, and at the right
SHARES = (100, 45, 0)  # of the accent, in per cent: dark, middle, only an outline


class Bars(QWidget):
    """A chart. What it shows is said too: by its name for a screen reader, and by the numbers in it."""

    def __init__(self, chart: Chart, scale: float = 1.0) -> None:
        super().__init__()
        self._chart = chart
        self._scale = scale
        told = "; ".join(f"{bar.label}: {bar.said}" for bar in chart.bars)
        self.setAccessibleName(f"{chart.about} {told}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A row for each bar."""
        return QSize(round(560 * self._scale), round((ROW * len(self._chart.bars) + 4) * self._scale))

    def minimumSizeHint(self) -> QSize:
        """Never lower than its rows."""
        return QSize(round(260 * self._scale), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Labels, bars, numbers, and the line they begin at."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high, gap = ROW * self._scale, GAP * self._scale
        left, room = self.width() * LABELS, self.width() * (1 - LABELS - SAID) - 2 * gap
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        middle = Qt.AlignmentFlag.AlignVCenter
        for number, bar in enumerate(self._chart.bars):
            top = number * high
            label = painter.fontMetrics().elidedText(bar.label, Qt.TextElideMode.ElideRight, round(left - gap))
            painter.setPen(ink)
            painter.drawText(QRectF(0, top, left - gap, high), middle | Qt.AlignmentFlag.AlignRight, label)
            at = self._parts(painter, bar.parts, left, top + (high - THICK * self._scale) / 2, room)
            painter.setPen(ink)
            painter.drawText(QRectF(at + gap, top, self.width() - at - gap, high), middle, bar.said)
        painter.setPen(QPen(ink, 1))
        painter.drawLine(round(left), 0, round(left), self.height())
        painter.end()

    def _parts(self, painter: QPainter, parts: tuple[int, ...], at: float, top: float, room: float) -> float:
        accent = self.palette().color(QPalette.ColorRole.Accent)
        painter.setPen(QPen(accent, 1))
        for share, part in zip(SHARES, parts, strict=False):
            wide = room * part / self._chart.longest
            colour = QColor(accent)
            colour.setAlphaF(share / 100)
            painter.setBrush(QBrush(colour))
            if part:
                painter.drawRect(QRectF(at, top, wide, THICK * self._scale))
            at += wide
        return at


class Sample(QWidget):
    """A small square in the ink of one part, for the line below a chart."""

    def __init__(self, number: int, scale: float = 1.0) -> None:
        super().__init__()
        self._share = SHARES[number]
        self.setFixedSize(round(12 * scale), round(12 * scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The square."""
        painter = QPainter(self)
        accent = self.palette().color(QPalette.ColorRole.Accent)
        colour = QColor(accent)
        colour.setAlphaF(self._share / 100)
        painter.setPen(QPen(accent, 1))
        painter.setBrush(QBrush(colour))
        painter.drawRect(QRectF(0.5, 0.5, self.width() - 1, self.height() - 1))
        painter.end()
