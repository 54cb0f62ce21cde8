"""Mails on their way into listeners' notes."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from companion.storage.rows import insert_of, upsert
from companion.storage.workspace.memory_tables import mailed_note
from companion.takeaways.mailed import MailedNote

_NOTE = [mailed_note.c[name] for name in MailedNote.__dataclass_fields__]


class MailedNotes:
    """Implements `takeaways.mailed.MailedStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person_id: str) -> list[MailedNote]:
        """What waits for one person, oldest first."""
        mine = (mailed_note.c.person_id == person_id, mailed_note.c.fetched.is_(None))
        query = select(*_NOTE).where(*mine).order_by(mailed_note.c.at, mailed_note.c.id)
        return [MailedNote(*row) for row in self._connection.execute(query)]

    def get(self, note_id: str) -> MailedNote | None:
        """One of them."""
        row = self._connection.execute(select(*_NOTE).where(mailed_note.c.id == note_id)).first()
        return MailedNote(*row) if row else None

    def add(self, note: MailedNote) -> bool:
        """Add it, unless it was taken in before."""
        statement = insert_of(self._connection.dialect.name, mailed_note).values(vars(note))
        once = statement.on_conflict_do_nothing(index_elements=["id"]).returning(mailed_note.c.id)
        return self._connection.execute(once).first() is not None

    def put(self, note: MailedNote) -> None:
        """Change it."""
        upsert(self._connection, mailed_note, [vars(note)])

    def expire(self, before: datetime) -> int:
        """Let go of what came before then; how many of these nobody had fetched."""
        gone = delete(mailed_note).where(mailed_note.c.at < before).returning(mailed_note.c.fetched)
        return sum(row.fetched is None for row in self._connection.execute(gone))
