"""Closed years, and what is carried from one into the next."""

from sqlalchemy import Connection, select

from companion.attendance.closing import Carried, Closing
from companion.storage.rows import upsert
from companion.storage.workspace.attendance_tables import carried, closing

_CLOSING = [closing.c[name] for name in Closing.__dataclass_fields__]
_CARRIED = [carried.c[name] for name in Carried.__dataclass_fields__]


class Closings:
    """Implements `attendance.closing.ClosingStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Closing]:
        """Every closed period, oldest first."""
        rows = self._connection.execute(select(*_CLOSING).order_by(closing.c.first, closing.c.label))
        return [Closing(*row) for row in rows]

    def get(self, label: str) -> Closing | None:
        """One closed period."""
        row = self._connection.execute(select(*_CLOSING).where(closing.c.label == label)).first()
        return Closing(*row) if row else None

    def add(self, closing_: Closing) -> None:
        """Close a period; IntegrityError where it was closed before."""
        self._connection.execute(closing.insert(), vars(closing_))


class CarriedOver:
    """Implements `attendance.closing.CarriedStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Carried]:
        """Everything that was carried, oldest first."""
        rows = self._connection.execute(select(*_CARRIED).order_by(carried.c.first, carried.c.person_id))
        return [Carried(*row) for row in rows]

    def put(self, carried_: Carried) -> None:
        """Carry, or change what is carried."""
        upsert(self._connection, carried, [vars(carried_)])
