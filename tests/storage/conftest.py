"""Both stores, opened for a test; the workspace once on each engine."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from companion.basics.clock import now
from companion.programme.model import DeviceTx, WorkspaceTx
from companion.storage.engine import Store, open_device, open_workspace
from companion.storage.workspace.tables import metadata
from servers import postgres

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """One PostgreSQL server for the session, with an empty workspace: `laid` to use, `model` to copy."""
    with postgres.running() as running:
        running.run("CREATE DATABASE model")
        open_workspace(running.url("model"), now).close()
        running.run("CREATE DATABASE laid TEMPLATE model")
        yield running


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Store[DeviceTx]]:
    """A new device store."""
    with closing(open_device(tmp_path / "device.db", now)) as store:
        yield store


@pytest.fixture
def remote(server: postgres.Server) -> str:
    """The address of an empty workspace on the server."""
    names = [*(table.name for table in reversed(metadata.sorted_tables)), "takeaway_text", "search_text"]
    emptied = "; ".join(f'DELETE FROM "{name}"' for name in names)  # far quicker than a new database
    server.run(f"SET session_replication_role = replica; {emptied}", "laid")  # without triggers: the audit stays
    return server.url("laid")


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str | Path]:
    """Where an empty workspace is: a file, or a database with its tables."""
    if request.param == "sqlite":
        yield tmp_path / "workspace.db"
    else:
        yield request.getfixturevalue("remote")


@pytest.fixture
def workspace(place: str | Path) -> Iterator[Store[WorkspaceTx]]:
    """A new workspace."""
    with closing(open_workspace(place, now)) as store:
        yield store
