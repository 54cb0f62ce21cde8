"""The progress strip: what runs, how far it is, and a button to stop it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.text import PlainLabel
from companion.words.language import t

PATIENCE = 300  # milliseconds that work may take before the strip shows


class ProgressStrip(QFrame):
    """Shows itself when work takes long."""

    def __init__(self, cancel: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("part", "progress")
        line = QHBoxLayout(self)
        line.setContentsMargins(36, 6, 24, 6)
        line.setSpacing(16)
        self._label = PlainLabel("", "small", elide=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = button(t("Cancel"), cancel, says=t("Cancel what is running"))
        line.addWidget(self._label, 1)
        line.addWidget(self._bar, 1)
        line.addWidget(self._cancel)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(PATIENCE)
        self._wait.timeout.connect(self.show)
        self.hide()

    def tell(self, sentence: str, done: int, total: int) -> None:
        """Say where the work stands; `total` 0 means that nobody knows."""
        self._label.setText(sentence)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setAccessibleName(sentence)
        if self.isHidden() and not self._wait.isActive():
            self._wait.start()

    def over(self) -> None:
        """Nothing runs any more."""
        self._wait.stop()
        self.hide()
