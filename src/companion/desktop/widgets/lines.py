"""A row's text: what it is, and below it how it stands."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.desktop.widgets.text import PlainLabel, Tone


def two(first: str, second: str, tone: Tone = "small") -> QWidget:
    """Two lines below one another, the second only where it says something."""
    box = QWidget()
    lines = QVBoxLayout(box)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    lines.addWidget(PlainLabel(first))
    if second:
        lines.addWidget(PlainLabel(second, tone))
    return box
