"""Evidence about seats, and targets."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from companion.attendance.model import Evidence, Target
from companion.storage.rows import chunks, insert_all, upsert
from companion.storage.workspace.tables import evidence, target

_EVIDENCE = [evidence.c[name] for name in Evidence.__dataclass_fields__]
_CLEAR = delete(evidence).where(evidence.c.meeting_id == bindparam("one"), evidence.c.source == "calendar")


class Seats:
    """Implements `attendance.model.SeatStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def evidence(self, meeting_ids: Iterable[str] | None = None) -> list[Evidence]:
        """Every statement, or those about these meetings, oldest first."""
        query = select(*_EVIDENCE)
        if meeting_ids is None:
            rows = self._connection.execute(query.order_by(evidence.c.at, evidence.c.id))
            return [Evidence(*row) for row in rows]
        found = [
            Evidence(*row)
            for some in chunks(dict.fromkeys(meeting_ids))
            for row in self._connection.execute(query.where(evidence.c.meeting_id.in_(some)))
        ]
        return sorted(found, key=lambda item: (item.at, item.id))

    def about(self, person_id: str) -> list[Evidence]:
        """Every statement about a person, and those that name it as who went instead, oldest first."""
        mine = (evidence.c.person_id == person_id) | (evidence.c.to == person_id)
        rows = self._connection.execute(select(*_EVIDENCE).where(mine).order_by(evidence.c.at, evidence.c.id))
        return [Evidence(*row) for row in rows]

    def add(self, evidence_: Evidence) -> None:
        """Add a statement; none is ever changed, and what is taken back stays, with the time."""
        self._connection.execute(evidence.insert(), vars(evidence_))

    def withdraw(self, batch: str, at: datetime) -> int:
        """Take back what one import brought; how many statements."""
        standing = (evidence.c.batch == batch) & evidence.c.withdrawn.is_(None)
        return self._connection.execute(update(evidence).where(standing).values(withdrawn=at)).rowcount

    def replace_calendar(self, told: Mapping[str, Iterable[Evidence]]) -> None:
        """Put what calendars say now in the place of what they said of these meetings."""
        if told:
            self._connection.execute(_CLEAR, [{"one": meeting_id} for meeting_id in told])
        insert_all(self._connection, evidence, [vars(item) for items in told.values() for item in items])

    def targets(self) -> list[Target]:
        """Every target ever set, oldest first."""
        rows = self._connection.execute(select(target).order_by(target.c.since, target.c.who))
        return [Target(**row._mapping) for row in rows]

    def put_target(self, target_: Target) -> None:
        """Set a target from a day on."""
        upsert(self._connection, target, [vars(target_)])
