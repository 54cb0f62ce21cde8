"""Customer meetings, the copies they are merged from, and people's verdicts."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, select, union

from companion.calendars.model import Event
from companion.meetings.model import Copy, Meeting, Verdict
from companion.storage.rows import chunks, upsert
from companion.storage.workspace.tables import availability, evidence, meeting, meeting_copy, verdict

_MEETING = [meeting.c[item.name] for item in fields(Meeting)]
_EVENT = [item.name for item in fields(Event)]
_COPY = [meeting_copy.c[name] for name in ("meeting_id", "account_id", "owner", "hosts", *_EVENT)]
_ONE = select(*_MEETING).where(meeting.c.id == bindparam("one"))  # built once: it is asked for very often


class Meetings:
    """Implements `meetings.model.MeetingStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, meeting_id: str) -> Meeting | None:
        """One meeting."""
        row = self._connection.execute(_ONE, {"one": meeting_id}).first()
        return Meeting(*row) if row else None

    def between(self, start: datetime, end: datetime, *, dismissed: bool = False) -> list[Meeting]:
        """Meetings that start from `start` on and before `end`, by time; `dismissed`: also those with a no."""
        query = select(*_MEETING).where(meeting.c.start >= start, meeting.c.start < end)
        if not dismissed:
            query = query.where(meeting.c.verdict != "no")
        rows = self._connection.execute(query.order_by(meeting.c.start, meeting.c.id)).all()
        return [Meeting(*row) for row in rows]

    def during(self, start: datetime, end: datetime) -> list[Meeting]:
        """Meetings of which something lies between two instants, dismissed ones too, by time."""
        query = select(*_MEETING).where(meeting.c.end > start, meeting.c.start < end)
        rows = self._connection.execute(query.order_by(meeting.c.start, meeting.c.id)).all()
        return [Meeting(*row) for row in rows]

    def over(self, by: datetime, most: int) -> list[Meeting]:
        """The latest meetings that were over by then, at most so many, those with a no left out, by time."""
        query = select(*_MEETING).where(meeting.c.end <= by, meeting.c.verdict != "no")
        rows = self._connection.execute(query.order_by(meeting.c.start.desc(), meeting.c.id.desc()).limit(most)).all()
        return [Meeting(*row) for row in rows][::-1]

    def everything(self) -> list[Meeting]:
        """Every meeting, dismissed ones too, by time."""
        rows = self._connection.execute(select(*_MEETING).order_by(meeting.c.start, meeting.c.id)).all()
        return [Meeting(*row) for row in rows]

    def some(self, meeting_ids: Iterable[str]) -> list[Meeting]:
        """These meetings, those that are there, by time."""
        found = [
            Meeting(*row)
            for some in chunks(dict.fromkeys(meeting_ids))
            for row in self._connection.execute(select(*_MEETING).where(meeting.c.id.in_(some)))
        ]
        return sorted(found, key=lambda item: (item.start, item.id))

    def count(self) -> int:
        """How many meetings there are."""
        return self._connection.execute(select(func.count()).select_from(meeting)).scalar_one()

    def of_customer(self, customer_id: str) -> list[Meeting]:
        """Every meeting of a customer, by time."""
        query = select(*_MEETING).where(meeting.c.customer_id == customer_id)
        rows = self._connection.execute(query.order_by(meeting.c.start, meeting.c.id)).all()
        return [Meeting(*row) for row in rows]

    def put(self, meeting_: Meeting) -> None:
        """Add a meeting, or change the one with this id."""
        self.put_all([meeting_])

    def put_all(self, meetings: Iterable[Meeting]) -> None:
        """Add or change meetings in bulk."""
        upsert(self._connection, meeting, [vars(item) for item in meetings])

    def remove(self, meeting_id: str, *, wholly: bool = False) -> None:
        """Remove a meeting with its copies and what calendars said; people's words stay unless `wholly`."""
        self._connection.execute(delete(meeting_copy).where(meeting_copy.c.meeting_id == meeting_id))
        said = delete(evidence).where(evidence.c.meeting_id == meeting_id)
        self._connection.execute(said if wholly else said.where(evidence.c.source == "calendar"))
        self._connection.execute(delete(availability).where(availability.c.meeting_id == meeting_id))
        self._connection.execute(delete(meeting).where(meeting.c.id == meeting_id))

    def copies(self, meeting_ids: Iterable[str]) -> dict[str, list[Copy]]:
        """The copies of each of these meetings; a meeting without one is left out."""
        found: dict[str, list[Copy]] = {}
        for some in chunks(meeting_ids):
            query = select(*_COPY).where(meeting_copy.c.meeting_id.in_(some))
            for row in self._connection.execute(query.order_by(meeting_copy.c.account_id)):
                key, account_id, owner, hosts, *rest = row
                found.setdefault(key, []).append(Copy(account_id, owner, hosts, Event(*rest)))
        return found

    def put_copies(self, copies: Iterable[tuple[str, Copy]]) -> None:
        """Add copies, or change those of the same account and meeting."""
        rows = {
            (key, copy.account_id): {
                "meeting_id": key,
                "account_id": copy.account_id,
                "owner": copy.owner,
                "hosts": copy.hosts,
                **{name: getattr(copy.event, name) for name in _EVENT},
            }
            for key, copy in copies
        }
        upsert(self._connection, meeting_copy, list(rows.values()))

    def drop_copies(self, account_id: str, meeting_ids: Iterable[str]) -> None:
        """Remove an account's copies of these meetings."""
        gone = delete(meeting_copy).where(
            meeting_copy.c.account_id == account_id, meeting_copy.c.meeting_id == bindparam("one")
        )
        rows = [{"one": key} for key in meeting_ids]
        if rows:
            self._connection.execute(gone, rows)

    def of_account(self, account_id: str) -> list[str]:
        """Ids of the meetings an account has a copy of."""
        query = select(meeting_copy.c.meeting_id).where(meeting_copy.c.account_id == account_id)
        return list(self._connection.execute(query.order_by(meeting_copy.c.meeting_id)).scalars())

    def uids(self) -> set[str]:
        """The uids of all copies."""
        return set(self._connection.execute(select(meeting_copy.c.uid).distinct()).scalars())

    def of_uids(self, uids: Iterable[str]) -> list[tuple[str, Copy]]:
        """The copies with these uids, each with the id of its meeting."""
        found = []
        for some in chunks(uids):
            for row in self._connection.execute(select(*_COPY).where(meeting_copy.c.uid.in_(some))):
                key, account_id, owner, hosts, *rest = row
                found.append((key, Copy(account_id, owner, hosts, Event(*rest))))
        return found

    def known_uids(self) -> set[str]:
        """Uids of what the hosts' side brought: their calendars and imports."""
        hosted = select(meeting_copy.c.uid).where(meeting_copy.c.hosts)
        brought = select(meeting.c.uid).where(meeting.c.source == "import")
        return set(self._connection.execute(union(hosted, brought)).scalars())

    def verdicts(self) -> list[Verdict]:
        """What people said of meetings, also of those that are gone."""
        rows = self._connection.execute(select(verdict).order_by(verdict.c.meeting_id))
        return [Verdict(**row._mapping) for row in rows]

    def put_verdict(self, verdict_: Verdict) -> None:
        """Set what was said of a meeting; the last word counts."""
        upsert(self._connection, verdict, [vars(verdict_)])
