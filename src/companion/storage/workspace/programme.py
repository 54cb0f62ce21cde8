"""The programme and its audit."""

from datetime import datetime

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

    def entries(
        self, most: int = 100, since: datetime | None = None, until: datetime | None = None, what: str = ""
    ) -> list[AuditEntry]:
        """The last changes, newest first; `until` is not among them, `what` holds all below it."""
        query = select(*_ENTRY).order_by(audit.c.id.desc()).limit(most)
        if since is not None:
            query = query.where(audit.c.at >= since)
        if until is not None:
            query = query.where(audit.c.at < until)
        if what:
            query = query.where((audit.c.what == what) | audit.c.what.startswith(f"{what}.", autoescape=True))
        return [AuditEntry(*row) for row in self._connection.execute(query)]
