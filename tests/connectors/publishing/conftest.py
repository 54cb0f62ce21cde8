"""What the tests of publishing share."""

from pathlib import Path

import pytest

from connectors.publishing.reader import browser, many, opened, site

__all__ = ["browser", "many", "opened", "site"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a site is to be."""
    return tmp_path / "site"
