"""Passwords and secret addresses by command: given, changed, asked for, never shown."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.commands import Cli
from fakes.ics import calendar, event
from servers.hostile import Answer, Asked, hostile_server

PATH = "/private-T0KEN/basic.ics"


class Typing(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody at a terminal, who was asked these."""
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin", Typing())
    return asked


@pytest.fixture
def url() -> Iterator[str]:
    """A published calendar for those who know its path and, where they sign in, the password."""
    with hostile_server() as server:

        def answer(asked: Asked) -> Answer:
            if asked.path.startswith("/signed") and "authorization" not in asked.headers:
                return Answer(401)
            good = asked.path.split("?")[0] in (PATH, "/signed.ics")
            return Answer(200, calendar(event("a"))) if good else Answer(404)

        server.answer = answer
        yield server.url.rstrip("/")


@pytest.fixture
def lasting(ferro: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A profile that keeps its secrets in a sealed file."""
    monkeypatch.setenv("COMPANION_SECRETS", "passphrase")
    monkeypatch.setenv("COMPANION_PASSPHRASE_FILE", ferro.file("passphrase", "a passphrase"))
    return ferro


def test_a_secret_address_is_read_and_never_shown(lasting: Cli, url: str) -> None:
    lasting("accounts", "add", "ics", "Feed", f"{url}{PATH}?key=K3Y")
    shown = lasting("accounts", "list") + lasting("accounts", "list", "--json")
    assert lasting.json("sync")["accounts"][0]["added"] == 1
    assert "1 calendar" in lasting("accounts", "test", "Feed")
    assert "T0KEN" not in shown + lasting("doctor", "--json")
    for path in lasting.home.rglob("*"):
        assert not path.is_file() or b"T0KEN" not in path.read_bytes(), path
    lasting("accounts", "address", "Feed", f"{url}/elsewhere-T0KEN")
    lasting("sync", code=1)
    assert "T0KEN" not in lasting.said


def test_inspect_names_no_secret_address(ferro: Cli, url: str) -> None:
    ferro("inspect", f"{url}/nothing.ics?key=K3Y", code=1)
    assert "127.0.0.1" in ferro.said
    assert "K3Y" not in ferro.said


def give(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))


def test_a_password_is_changed_by_command(lasting: Cli, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lasting("accounts", "add", "ics", "Feed", f"{url}/signed.ics", "--user", "dana")
    lasting("sync", code=1)
    assert "accounts password Feed" in lasting.said
    give(monkeypatch, "open sesame")
    lasting("accounts", "password", "Feed", "--password-stdin")
    lasting("sync")
    give(monkeypatch, "")
    lasting("accounts", "password", "Feed", code=1)
    assert "--password-stdin" in lasting.said


def test_a_session_takes_the_password_with_the_sync(ferro: Cli, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ferro("accounts", "add", "caldav", "Other", f"{url}/", "--user", "dana")
    ferro("accounts", "add", "ics", "Feed", f"{url}/signed.ics", "--user", "dana")
    assert "COMPANION_SECRETS=session" in ferro.said
    assert "keyring" not in ferro.said
    ferro("sync", "Feed", code=1)
    ferro("sync", "--password-stdin", code=1)
    assert "exactly one" in ferro.said
    give(monkeypatch, f"open sesame\n{url}/signed.ics")
    assert "1 added" in ferro("sync", "Feed", "--password-stdin")


def test_a_session_takes_a_secret_address_with_the_sync(ferro: Cli, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ferro("accounts", "add", "ics", "Feed", url + PATH)
    ferro("sync", code=1)
    assert "accounts address Feed" in ferro.said
    give(monkeypatch, url + PATH)
    ferro("sync", "Feed", "--password-stdin")
    give(monkeypatch, url + PATH)
    ferro("accounts", "test", "Feed", "--password-stdin")


def test_a_terminal_is_asked_for_what_is_missing(
    ferro: Cli, url: str, typed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"Address": f"{url}/signed.ics", "Password": "open sesame"}

    def getpass(prompt: str) -> str:
        typed.append(prompt)
        return answers[prompt.split()[0]]

    monkeypatch.setattr("getpass.getpass", getpass)
    ferro("accounts", "add", "ics", "Feed", f"{url}/signed.ics", "--user", "dana")
    assert [prompt.split()[0] for prompt in typed] == ["Password"]
    for command in (("sync",), ("accounts", "test", "Feed"), ("customers", "propose")):
        typed.clear()
        ferro(*command)
        assert [prompt.split()[0] for prompt in typed] == ["Address", "Password"]


def test_where_there_is_no_keyring_it_says_so(ferro: Cli, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_SECRETS", "keyring")
    monkeypatch.setattr("companion.connectors.secrets.keyrings.allowed", lambda: ())
    ferro("accounts", "add", "ics", "Feed", url + PATH)
    assert "no usable keyring" in ferro.said


def test_a_mail_server_gets_another_password(lasting: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    lasting("channels", "add", "smtp", "Mail", "127.0.0.1:25", "--user", "desk", "--from", "desk@ferro.example")
    give(monkeypatch, "pw")
    lasting("channels", "password", "Mail", "--password-stdin")
    lasting("channels", "add", "folder", "Wiki", str(Path(lasting.folder) / "wiki"))
    give(monkeypatch, "pw")
    lasting("channels", "password", "Wiki", "--password-stdin", code=1)
    assert "Wiki is a folder" in lasting.said


def test_a_password_for_a_file_is_refused(ferro: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    ferro("accounts", "add", "ics", "Work", ferro.file("w.ics", calendar(event("a"))))
    give(monkeypatch, "pw")
    ferro("sync", "Work", "--password-stdin", code=1)
    assert "Nobody signs in to Work" in ferro.said


def test_an_empty_answer_leaves_an_account_as_it_is(lasting: Cli, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lasting("accounts", "add", "ics", "Feed", f"{url}{PATH}")
    before = lasting("accounts", "list", "--json")
    for stream in (io.StringIO("\n"), Typing("\n")):
        monkeypatch.setattr("sys.stdin", stream)
        monkeypatch.setattr("getpass.getpass", lambda _prompt: "")
        lasting("accounts", "address", "Feed", code=1)
        assert "No address was given for Feed, so nothing was changed." in lasting.said
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    lasting("accounts", "add", "caldav", "Dav", url, "--user", "dana", "--password-stdin", code=1)
    assert "No password was given for Dav." in lasting.said
    assert lasting("accounts", "list", "--json") == before
    assert lasting.json("sync")["accounts"][0]["seen"] == 1
