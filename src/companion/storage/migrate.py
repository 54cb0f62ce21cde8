"""Bringing a store to the newest revision: a copy first, then one transaction. Only here is Alembic loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from companion.basics.errors import Problem
from companion.storage.connecting import make_private, open_file
from companion.storage.health import reading

Settle = Callable[[Connection], None]
KEPT = 10  # copies from before migrations, of each store


def _nothing(_connection: Connection) -> None:
    """Nothing is behind."""


@dataclass(frozen=True)
class Lineage:
    """The revisions of one store, oldest first: those this code comes from, the newest, and where they are."""

    name: str
    past: tuple[str, ...]
    head: str
    folder: Path
    settle: Settle = _nothing  # what every transaction that wrote does at its end, and every migration


def migrate_file(path: Path, lineage: Lineage, revision: str, at: datetime, wait: float) -> None:
    """Bring a file to the newest revision, keeping a copy of what was there; all or nothing."""
    if revision:
        copy_before(path, path.parent / "backups", revision, at)
    engine = open_file(path, wait, foreign_keys=False)
    try:
        with engine.begin() as connection:
            upgrade(connection, lineage)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise Problem("store_orphans", path=str(path))
    finally:
        engine.dispose()


def migrate_server(engine: Engine, lineage: Lineage) -> None:
    """Bring a server's workspace to the newest revision, one client at a time."""
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('companion migrate'))")
        upgrade(connection, lineage)


def upgrade(connection: Connection, lineage: Lineage) -> None:
    """Run the revisions that are missing, inside the transaction of `connection`."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(lineage.folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    lineage.settle(connection)


def copy_before(path: Path, folder: Path, revision: str, at: datetime) -> Path:
    """Copy a store to `pre-<revision>-<time>.db` in `folder`; of each store the last ten stay."""
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"pre-{revision}-{at:%Y%m%dT%H%M%S%fZ}.db"
    copy_whole(path, target)
    kind = revision.partition("_")[0]
    copies = sorted(folder.glob(f"pre-{kind}_*.db"), key=lambda item: item.stem.rpartition("-")[2])
    for old in copies[:-KEPT]:
        old.unlink()
    return target


def copy_whole(path: Path, target: Path) -> None:
    """Copy a live store to a new file, 0600; Problem where it cannot be read or the disk is full."""
    make_private(target)
    try:
        with reading(path) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
    except Problem:
        target.unlink(missing_ok=True)
        raise
