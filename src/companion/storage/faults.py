"""What an engine complains of, as a Problem where the user can mend it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from companion.basics.errors import Problem

_SQLITE = {
    sqlite3.SQLITE_BUSY: "store_locked",
    sqlite3.SQLITE_LOCKED: "store_locked",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_CORRUPT: "store_damaged",
    sqlite3.SQLITE_NOTADB: "store_damaged",
    sqlite3.SQLITE_READONLY: "store_closed_to_us",
    sqlite3.SQLITE_CANTOPEN: "store_closed_to_us",
    sqlite3.SQLITE_PERM: "store_closed_to_us",
    sqlite3.SQLITE_IOERR: "store_unwritable",
}

# The first characters of SQLSTATE, longest match first (PostgreSQL manual, appendix A).
_POSTGRES = (
    ("53100", "disk_full"),
    ("40P01", "store_locked"),
    ("40001", "store_locked"),
    ("55P03", "store_locked"),
    ("57014", "store_locked"),
    ("42501", "workspace_rights"),
    ("25006", "workspace_rights"),
    ("3D000", "workspace_unknown"),
    ("XX001", "store_damaged"),
    ("XX002", "store_damaged"),
    ("08", "workspace_unreachable"),
    ("28", "workspace_refused"),
    ("53", "workspace_unreachable"),
    ("57", "workspace_unreachable"),
)


@contextmanager
def mending(where: str) -> Iterator[None]:
    """Raise Problem (`path` is `where`) in the place of an engine's error that a user can mend."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, PoolTimeout) as error:
        problem = problem_of(error, where)
        if problem is None:
            raise
        raise problem from error


def problem_of(error: Exception, where: str) -> Problem | None:
    """The Problem an engine's error means, None where it is a bug of ours."""
    if isinstance(error, PoolTimeout):
        return Problem("store_locked", path=where)
    cause: Any = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        code = _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
        return Problem(code, path=where) if code else None
    return _postgres(cause, where)


def _postgres(cause: Any, where: str) -> Problem | None:
    state = getattr(cause, "sqlstate", None)
    if state:
        code = next((code for start, code in _POSTGRES if state.startswith(start)), None)
        return Problem(code, path=where) if code else None
    if type(cause).__name__ not in ("OperationalError", "ConnectionTimeout"):
        return None
    # A connection that never came about has no SQLSTATE, only the server's words.
    said = str(cause)
    if "authentication failed" in said or "no password supplied" in said or "role " in said:
        return Problem("workspace_refused", path=where)
    if "does not exist" in said and "database" in said:
        return Problem("workspace_unknown", path=where)
    return Problem("workspace_unreachable", path=where)
