"""A list and what it is about: beside one another, or below where it is narrow."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from companion.desktop.look import Look

LIST = 310  # pixels at 100 %
SHARE = 0.42  # of the page, at most
BESIDE = 640  # pixels at 100 % that two panes need
UNBOUND = 16_777_215  # Qt's largest size


def lay_out(page: QWidget, tops: Sequence[QWidget], listing: QWidget, facts: QWidget, look: Look) -> None:
    """Fill a page: what stands above the list, the list, and beside it the facts of what is chosen in it."""
    left = QWidget()
    stack = QVBoxLayout(left)
    stack.setContentsMargins(0, 24, 0, 8)
    stack.setSpacing(12)
    for top in tops:
        stack.addWidget(top)
    stack.addWidget(listing, 1)
    box = QHBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(Panes(left, facts, look))


class Panes(QWidget):
    """Two panes; the list gives way where the page is narrow or the text large."""

    def __init__(self, left: QWidget, right: QWidget, look: Look) -> None:
        super().__init__()
        self._left = left
        self._look = look
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setSpacing(0)
        self._line.addWidget(left)
        self._line.addWidget(right, 1)
        look.switched.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list its share."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        beside = self.width() >= self._look.px(BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != way:
            self._line.setDirection(way)
        self._line.setContentsMargins(self._look.px(36), 0, 0 if beside else self._look.px(36), 0)
        self._left.setMinimumWidth(0)
        wide = min(self._look.px(LIST), round(self.width() * SHARE))
        self._left.setMaximumWidth(wide if beside else UNBOUND)
        self._left.setMinimumWidth(wide if beside else 0)
        self._left.setMaximumHeight(UNBOUND if beside else self.height() // 2)
