"""A firm with two people, and the identities of a profile in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from companion.basics.clock import now
from companion.calendars.signin import Registration
from companion.connectors.microsoft.signin.identity import MicrosoftIdentity
from companion.connectors.secrets.memory import SessionSecrets
from companion.programme.model import Secrets
from servers.microsoft import Microsoft365, User

MakeIdentity = Callable[..., MicrosoftIdentity]


@pytest.fixture
def dana(microsoft: Microsoft365) -> User:
    return microsoft.user("dana@ferro.example", "Dana Okafor")


@pytest.fixture
def erik(dana: User, microsoft: Microsoft365) -> User:
    return microsoft.user("erik@ferro.example", "Erik Lindqvist")


@pytest.fixture
def secrets() -> Secrets:
    return SessionSecrets()


@pytest.fixture
def make(microsoft: Microsoft365, secrets: Secrets) -> MakeIdentity:
    """Identities that share the profile's secrets, as two runs of the app do."""

    def made(
        registration: Registration | None = None, minutes: float = 1.0, kept: Secrets | None = None
    ) -> MicrosoftIdentity:
        return MicrosoftIdentity(registration or microsoft.registration(), kept or secrets, now, minutes)

    return made


@pytest.fixture
def identity(make: MakeIdentity) -> MicrosoftIdentity:
    return make()


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    return tmp_path / "some.pem"
