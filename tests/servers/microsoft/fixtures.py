"""The fixture; a conftest names it to have it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from servers.microsoft.firm import Microsoft365, running_microsoft


@pytest.fixture
def microsoft(tmp_path: Path) -> Iterator[Microsoft365]:
    """A Microsoft 365 in which nobody is yet."""
    with running_microsoft(tmp_path / "microsoft") as made:
        yield made
