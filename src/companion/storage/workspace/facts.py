"""What is remembered of customers."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, select

from companion.customers.memory import Fact, Version
from companion.storage.rows import upsert
from companion.storage.workspace.memory_tables import fact, fact_version

_DAYS = ("heard_on", "due", "ended")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Facts:
    """Implements `customers.memory.FactStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, fact_id: str) -> None:
        """Wait until nobody else is at it; in a file, of two that write one waits for the other anyway."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(fact_id, 0))))

    def all(self) -> list[Fact]:
        """Everything that is remembered, by customer."""
        return self._read(select(fact).order_by(fact.c.customer_id, fact.c.id))

    def of(self, customer_id: str) -> list[Fact]:
        """What is remembered of one customer, newest heard first, those without a day last."""
        found = self._read(select(fact).where(fact.c.customer_id == customer_id).order_by(fact.c.id))
        return sorted(found, key=lambda one: (one.heard_on or date.min, one.changed or _LONG_AGO), reverse=True)

    def promised_by(self, person_id: str) -> list[Fact]:
        """What one of ours promised and has not kept yet, soonest due first, without a day last."""
        query = select(fact).where(fact.c.owner_id == person_id, fact.c.kind == "promise", fact.c.state == "open")
        return sorted(self._read(query), key=lambda one: (one.due or date.max, one.id))

    def get(self, fact_id: str) -> Fact | None:
        """One fact."""
        return next(iter(self._read(select(fact).where(fact.c.id == fact_id))), None)

    def put(self, fact_: Fact) -> None:
        """Save a fact; what was there stays as a version."""
        old = self.get(fact_.id)
        if old is not None and old.revision != fact_.revision:
            row = {"fact_id": old.id, "revision": old.revision, "body": _out(old), "by": old.changed_by}
            upsert(self._connection, fact_version, [{**row, "at": old.changed or _LONG_AGO}])
        upsert(self._connection, fact, [vars(fact_)])

    def remove(self, fact_id: str) -> None:
        """Take a fact out, with its versions."""
        self._connection.execute(delete(fact).where(fact.c.id == fact_id))

    def versions(self, fact_id: str) -> list[Version]:
        """What a fact said before, oldest first."""
        query = select(fact_version).where(fact_version.c.fact_id == fact_id).order_by(fact_version.c.revision)
        return [_version(row) for row in self._connection.execute(query)]

    def versions_of(self, customer_id: str) -> dict[str, list[Version]]:
        """What a customer's facts said before, by fact, oldest first; facts that never changed are left out."""
        query = (
            select(fact_version)
            .join(fact, fact.c.id == fact_version.c.fact_id)
            .where(fact.c.customer_id == customer_id)
            .order_by(fact_version.c.fact_id, fact_version.c.revision)
        )
        found: dict[str, list[Version]] = {}
        for row in self._connection.execute(query):
            found.setdefault(row.fact_id, []).append(_version(row))
        return found

    def _read(self, query: Select[Any]) -> list[Fact]:
        return [Fact(**row._mapping) for row in self._connection.execute(query)]


def _version(row: Row[Any]) -> Version:
    return Version(_in(row.body), row.at, row.by)


def _out(fact_: Fact) -> dict[str, Any]:
    days = {name: day.isoformat() for name in _DAYS if (day := getattr(fact_, name))}
    changed = fact_.changed.isoformat() if fact_.changed else None
    return {**vars(fact_), **dict.fromkeys(_DAYS), **days, "changed": changed}


def _in(body: dict[str, Any]) -> Fact:
    days = {name: date.fromisoformat(body[name]) for name in _keys(body) if body[name]}
    changed = datetime.fromisoformat(body["changed"]) if body["changed"] else None
    return Fact(**{**body, **days, "changed": changed})


def _keys(body: dict[str, Any]) -> Iterable[str]:
    return (name for name in _DAYS if name in body)
