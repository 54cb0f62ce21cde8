"""What concerns the queue as a whole: what never left this computer, letters without a mail, what is not listed."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.desktop.frame import Frame
from companion.desktop.widgets.buttons import link
from companion.desktop.widgets.text import PlainLabel
from companion.programme.views.outbox import OutboxView
from companion.words.language import t, tn


class Notes(QWidget):
    """Sentences above the list; gone where there is nothing to tell."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._kept, self._letters = PlainLabel("", "small"), PlainLabel("", "warning")
        self._older = PlainLabel("", "small")
        self._choose = link(t("Choose one in Settings"), partial(frame.go, "settings", "channels"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for widget in (self._kept, self._letters, self._choose, self._older):
            box.addWidget(widget)

    def tell(self, view: OutboxView) -> None:
        """Tell what is so now."""
        self._kept.setText(
            tn("{count} thing waits on this computer until the workspace can be reached.",
               "{count} things wait on this computer until the workspace can be reached.", view.kept)
        )  # fmt: skip
        self._letters.setText(
            tn("{count} letter waits: the programme has no mail to write it by.",
               "{count} letters wait: the programme has no mail to write them by.", view.without_post)
        )  # fmt: skip
        self._older.setText(
            tn("{count} older one went out whole and is not listed.",
               "{count} older ones went out whole and are not listed.", view.older)
        )  # fmt: skip
        self._kept.setVisible(bool(view.kept))
        self._letters.setVisible(bool(view.without_post))
        self._choose.setVisible(bool(view.without_post))
        self._older.setVisible(bool(view.older))
        self.setVisible(bool(view.kept or view.without_post or view.older))
