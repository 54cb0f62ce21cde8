"""Listening notes, drafts and read marks."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, select

from companion.notes.model import Line, Note, Stamps
from companion.storage.device.tables import draft, line, note, note_answer, read_mark
from companion.storage.rows import chunks, upsert

_LINE = [line.c[name] for name in Line.__dataclass_fields__]


class Notes:
    """Implements `notes.model.NoteStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Note]:
        """Every note with its lines, newest first."""
        return self._read(select(note).order_by(note.c.made.desc(), note.c.id))

    def get(self, note_id: str) -> Note | None:
        """One note with its lines."""
        return next(iter(self._read(select(note).where(note.c.id == note_id))), None)

    def of_meeting(self, meeting_id: str) -> Note | None:
        """The note of a meeting, the one changed last where there are several."""
        query = select(note).where(note.c.meeting_id == meeting_id).order_by(note.c.changed.desc()).limit(1)
        return next(iter(self._read(query)), None)

    def put(self, note_: Note) -> None:
        """Save a note without its lines and answers."""
        kept = {key: value for key, value in vars(note_).items() if key not in ("lines", "answers")}
        upsert(self._connection, note, [kept])

    def put_line(self, note_id: str, position: int, line_: Line) -> None:
        """Save one line at its place."""
        upsert(self._connection, line, [{**vars(line_), "note_id": note_id, "position": position}])

    def remove_line(self, note_id: str, line_id: str) -> None:
        """Take a line out."""
        self._connection.execute(delete(line).where(line.c.note_id == note_id, line.c.id == line_id))

    def put_answer(self, note_id: str, key: str, text: str, stamps: Stamps = ()) -> None:
        """Save the answer to one question; "" takes it out."""
        if text:
            upsert(self._connection, note_answer, [{"note_id": note_id, "key": key, "text": text, "stamps": stamps}])
            return
        mine = (note_answer.c.note_id == note_id) & (note_answer.c.key == key)
        self._connection.execute(delete(note_answer).where(mine))

    def draft(self, key: str) -> str:
        """What an editor had open, "" for nothing."""
        return self._connection.scalar(select(draft.c.body).where(draft.c.key == key)) or ""

    def put_draft(self, key: str, body: str, at: datetime) -> None:
        """Keep what an editor has open."""
        upsert(self._connection, draft, [{"key": key, "body": body, "at": at}])

    def drop_draft(self, key: str) -> None:
        """Let go of a draft."""
        self._connection.execute(delete(draft).where(draft.c.key == key))

    def read_marks(self) -> set[str]:
        """Ids of takeaways that were read here."""
        return set(self._connection.execute(select(read_mark.c.takeaway_id)).scalars())

    def mark_read(self, takeaway_id: str, at: datetime) -> None:
        """Remember that a takeaway was read; the first time stays."""
        upsert(self._connection, read_mark, [{"takeaway_id": takeaway_id, "at": at}], keep=("at",))

    def _read(self, query: Select[Any]) -> list[Note]:
        rows = self._connection.execute(query).all()
        lines: dict[str, list[Line]] = defaultdict(list)
        answers: dict[str, dict[str, str]] = defaultdict(dict)
        for some in chunks(row.id for row in rows):
            for row in self._connection.execute(select(note_answer).where(note_answer.c.note_id.in_(some))):
                answers[row.note_id][row.key] = row.text
            heard = select(line.c.note_id, *_LINE).where(line.c.note_id.in_(some))
            for row in self._connection.execute(heard.order_by(line.c.position, line.c.at, line.c.id)):
                lines[row[0]].append(Line(*row[1:]))
        return [Note(**row._mapping, lines=tuple(lines[row.id]), answers=answers[row.id]) for row in rows]
