"""The Programme page decides when it is read, and what of it is shown whole."""

from PySide6.QtWidgets import QVBoxLayout

from companion.desktop.frame import Frame, Page
from companion.desktop.programme.facts import ProgrammeView, read_programme
from companion.desktop.programme.verbs import Verbs
from companion.desktop.programme.view import fill
from companion.desktop.widgets.column import Column, header
from companion.words.language import t


class ProgrammePage(Page):
    """How it is counted, targets, leave, part time, closed years."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._view: ProgrammeView | None = None
        self._whole = False
        self.column = Column(widest=860)
        self.verbs = Verbs(frame, lambda: self._view)
        top = QVBoxLayout()
        top.setContentsMargins(36, 24, 36, 0)
        top.addWidget(header(t("Programme")))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(self.column, 1)

    def reload(self) -> None:
        """Read it again."""
        self.read(lambda house, _ticket: read_programme(house), self._show)

    def _show(self, view: ProgrammeView) -> None:
        self._view = view
        fill(self.column, view, self.verbs, whole=self._whole, show_whole=self._show_whole)

    def _show_whole(self) -> None:
        self._whole = True
        if self._view is not None:
            self._show(self._view)
