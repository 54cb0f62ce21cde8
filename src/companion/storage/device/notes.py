"""Listening notes, drafts and read marks."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, func, or_, select, update

from companion.notes.model import Line, Listed, Note
from companion.storage.device.tables import draft, line, note, note_answer, read_mark
from companion.storage.rows import chunks, upsert

_LINE = [line.c[name] for name in Line.__dataclass_fields__]
_SAYS = or_(
    ~note.c.gone,
    exists().where(line.c.note_id == note.c.id, ~line.c.gone),
    exists().where(note_answer.c.note_id == note.c.id, note_answer.c.text != ""),
    note.c.expected != "",
)
_SHOWN = (note.c.into == "") & _SAYS  # not those that are part of another, and not those that were let go of


class Notes:
    """Implements `notes.model.NoteStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Note]:
        """Every note with its lines, newest first."""
        return self._read(select(note).where(_SHOWN).order_by(note.c.made.desc(), note.c.id))

    def listed(self, not_kept_of: datetime | None = None) -> list[Listed]:
        """Every note without its words, the one changed last first.

        With a time: those begun until then which nobody said to keep.
        """
        heard = select(func.count()).where(line.c.note_id == note.c.id, ~line.c.gone)
        said = select(func.count()).where(note_answer.c.note_id == note.c.id, note_answer.c.text != "")
        columns = [note.c[name] for name in ("id", "meeting_id", "customer_id", "title", "made", "changed")]
        query = select(*columns, heard.scalar_subquery(), said.scalar_subquery(), note.c.keep).where(_SHOWN)
        if not_kept_of is not None:
            query = query.where(note.c.made <= not_kept_of, ~note.c.keep)
        rows = self._connection.execute(query.order_by(note.c.changed.desc(), note.c.id))
        return [Listed(*row[:6], lines=row[6], answers=row[7], keep=row[8]) for row in rows]

    def starting(self, text: str) -> list[str]:
        """Ids that begin so."""
        return list(self._connection.scalars(select(note.c.id).where(note.c.id.startswith(text, autoescape=True))))

    def get(self, note_id: str) -> Note | None:
        """One note with its lines; by the name of one that it took in, too."""
        found = next(iter(self._read(select(note).where(note.c.id == note_id))), None)
        return self.get(found.into) if found and found.into else found

    def head(self, note_id: str) -> Note | None:
        """One note without its lines and answers; by the name of one that it took in, too."""
        row = self._connection.execute(select(note).where(note.c.id == note_id)).one_or_none()
        return self.head(row.into) if row and row.into else Note(**row._mapping) if row else None

    def next_position(self, note_id: str) -> int:
        """The place behind all lines."""
        last = self._connection.scalar(select(func.max(line.c.position)).where(line.c.note_id == note_id))
        return 0 if last is None else last + 1

    def touch(self, note_id: str, at: datetime) -> None:
        """Something of it changed."""
        self._connection.execute(update(note).where(note.c.id == note_id).values(changed=at))

    def of_meeting(self, meeting_id: str) -> Note | None:
        """The note of a meeting, the one changed last where there are several."""
        query = select(note).where(note.c.meeting_id == meeting_id, note.c.into == "")
        return next(iter(self._read(query.order_by(note.c.changed.desc()).limit(1))), None)

    def put(self, note_: Note) -> None:
        """Save a note without its lines and answers."""
        kept = {key: value for key, value in vars(note_).items() if key not in ("lines", "answers")}
        upsert(self._connection, note, [kept])

    def draft(self, key: str) -> str:
        """What an editor had open, "" for nothing."""
        return self._connection.scalar(select(draft.c.body).where(draft.c.key == key)) or ""

    def put_draft(self, key: str, body: str, at: datetime) -> None:
        """Keep what an editor has open."""
        upsert(self._connection, draft, [{"key": key, "body": body, "at": at}])

    def drop_draft(self, key: str) -> None:
        """Let go of a draft."""
        self._connection.execute(delete(draft).where(draft.c.key == key))

    def drop_drafts(self, first: str) -> None:
        """Let go of the drafts of these names: this one, and those that go on with a bar."""
        begins = draft.c.key.startswith(f"{first}|", autoescape=True)
        self._connection.execute(delete(draft).where((draft.c.key == first) | begins))

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
            said = select(note_answer).where(note_answer.c.note_id.in_(some), note_answer.c.text != "")
            for row in self._connection.execute(said):
                answers[row.note_id][row.key] = row.text
            heard = select(line.c.note_id, *_LINE).where(line.c.note_id.in_(some), ~line.c.gone)
            for row in self._connection.execute(heard.order_by(line.c.position, line.c.at, line.c.id)):
                lines[row[0]].append(Line(*row[1:]))
        return [Note(**row._mapping, lines=tuple(lines[row.id]), answers=answers[row.id]) for row in rows]
