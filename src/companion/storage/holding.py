"""Finds, in either store, the rows that concern one of our people."""

import json
import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, MetaData, Text, cast, func, or_, select, true

from companion.calendars.model import Guest
from companion.people.addresses import normal
from companion.programme.data_map import Trace


class Holding:
    """Implements `programme.data_map.HoldingStore`."""

    def __init__(self, connection: Connection, metadata: MetaData) -> None:
        self._connection = connection
        self._metadata = metadata

    def rows(self, trace: Trace, ids: frozenset[str], addresses: frozenset[str]) -> list[dict[str, Any]]:
        """The rows of a trace, each with the columns that are shown; of guest lists the own entries alone."""
        return [
            {name: _own(row[name], addresses) for name in trace.shown} for row in self._found(trace, ids, addresses)
        ]

    def count(self, trace: Trace, ids: frozenset[str], addresses: frozenset[str]) -> int:
        """How many rows a trace has."""
        if trace.whole and not trace.within:
            table = self._metadata.tables[trace.table]
            return self._connection.scalar(select(func.count()).select_from(table)) or 0
        return len(self._found(trace, ids, addresses))

    def _found(self, trace: Trace, ids: frozenset[str], addresses: frozenset[str]) -> list[Any]:
        table = self._metadata.tables[trace.table]
        columns = dict.fromkeys((*trace.ids, *trace.addresses, *trace.within, *trace.shown, *trace.unless))
        query = select(*(table.c[name] for name in columns)).order_by(*table.primary_key.columns)
        found = self._connection.execute(query.where(_perhaps(trace, table, ids, addresses))).mappings()
        return [row for row in found if _concerns(row, trace, ids, addresses)]


def _perhaps(trace: Trace, table: Any, ids: frozenset[str], addresses: frozenset[str]) -> ColumnElement[bool]:
    """What the store can say of it; what it lets through is looked at again."""
    if trace.whole and not trace.within:
        return true()
    wanted = [table.c[name].in_(ids) for name in trace.ids]
    wanted += [func.lower(table.c[name]).in_(addresses) for name in trace.addresses]
    for name in trace.within:
        for one in (*ids, *addresses):
            for written in {one, json.dumps(one)[1:-1]}:  # JSON may hold letters beyond ASCII as numbers
                wanted.append(func.lower(cast(table.c[name], Text)).contains(written.lower(), autoescape=True))
    return or_(*wanted)


def _concerns(row: Any, trace: Trace, ids: frozenset[str], addresses: frozenset[str]) -> bool:
    if any(row[name] in ids for name in trace.unless):
        return False
    if trace.whole and not trace.within:
        return True
    if any(row[name] in ids for name in trace.ids):
        return True
    if any(normal(row[name] or "") in addresses for name in trace.addresses):
        return True
    return any(_holds(row[name], ids, addresses) for name in trace.within)


def _holds(value: Any, ids: frozenset[str], addresses: frozenset[str]) -> bool:
    """Whether a text or JSON value holds one of them whole: ana@x.example is not in dana@x.example."""
    if isinstance(value, Guest):
        return normal(value.address) in addresses
    if isinstance(value, dict):
        return any(_holds(part, ids, addresses) for part in (*value, *value.values()))
    if isinstance(value, list | tuple):
        return any(_holds(part, ids, addresses) for part in value)
    return isinstance(value, str) and any(_stands_in(one, value) for one in (*ids, *addresses))


def _stands_in(one: str, text: str) -> bool:
    return bool(one) and re.search(rf"(?<![\w.+@-]){re.escape(one)}(?![\w@-]|\.\w)", text, re.IGNORECASE) is not None


def _own(value: Any, addresses: Iterable[str]) -> Any:
    """A value without others on the same list."""
    if isinstance(value, Guest):
        return value if normal(value.address) in addresses else None
    if isinstance(value, tuple) and any(isinstance(part, Guest) for part in value):
        return tuple(part for part in value if isinstance(part, Guest) and normal(part.address) in addresses)
    return value
