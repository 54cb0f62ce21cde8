"""Rows in and out: small steps that every repository takes."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Executable, Table, and_, or_
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

_MANY = 50  # rows, from which on it pays to make them ready here
_IN_MEMORY = 10_000  # rows that are made ready at a time
_AT_ONCE = 500  # SQLite takes 32,766 values in one statement; far fewer keep the statement cache useful


def chunks(items: Iterable[str]) -> Iterator[list[str]]:
    """The items in lists short enough for one statement."""
    walk = iter(items)
    while part := list(islice(walk, _AT_ONCE)):
        yield part


def insert_of(engine: str, table: Table) -> "postgresql.Insert | sqlite.Insert":
    """An INSERT of this engine that knows ON CONFLICT."""
    if engine != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # a fifth of the cost of SQLAlchemy, for those who need it

    return postgresql.insert(table)


def upsert(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]], keep: tuple[str, ...] = ()
) -> None:  # fmt: skip
    """Insert rows, or bring the ones with the same primary key to these values, save for the columns in `keep`."""
    if rows:
        names = tuple(rows[0])
        _write(connection, table, _upsert(connection.dialect.name, table, names, keep), names, rows)


@cache  # building it costs far more than running it
def _upsert(engine: str, table: Table, names: tuple[str, ...], keep: tuple[str, ...]) -> Executable:
    keys = [column.name for column in table.primary_key]
    statement = insert_of(engine, table)
    news = {name: statement.excluded[name] for name in names if name not in keys and name not in keep}
    if not news:
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(index_elements=keys, set_=news)


def insert_all(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows in bulk; all of them name the same columns."""
    if rows:
        _write(connection, table, table.insert(), tuple(rows[0]), rows)


def _write(
    connection: Connection, table: Table, statement: Executable, names: tuple[str, ...], rows: Sequence[dict[str, Any]]
) -> None:  # fmt: skip
    """Give rows to a statement; many go to the driver as tuples: made ready one by one they cost more than the writing.

    All of them name the same columns.
    """
    if len(rows) < _MANY:
        connection.execute(statement, list(rows))
        return
    text, order = _worded(connection.dialect, statement, names)
    out = [table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect) for name in order]
    for start in range(0, len(rows), _IN_MEMORY):
        some = rows[start : start + _IN_MEMORY]
        columns = ([row[name] for row in some] for name in order)
        ready = [column if way is None else map(way, column) for way, column in zip(out, columns, strict=True)]
        connection.exec_driver_sql(text, list(zip(*ready, strict=True)))


def _worded(dialect: Dialect, statement: Executable, names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The statement as the driver takes it with tuples, and the order of the columns in them."""
    if dialect.paramstyle != "qmark":
        dialect = type(dialect)(paramstyle="format")  # type: ignore[call-arg]
    made = statement.compile(dialect=dialect, column_keys=list(names))  # type: ignore[attr-defined]
    return str(made), tuple(made.positiontup)


def among(
    first: ColumnElement[str], second: ColumnElement[str], pairs: Iterable[tuple[str, str]]
) -> ColumnElement[bool]:
    """Whether two columns are one of some pairs (at least one), so that an index of both is used: SQLite reads every
    row for a list of pairs.
    """
    told: dict[str, list[str]] = {}
    for one, other in pairs:
        told.setdefault(one, []).append(other)
    return or_(*(and_(first == one, second.in_(others)) for one, others in told.items()))
