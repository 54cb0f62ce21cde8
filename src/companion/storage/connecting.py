"""Engines for SQLite files and PostgreSQL servers, set so that no committed row is ever lost."""

import json
import os
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from companion.basics.errors import Problem

READING = "companion_reading"  # execution option of a connection that only reads


def open_file(path: Path, wait: float, *, foreign_keys: bool = True) -> Engine:
    """An engine on a SQLite file, made with rights 0600 where there is none; `wait`: seconds for a lock."""
    make_private(path)
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": wait, "isolation_level": None},
        hide_parameters=True,  # an error says which statement, never people's words
        json_serializer=_to_json,
    )
    pragmas = (
        f"PRAGMA busy_timeout = {int(wait * 1000)}",
        f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}",
        "PRAGMA synchronous = FULL",
        "PRAGMA fullfsync = ON",  # macOS: fsync alone does not reach the disk
        "PRAGMA secure_delete = ON",  # what is forgotten is not left lying in free pages
        "PRAGMA journal_mode = WAL",
    )

    def prepare(connection: Any, _record: Any) -> None:
        for pragma in pragmas:
            connection.execute(pragma).close()

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # The driver begins nothing by itself (isolation_level None). A writer takes the lock at once: one that
    # read first and then wants to write could only be refused.
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def make_private(path: Path) -> None:
    """Give a store its rights, 0600; SQLite gives the same to what it puts beside it."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if os.name == "posix" and path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        raise Problem("store_closed_to_us", path=str(path)) from error


def open_server(url: URL, wait: float) -> Engine:
    """An engine on a PostgreSQL server. The password goes to the driver alone, so no text can show it."""
    try:
        import psycopg
    except ImportError as error:
        raise Problem("postgres_missing") from error
    arguments: dict[str, Any] = {
        "connect_timeout": max(2, int(wait)),
        "application_name": "companion",
        "options": f"-c statement_timeout=15s -c idle_in_transaction_session_timeout=60s"
        f" -c lock_timeout={max(1, int(wait * 1000))} -c timezone=UTC",
    }
    if url.password:
        arguments["password"] = url.password
    engine = create_engine(
        _without_password(url, "postgresql+psycopg"),
        connect_args=arguments,
        pool_size=2,
        max_overflow=1,
        pool_timeout=wait,
        pool_pre_ping=True,
        hide_parameters=True,
        json_serializer=_to_json,
    )

    class Plain(psycopg.types.string.StrDumper):
        """Leaves out NUL, which a calendar may hold and PostgreSQL does not take."""

        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", ""))

    def prepare(connection: Any, _record: Any) -> None:
        connection.adapters.register_dumper(str, Plain)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin_reading)
    return engine


def _begin_reading(connection: Connection) -> None:
    if connection.get_execution_options().get(READING, False):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def read_url(text: str) -> URL:
    """The address of a workspace server; Problem `workspace_url_wrong` where it is none."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise Problem("workspace_url_wrong") from error
    if url.drivername.partition("+")[0] not in ("postgresql", "postgres") or not url.database:
        raise Problem("workspace_url_wrong")
    return url


def shown(url: URL) -> str:
    """The address without its password."""
    return _without_password(url, "postgresql").set(query={}).render_as_string()


def _without_password(url: URL, drivername: str) -> URL:
    return URL.create(drivername, url.username, None, url.host, url.port, url.database, url.query)


def _to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
