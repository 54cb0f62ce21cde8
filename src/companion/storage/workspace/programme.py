"""The programme and its audit."""

from sqlalchemy import Connection, select

from companion.programme.model import AuditEntry, Programme
from companion.storage.rows import upsert
from companion.storage.workspace.tables import audit, programme

_PROGRAMME = [programme.c[name] for name in Programme.__dataclass_fields__]
_ENTRY = [audit.c[name] for name in AuditEntry.__dataclass_fields__]


class Programmes:
    """Implements `programme.model.ProgrammeStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self) -> Programme:
        """The programme; a new one where nothing was set."""
        row = self._connection.execute(select(*_PROGRAMME)).first()
        return Programme(*row) if row else Programme()

    def put(self, programme_: Programme) -> None:
        """Set the programme."""
        upsert(self._connection, programme, [{"id": 1, **vars(programme_)}])

    def audit(self, entry: AuditEntry) -> None:
        """Add a change; entries are never taken back."""
        self._connection.execute(audit.insert(), vars(entry))

    def entries(self, most: int = 100) -> list[AuditEntry]:
        """The last changes, newest first."""
        rows = self._connection.execute(select(*_ENTRY).order_by(audit.c.id.desc()).limit(most))
        return [AuditEntry(*row) for row in rows]
