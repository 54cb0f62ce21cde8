"""Which commands the workspace has taken."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from companion.storage.workspace.tables import applied


class AppliedCommands:
    """Implements `crossing.model.Applied`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def seen(self, command_id: str) -> bool:
        """Whether the command was applied; until this transaction ends nobody else can apply it."""
        if self._connection.dialect.name == "postgresql":
            # SQLite has one writer at a time. Here a second one waits, and then sees the first one's mark.
            lock = func.pg_advisory_xact_lock(func.hashtextextended(command_id, 0))
            self._connection.execute(select(lock))
        query = select(applied.c.command_id).where(applied.c.command_id == command_id)
        return self._connection.execute(query).first() is not None

    def mark(self, command_id: str, at: datetime) -> None:
        """Remember the command as applied, in the transaction that applied it."""
        self._connection.execute(applied.insert(), {"command_id": command_id, "at": at})
