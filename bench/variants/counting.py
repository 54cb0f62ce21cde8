"""Counts what should not happen when nothing has changed: requests at the server, rows written into the stores."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, event

REQUEST = b" request for "


def requests(log: str) -> int:
    """How many requests a server has noted so far; 0 without a log."""
    return Path(log).read_bytes().count(REQUEST) if log else 0


@contextmanager
def rows() -> Iterator[list[sqlite3.Connection]]:
    """Every SQLite connection opened in the block, so that `written` can ask it how many rows it changed."""
    opened: list[sqlite3.Connection] = []

    def opening(connection: sqlite3.Connection, _record: object) -> None:
        opened.append(connection)

    event.listen(Engine, "connect", opening)
    try:
        yield opened
    finally:
        event.remove(Engine, "connect", opening)


def written(opened: list[sqlite3.Connection]) -> int:
    """Rows inserted, changed or deleted so far, also those that got the value they had."""
    return sum(connection.total_changes for connection in opened)
