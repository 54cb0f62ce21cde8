"""A store's file looked at without touching it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from companion.basics.errors import Problem
from companion.storage.faults import mending


@dataclass(frozen=True)
class Look:
    """What a file tells of itself: its revision ("" for a new one) and the oldest client it is for."""

    revision: str
    min_client: int = 1


@contextmanager
def reading(path: Path, wait: float = 5.0) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write; Problem where the file cannot be read."""
    with mending(str(path)):
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)) as connection:
            yield connection


def look(path: Path, wait: float = 5.0) -> Look:
    """Check a file and tell what it is; Problem `store_damaged` where it is not sound, and it stays as it is."""
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return Look("")
    if not path.is_file():
        raise Problem("store_closed_to_us", path=str(path))
    with reading(path, wait) as connection:
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise Problem("store_damaged", path=str(path))
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "alembic_version" not in tables:
            if tables:
                raise Problem("store_foreign", path=str(path))
            return Look("")
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        wanted = connection.execute("SELECT min_client FROM programme").fetchone() if "programme" in tables else None
    return Look(row[0] if row else "", wanted[0] if wanted else 1)


def orphans(path: Path) -> bool:
    """Whether rows of the file have lost the row they belong to."""
    with reading(path) as connection:
        return connection.execute("PRAGMA foreign_key_check").fetchone() is not None
