"""Listen decides what is saved and when: within a second of each key, and at once when the page is left."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from companion.basics.changes import Changes
from companion.basics.clock import Clock, now
from companion.desktop.frame import Frame, Page
from companion.desktop.listen.afterwards import Afterwards
from companion.desktop.listen.bars import conflict_bar, expires_bar, only_here_bar
from companion.desktop.listen.facts import About, Opened, add_below, ask_about, is_over, open_it
from companion.desktop.listen.layout import Laid, lay_out
from companion.desktop.listen.questions import in_words
from companion.desktop.listen.saver import Saver
from companion.desktop.listen.sheet import Sheet
from companion.desktop.listen.side import Side, SideVerbs
from companion.desktop.listen.versions import Versions
from companion.notes.merge import ANSWER, EXPECTED
from companion.notes.model import MARKS, Conflict, Note, Revision
from companion.programme import listening
from companion.words.language import t
from companion.words.problems import sentence

SOON = 300  # milliseconds from a key to its saving
AGAIN = 1000  # milliseconds until it is looked again what others wrote, while something is being typed
ENOUGH = 3  # lines that are a note


class ListenPage(Page):
    """The lines; beside them my part, or the questions of afterwards."""

    def __init__(self, frame: Frame, clock: Clock = now) -> None:
        super().__init__(frame)
        self._item = ""
        self._note: Note | None = None
        self._opened: Opened | None = None
        self._about = About("", "")
        self._changed: dict[str, None] = {}  # keys of answers that differ from what was handed over
        self._wrote = False
        self._said = ""  # what stands in the message bar because of a failed saving
        self._closing = False  # although something is lost
        self._closes = False  # as soon as all is written
        self.saver = Saver.of(frame.tasks)
        self.saver.told.connect(self._tell)
        self.saver.wrote.connect(self._on_wrote)
        self.sheet = Sheet(frame.look, clock)
        self.sheet.changed.connect(self._on_changed)
        self.afterwards = Afterwards(self._on_answer, self._go_on, self._to_lines)
        verbs = SideVerbs(
            self.sheet.mark_current, partial(self._on_answer, EXPECTED), self._on_afterwards, self._go_on,
            self._on_versions,
        )  # fmt: skip
        self.side = Side(verbs)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.flush)
        self.laid: Laid = lay_out(self, self.sheet, self.afterwards, self.side, frame.look)
        frame.look.switched.connect(self._show_conflict)
        for number, sign in enumerate(MARKS, 1):
            QShortcut(QKeySequence(f"Alt+{number}"), self).activated.connect(partial(self.sheet.mark_current, sign))

    def arrive(self, item: str) -> None:
        """Open the note of a meeting, or a note; what is typed from now on belongs to it."""
        if item in (self._item, self._note.id if self._note else ""):
            self.sheet.begin_writing()
            return
        self.leave()
        self._item, self._note, self._opened, self._shown = item, None, None, None
        self.sheet.show_lines((), "UTC")
        self.laid.clear_bars()
        self._to_lines()
        self.reload()

    def reload(self) -> None:
        """Read it again: another window or computer may have written in it."""
        if self._item:
            item = self._item
            self.read(lambda house, _ticket: open_it(house, item), self._show)
        else:  # made anew while it was shown: words would belong to no note
            QTimer.singleShot(0, self, self._go_where_notes_are)

    def leave(self) -> None:
        """Save at once, keep it as it is now among the versions, and tell the other pages."""
        self.flush()
        note = self._note
        if note is None and self._item and self.sheet.dirty:  # it was left before it was read
            item, typed = self._item, self.sheet.lines()
            self.frame.tasks.write(lambda house, _ticket: add_below(house, item, typed))
        if note is not None and self._wrote:
            self._wrote = False
            self.frame.tasks.write(
                lambda house, _ticket: listening.mark_revision(house, note.id, "left"), rooms=Changes.NOTES,
                failed=lambda _problem: None,  # the words are safe, or owed and told
            )  # fmt: skip

    @property
    def settled(self) -> bool:
        """Whether all is written."""
        return not self.saver.busy and not self.sheet.dirty and not self._changed

    def may_close(self) -> bool:
        """The window closes once all is written; where that cannot be it asks before."""
        if self._closing:
            return True
        self.flush()
        self.saver.send_all()
        if self.settled:
            return True
        opening = self._note is None and self._reading is not None and not self._reading.finished
        if not self.saver.failing and (self.saver.busy or opening):
            self._closes = True
            return False
        self._ask_to_close()
        return False

    def _ask_to_close(self) -> None:
        def told(what: str) -> None:
            if what == "close":
                self._closing = True
                self.window().close()
            else:
                self.saver.send()
                if self._note is None:
                    self.reload()

        problem = self.saver.problem
        why = sentence(problem) if problem else t("Something went wrong while it was being saved.")
        self.frame.ask.choose(
            t("Your note is not saved yet"), f"{why} {t('Close the window?')}",
            [("again", t("Stay, and try again")), ("close", t("Close, and lose what is not saved"))], told,
        )  # fmt: skip

    @Slot()
    def flush(self) -> None:
        """Save every line and answer that differs."""
        self._soon.stop()
        note = self._note
        if note is not None:  # until it is read, what is typed stays in the sheet
            answers = {key: self._answer(key) for key in self._changed}
            self._changed = {}
            lines = self.sheet.take()
            self._wrote = self._wrote or bool(lines or answers)
            self.saver.put(note.id, lines, answers)
        self._tell()

    def take_keyboard(self) -> None:
        """The next key goes into the lines."""
        self.sheet.begin_writing()

    def _answer(self, key: str) -> str:
        return self.side.expecting.toPlainText().strip() if key == EXPECTED else self.afterwards.answer(key)

    def _show(self, opened: Opened) -> None:
        first = self._note is None
        self._opened = opened
        self.sheet.differing = frozenset(one.unit for one in opened.conflicts)
        if not first and not self._is_calm(opened.note):
            self._shown = None  # something newer is under way: look once more when it is written
            self._show_conflict()
            QTimer.singleShot(AGAIN, self, self.reload)
            return
        note = self._note = self.saver.open(opened.note)
        if first:
            self._show_first(note, opened)
        else:
            self.sheet.refresh(note.lines, frozenset())
            self.afterwards.show_answers(note.answers, frozenset(self._changed))
            self.side.show_expected(note.expected)
        self._show_conflict()
        self._tell()

    def _is_calm(self, note: Note) -> bool:
        composing = self.sheet.editor.composing
        return not composing and not self.sheet.dirty and not self._changed and self.saver.settled(note.id)

    def _show_first(self, note: Note, opened: Opened) -> None:
        zone = opened.about.zone if opened.about else "UTC"
        self.sheet.put_before(note.lines, zone)
        self.afterwards.show_questions(note.id, opened.template, note.answers)
        self._show_about(opened.about or About(note.title, note.title))
        if note.answers and not self.sheet.written:
            self._on_afterwards()
        else:
            self.sheet.begin_writing()
        if opened.about is None:
            self._ask_about(note)
        self._ask_once(note)
        if self.sheet.dirty:
            self._soon.start(SOON)

    def _ask_about(self, note: Note) -> None:
        def told(about: About) -> None:
            if self._note is not None and self._note.id == note.id:
                self._show_about(about)

        self.frame.tasks.fetch(lambda house, _ticket: ask_about(house, note), told, owner=self)

    def _show_about(self, about: About) -> None:
        self._about = about
        self.laid.title.setText(about.customer)
        parts = [about.title if about.title != about.customer else "", about.day, t("you listen")]
        self.laid.about.setText(" · ".join(part for part in parts if part))
        self.sheet.in_zone(about.zone)
        self.side.show_about(about, self._note.expected if self._note else "")

    @Slot()
    def _show_conflict(self) -> None:
        """The first of the texts that wait to be settled; the colours of what differs are those of the look."""
        waiting = self._opened.conflicts if self._opened else ()
        if not waiting:
            self.laid.show_bar("conflict")
            return
        tokens, one = self.frame.look.tokens, waiting[0]
        self.laid.show_bar("conflict", conflict_bar(one, self._what(one), len(waiting) - 1, tokens, self._settle))

    def _ask_once(self, note: Note) -> None:
        """What is told beside the lines, once they stand there: that they are only here, that they may go."""

        def told_here(only: bool) -> None:
            if only:
                close = partial(self.laid.show_bar, "only here")
                self.laid.show_bar("only here", only_here_bar(lambda: self.frame.go("settings", "copy"), close))

        def told_over(over: bool) -> None:
            if over and self._note is not None and self._note.id == note.id:
                bar = expires_bar(partial(self._keep, note.id), partial(self._let_go, note.id))
                self.laid.show_bar("over", bar)

        self.frame.tasks.write(lambda house, _ticket: listening.only_here(house), told_here, owner=self)
        self.frame.tasks.fetch(lambda house, _ticket: is_over(house, note), told_over, owner=self)

    def _what(self, conflict: Conflict) -> str:
        if conflict.unit == EXPECTED:
            return t("What you expected to hear")
        key = conflict.unit.removeprefix(ANSWER)
        asked = self.afterwards.asked.get(key) if conflict.unit.startswith(ANSWER) else None
        return in_words(asked.question) if asked else ""

    def _settle(self, conflict: Conflict, text: str) -> None:
        self.flush()
        self.frame.tasks.write(
            lambda house, _ticket: listening.settle(house, conflict.id, text, conflict.here),
            lambda _note: self.reload(),
            owner=self,
        )

    def _keep(self, note_id: str) -> None:
        self.laid.show_bar("over")
        self.frame.tasks.write(lambda house, _ticket: listening.keep(house, note_id), rooms=Changes.NOTES)

    def _let_go(self, note_id: str) -> None:
        def sure(yes: bool) -> None:
            if yes:
                self._item, self._note = "", None
                self.frame.tasks.write(
                    lambda house, _ticket: listening.let_go(house, [note_id]),
                    lambda _count: self.frame.go("meetings", ""), rooms=Changes.NOTES,
                )  # fmt: skip

        self.frame.ask.yes(
            t("Delete this note?"), t("Its lines and answers are gone. The takeaway stays."), t("Delete it"), sure
        )

    def _on_versions(self) -> None:
        self.flush()
        note, opened = self._note, self._opened
        if note is None or opened is None:
            return

        def show(found: tuple[Note, tuple[Revision, ...]]) -> None:
            now_, kept = found
            if not kept:
                self.frame.ask.tell(t("Earlier versions"), t("There is none yet. One is kept when you leave the note."))
                return
            content = Versions(now_, kept, opened.template, self._about.zone, self.frame.look.tokens, bring)
            close.append(self.frame.ask.show(t("Earlier versions"), content))

        def bring(revision: Revision) -> None:
            for away in close:
                away()
            self.frame.tasks.write(
                lambda house, _ticket: listening.bring_back(house, note.id, revision.id),
                lambda _note: self.reload(), owner=self,
            )  # fmt: skip

        close: list[Callable[[], None]] = []
        self.frame.tasks.read(
            lambda house, _ticket: (listening.get(house, note.id), tuple(listening.revisions(house, note.id))), show,
            owner=self,
        )  # fmt: skip

    def _on_changed(self) -> None:
        if not self._soon.isActive():  # not started anew by each key: what was typed first is saved first
            self._soon.start(SOON)
            self._tell()

    def _on_answer(self, key: str) -> None:
        self._changed[key] = None
        self._on_changed()

    def _on_wrote(self, note_id: str, differs: bool) -> None:
        if self._note is not None and self._note.id == note_id and (differs or self.sheet.differing):
            self.reload()

    def _on_afterwards(self) -> None:
        self.laid.show_afterwards(True)
        self.afterwards.begin_writing()

    @Slot()
    def _go_where_notes_are(self) -> None:
        if not self._item and self.isVisible():
            self.frame.go("meetings", "")

    def _to_lines(self) -> None:
        self.laid.show_afterwards(False)
        self.sheet.begin_writing()

    def _go_on(self) -> None:
        self.flush()
        if self._note is not None:
            self.frame.go("takeaway", self._note.id)

    @Slot()
    def _tell(self) -> None:
        problem = self.saver.problem
        if problem is not None:
            self.laid.tell_saved(t("Not saved yet"), "bad")
            why = sentence(problem)
            if why != self._said:
                self._said = why
                self.frame.say(why, "bad")
        else:
            if self._said and self.frame.unsay(self._said):
                self._said = ""
            waiting = self.saver.busy or self.sheet.dirty or bool(self._changed)
            said, tone = (t("Saving…"), "small") if waiting else (t("Saved on this computer"), "accent")
            self.laid.tell_saved(said, tone)
        if self._closes and (self.settled or self.saver.failing):
            self._closes = False
            QTimer.singleShot(0, self, lambda: self.window().close())
        answered = any(one.answer for one in self.afterwards.asked.values())
        self.side.takeaway.setVisible(self.sheet.written >= ENOUGH or answered)
