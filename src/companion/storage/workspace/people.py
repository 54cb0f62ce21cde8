"""Our own people and their absences."""

from datetime import date, datetime

from sqlalchemy import Connection, delete, select

from companion.people.addresses import normal
from companion.people.model import Leave, Person
from companion.storage.rows import upsert
from companion.storage.workspace.attendance_tables import leave_before
from companion.storage.workspace.tables import leave, person, person_address


class People:
    """Implements `people.model.PeopleStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Person]:
        """Everybody, by name."""
        rows = self._connection.execute(select(person).order_by(person.c.name, person.c.email))
        return [Person(**row._mapping) for row in rows]

    def get(self, person_id: str) -> Person | None:
        """One person."""
        row = self._connection.execute(select(person).where(person.c.id == person_id)).first()
        return Person(**row._mapping) if row else None

    def by_address(self, address: str) -> Person | None:
        """Whose address this is; the main address of one goes before the alias of another."""
        wanted = normal(address)
        query = (
            select(person)
            .join(person_address, person_address.c.person_id == person.c.id)
            .where(person_address.c.address == wanted)
            .order_by((person.c.email == wanted).desc(), person.c.id)
        )
        row = self._connection.execute(query).first() if wanted else None
        return Person(**row._mapping) if row else None

    def put(self, person_: Person) -> None:
        """Add a person, or change the one with this id."""
        upsert(self._connection, person, [vars(person_)])
        self._connection.execute(delete(person_address).where(person_address.c.person_id == person_.id))
        addresses = sorted({normal(address) or address for address in person_.addresses})
        upsert(self._connection, person_address, [{"address": one, "person_id": person_.id} for one in addresses])

    def remove(self, person_id: str) -> None:
        """Remove a person and their absences; what was said of their seats stays."""
        self._connection.execute(delete(person).where(person.c.id == person_id))

    def leaves(self) -> list[Leave]:
        """Every absence that stands, by its first day."""
        rows = self._connection.execute(select(leave).order_by(leave.c.start, leave.c.person_id))
        return [Leave(**row._mapping) for row in rows]

    def leaves_ever(self) -> list[Leave]:
        """Every absence that stands, and those that stood until they were replaced or taken back."""
        rows = self._connection.execute(select(leave_before).order_by(*leave_before.primary_key.columns))
        return [*self.leaves(), *(Leave(**row._mapping) for row in rows)]

    def put_leave(self, leave_: Leave) -> None:
        """Add an absence, or put it in the place of the one of this person that starts on the same day.

        That one is kept as what stood until now, unless the new one is as old as the programme.
        """
        if leave_.entered:
            self._keep(leave_.person_id, leave_.start, leave_.entered)
        row = {name: value for name, value in vars(leave_).items() if name != "dropped"}
        upsert(self._connection, leave, [row])

    def drop_leave(self, person_id: str, start: date, at: datetime) -> None:
        """Take back the absence of a person that starts on that day; what stood until then is kept."""
        self._keep(person_id, start, at)
        self._connection.execute(delete(leave).where(leave.c.person_id == person_id, leave.c.start == start))

    def _keep(self, person_id: str, start: date, until: datetime) -> None:
        known = select(leave).where(leave.c.person_id == person_id, leave.c.start == start)
        rows = [{**row._mapping, "dropped": until} for row in self._connection.execute(known)]
        upsert(self._connection, leave_before, rows)
