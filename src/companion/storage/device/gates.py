"""Until when servers want to be left alone."""

from datetime import datetime

from sqlalchemy import Connection, select

from companion.storage.device.tables import gate
from companion.storage.rows import upsert


class Gates:
    """Implements `calendars.signin.GateStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def until(self, name: str) -> datetime | None:
        """When the server of that name may be asked again, None where nothing is known."""
        found: datetime | None = self._connection.execute(select(gate.c.until).where(gate.c.name == name)).scalar()
        return found

    def put(self, name: str, until: datetime) -> None:
        """Remember it."""
        upsert(self._connection, gate, [{"name": name, "until": until}])
