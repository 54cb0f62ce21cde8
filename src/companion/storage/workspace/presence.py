"""What hosts and leaders said of who was there."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from companion.attendance.presence import Told
from companion.storage.rows import chunks, insert_of, upsert
from companion.storage.workspace.attendance_tables import presence

_TOLD = [presence.c[name] for name in Told.__dataclass_fields__]


class Presence:
    """Implements `attendance.presence.PresenceStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, told: Told) -> bool:
        """Take a word in; False where it was taken in before."""
        made = insert_of(self._connection.dialect.name, presence).values(vars(told)).on_conflict_do_nothing()
        return self._connection.execute(made).rowcount > 0

    def get(self, told_id: str) -> Told | None:
        """One word."""
        row = self._connection.execute(select(*_TOLD).where(presence.c.id == told_id)).first()
        return Told(*row) if row else None

    def put(self, told: Told) -> None:
        """Put a word in the place of what it was."""
        upsert(self._connection, presence, [vars(told)])

    def of(self, meeting_ids: Iterable[str]) -> list[Told]:
        """What was said of these meetings, oldest first."""
        found = [
            Told(*row)
            for some in chunks(dict.fromkeys(meeting_ids))
            for row in self._connection.execute(select(*_TOLD).where(presence.c.meeting_id.in_(some)))
        ]
        return sorted(found, key=lambda one: (one.at, one.id))

    def waiting(self) -> list[Told]:
        """What somebody has to look at, oldest first."""
        rows = select(*_TOLD).where(presence.c.state == "review").order_by(presence.c.at, presence.c.id)
        return [Told(*row) for row in self._connection.execute(rows)]
