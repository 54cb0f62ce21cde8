"""Walking rows that name somebody, and taking them out: one walker for both stores, that finds what it would change."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, bindparam, delete, select, text, update

from companion.calendars.model import Guest, Reason
from companion.people.addresses import normal

Clean = Callable[[str], str]


@dataclass(frozen=True)
class Place:
    """Rows of a table to look through: what they are called to people, which rows, and which columns hold words."""

    name: str
    table: Table
    where: ColumnElement[bool]
    columns: Sequence[str]


def walk(connection: Connection, place: Place, address: str, clean: Clean, *, write: bool) -> list[tuple[Any, ...]]:
    """The primary keys of the rows that name somebody; with `write` they do no more."""
    table = place.table
    keys = list(table.primary_key)
    has_guests = "guests" in place.columns
    wanted = [*keys, *(table.c[name] for name in place.columns), *([table.c.others] if has_guests else [])]
    found: list[tuple[Any, ...]] = []
    changes: list[dict[str, Any]] = []
    for row in connection.execute(select(*wanted).where(place.where)).all():
        old = {name: row._mapping[name] for name in place.columns}
        new = {name: deep(value, address, clean) for name, value in old.items()}
        if new == old:
            continue
        if has_guests:
            gone = [one for one in old["guests"] if one not in new["guests"] and one.kind == "person"]
            new["others"] = row._mapping["others"] + len(gone)
        found.append(tuple(row._mapping[key.name] for key in keys))
        changes.append({**new, **{f"key_{key.name}": row._mapping[key.name] for key in keys}})
    if write and changes:
        _update(connection, table, keys, [*place.columns, *(["others"] if has_guests else [])], changes)
    return found


def _update(
    connection: Connection, table: Table, keys: Iterable[Column[Any]], names: Iterable[str], rows: list[dict[str, Any]]
) -> None:  # fmt: skip
    chosen = update(table).values({name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names})
    for key in keys:
        chosen = chosen.where(key == bindparam(f"key_{key.name}"))
    prefixed = [
        {(name if name.startswith("key_") else f"new_{name}"): value for name, value in row.items()} for row in rows
    ]
    connection.execute(chosen, prefixed)


def deep(value: Any, address: str, clean: Clean) -> Any:
    """A value without somebody: texts cleaned, the guest of that address left out, however deep they lie."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Guest):
        return None if normal(value.address) == address else value
    if isinstance(value, Reason):
        return replace(value, facts=tuple((key, clean(said)) for key, said in value.facts))
    if isinstance(value, dict):
        return {key: deep(item, address, clean) for key, item in value.items()}
    if isinstance(value, list | tuple):
        guests = any(isinstance(item, Guest) for item in value)
        made = [deep(item, address, clean) for item in value]
        return type(value)(item for item in made if item is not None) if guests else type(value)(made)
    return value


def drop(connection: Connection, table: Table, where: ColumnElement[bool], *, write: bool) -> int:
    """How many rows there are; with `write` they are gone."""
    count = len(connection.execute(select(*table.primary_key).where(where)).all())
    if write and count:
        connection.execute(delete(table).where(where))
    return count


def wipe(connection: Connection) -> None:
    """Let a file's full-text tables forget words that are in no row any more; a server does that by itself."""
    if connection.dialect.name != "sqlite":
        return
    query = text("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'")
    for name in connection.execute(query).scalars().all():
        connection.execute(text(f'INSERT INTO "{name}" ("{name}") VALUES (\'optimize\')'))  # noqa: S608 - of our own
