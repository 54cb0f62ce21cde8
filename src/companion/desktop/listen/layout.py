"""How the page stands: what it is about, bars, the lines, and beside them one of two things."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from companion.desktop.listen.afterwards import Afterwards
from companion.desktop.listen.sheet import Sheet
from companion.desktop.listen.side import Side
from companion.desktop.look import Look
from companion.desktop.widgets.text import PlainLabel

SIDE, GAP = 270, 12  # pixels at 100 %


class Laid:
    """The parts of the page that change."""

    def __init__(
        self, afterwards: QWidget, side: QWidget, marks: QWidget, lines: QHBoxLayout, bars: QVBoxLayout
    ) -> None:
        self.title = PlainLabel("", "title", elide=True)
        self.about = PlainLabel("", "soft")
        self.saved = PlainLabel("", "small")
        self.saved.setWordWrap(False)
        self._shown: dict[str, QWidget] = {}
        self._afterwards = afterwards
        self._side = side
        self._marks = marks
        self._lines = lines
        self._bars = bars

    def show_afterwards(self, yes: bool) -> None:
        """The questions with the lines beside them, or the lines with my part beside them."""
        self._afterwards.setVisible(yes)
        for widget in (self._side, self._marks):
            widget.setVisible(not yes)
        self._lines.setStretch(0, 3 if yes else 0)
        self._lines.setStretch(1, 2)

    def show_bar(self, key: str, bar: QWidget | None = None) -> None:
        """Show this one under its name, or, for None, no longer."""
        old = self._shown.pop(key, None)
        if old is not None:
            self._bars.removeWidget(old)
            old.hide()
            old.deleteLater()
        if bar is not None:
            self._shown[key] = bar
            self._bars.addWidget(bar)
        self._bars.setContentsMargins(0, 0, 0, GAP if self._shown else 0)

    def clear_bars(self) -> None:
        """Take them all away."""
        for key in tuple(self._shown):
            self.show_bar(key)

    def tell_saved(self, text: str, tone: str) -> None:
        """Say how the saving stands; the page is not drawn anew where that is as it was."""
        if text == self.saved.text() and tone == self.saved.property("tone"):
            return
        self.saved.setText(text)
        self.saved.setProperty("tone", tone)
        self.saved.style().unpolish(self.saved)
        self.saved.style().polish(self.saved)


def lay_out(page: QWidget, sheet: Sheet, afterwards: Afterwards, side: Side, look: Look) -> Laid:
    """Put the parts where they belong."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(side)
    beside = QWidget()
    beside.setFixedWidth(look.px(SIDE))
    below = QVBoxLayout(beside)  # what is done next is always in sight
    below.setContentsMargins(0, 0, 0, 0)
    below.setSpacing(8)
    below.addWidget(area, 1)
    below.addWidget(side.verbs)
    lines, bars = QHBoxLayout(), QVBoxLayout()
    laid = Laid(afterwards, beside, side.marks, lines, bars)
    column = QVBoxLayout(page)
    column.setContentsMargins(36, 24, 36, 24)
    column.setSpacing(2)
    top = QHBoxLayout()
    top.setSpacing(16)
    top.addWidget(laid.title, 1)
    top.addWidget(laid.saved, 0, Qt.AlignmentFlag.AlignBottom)
    column.addLayout(top)
    column.addWidget(laid.about)
    column.addSpacing(14)
    bars.setSpacing(8)
    column.addLayout(bars)
    lines.setSpacing(24)
    lines.addWidget(afterwards)
    lines.addWidget(sheet)
    lines.addWidget(beside)
    column.addLayout(lines, 1)
    column.addSpacing(8)
    column.addWidget(side.marks)  # in sight at any height: whoever listens for the first time learns of them here
    laid.show_afterwards(False)
    return laid
