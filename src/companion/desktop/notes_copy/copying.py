"""What can be done with the copy of my notes: begin it, join it, write it now, new words, another folder, end it."""

import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.desktop.frame import Frame
from companion.desktop.notes_copy.joining import JoinDialog
from companion.desktop.notes_copy.words import WordsDialog
from companion.programme import notes_copy
from companion.programme.notes_copy import CopyState
from companion.words.language import t, tn
from companion.words.problems import sentence

ROOMS = Changes.NOTES | Changes.PROGRAMME


class Copying:
    """Asks, and does it away from the window: the folder may be on a slow share."""

    def __init__(self, frame: Frame, page: QWidget, stands: Callable[[CopyState], None]) -> None:
        self._frame = frame
        self._page = page
        self._stands = stands  # told how the copy stands after each run

    def look(self) -> None:
        """Run it quietly, so that what is wrong with it is known."""
        self._frame.tasks.fetch(
            lambda house, _ticket: notes_copy.run(house), self._looked, failed=self._say_problem, owner=self._page
        )

    def turn_on(self) -> None:
        """Ask for a folder, begin a copy there and show its words; or move the one there is."""
        self._frame.ask.folder(t("Where the copy is kept"), self._begin)

    def join(self, folder: str = "") -> None:
        """Ask for the folder, where it is not known, and the words of a copy that another computer began."""
        if folder:
            self._ask_words(Path(folder))
        else:
            self._frame.ask.folder(t("Where the copy of your other computer is"), self._ask_words)

    def run(self) -> None:
        """Write it now, and say how it went."""
        self._frame.tasks.fetch(
            lambda house, _ticket: notes_copy.run(house), self._ran, rooms=ROOMS, failed=self._say_problem,
            owner=self._page,
        )  # fmt: skip

    def new_words(self) -> None:
        """Other words, after a question; shown once as the first were."""

        def sure(yes: bool) -> None:
            if yes:
                self._frame.tasks.fetch(
                    lambda house, _ticket: notes_copy.new_words(house), self._show_new, rooms=ROOMS,
                    failed=self._say_problem, owner=self._page,
                )  # fmt: skip

        self._frame.ask.yes(
            t("New recovery words?"),
            t("The words on your paper open the copy no more from then on; computers that have joined go on as they "
              "are."),
            t("Show new words"), sure,
        )  # fmt: skip

    def turn_off(self) -> None:
        """End the copy on this computer, after a question."""

        def sure(yes: bool) -> None:
            if yes:
                self._end(t("No copy is kept from here on. Your notes stay on this computer."))

        self._frame.ask.yes(
            t("Turn the copy off?"),
            t("This computer's file is taken out of the folder. Your notes stay here, and those of your other "
              "computers stay as they are."),
            t("Turn it off"), sure,
        )  # fmt: skip

    def _begin(self, folder: Path) -> None:
        self._frame.tasks.fetch(
            lambda house, _ticket: notes_copy.turn_on(house, folder), self._begun, rooms=ROOMS,
            failed=self._say_problem,
        )  # fmt: skip

    def _begun(self, answer: tuple[CopyState, tuple[str, ...]]) -> None:
        state, words = answer
        self._stands(state)
        if words:
            self._show(words, t("Cancel, and keep no copy"), self._confirmed)
        else:
            self._frame.say(t("The copy is kept in {folder} from here on.", folder=state.folder))

    def _confirmed(self, yes: bool) -> None:
        if yes:
            self._frame.say(t("Your notes are copied, encrypted, whenever they change."))
        else:
            self._end(t("No copy was begun: its words were not written down."))

    def _show_new(self, words: tuple[str, ...]) -> None:
        self._show(words, t("Cancel, with neither the old words nor these"), self._confirmed_new)

    def _confirmed_new(self, yes: bool) -> None:
        if yes:
            self._frame.say(t("The new words hold from here on. Destroy the old paper."))
        else:
            said = t("The old words open the copy no more, and the new ones were not written down.")
            self._frame.say(said, "warning", t("New words…"), self.new_words)

    def _show(self, words: tuple[str, ...], meanwhile: str, done: Callable[[bool], None]) -> None:
        asked = sorted(secrets.SystemRandom().sample(range(1, len(words) + 1), 2))
        WordsDialog(self._page.window(), words, asked, meanwhile, done).open()

    def _ask_words(self, folder: Path) -> None:
        dialog = JoinDialog(self._page.window(), str(folder), lambda words: self._try(dialog, folder, words))
        dialog.open()

    def _try(self, dialog: JoinDialog, folder: Path, words: str) -> None:
        self._frame.tasks.fetch(
            lambda house, _ticket: notes_copy.join(house, folder, words),
            partial(self._joined, dialog),
            rooms=ROOMS,
            failed=lambda problem: dialog.wrong(sentence(problem, "window")) if isValid(dialog) else None,
        )

    def _joined(self, dialog: JoinDialog, state: CopyState) -> None:
        if isValid(dialog):
            dialog.accept()
        self._ran(state)

    def _end(self, said: str) -> None:
        def ended(_none: None) -> None:
            self._stands(CopyState())
            self._frame.say(said)

        self._frame.tasks.write(lambda house, _ticket: notes_copy.turn_off(house), ended, rooms=ROOMS)

    def _looked(self, state: CopyState) -> None:
        self._stands(state)
        if state.taken_in:
            self._frame.tasks.changed.emit(Changes.NOTES)

    def _ran(self, state: CopyState) -> None:
        self._stands(state)
        for problem in state.problems:
            self._say_problem(problem)
            return
        came = tn("{count} note changed here.", "{count} notes changed here.", state.taken_in) if state.taken_in else ""
        self._frame.say(" ".join(part for part in (t("The copy is up to date."), came) if part))

    def _say_problem(self, problem: Problem) -> None:
        self._frame.say(sentence(problem, "window"), "warning")
