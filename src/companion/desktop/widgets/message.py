"""The message bar: one sentence above the page, and what can be done about it."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from companion.desktop.widgets.buttons import button, link
from companion.desktop.widgets.text import PlainLabel
from companion.words.language import t


class MessageBar(QFrame):
    """Shows one sentence until it is closed; a screen reader speaks it at once."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "message")
        line = QHBoxLayout(self)
        line.setContentsMargins(36, 8, 24, 8)
        line.setSpacing(12)
        self._label = PlainLabel()
        line.addWidget(self._label, 1)
        self._act: Callable[[], None] | None = None
        self._do = button("", self._on_do)
        line.addWidget(self._do)
        self._close = link(t("Close"), self.hide, says=t("Close this message"))
        line.addWidget(self._close)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says, "" where it is closed."""
        return self._label.text() if not self.isHidden() else ""

    def say(
        self,
        sentence: str,
        tone: Literal["", "warning", "bad"] = "",
        label: str = "",
        act: Callable[[], None] | None = None,
    ) -> None:
        """Show a sentence."""
        self._label.setText(sentence)
        self._act = act
        self._do.setVisible(act is not None and bool(label))
        self._do.setText(label)
        self._do.setAccessibleName(label)
        self.setProperty("tone", tone)
        for widget in (self, self._label):  # the style sheet looks at `tone` when it is polished
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self.setAccessibleName(sentence)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Close it where it holds nothing bad."""
        if self.property("tone") == "":
            self.hide()

    def unsay(self, sentence: str) -> bool:
        """Close it where it says just that; whether it did."""
        said = bool(sentence) and self.sentence == sentence
        if said:
            self.hide()
        return said

    def _on_do(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()
