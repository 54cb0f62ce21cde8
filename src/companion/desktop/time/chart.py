"""Hours with customers by month, stacked by form, with the busy hours as a figure below: painted by us."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from companion.reflection.time import Month
from companion.words.dates import month_year
from companion.words.time import month_told, spent

HIGH, FOOT, AXIS = 240, 44, 40  # pixels at 100 %
GAP = 0.34  # of a month's width
STEPS = (1, 2, 5, 10, 20, 50, 100)  # hours from line to line


@dataclass(frozen=True)
class Ink:
    """How a form is drawn: colour and pattern, so that it is told apart without colours."""

    form: str
    pattern: Qt.BrushStyle
    share: int  # of the accent, in per cent


INKS = (
    Ink("in_person", Qt.BrushStyle.SolidPattern, 100),
    Ink("video", Qt.BrushStyle.BDiagPattern, 85),
    Ink("phone", Qt.BrushStyle.Dense5Pattern, 70),
    Ink("unknown", Qt.BrushStyle.NoBrush, 60),
)


def brush(ink: Ink, colours: QPalette) -> QBrush:
    """What fills a form's part of a bar."""
    colour = QColor(colours.color(QPalette.ColorRole.Accent))
    colour.setAlphaF(ink.share / 100)
    return QBrush(colour, ink.pattern)


def step_of(most: float) -> int:
    """Hours from one line to the next, so that there are five at most."""
    return next((step for step in STEPS if most / step <= 5), STEPS[-1])


class TimeChart(QWidget):
    """A bar for each month. What it shows is told in words too: by its tool tips, and by the table below it."""

    def __init__(self, scale: float = 1.0) -> None:
        super().__init__()
        self._scale = scale
        self._months: tuple[Month, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_months(self, months: tuple[Month, ...], says: str) -> None:
        """Show these months, oldest first; `says` is what a screen reader speaks."""
        self._months = months
        self.setAccessibleName(says)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(480, round(HIGH * self._scale))

    def minimumSizeHint(self) -> QSize:
        """Months stay apart."""
        return QSize(300, round(HIGH * self._scale))

    def event(self, event: QEvent) -> bool:
        """A month under the pointer is told in words."""
        if isinstance(event, QHelpEvent):
            at = self._month_at(event.pos().x())
            if at is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), month_told(at), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lines, bars, and the months below them."""
        if not self._months:
            return
        painter = QPainter(self)
        most = max((month.with_customers for month in self._months), default=0) / 60
        step = step_of(most)
        top = max(step, step * -(-most // step))
        field = self._field()
        self._lines(painter, field, step, top)
        for number, month in enumerate(self._months):
            self._bar(painter, self._place(field, number), month, top)
        painter.end()

    def _field(self) -> QRectF:
        axis, foot = AXIS * self._scale, FOOT * self._scale
        return QRectF(axis, 10, self.width() - axis - 4, self.height() - foot - 10)

    def _place(self, field: QRectF, number: int) -> QRectF:
        width = field.width() / len(self._months)
        return QRectF(field.left() + number * width, field.top(), width, field.height())

    def _month_at(self, x: int) -> Month | None:
        field = self._field()
        for number, month in enumerate(self._months):
            place = self._place(field, number)
            if place.left() <= x < place.right():
                return month
        return None

    def _lines(self, painter: QPainter, field: QRectF, step: int, top: float) -> None:
        soft = self.palette().color(QPalette.ColorRole.PlaceholderText)
        line = QColor(soft)
        line.setAlphaF(0.35)
        hour = 0.0
        while hour <= top:
            y = field.bottom() - field.height() * hour / top
            painter.setPen(QPen(line, 1))
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            painter.setPen(soft)
            box = QRectF(0, y - 10, field.left() - 8, 20)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{hour:.0f}")
            hour += step

    def _bar(self, painter: QPainter, place: QRectF, month: Month, top: float) -> None:
        gap = place.width() * GAP / 2
        left, width, bottom = place.left() + gap, place.width() - 2 * gap, place.bottom()
        edge = QPen(self.palette().color(QPalette.ColorRole.Accent), 1)
        for ink in INKS:
            minutes = getattr(month, ink.form)
            high = place.height() * minutes / 60 / top
            if minutes:
                painter.setPen(edge)
                painter.setBrush(brush(ink, self.palette()))
                painter.drawRect(QRectF(left, bottom - high, width, high))
                bottom -= high
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        name = month_year(month.first).split(" ")[0][:3]
        below = QRectF(place.left(), place.bottom() + 4, place.width(), 18 * self._scale)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, name)
        busy = "–" if month.busy is None else spent(round(month.busy / 60) * 60 or month.busy)  # the rest is told below
        painter.drawText(below.translated(0, 18 * self._scale), Qt.AlignmentFlag.AlignCenter, busy)


class Sample(QWidget):
    """A little of a form's ink, for the legend."""

    def __init__(self, ink: Ink) -> None:
        super().__init__()
        self._ink = ink
        self.setFixedSize(14, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A square of it."""
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 1))
        painter.setBrush(brush(self._ink, self.palette()))
        painter.drawRect(QRectF(0.5, 0.5, 13, 13))
        painter.end()
