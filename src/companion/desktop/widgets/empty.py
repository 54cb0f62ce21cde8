"""Nothing there yet: one sentence, and what to do about it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.desktop.widgets.buttons import Act, button
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.text import PlainLabel


class Empty(QWidget):
    """An empty state; `more` are other ways on, as (label, act)."""

    def __init__(
        self, sentence: str, label: str = "", act: Act | None = None, *, filled: bool = False,
        more: Sequence[tuple[str, Act]] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(sentence, "soft"))
        if act is not None and label:
            first = button(label, act, filled=filled)
            column.addWidget(Flow([first, *(button(other, do) for other, do in more)], spacing=8))
        column.addStretch(1)
