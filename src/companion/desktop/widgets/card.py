"""Panels and the thin lines in them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget


class Card(QFrame):
    """A panel with a border; what is put into it stands below one another."""

    def __init__(self, *, margin: int = 20, spacing: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(margin, margin - 4, margin, margin - 4)
        self.column.setSpacing(spacing)

    def add(self, widget: QWidget) -> None:
        """Put a widget below the others."""
        self.column.addWidget(widget)


class PressCard(Card):
    """A card that is pressed as a whole, with the mouse, Enter or the space bar."""

    pressed = Signal()

    def __init__(self, says: str, *, margin: int = 20) -> None:
        super().__init__(margin=margin, spacing=2)
        self.setProperty("press", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(says)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pressed, where the pointer is still on it."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space press."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


def divider() -> QFrame:
    """A thin line across."""
    line = QFrame()
    line.setProperty("part", "divider")
    line.setFixedHeight(1)
    return line
