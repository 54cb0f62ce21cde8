"""Servers for the tests of sources."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from servers.hostile import Hostile, hostile_server
from servers.radicale import Radicale, running_radicale


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    with hostile_server() as server:
        yield server


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    with running_radicale(tmp_path / "radicale") as server:
        yield server
