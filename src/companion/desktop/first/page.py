"""The first screen decides which of its three faces it shows."""

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QProcess, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from companion.basics.changes import Changes
from companion.desktop.calendars import add_calendar, add_other
from companion.desktop.first.facts import FirstView, read_first
from companion.desktop.first.view import Verbs, invited, steps, welcome
from companion.desktop.first.ways import open_invitation, start_programme
from companion.desktop.frame import Frame, Page
from companion.desktop.rounds import sync
from companion.desktop.signin import connect
from companion.desktop.widgets.column import Column
from companion.programme import people, start
from companion.programme.start import Proposal
from companion.words.language import t


class FirstPage(Page):
    """Three ways in; then the invited person's part, or the steps of a start."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._proposals: Sequence[Proposal] | None = None
        self._view: FirstView | None = None
        self._elsewhere = False  # somebody whose firm signs in chose another way
        self.column = Column(widest=660, centred=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.column)
        self.verbs = Verbs(
            invitation=lambda: open_invitation(frame),
            start=self._start,
            sample=self._sample,
            add_calendar=lambda: add_calendar(frame, lambda: None),
            propose=self._propose,
            accept=self._accept,
            import_people=self._import_people,
            go_on=lambda: frame.go("home", ""),
            sign_in=lambda: connect(frame, lambda: None),
            elsewhere=self._on_elsewhere,
            back=lambda: self._choose_way(elsewhere=False),
        )

    def reload(self) -> None:
        """Read how far the beginning is."""
        proposals = self._proposals
        self.read(lambda house, _ticket: (read_first(house), proposals), self._show)

    def _show(self, answer: tuple[FirstView, Sequence[Proposal] | None]) -> None:
        view, proposals = answer
        self._view = view
        if view.begun and view.runs_it:
            steps(self.column, view, proposals, self.verbs)
        elif view.me and view.calendars:
            self.frame.go("home", "")
        elif view.me or (view.signs_in and not self._elsewhere):
            invited(self.column, view, self.verbs)
        else:
            welcome(self.column, self.verbs, back=view.signs_in)
        self._begin_at_the_button()

    def _begin_at_the_button(self) -> None:
        """The keyboard begins at the one button that is filled, and Enter presses it: nothing else stands here."""
        filled = [one for one in self.column.findChildren(QPushButton) if one.property("filled")]
        focus = self.window().focusWidget()
        if len(filled) == 1 and self.isVisible() and (focus is None or not self.isAncestorOf(focus)):
            filled[0].setAutoDefault(True)
            filled[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_elsewhere(self) -> None:
        """Who is known has only a calendar to add; anybody else may have an invitation, or begin a programme."""
        if self._view is not None and self._view.me:
            add_other(self.frame, lambda: None)
        else:
            self._choose_way(elsewhere=True)

    def _choose_way(self, *, elsewhere: bool) -> None:
        self._elsewhere = elsewhere
        if self._view is not None:
            self._show((self._view, self._proposals))

    def _start(self) -> None:
        view = self._view
        start_programme(self.frame, view.firm if view else "", view.me if view else "")

    def _sample(self) -> None:
        command = [] if getattr(sys, "frozen", False) else ["-m", "companion"]
        started, _process = QProcess.startDetached(sys.executable, [*command, "demo"])
        if started:
            self.frame.say(t("The sample company is laid out in a profile of its own; its window opens in a moment."))
        else:
            self.frame.say(t("The sample company could not be started. Type: companion demo"), "warning")

    def _propose(self) -> None:
        def found(proposals: list[Proposal]) -> None:
            self._proposals = proposals
            self.reload()

        self.frame.tasks.fetch(start.propose, found, owner=self)

    def _accept(self, chosen: Sequence[Proposal]) -> None:
        def accepted(_made: object) -> None:
            self._proposals = None
            sync(self.frame, then=self.reload)

        self.frame.tasks.write(lambda house, _ticket: start.accept(house, chosen), accepted, rooms=Changes.CUSTOMERS)

    def _import_people(self) -> None:
        def bring(path: Path) -> None:
            self.frame.tasks.write(
                lambda house, _ticket: people.import_people(house, house.read_table(path)),
                rooms=Changes.PEOPLE | Changes.ATTENDANCE,
            )

        self.frame.ask.open_file(t("Import people"), t("Tables (*.csv *.xlsx)"), bring)
