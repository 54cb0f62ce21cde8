"""Channels by command: webhook addresses come in unseen and are never shown; tests say what they did."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.commands import Cli
from servers.chat import SECRET, Chat, slack_hook, teams_flow
from servers.mail import mail_server

pytestmark = pytest.mark.server


@pytest.fixture
def lasting(ferro: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A profile that keeps its secrets in a sealed file."""
    monkeypatch.setenv("COMPANION_SECRETS", "passphrase")
    monkeypatch.setenv("COMPANION_PASSPHRASE_FILE", ferro.file("passphrase", "a passphrase"))
    return ferro


@pytest.fixture
def flow() -> Iterator[Chat]:
    with teams_flow() as chat:
        yield chat


def typed(patch: pytest.MonkeyPatch, line: str) -> None:
    patch.setattr("sys.stdin", io.StringIO(f"{line}\n"))


def test_a_flow_is_added_tested_posted_to_and_removed(
    lasting: Cli, flow: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    typed(monkeypatch, flow.address)
    told = lasting("channels", "add", "teams", "Finance chat", "--audience", "team:Finance")
    assert "co-owner" in lasting.said
    told += lasting("channels", "list") + lasting("channels", "list", "--json")
    told += lasting("channels", "test", "Finance chat")
    assert "Nothing was posted" in told
    assert flow.asked == []
    told += lasting("channels", "test", "Finance chat", "--send")
    assert len(flow.posted) == 1
    assert SECRET not in told + lasting.said
    for path in lasting.home.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path
    lasting("channels", "remove", "Finance chat")
    assert lasting.json("channels", "list") == []


def test_a_new_address_replaces_the_old(lasting: Cli, flow: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    with slack_hook() as other:
        typed(monkeypatch, other.address)
        lasting("channels", "add", "slack", "Chat")
        with slack_hook() as new:
            typed(monkeypatch, new.address)
            lasting("channels", "address", "Chat")
            lasting("channels", "test", "Chat", "--send")
            assert (len(other.posted), len(new.posted)) == (0, 1)
    typed(monkeypatch, "https://ferro.webhook.office.com/webhookb2/x")
    lasting("channels", "add", "teams", "Old", code=1)
    assert "retired in May 2026" in lasting.said
    assert [one["name"] for one in lasting.json("channels", "list")] == ["Chat"]


def test_the_list_shows_a_host_and_no_more(lasting: Cli, flow: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, flow.address)
    lasting("channels", "add", "teams", "Chat")
    [shown] = lasting.json("channels", "list")
    assert set(shown) == {"id", "name", "kind", "config", "audience", "post"}
    assert (shown["kind"], shown["config"], shown["post"]) == ("teams", {"host": "127.0.0.1"}, False)


def test_the_programme_s_post_is_a_mail_channel(ferro: Cli, tmp_path: Path) -> None:
    assert "no letters" in ferro("channels", "post")
    with mail_server(None) as box:
        ferro("channels", "add", "smtp", "Mail", f"127.0.0.1:{box.port}", "--security", "none",
              "--from", "programme@ferro.example")  # fmt: skip
        assert "through Mail" in ferro("channels", "post", "Mail")
        assert "(writes letters)" in ferro("channels", "list")
        assert ferro("channels", "test", "Mail", "--send").count("dana@ferro.example") == 1
        assert [envelope.rcpt_tos for envelope in box.envelopes] == [["dana@ferro.example"]]
    ferro("channels", "add", "site", "Ours", str(tmp_path / "site"))
    ferro("channels", "post", "Ours", code=1)
    assert "no mail channel" in ferro.said
    ferro("channels", "test", "Ours", "--send", code=1)
    ferro("channels", "remove", "Mail")
    assert ferro.json("channels", "post") == {"post": ""}


def test_exchange_online_with_a_password_is_warned_of(ferro: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "hunter2-canary")
    ferro("channels", "add", "smtp", "Office", "smtp.office365.com:587", "--user", "dana@ferro.example",
          "--from", "dana@ferro.example", "--password-stdin")  # fmt: skip
    assert "graph-mail" in ferro.said
    assert "hunter2-canary" not in ferro.said


def test_a_test_that_fails_is_not_said_to_be_tried_again(lasting: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    with slack_hook() as chat:
        typed(monkeypatch, chat.address)
        lasting("channels", "add", "slack", "Chat")
    for more in ((), ("--send",)):
        lasting("channels", "test", "Chat", *more, code=1)
        assert "cannot be reached" in lasting.said
        assert "then test it again" in lasting.said
        assert "tried again" not in lasting.said
