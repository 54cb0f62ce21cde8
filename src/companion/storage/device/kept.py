"""What somebody set aside by name on this device."""

from typing import Any

from sqlalchemy import Connection, delete, select

from companion.storage.device.tables import kept
from companion.storage.rows import upsert


class Kept:
    """Implements `programme.model.KeptStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, kind: str) -> dict[str, dict[str, Any]]:
        """Everything of a kind, by name."""
        rows = self._connection.execute(select(kept.c.name, kept.c.body).where(kept.c.kind == kind))
        return {row.name: row.body for row in rows.all()}

    def get(self, kind: str, name: str) -> dict[str, Any] | None:
        """What stands under that name, None for nothing."""
        found: dict[str, Any] | None = self._connection.scalar(select(kept.c.body).where(_key(kind, name)))
        return found

    def put(self, kind: str, name: str, body: dict[str, Any]) -> None:
        """Set it aside, in place of what stood there."""
        upsert(self._connection, kept, [{"kind": kind, "name": name, "body": body}])

    def drop(self, kind: str, name: str) -> None:
        """Let go of it."""
        self._connection.execute(delete(kept).where(_key(kind, name)))


def _key(kind: str, name: str) -> Any:
    return (kept.c.kind == kind) & (kept.c.name == name)
