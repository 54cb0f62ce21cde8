"""A firm at the local Microsoft 365, and somebody who sits at the browser that BROWSER names."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.connectors.secrets.memory import SessionSecrets
from fakes.commands import Cli
from servers.microsoft import Microsoft365, User, running_microsoft

SOON = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=3)
ANNA = ("anna@kestrel.example", "Anna Kowal", "accepted")


class Lasting(SessionSecrets):
    """A keyring that is there at the next command too."""

    lasting = True


@pytest.fixture
def microsoft(tmp_path: Path) -> Iterator[Microsoft365]:
    with running_microsoft(tmp_path / "microsoft") as made:
        yield made


@pytest.fixture
def dana(microsoft: Microsoft365) -> User:
    """She sits at the browser, and meets a customer soon."""
    made = microsoft.user("dana@ferro.example", "Dana Okafor")
    made.calendar.add("Kestrel quarterly review", SOON, guests=[ANNA])
    made.calendar.add("Dentist", SOON + timedelta(days=1), sensitivity="private")
    return made


@pytest.fixture
def firm(ferro: Cli, microsoft: Microsoft365, dana: User, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A profile whose secrets outlive a command, on a machine whose browser goes through sign-ins by itself."""
    kept = Lasting()
    monkeypatch.setenv("COMPANION_SECRETS", "keyring")
    monkeypatch.setattr("companion.bootstrap._open_secrets", lambda *_: kept)
    monkeypatch.setenv("COMPANION_POLICY", str(ferro.folder / "no-policy.json"))
    monkeypatch.setenv("BROWSER", microsoft.browser)
    return ferro


def reached(microsoft: Microsoft365) -> tuple[str, ...]:
    """The options by which the stand-in is found."""
    return (
        "--client-id", microsoft.client_id, "--authority", microsoft.authority,
        "--graph-url", microsoft.graph, "--ca-bundle", str(microsoft.ca),
    )  # fmt: skip


def connect(firm: Cli, microsoft: Microsoft365, *more: str) -> None:
    firm("accounts", "add", "microsoft365", "Mine", *reached(microsoft), *more)
