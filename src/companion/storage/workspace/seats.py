"""Evidence about seats, and targets."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Subquery,
    case,
    delete,
    func,
    literal,
    select,
    union_all,
    update,
)

from companion.attendance.model import Evidence, Target
from companion.storage.rows import chunks, insert_all, upsert
from companion.storage.workspace.attendance_tables import target_before
from companion.storage.workspace.tables import evidence, meeting, target

_EVIDENCE = [evidence.c[name] for name in Evidence.__dataclass_fields__]
_ABSENT = ("missed", "excused", "delegated", "declined")


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
        rows = self._connection.execute(select(*_EVIDENCE).where(mine).order_by(evidence.c.at, evidence.c.id)).all()
        return [Evidence(*row) for row in rows]

    def since(self, start: datetime, before: datetime | None = None) -> list[Evidence]:
        """Every statement about meetings that start from `start` on, and before an instant, oldest first: one join."""
        query = select(*_EVIDENCE).join(meeting, meeting.c.id == evidence.c.meeting_id).where(meeting.c.start >= start)
        if before is not None:
            query = query.where(meeting.c.start < before)
        rows = self._connection.execute(query.order_by(evidence.c.at, evidence.c.id)).all()
        return [Evidence(*row) for row in rows]

    def in_question(self) -> list[str]:
        """Ids of the meetings whose seats may wait for a person: a report only proposes, or the sides may not agree.

        Some of these were settled since: that is for `attendance.seats` to say.
        """
        standing = evidence.c.withdrawn.is_(None)
        went = select(evidence.c.meeting_id, evidence.c.to.label("person_id"), literal("attended").label("says"))
        said = union_all(
            select(evidence.c.meeting_id, evidence.c.person_id, evidence.c.says).where(standing),
            went.where(standing, evidence.c.says == "delegated", evidence.c.to != ""),
        ).subquery()
        there = func.max(case((said.c.says == "attended", 1), else_=0))
        away = func.max(case((said.c.says.in_(_ABSENT), 1), else_=0))
        sides = select(said.c.meeting_id).group_by(said.c.meeting_id, said.c.person_id).having(there + away == 2)
        asked = select(evidence.c.meeting_id).where(evidence.c.source == "report", evidence.c.says == "unknown")
        return sorted(set(self._connection.execute(sides).scalars()) | set(self._connection.execute(asked).scalars()))

    def sat_before(self, start: datetime, most: int, people: Iterable[str]) -> dict[str, list[str]]:
        """By person the latest meetings before `start`, at most so many, at which somebody says they sat.

        Whether they did is for `attendance.seats` to say: statements can be contradicted or taken back.
        """
        found: dict[str, list[str]] = {}
        for some in chunks(dict.fromkeys(people)):
            sat = union_all(
                select(evidence.c.person_id, evidence.c.meeting_id)
                .where(evidence.c.person_id.in_(some), evidence.c.says == "attended"),
                select(evidence.c.to, evidence.c.meeting_id)
                .where(evidence.c.to.in_(some), evidence.c.says == "delegated"),
            )  # fmt: skip
            found.update(self._nearest(sat.subquery(), meeting.c.start < start, most, past=True))
        return found

    def coming_from(self, start: datetime, most: int, people: Iterable[str]) -> dict[str, list[str]]:
        """By person the next meetings from `start` on, at most so many, to which somebody says they come."""
        found: dict[str, list[str]] = {}
        # The few meetings ahead lead to their statements: nothing is read of the years behind.
        ahead = evidence.c.meeting_id.in_(select(meeting.c.id).where(meeting.c.start >= start))
        for some in chunks(dict.fromkeys(people)):
            said = select(evidence.c.person_id, evidence.c.meeting_id).where(
                ahead, evidence.c.person_id.in_(some), evidence.c.says == "accepted"
            )
            found.update(self._nearest(said.subquery(), meeting.c.start >= start, most, past=False))
        return found

    def _nearest(self, said: Subquery, when: ColumnElement[bool], most: int, *, past: bool) -> dict[str, list[str]]:
        once = select(said.c.person_id, said.c.meeting_id, meeting.c.start).distinct()
        each = once.join(meeting, meeting.c.id == said.c.meeting_id).where(when).subquery()
        order = each.c.start.desc() if past else each.c.start
        turn = func.row_number().over(partition_by=each.c.person_id, order_by=(order, each.c.meeting_id))
        ranked = select(each.c.person_id, each.c.meeting_id, turn.label("turn")).subquery()
        query = select(ranked.c.person_id, ranked.c.meeting_id).where(ranked.c.turn <= most)
        found: dict[str, list[str]] = {}
        for person_id, meeting_id in self._connection.execute(query.order_by(ranked.c.person_id, ranked.c.turn)):
            found.setdefault(person_id, []).append(meeting_id)
        return found

    def add(self, evidence_: Evidence) -> None:
        """Add a statement; none is ever changed, and what is taken back stays, with the time."""
        self._connection.execute(evidence.insert(), vars(evidence_))

    def withdraw(self, batch: str, at: datetime) -> int:
        """Take back what one import brought; how many statements."""
        standing = (evidence.c.batch == batch) & evidence.c.withdrawn.is_(None)
        return self._connection.execute(update(evidence).where(standing).values(withdrawn=at)).rowcount

    def replace_calendar(self, told: Mapping[str, Iterable[Evidence]]) -> None:
        """Put what calendars say now in the place of what they said of these meetings."""
        for some in chunks(told):
            said = evidence.c.meeting_id.in_(some) & (evidence.c.source == "calendar")
            self._connection.execute(delete(evidence).where(said))
        insert_all(self._connection, evidence, [vars(item) for items in told.values() for item in items])

    def targets(self) -> list[Target]:
        """Every target that stands, oldest first."""
        rows = self._connection.execute(select(target).order_by(target.c.since, target.c.who))
        return [Target(**row._mapping) for row in rows]

    def targets_ever(self) -> list[Target]:
        """Every target that stands, and those that stood until another from the same day took their place."""
        rows = self._connection.execute(select(target_before).order_by(*target_before.primary_key.columns))
        return [*self.targets(), *(Target(**row._mapping) for row in rows)]

    def put_target(self, target_: Target) -> None:
        """Set a target from a day on; the one from the same day is kept as what stood until now."""
        if target_.entered:
            known = select(target).where(target.c.who == target_.who, target.c.since == target_.since)
            before = [{**row._mapping, "dropped": target_.entered} for row in self._connection.execute(known)]
            upsert(self._connection, target_before, before)
        row = {name: value for name, value in vars(target_).items() if name != "dropped"}
        upsert(self._connection, target, [row])
