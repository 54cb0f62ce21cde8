"""A note and its lines."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

Mark = Literal["", "q", "f", "!", "?", "p"]  # exact words, fact, feeling, ask the host, promise
MARKS: tuple[Mark, ...] = ("q", "f", "!", "?", "p")


@dataclass(frozen=True)
class Line:
    """One thing heard."""

    id: str
    at: datetime
    mark: Mark
    text: str = field(repr=False)


@dataclass(frozen=True)
class Note:
    """What one listener wrote at one meeting. `said`, `scene`, `surprise`: the three questions afterwards."""

    id: str
    meeting_id: str
    customer_id: str
    title: str
    made: datetime
    changed: datetime
    lines: tuple[Line, ...] = field(default=(), repr=False)
    said: str = field(default="", repr=False)
    scene: str = field(default="", repr=False)
    surprise: str = field(default="", repr=False)
    expected: str = field(default="", repr=False)


class NoteStore(Protocol):
    """The slice of a device transaction that holds notes."""

    def all(self) -> list[Note]: ...
    def get(self, note_id: str) -> Note | None: ...
    def of_meeting(self, meeting_id: str) -> Note | None: ...
    def put(self, note: Note) -> None: ...  # without its lines
    def put_line(self, note_id: str, position: int, line: Line) -> None: ...
    def remove_line(self, note_id: str, line_id: str) -> None: ...
    def draft(self, key: str) -> str: ...  # what an editor had open, "" for nothing
    def put_draft(self, key: str, body: str, at: datetime) -> None: ...
    def drop_draft(self, key: str) -> None: ...
    def read_marks(self) -> set[str]: ...  # ids of takeaways I have read
    def mark_read(self, takeaway_id: str, at: datetime) -> None: ...
