"""The bar that counts down to what can still be undone."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout

from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.text import PlainLabel
from companion.words.language import t

SECOND = 1000  # milliseconds


class CountDownBar(QFrame):
    """Shows how many seconds are left; a screen reader speaks it once, at its beginning."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "message")
        line = QHBoxLayout(self)
        line.setContentsMargins(36, 8, 24, 8)
        line.setSpacing(12)
        self._label = PlainLabel()
        line.addWidget(self._label, 1)
        self._act: Callable[[], None] | None = None
        self._tells: Callable[[int], str] = str
        self._left = 0
        self._turn = 0
        self.do = button("", self._on_do, tip=t("Ctrl+Z"))
        line.addWidget(self.do)
        self._keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        self._keys.activated.connect(self._on_do)
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND)
        self._timer.timeout.connect(self._on_second)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says, "" where nothing is counted."""
        return self._label.text() if not self.isHidden() else ""

    def begin(
        self, seconds: int, tells: Callable[[int], str], label: str, act: Callable[[], None]
    ) -> Callable[[], None]:
        """Count down from so many seconds; what was counted before makes room. What is returned takes it away."""
        self._turn += 1
        turn = self._turn
        self._left, self._tells, self._act = seconds, tells, act
        self._label.setText(tells(seconds))
        self.do.setText(label.replace("&", "&&"))
        self.do.setAccessibleName(label)
        self.do.setAccessibleDescription(tells(seconds))
        self.setAccessibleName(tells(seconds))
        self._keys.setEnabled(True)
        self._timer.start()
        self.show()
        self.do.setFocus()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        return lambda: self._end() if self._turn == turn else None

    @Slot()
    def _on_second(self) -> None:
        self._left -= 1
        self._label.setText(self._tells(max(0, self._left)))
        if self._left <= 0:
            self._end()

    @Slot()
    def _on_do(self) -> None:
        act = self._act
        self._end()
        if act is not None:
            act()

    def _end(self) -> None:
        self._timer.stop()
        self._keys.setEnabled(False)
        self._act = None
        self.hide()
