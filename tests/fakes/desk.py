"""What stands in both stores, as plain rows, for tests that compare."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from companion.basics.ids import canonical_uid
from companion.programme.model import House

Rows = dict[str, list[tuple[Any, ...]]]
# What a round may write though nothing changed: that it took place.
_OF_THE_RUN: dict[str, Any] = {"sync_run": "*", "sync_state": {"last_ok", "last_full"}}
# Random, or when and where it was first seen; SEQUENCE alone is no news.
_OF_THE_MOMENT = {"id", "at", "by", "sequence"}


def dump(house: House) -> Rows:
    """Both stores without the runs' own log."""
    found: Rows = {}
    for path in (house.paths.device, house.paths.workspace):
        with _open(path) as connection:
            for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                spared = _OF_THE_RUN.get(table, set())
                if spared != "*":
                    found[f"{path.stem}.{table}"] = _rows(connection, table, spared)
    return found


def shared_view(house: House, without: Iterable[str]) -> Rows:
    """What calendars make of the workspace: copies, their meetings and their statements of seats, in no order.

    `without`: canonical uids that are left out.
    """
    found: Rows = {}
    with _open(house.paths.workspace) as connection:
        held = {
            row[0]
            for row in connection.execute("SELECT meeting_id, uid FROM meeting_copy")
            if canonical_uid(row[1]) not in without
        }
        for table, key, only in (("meeting_copy", "meeting_id", ""), ("meeting", "id", ""),
                                 ("evidence", "meeting_id", "WHERE source = 'calendar'")):  # fmt: skip
            spared = _OF_THE_MOMENT - {key}
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in spared]
            columns = ", ".join(f'"{name}"' for name in (key, *(name for name in names if name != key)))
            rows = connection.execute(f"SELECT {columns} FROM {table} {only}")
            found[table] = sorted((row for row in rows.fetchall() if row[0] in held), key=repr)
    return found


def written(house: House) -> bytes:
    """Every byte of both stores, after what was written ahead is in its place."""
    found = b""
    for path in (house.paths.device, house.paths.workspace):
        with _open(path) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        found += b"".join(near.read_bytes() for near in sorted(path.parent.glob(f"{path.name}*")))
    return found


def _open(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(path, isolation_level=None))


def _rows(connection: sqlite3.Connection, table: str, spared: Any) -> list[tuple[Any, ...]]:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in spared]
    columns = ", ".join(f'"{name}"' for name in names)
    return sorted(connection.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr)
