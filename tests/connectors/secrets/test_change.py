"""A secret changed with nobody in between, in every mode."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.basics.paths import Paths, open_home
from companion.connectors.secrets.opening import open_secrets
from companion.programme.model import Secrets


class _Keyring:
    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}
        self.broken = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.broken:
            raise OSError("locked")
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.broken:
            raise OSError("locked")
        self.held[(service, username)] = password


@pytest.fixture
def keyring() -> _Keyring:
    return _Keyring()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return open_home(tmp_path / "home")


@pytest.fixture(params=["session", "passphrase", "keyring", "no keyring"])
def opened(request: pytest.FixtureRequest, paths: Paths, keyring: _Keyring) -> Callable[[], Secrets]:
    """Opens the profile's secrets in one of the modes."""
    mode = "keyring" if "keyring" in request.param else request.param
    found = (keyring, "Test") if request.param == "keyring" else (None, "")
    return lambda: open_secrets(paths, mode, lambda: "correct horse", {}, lambda: found)


def test_a_secret_becomes_another(opened: Callable[[], Secrets]) -> None:
    secrets = opened()
    seen: list[str | None] = []

    def turn(before: str | None) -> str | None:
        seen.append(before)
        return None if before == "two" else {"one": "two"}.get(before or "", "one")

    for after in ("one", "two", None):
        secrets.change("name", turn)
        assert secrets.get("name") == after
    assert seen == [None, "one", "two"]


def test_what_stays_the_same_is_not_written(opened: Callable[[], Secrets], paths: Paths) -> None:
    secrets = opened()
    secrets.put("name", "kept")
    before = paths.secrets.read_bytes() if paths.secrets.exists() else b""
    secrets.change("name", lambda held: held)
    secrets.change("other", lambda held: held)
    assert secrets.get("name") == "kept"
    assert (paths.secrets.read_bytes() if paths.secrets.exists() else b"") == before


def test_no_change_is_lost_among_threads(opened: Callable[[], Secrets]) -> None:
    secrets, start = opened(), threading.Barrier(4)

    def count(_: int) -> None:
        start.wait(20)
        for _time in range(10):
            secrets.change("count", lambda before: str(int(before or 0) + 1))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(4)))
    assert secrets.get("count") == "40"


def test_a_turn_that_fails_changes_nothing(opened: Callable[[], Secrets]) -> None:
    secrets = opened()
    secrets.put("name", "kept")

    def fail(_before: str | None) -> str | None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        secrets.change("name", fail)
    assert secrets.get("name") == "kept"
    secrets.change("name", lambda _before: "after")
    assert secrets.get("name") == "after"


def test_what_was_held_in_memory_moves_into_the_file(paths: Paths, keyring: _Keyring) -> None:
    """A keyring that was locked at the start, and is unlocked later."""
    keyring.broken = True
    secrets = open_secrets(paths, "keyring", find=lambda: (keyring, "Test"))
    secrets.put("tokens", "first")
    assert not secrets.lasting
    keyring.broken = False
    unlocked = open_secrets(paths, "keyring", find=lambda: (keyring, "Test"))
    unlocked.put("other", "x")
    secrets.change("tokens", lambda before: f"{before} and second")
    assert open_secrets(paths, "keyring", find=lambda: (keyring, "Test")).get("tokens") == "first and second"


def test_a_keyring_that_locks_itself_is_told(paths: Paths, keyring: _Keyring) -> None:
    secrets = open_secrets(paths, "keyring", find=lambda: (keyring, "Test"))
    secrets.put("tokens", "first")
    keyring.broken = True
    with pytest.raises(Problem, match="keyring_unusable"):
        secrets.change("tokens", lambda _before: "second")
    keyring.broken = False
    assert secrets.get("tokens") == "first"


def test_work_is_done_by_one_at_a_time(opened: Callable[[], Secrets]) -> None:
    secrets = opened()
    secrets.put("name", "one")
    with secrets.alone("work", 0.0) as first:
        with secrets.alone("work", 0.05) as second, secrets.alone("another", 0.0) as other:
            assert (first, second, other) == (True, False, True)
        secrets.put("name", "two")  # what is kept can be changed meanwhile
    with secrets.alone("work", 0.0) as again:
        assert again
    assert secrets.get("name") == "two"
