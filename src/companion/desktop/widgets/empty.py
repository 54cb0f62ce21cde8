"""Nothing there yet: one sentence and one button."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.desktop.widgets.buttons import Act, button
from companion.desktop.widgets.text import PlainLabel


class Empty(QWidget):
    """An empty state."""

    def __init__(self, sentence: str, label: str = "", act: Act | None = None, *, filled: bool = False) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(sentence, "soft"))
        if act is not None and label:
            column.addWidget(button(label, act, filled=filled), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
