"""Briefs that are kept for when there is no network, and of what somebody was reminded."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from companion.briefs.codec import brief_from_json, brief_to_json
from companion.briefs.model import Brief
from companion.storage.device.tables import brief, reminded
from companion.storage.rows import upsert


class Briefs:
    """Implements `briefs.model.BriefStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, meeting_id: str, person_id: str) -> Brief | None:
        """The brief of one listener for one meeting."""
        mine = (brief.c.meeting_id == meeting_id) & (brief.c.person_id == person_id)
        body = self._connection.scalar(select(brief.c.body).where(mine))
        return brief_from_json(body) if body else None

    def all(self) -> list[Brief]:
        """Every brief that is kept here."""
        return [brief_from_json(body) for body in self._connection.scalars(select(brief.c.body))]

    def put(self, brief_: Brief) -> None:
        """Keep a brief in place of an older one."""
        key = {"meeting_id": brief_.meeting_id, "person_id": brief_.person_id}
        upsert(self._connection, brief, [{**key, "made": brief_.made, "body": brief_to_json(brief_)}])

    def drop(self, meeting_id: str, person_id: str) -> None:
        """Let go of a brief."""
        self._connection.execute(delete(brief).where(brief.c.meeting_id == meeting_id, brief.c.person_id == person_id))


class Reminders:
    """Implements `briefs.model.ReminderStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def told(self, meeting_id: str, moment: str) -> datetime | None:
        """When somebody was reminded of this."""
        mine = (reminded.c.meeting_id == meeting_id) & (reminded.c.moment == moment)
        at: datetime | None = self._connection.scalar(select(reminded.c.at).where(mine))
        return at

    def put(self, meeting_id: str, moment: str, at: datetime) -> None:
        """Remember that somebody was."""
        upsert(self._connection, reminded, [{"meeting_id": meeting_id, "moment": moment, "at": at}])
