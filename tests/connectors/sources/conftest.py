"""Servers for the tests of sources."""

import uuid
from collections.abc import Iterator

import pytest

from servers.dav import Dav
from servers.hostile import Hostile, hostile_server
from servers.microsoft.fixtures import microsoft
from servers.radicale import Radicale, running_radicale
from servers.xandikos import Xandikos, running_xandikos

__all__ = ["microsoft"]


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    with hostile_server() as server:
        yield server


@pytest.fixture
def dav(hostile: Hostile) -> Dav:
    """A small CalDAV server with five entries, whose habits the test changes."""
    hostile.answer = made = Dav()
    return made


@pytest.fixture(scope="module")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    with running_radicale(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture
def radicale(_server: Radicale) -> Iterator[Radicale]:
    """A real Radicale, and a user of it whom no other test knows."""
    with _server.newcomer(f"user-{uuid.uuid4().hex[:8]}") as server:
        yield server


@pytest.fixture(scope="module")
def _other_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Xandikos]:
    with running_xandikos(tmp_path_factory.mktemp("xandikos")) as server:
        yield server


@pytest.fixture
def xandikos(_other_server: Xandikos) -> Xandikos:
    """A real Xandikos, and a user of it whom no other test knows."""
    return _other_server.newcomer(f"user-{uuid.uuid4().hex[:8]}")
