"""Rows in and out: small steps that every repository takes."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

_AT_ONCE = 500  # SQLite takes 32,766 values in one statement; far fewer keep the statement cache useful


def chunks(items: Iterable[str]) -> Iterator[list[str]]:
    """The items in lists short enough for one statement."""
    walk = iter(items)
    while part := list(islice(walk, _AT_ONCE)):
        yield part


def upsert_statement(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT of this engine that knows ON CONFLICT."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def upsert(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]], keep: Collection[str] = ()
) -> None:  # fmt: skip
    """Insert rows, or bring the ones with the same primary key to these values, save for the columns in `keep`."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    statement = upsert_statement(connection, table)
    news = {name: statement.excluded[name] for name in rows[0] if name not in keys and name not in keep}
    if news:
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=news), list(rows))
    else:
        connection.execute(statement.on_conflict_do_nothing(index_elements=keys), list(rows))


def insert_all(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows in bulk."""
    if rows:
        connection.execute(table.insert(), list(rows))
