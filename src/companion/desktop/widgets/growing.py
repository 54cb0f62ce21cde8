"""A text field that is as high as its words."""

from math import ceil

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit


class GrowingEdit(QPlainTextEdit):
    """Plain text of at least so many lines; the page scrolls, not the field."""

    def __init__(self, says: str, *, lines: int = 1, room: int = 16) -> None:
        super().__init__()
        self._least = lines
        self._room = room  # pixels of border and padding
        self.setAccessibleName(says)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self.fit)

    @Slot()
    def fit(self) -> None:
        """As high as its words."""
        height, block = 0.0, self.document().begin()
        while block.isValid():
            height += self.blockBoundingRect(block).height()
            block = block.next()
        line = QFontMetricsF(self.font()).lineSpacing()
        self.setFixedHeight(ceil(max(height, self._least * line)) + self._room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self.fit()
