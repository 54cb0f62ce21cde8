"""What a reader sees and presses on a page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget


def texts(widget: QWidget) -> list[str]:
    """Every sentence that is shown, as a screen reader would say it."""
    found = []
    for label in widget.findChildren(QLabel):
        if label.isVisibleTo(widget):
            found.append(label.accessibleName() or label.text())
    return found


def find(widget: QWidget, text: str) -> QPushButton:
    """The button with that text that can be seen."""
    named = [b for b in widget.findChildren(QPushButton) if b.text().replace("&&", "&") == text]
    shown = [b for b in named if b.isVisibleTo(widget)]
    assert shown, (text, [b.text() for b in widget.findChildren(QPushButton)])
    return shown[0]


def press(widget: QWidget, text: str, qtbot) -> None:
    """Press a button."""
    qtbot.mouseClick(find(widget, text), Qt.MouseButton.LeftButton)
