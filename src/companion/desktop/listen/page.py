"""Listen decides what is saved and when: within a second of each key, and at once when the page is left."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from companion.basics.changes import Changes
from companion.basics.clock import Clock, day_of, now
from companion.basics.errors import Problem
from companion.desktop.frame import Frame, Page
from companion.desktop.listen.line import LineBox
from companion.desktop.listen.sheet import Sheet
from companion.desktop.listen.side import Afterwards, side
from companion.desktop.widgets.text import PlainLabel
from companion.notes.model import Line, Note
from companion.programme import listening
from companion.programme.model import House
from companion.programme.views.ground import my_ground
from companion.words.dates import day_month
from companion.words.language import t
from companion.words.problems import sentence

Work = Callable[[House], object]
Again = Callable[[], None]
SOON = 300  # milliseconds from a key to its saving
AGAIN = 2000  # milliseconds until a failed saving is tried again
SIDE = 250  # pixels at 100 %


@dataclass(frozen=True)
class Opened:
    """A note and, where the workspace could be asked, what it is about."""

    note: Note
    customer: str
    host: str
    day: str
    zone: str


def open_about(house: House, item: str) -> Opened:
    """The note of that id, or of that meeting, begun where there is none."""
    try:
        note = listening.get(house, item)
    except Problem:
        note = listening.open_note(house, item)
    try:
        facts = my_ground(house)
        with house.workspace(write=False) as tx:
            meeting = tx.meetings.get(note.meeting_id)
    except Problem:  # the workspace is away; the note is here
        return Opened(note, note.title, "", "", "UTC")
    customer = facts.customer(note.customer_id).name
    if meeting is None:
        return Opened(note, customer or note.title, "", "", facts.zone)
    day = day_month(day_of(meeting.start, facts.zone), facts.today)
    return Opened(note, customer or note.title, facts.host(meeting), day, facts.zone)


class ListenPage(Page):
    """One growing list; marks, my part and the three questions beside it."""

    def __init__(self, frame: Frame, clock: Clock = now) -> None:
        super().__init__(frame)
        self._item = ""
        self._note: Note | None = None
        self._writing = 0
        self._answers_dirty = False
        self._wrote = False
        self.title = PlainLabel("", "title")
        self.about = PlainLabel("", "soft")
        self.saved = PlainLabel("", "small")
        self.saved.setWordWrap(False)
        self.sheet = Sheet(clock)
        self.sheet.changed.connect(self._on_changed)
        self.afterwards = Afterwards(self._on_answers, self._go_on)
        self.afterwards.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.flush)
        self._scroll = QScrollArea()
        self._side = QScrollArea()
        self.sheet.reached.connect(self._on_reached)
        self._lay_out()

    def arrive(self, item: str) -> None:
        """Open the note of a meeting, or a note."""
        if item not in (self._item, self._note.id if self._note else ""):
            self.flush()
            self._item = item
            self.read(lambda house, _ticket: open_about(house, item), self._show)

    def leave(self) -> None:
        """Save at once, and tell the other pages."""
        self.flush()
        if self._wrote:
            self._wrote = False
            self.frame.tasks.write(lambda _house, _ticket: Changes.NOTES)

    def flush(self) -> None:
        """Save every line and answer that differs."""
        self._soon.stop()
        note = self._note
        if note is None:
            return
        for box in self.sheet.dirty():
            box.dirty = False
            self._write_line(note.id, box, box.line())
        if self._answers_dirty:
            self._answers_dirty = False
            said, scene, surprise = self.afterwards.answers()
            self._write(lambda house: listening.answer(house, note.id, said, scene, surprise), self._answers_again)
        self._tell()

    def _write_line(self, note_id: str, box: LineBox, line: Line) -> None:
        def again() -> None:
            box.dirty = True

        position = box.position
        self._write(lambda house: listening.write_line(house, note_id, position, line), again)

    def _answers_again(self) -> None:
        self._answers_dirty = True

    def _write(self, work: Work, again: Again) -> None:
        def done(_value: object) -> None:
            self._writing -= 1
            self._tell()

        def failed(problem: Problem) -> None:
            self._writing -= 1
            again()
            self.saved.setText(t("Not saved yet"))
            self.frame.say(sentence(problem), "bad")
            self._soon.start(AGAIN)

        self._writing += 1
        self._wrote = True
        self.frame.tasks.write(lambda house, _ticket: work(house), done, failed=failed, owner=self)

    def _show(self, opened: Opened) -> None:
        note = opened.note
        self._note = note
        self.title.setText(opened.customer)
        parts = [note.title if note.title != opened.customer else "", opened.day, t("you listen")]
        self.about.setText(" · ".join(part for part in parts if part))
        self.sheet.show_lines(note.lines, opened.zone)
        answers = (note.said, note.scene, note.surprise)
        self.afterwards.show_answers(answers)
        self.afterwards.setVisible(any(answers))
        self._side.setWidget(side(opened.host, note.expected, self.sheet.mark_current, self._on_afterwards))
        self.sheet.begin_writing()
        self._tell()

    def _on_changed(self) -> None:
        if not self._soon.isActive():  # not started anew by each key: what was typed first is saved first
            self._soon.start(SOON)
        self._tell()

    def _on_answers(self) -> None:
        self._answers_dirty = True
        self._on_changed()

    def _on_afterwards(self) -> None:
        self.afterwards.show()
        self.afterwards.fields[0].setFocus()
        QTimer.singleShot(0, self.afterwards, lambda: self._scroll.ensureWidgetVisible(self.afterwards))

    @Slot(object)
    def _on_reached(self, box: LineBox) -> None:
        QTimer.singleShot(0, box, lambda: self._scroll.ensureWidgetVisible(box))

    def _go_on(self) -> None:
        if self._note is not None:
            self.flush()
            self.frame.go("takeaway", self._note.id)

    def _tell(self) -> None:
        open_ones = self._writing or self._answers_dirty or self.sheet.dirty()
        self.saved.setText(t("Saving…") if open_ones else t("Saved on this computer"))
        self.saved.setProperty("tone", "small" if open_ones else "accent")
        self.saved.style().unpolish(self.saved)
        self.saved.style().polish(self.saved)

    def _lay_out(self) -> None:
        px = self.frame.look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 24, 36, 0)  # what scrolls runs to the window's edge
        column.setSpacing(2)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.title, 1)
        top.addWidget(self.saved, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(top)
        column.addWidget(self.about)
        column.addSpacing(14)
        line = QHBoxLayout()
        line.setSpacing(24)
        inner = QWidget()
        left = QVBoxLayout(inner)
        left.setContentsMargins(0, 0, 0, 28)
        left.setSpacing(12)
        left.addWidget(self.sheet, 1)
        left.addWidget(self.afterwards)
        self._scroll.setWidget(inner)
        for area in (self._scroll, self._side):
            area.setWidgetResizable(True)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line.addWidget(self._scroll, 1)
        self._side.setFixedWidth(px(SIDE))
        self._side.setWidget(QWidget())
        line.addWidget(self._side)
        column.addLayout(line, 1)
