"""A real CalDAV server for the kills."""

from collections.abc import Iterator

import pytest

from servers.radicale import Radicale, running_radicale


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    with running_radicale(tmp_path_factory.mktemp("radicale")) as running:
        yield running
