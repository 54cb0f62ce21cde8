"""Saving: what was typed is written at once, and again until it is; nothing of it is let go of before."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from companion.basics.errors import Problem
from companion.desktop.tasks import Tasks
from companion.notes.merge import EXPECTED
from companion.notes.model import Line, Note
from companion.programme import listening
from companion.programme.listening import Edit
from companion.programme.model import House

AGAIN = 2000  # milliseconds until a failed saving is tried again
MOST = 100  # lines of one writing: a key does not wait for the thousands that were pasted before it


@dataclass
class Owed:
    """What of one note is not on the disk yet."""

    lines: dict[str, Line] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.lines or self.answers)

    def add(self, newer: "Owed") -> "Owed":
        """Both; of one text the newer; the newer lines last."""
        older = {key: line for key, line in self.lines.items() if key not in newer.lines}
        return Owed(older | newer.lines, self.answers | newer.answers)

    def split(self, most: int) -> "tuple[Owed, Owed]":
        """The answers and the newest lines, and what is left."""
        lines = list(self.lines.items())
        return Owed(dict(lines[-most:]), self.answers), Owed(dict(lines[:-most]))


@dataclass
class Known:
    """What stood in the store when this window last wrote or read; only the stores' thread changes it."""

    lines: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)


class Saver(QObject):
    """Writes notes for a page; it goes on where the page shows another note meanwhile, or is made anew."""

    told = Signal()  # how the saving stands is another thing now
    wrote = Signal(str, bool)  # of the note with that id something is on the disk; whether two texts stand there

    def __init__(self, tasks: Tasks) -> None:
        super().__init__(tasks)
        self._tasks = tasks
        self._owed: dict[str, Owed] = {}
        self._on_way: dict[str, list[Owed]] = {}
        self._known: dict[str, Known] = {}
        self.problem: Problem | None = None  # why the last try failed
        self._broke = False  # the last try ended, and nobody knows why
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN)
        self._again.timeout.connect(self.send)

    @staticmethod
    def of(tasks: Tasks) -> "Saver":
        """The one that writes there."""
        return tasks.findChild(Saver) or Saver(tasks)

    @property
    def failing(self) -> bool:
        """Whether the last try was in vain."""
        return self.problem is not None or self._broke

    @property
    def busy(self) -> bool:
        """Whether anything is not on the disk yet."""
        return any(self._owed.values()) or any(self._on_way.values())

    def open(self, note: Note) -> Note:
        """The note as it was read, with what could not be saved of it yet."""
        owed = self._all(note.id)
        if not owed:
            self._known[note.id] = Known({line.id: line.text for line in note.lines}, in_store(note))
            return note
        lines = {line.id: line for line in note.lines} | owed.lines
        shown = sorted((line for line in lines.values() if line.text), key=lambda line: line.position)
        answers = {key: text for key, text in (in_store(note) | owed.answers).items() if text}
        expected = answers.pop(EXPECTED, "")
        return replace(note, lines=tuple(shown), answers=answers, expected=expected)

    def settled(self, note_id: str) -> bool:
        """Whether nothing of a note is on its way, so that what was read of it is how it stands."""
        return not self._all(note_id)

    def units(self, note_id: str) -> frozenset[str]:
        """Ids of lines and keys of answers that are not on the disk yet."""
        owed = self._all(note_id)
        return frozenset((*owed.lines, *owed.answers))

    def put(self, note_id: str, lines: list[Line], answers: dict[str, str]) -> None:
        """Take over what differs, and write it."""
        newer = Owed({line.id: line for line in lines}, answers)
        if newer:
            self._owed[note_id] = self._owed.get(note_id, Owed()).add(newer)
        if any(self._owed.values()) and (newer or not (self._again.isActive() or self._broke)):
            self.send()

    @Slot()
    def send(self) -> None:
        """Write what is owed, the newest first; the rest follows by itself."""
        self._again.stop()
        self._broke = False
        for note_id in [note_id for note_id, owed in self._owed.items() if owed]:
            first, self._owed[note_id] = self._owed[note_id].split(MOST)
            self._write(note_id, first)
        self.told.emit()

    def send_all(self) -> None:
        """Hand all of it over to be written: nothing comes after this."""
        while any(self._owed.values()) and not self.failing:
            self.send()

    def _write(self, note_id: str, owed: Owed) -> None:
        known = self._known.setdefault(note_id, Known())
        way = self._on_way.setdefault(note_id, [])
        way.append(owed)
        told = False

        def done(differs: bool) -> None:
            nonlocal told
            told = True
            way.remove(owed)
            if not any(self._owed.values()):
                self.problem = None
            elif not self._again.isActive() and not any(self._on_way.values()):
                self.send()
            self.wrote.emit(note_id, differs)
            self.told.emit()

        def failed(problem: Problem) -> None:
            nonlocal told
            told = True
            put_back()
            self.problem = problem
            self._again.start()
            self.told.emit()

        def put_back() -> None:
            way.remove(owed)
            self._owed[note_id] = owed.add(self._owed.get(note_id, Owed()))

        def over() -> None:  # neither came: the work broke, and was told as that; the next key tries again
            if not told:
                put_back()
                self._broke = True
                self.told.emit()

        task = self._tasks.write(
            lambda house, _ticket: write(house, note_id, owed, known), done, failed=failed, owner=self
        )
        task.when_over(lambda: QTimer.singleShot(0, self, over))

    def _all(self, note_id: str) -> Owed:
        found = Owed()
        for one in (*self._on_way.get(note_id, ()), self._owed.get(note_id, Owed())):
            found = found.add(one)
        return found


def in_store(note: Note) -> dict[str, str]:
    """The answers of a note and what its owner expected, by the keys they are owed under."""
    return {**note.answers, **({EXPECTED: note.expected} if note.expected else {})}


def write(house: House, note_id: str, owed: Owed, known: Known) -> bool:
    """Write lines and answers, each on what this window knew; whether two texts stand where one was expected."""
    differs = False
    if owed.lines:
        edits = [
            Edit(line.id, line.position, line.mark, line.text, line.at, known.lines.get(line.id, ""))
            for line in owed.lines.values()
        ]
        differs = bool(listening.write_lines(house, note_id, edits).conflicts)
        known.lines.update((line.id, line.text) for line in owed.lines.values())
    for key, text in owed.answers.items():
        base = known.answers.get(key, "")
        if key == EXPECTED:
            written = listening.expect(house, note_id, text, base)
        else:
            written = listening.write_answer(house, note_id, key, text, base)
        differs = differs or bool(written.conflicts)
        known.answers[key] = text
    return differs
