"""The command line of these tests."""

import webbrowser

import pytest

from fakes.commands import cli, ferro, laid_out

__all__ = ["cli", "ferro", "laid_out"]


@pytest.fixture(autouse=True)
def new_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """BROWSER is looked at once in a process; of these tests each has its own."""
    monkeypatch.setattr(webbrowser, "_tryorder", None)
