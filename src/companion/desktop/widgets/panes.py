"""A list at the left and what it is about at the right."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from companion.desktop.look import Look

LIST = 310  # pixels at 100 %
SHARE = 0.4  # of the page, at most


class Panes(QWidget):
    """Two panes; the list gives way where the page is narrow or the text large."""

    def __init__(self, left: QWidget, right: QWidget, look: Look) -> None:
        super().__init__()
        self._left = left
        self._look = look
        line = QHBoxLayout(self)
        line.setContentsMargins(look.px(24), 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(left)
        line.addWidget(right, 1)
        look.switched.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list its share."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self._left.setFixedWidth(min(self._look.px(LIST), round(self.width() * SHARE)))
