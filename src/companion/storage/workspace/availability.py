"""Who could sit in which open review."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select

from companion.attendance.availability import Availability
from companion.storage.rows import chunks, upsert
from companion.storage.workspace.tables import availability


class Availabilities:
    """Implements `attendance.availability.AvailabilityStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Availability]:
        """Every word."""
        return [Availability(**row._mapping) for row in self._connection.execute(select(availability))]

    def of(self, meeting_ids: Iterable[str]) -> list[Availability]:
        """The words for these meetings."""
        found: list[Availability] = []
        for some in chunks(meeting_ids):
            rows = self._connection.execute(select(availability).where(availability.c.meeting_id.in_(some)))
            found += [Availability(**row._mapping) for row in rows]
        return found

    def put_all(self, words: Iterable[Availability]) -> None:
        """Put words in place of the ones before."""
        upsert(self._connection, availability, [vars(word) for word in words])

    def drop(self, meeting_ids: Iterable[str]) -> None:
        """Take the words for these meetings away."""
        for some in chunks(meeting_ids):
            self._connection.execute(delete(availability).where(availability.c.meeting_id.in_(some)))
