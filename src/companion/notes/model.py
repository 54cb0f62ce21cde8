"""A note, its lines and its answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from companion.notes.template import Template

Mark = Literal["", "q", "f", "!", "?", "p"]  # exact words, fact, feeling, ask the host, promise
MARKS: tuple[Mark, ...] = ("q", "f", "!", "?", "p")
Stamps = tuple[tuple[str, int], ...]  # device -> how many of its changes are in a text; sorted by device


@dataclass(frozen=True)
class Line:
    """One thing heard."""

    id: str
    at: datetime
    mark: Mark
    text: str = field(repr=False)
    stamps: Stamps = ()
    position: int = field(default=0, compare=False)  # its place as stored: a new line goes between two others


@dataclass(frozen=True)
class Note:
    """What one listener wrote at one meeting. `answers`: by key of the template's questions."""

    id: str
    meeting_id: str
    customer_id: str
    title: str
    made: datetime
    changed: datetime
    lines: tuple[Line, ...] = field(default=(), repr=False)
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    expected: str = field(default="", repr=False)
    template: str = ""  # id of the template it was begun with; "" is the one that ships with the app
    template_version: int = 0
    keep: bool = False  # its owner wants it kept beyond its days
    expected_stamps: Stamps = ()
    gone: bool = False  # its owner let go of it; it is shown again where somebody writes in it
    into: str = ""  # the note that took this one in: of one meeting there is one

    @property
    def said(self) -> str:
        """One sentence they said."""
        return self.answers.get("said", "")

    @property
    def scene(self) -> str:
        """One scene to be retold."""
        return self.answers.get("scene", "")

    @property
    def surprise(self) -> str:
        """What was not expected."""
        return self.answers.get("surprise", "")


@dataclass(frozen=True)
class Listed:
    """A note in a list: all but its words."""

    id: str
    meeting_id: str
    customer_id: str
    title: str
    made: datetime
    changed: datetime
    lines: int
    answers: int
    keep: bool = False


@dataclass(frozen=True)
class Revision:
    """A note as it was at a moment, whole."""

    id: str
    note_id: str
    at: datetime
    why: str  # left, before_back, before_edit, before_settling, taken_in
    note: Note = field(repr=False)


@dataclass(frozen=True)
class Conflict:
    """Two texts where one was expected: both are kept until their owner says what stays.

    `unit`: a line's id, or `answer:` and a question's key.
    """

    id: str
    note_id: str
    unit: str
    here: str = field(repr=False)
    other: str = field(repr=False)
    at: datetime
    other_from: str = ""  # the other computer's name, "" for another window of this one


class NoteStore(Protocol):
    """The slice of a device transaction that holds notes."""

    def all(self) -> list[Note]: ...
    def listed(self, not_kept_of: datetime | None = None) -> list[Listed]: ...  # the one changed last first
    def starting(self, text: str) -> list[str]: ...  # ids that begin so
    def get(self, note_id: str) -> Note | None: ...
    def head(self, note_id: str) -> Note | None: ...  # without its lines and answers
    def next_position(self, note_id: str) -> int: ...  # behind all lines
    def touch(self, note_id: str, at: datetime) -> None: ...  # something of it changed
    def of_meeting(self, meeting_id: str) -> Note | None: ...
    def put(self, note: Note) -> None: ...  # without its lines and answers
    def draft(self, key: str) -> str: ...  # what an editor had open, "" for nothing
    def put_draft(self, key: str, body: str, at: datetime) -> None: ...
    def drop_draft(self, key: str) -> None: ...
    def drop_drafts(self, first: str) -> None: ...  # of this name, and of those that go on with a bar
    def read_marks(self) -> set[str]: ...  # ids of takeaways I have read
    def mark_read(self, takeaway_id: str, at: datetime) -> None: ...


class TemplateStore(Protocol):
    """The slice of a workspace transaction that holds templates; a version that was used never changes."""

    def all(self) -> list[Template]: ...  # every version, oldest first
    def put(self, template: Template) -> None: ...
