"""Opening the two stores."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

from sqlalchemy import Connection, Engine, inspect

from companion.basics.clock import Clock
from companion.basics.errors import Problem
from companion.programme.model import DeviceTx, WorkspaceTx
from companion.storage.connecting import READING, open_file, open_server, read_url, shown
from companion.storage.device import tables as device_tables
from companion.storage.device.search import settle as settle_notes
from companion.storage.device.transaction import DeviceTransaction
from companion.storage.faults import mending
from companion.storage.health import look, orphans
from companion.storage.migrate import Lineage, Settle, migrate_file, migrate_server
from companion.storage.workspace import tables as workspace_tables
from companion.storage.workspace.search import settle as settle_workspace
from companion.storage.workspace.tables import CLIENT
from companion.storage.workspace.transaction import WorkspaceTransaction

Tx = TypeVar("Tx")

_HERE = Path(__file__).parent
DEVICE = Lineage("device", device_tables.PAST, device_tables.HEAD, _HERE / "device" / "migrations", settle_notes)
WORKSPACE = Lineage(
    "workspace", workspace_tables.PAST, workspace_tables.HEAD, _HERE / "workspace" / "migrations", settle_workspace
)
WAIT = 5.0  # seconds to wait for somebody else's write


class Store(Generic[Tx]):
    """An open store. `url` is fit for display; `shared`: it is a server that others write to as well."""

    def __init__(
        self, engine: Engine, open_tx: Callable[[Connection], Tx], settle: Settle, url: str, *, shared: bool
    ) -> None:
        self._engine = engine
        self._open_tx = open_tx
        self._settle = settle
        self.url = url
        self.shared = shared

    @contextmanager
    def begin(self, *, write: bool = True) -> Iterator[Tx]:
        """One transaction: committed at the end of the block, rolled back where it raises.

        `write=False` takes no lock and can change nothing. Raises Problem where the user can mend it.
        """
        with mending(self.url), self._engine.connect() as plain:
            connection = plain.execution_options(**{READING: not write})
            with connection.begin():
                yield self._open_tx(connection)
                if write:
                    self._settle(connection)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


def open_device(path: Path, clock: Clock, *, wait: float = WAIT) -> Store[DeviceTx]:
    """The device store, made or brought up to date where need be.

    Problems: store_damaged, store_foreign, store_newer, store_locked, store_closed_to_us, disk_full.
    """
    _bring_up(path, DEVICE, clock, wait, may_migrate=True)
    return Store(open_file(path, wait), _device_tx, DEVICE.settle, str(path), shared=False)


def open_workspace(
    url_or_path: str | Path, clock: Clock, *, may_migrate: bool = True, wait: float = WAIT
) -> Store[WorkspaceTx]:
    """The workspace, a file or a PostgreSQL server; made or brought up to date where that is allowed.

    Problems: as `open_device`, and client_too_old, store_older, workspace_url_wrong, workspace_unreachable,
    workspace_refused, workspace_rights, workspace_unknown, postgres_missing.
    """
    path = _as_path(url_or_path)
    if path is None:
        return _open_server(str(url_or_path), may_migrate, wait)
    _bring_up(path, WORKSPACE, clock, wait, may_migrate=may_migrate)
    return Store(open_file(path, wait), _workspace_tx, WORKSPACE.settle, str(path), shared=False)


def check(path: Path) -> list[Problem]:
    """What is wrong with a store: damage, rows without their parent, rights. None for one that is not there."""
    if not path.exists():
        return []
    found = []
    if os.name == "posix":
        for place, right in ((path, 0o600), (path.parent, 0o700)):
            if stat.S_IMODE(place.stat().st_mode) & ~right:
                found.append(Problem("store_open_to_others", path=str(place), rights=f"{right:o}"))
    try:
        look(path)
        if orphans(path):
            found.append(Problem("store_orphans", path=str(path)))
    except Problem as problem:
        found.append(problem)
    return found


def _as_path(url_or_path: str | Path) -> Path | None:
    text = str(url_or_path)
    if text.startswith("sqlite:///"):
        return Path(text.removeprefix("sqlite:///"))
    return None if "://" in text and not isinstance(url_or_path, Path) else Path(text)


def _device_tx(connection: Connection) -> DeviceTx:
    return DeviceTransaction(connection)


def _workspace_tx(connection: Connection) -> WorkspaceTx:
    return WorkspaceTransaction(connection)


def _bring_up(path: Path, lineage: Lineage, clock: Clock, wait: float, *, may_migrate: bool) -> None:
    found = look(path, wait)
    if _behind(found.revision, found.min_client, lineage, str(path), may_migrate=may_migrate):
        with mending(str(path)):
            migrate_file(path, lineage, found.revision, clock(), wait)


def _behind(revision: str, min_client: int, lineage: Lineage, where: str, *, may_migrate: bool) -> bool:
    """Whether a store must be migrated; Problem where it may not be, or is not for this code."""
    if min_client > CLIENT:
        raise Problem("client_too_old", path=where)
    if revision == lineage.head:
        return False
    if not revision or revision in lineage.past:
        if not may_migrate:
            raise Problem("store_older", path=where)
        return True
    if lineage.name == "device":
        raise Problem("store_newer", path=where)
    return False  # newer, yet changes are additive: it can be worked with


def _open_server(text: str, may_migrate: bool, wait: float) -> Store[WorkspaceTx]:
    url = read_url(text)
    where = shown(url)
    engine = open_server(url, wait)
    try:
        with mending(where):
            if _behind(*_ask_server(engine), WORKSPACE, where, may_migrate=may_migrate):
                migrate_server(engine, WORKSPACE)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, _workspace_tx, WORKSPACE.settle, where, shared=True)


def _ask_server(engine: Engine) -> tuple[str, int]:
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        if "alembic_version" not in tables:
            return "", 1
        revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or ""
        wanted = connection.exec_driver_sql("SELECT min_client FROM programme").scalar() if revision else None
    return revision, wanted or 1
