"""How a page stands in the window: one scrolled column, and running text of 60 to 75 characters a line."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from companion.desktop.widgets.text import PlainLabel

LINE = 68  # characters in a line of running text


class Column(QScrollArea):
    """A page's column: it scrolls up and down, never sideways."""

    def __init__(self, *, margin: int = 36, spacing: int = 8, widest: int = 1080) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QWidget()
        ground.setProperty("ground", True)
        inner = QWidget()
        inner.setMaximumWidth(widest)
        line = QHBoxLayout(ground)
        line.setContentsMargins(margin, 24, margin, 28)
        line.addWidget(inner, 1)
        line.addStretch(0)
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(spacing)
        self.setWidget(ground)

    def add(self, widget: QWidget, gap: int = 0) -> None:
        """Put a widget below the others, after a gap."""
        if gap:
            self.body.addSpacing(gap)
        self.body.addWidget(widget)

    def section(self, title: str) -> PlainLabel:
        """Begin a section with its label."""
        label = PlainLabel(title, "section")
        self.add(label, 18)
        return label

    def end(self) -> None:
        """Nothing below: what is there stays at the top."""
        self.body.addStretch(1)


class ReadingColumn(QWidget):
    """Keeps running text at 60 to 75 characters a line, whatever the width and text size."""

    def __init__(self, *, spacing: int = 8) -> None:
        super().__init__()
        self._inner = QWidget()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._inner, 1)
        line.addStretch(0)
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(spacing)
        self._measure()

    def add(self, widget: QWidget, gap: int = 0) -> None:
        """Put a widget below the others, after a gap."""
        if gap:
            self.body.addSpacing(gap)
        self.body.addWidget(widget)

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew where the text size changed."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        sample = "the owner of the yard said that a late pallet costs them a crew day"
        self._inner.setMaximumWidth(round(self.fontMetrics().horizontalAdvance(sample) * 15 / 14 * LINE / len(sample)))


def header(title: str, *beside: QWidget, tone: str = "title") -> QWidget:
    """A page's title with something at its right."""
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    label = PlainLabel(title, "first" if tone == "first" else "title")
    line.addWidget(label, 1)
    for widget in beside:
        line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return box
