"""How a page stands in the window: one scrolled column, and running text of 60 to 75 characters a line."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from companion.desktop.widgets.card import Card
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.rows import place_of, walked
from companion.desktop.widgets.text import PlainLabel

LINE = 74  # characters in a line of running text


class Column(QScrollArea):
    """A page's column: it scrolls up and down, never sideways.

    `begin` starts it anew, `end` shows what was added since; place and focus stay where they were.
    """

    def __init__(self, *, margin: int = 36, spacing: int = 8, widest: int = 1080, centred: bool = False) -> None:
        super().__init__()
        self._spacing = spacing
        self._widest = widest
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QWidget()
        self._line = QHBoxLayout(ground)
        self._line.setContentsMargins(margin, 24, margin, 28)
        self._inner = self._coming = QWidget()
        if centred:
            self._line.addStretch(1)
        self._line.addWidget(self._inner, 1000)
        self._line.addStretch(1)
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(spacing)
        self._inner.setMaximumWidth(widest)
        self.setWidget(ground)

    def begin(self) -> None:
        """Begin anew; what is there stays until `end`."""
        self._coming = QWidget()
        self._coming.setMaximumWidth(self._widest)
        self.body = QVBoxLayout(self._coming)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(self._spacing)

    def add(self, widget: QWidget, gap: int = 0) -> None:
        """Put a widget below the others, after a gap."""
        if gap:
            self.body.addSpacing(gap)
        self.body.addWidget(widget)

    def section(self, title: str, gap: int = 18) -> PlainLabel:
        """Begin a section with its label."""
        label = PlainLabel(title, "section")
        self.add(label, gap)
        return label

    def end(self) -> None:
        """Show what was added since `begin`, and go back to where the reader was."""
        self.body.addStretch(1)
        at, focus = self.verticalScrollBar().value(), self.window().focusWidget()
        place = place_of(focus, self._inner) if focus is not None and self._inner.isAncestorOf(focus) else None
        old, self._inner = self._inner, self._coming
        before = self._walked_before()
        self._line.replaceWidget(old, self._inner)
        old.hide()
        old.deleteLater()
        self._inner.show()
        # New widgets come last in a window; here they are walked where the old ones were.
        for one in walked(self._inner):
            if before is not None:
                QWidget.setTabOrder(before, one)
            before = one
        if place is not None:
            (place.found_in(self._inner) or self).setFocus(Qt.FocusReason.OtherFocusReason)
        if at:
            QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(at))

    def _walked_before(self) -> QWidget | None:
        """What Tab leaves for this column, whether it can be seen or not."""
        one: QWidget | None = self.previousInFocusChain()
        while one is not None and one is not self:
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and not self.isAncestorOf(one):
                return one
            one = one.previousInFocusChain()
        return None


class ReadingColumn(QWidget):
    """Keeps running text at 60 to 75 characters a line, whatever the width and text size."""

    def __init__(self, *, spacing: int = 8, panel: int = 0) -> None:
        super().__init__()
        self._panel = panel  # the margin of the panel it stands on; 0 for none
        self._inner = Card(margin=panel) if panel else QWidget()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._inner, 1)
        line.addStretch(0)
        if isinstance(self._inner, Card):
            self.body = self._inner.column
        else:
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
        words = self.fontMetrics().horizontalAdvance(sample) * 15 / 14 * LINE / len(sample)
        self._inner.setMaximumWidth(round(words) + 2 * (self._panel + 1 if self._panel else 0))


class Header(QWidget):
    """A page's title and what is said of it, with something at its right, or below it where it is narrow."""

    def __init__(self, title: PlainLabel, beside: Sequence[QWidget], below: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self._title = title
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        for widget in (title, *below):
            words.addWidget(widget)
        self._line.addLayout(words, 1)
        self._beside = Flow(beside, spacing=8)
        if beside:
            at = Qt.AlignmentFlag.AlignTop if below else Qt.AlignmentFlag.AlignVCenter
            self._line.addWidget(self._beside, 0, at)
        else:
            self._beside.setParent(self)  # or it would be a window of its own
            self._beside.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or below, whatever the width allows."""
        super().resizeEvent(event)
        words = self._title.fontMetrics().horizontalAdvance(self._title.text())
        wanted = min(words, self._title.fontMetrics().averageCharWidth() * 24) + self._beside.sizeHint().width() + 24
        narrow = wanted > event.size().width()
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._line.direction() != way:
            self._line.setDirection(way)


def header(title: str | PlainLabel, *beside: QWidget, below: Sequence[QWidget] = ()) -> Header:
    """A page's title, or the label that shows it, with something at its right."""
    return Header(PlainLabel(title, "title") if isinstance(title, str) else title, beside, below)
