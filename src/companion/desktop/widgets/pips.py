"""Seats as pips: filled = attended, dotted = planned, ring = missing. The word always stands beside or in the name."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.words.language import t

MOST = 6  # more than these are told by the words beside them


def kinds(filled: int, planned: int, missing: int) -> str:
    """The pips in order, one letter each: F filled, P planned, M missing."""
    return ("F" * filled + "P" * planned + "M" * missing)[:MOST]


def told(filled: int, planned: int, missing: int) -> str:
    """The pips in words."""
    parts = [t("{n} attended", n=filled)]
    if planned:
        parts.append(t("{n} planned", n=planned))
    if missing:
        parts.append(t("{n} missing", n=missing))
    return ", ".join(parts)


def paint_pips(painter: QPainter, box: QRectF, pips: str, colours: QPalette, size: float) -> None:
    """Draw pips of a diameter from the left, centred in height."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    accent = colours.color(QPalette.ColorRole.Accent)
    radius = size / 2
    for at, kind in enumerate(pips):
        middle = QPointF(box.left() + radius + at * size * 1.4, box.center().y())
        if kind == "F":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            painter.drawEllipse(middle, radius, radius)
            continue
        pen = QPen(accent, size / 6)
        if kind == "P":
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([1.0, 0.96])  # eight dots around
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, radius - size / 12, radius - size / 12)


class Pips(QWidget):
    """A row of pips with an accessible text."""

    def __init__(self, filled: int, planned: int = 0, missing: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._pips = ""
        self.show_pips(filled, planned, missing)

    def show_pips(self, filled: int, planned: int, missing: int) -> None:
        """Show other figures."""
        self._pips = kinds(filled, planned, missing)
        self.setAccessibleName(told(filled, planned, missing))
        self.setToolTip(told(filled, planned, missing))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the pips."""
        size = self._diameter()
        return QSize(round(size * 1.4 * len(self._pips)) if self._pips else 0, round(size * 1.6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them."""
        painter = QPainter(self)
        paint_pips(painter, QRectF(self.rect()), self._pips, self.palette(), self._diameter())
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew where colours or text size changed."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self.update()
        super().changeEvent(event)

    def _diameter(self) -> float:
        return round(self.fontMetrics().height() * 0.65)
