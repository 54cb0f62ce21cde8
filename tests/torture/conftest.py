"""A real CalDAV server for the kills."""

from collections.abc import Iterator

import pytest

from fakes.house import laid_out
from servers.radicale import Radicale, running_radicale

__all__ = ["laid_out", "server"]


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    with running_radicale(tmp_path_factory.mktemp("radicale")) as running:
        yield running
