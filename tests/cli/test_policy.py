"""How the firm's Microsoft is reached, by command: what a person chooses, and what the policy file decides."""

import json

import pytest

from cli.firm import connect, dana, firm, microsoft, reached
from companion.calendars.signin import Code
from companion.cli import microsoft as cli
from fakes.commands import Cli
from fakes.ics import calendar, event
from servers.microsoft import Microsoft365

__all__ = ["dana", "firm", "microsoft"]


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--authority", "http://localhost/tenant", "begins with https://"),
        ("--authority", "https://login.example", "ends in the firm's tenant"),
        ("--graph-url", "graph.example", "no address of Microsoft Graph"),
        ("--proxy", "proxy:8080", "no address of a proxy"),
        ("--ca-bundle", "/nowhere/ca.pem", "cannot be read"),
        ("--ca-bundle", "empty.pem", "holds no certificate"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(firm: Cli, option: str, value: str, said: str) -> None:
    path = firm.file("empty.pem", "-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----\n")
    firm("accounts", "setup", option, path if value == "empty.pem" else value, code=1)
    assert said in firm.said
    assert firm.json("accounts", "setup")["authority"] == "https://login.microsoftonline.com/organizations"


def test_a_choice_is_kept_and_taken_back(firm: Cli, microsoft: Microsoft365) -> None:
    firm("accounts", "setup", *reached(microsoft))
    assert firm.json("accounts", "setup")["client_id"] == microsoft.client_id
    firm("accounts", "setup", "--authority", "", "--graph-url", "", "--ca-bundle", "")
    now = firm.json("accounts", "setup")
    assert (now["authority"], now["ca_bundle"]) == ("https://login.microsoftonline.com/organizations", "")


def policy(firm: Cli, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("COMPANION_POLICY", firm.file("policy.json", text))


def test_what_is_empty_in_the_policy_file_is_the_usual(firm: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    policy(firm, monkeypatch, '{"authority": "", "graph_url": " https://graph.example/ ", "proxy": ""}')
    found = firm.json("accounts", "setup")
    assert found["authority"] == "https://login.microsoftonline.com/organizations"
    assert found["graph_url"] == "https://graph.example"
    firm("accounts", "setup", "--authority", "https://login.example/t", code=1)
    assert "IT decides authority" in firm.said


def test_what_it_decides_is_not_changed_here(firm: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    policy(firm, monkeypatch, '{"client_id": "from-it", "firm": "Ferro"}')
    found = firm.json("accounts", "setup")
    assert (found["client_id"], found["decided_by_it"]) == ("from-it", ["client_id", "firm"])
    assert "(IT decides)" in firm("accounts", "setup")
    firm("accounts", "setup", "--client-id", "mine", code=1)
    assert "IT decides client_id" in firm.said
    firm("accounts", "setup", "--client-id", "from-it")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"), ("[]", "is not JSON"), ("[" * 100_000, "is not JSON"),
        ('{"client_id": 7, "device_code": "yes"}', "client_id, device_code"),
    ],
    ids=["cut", "list", "deep", "kinds"],
)  # fmt: skip
def test_past_a_policy_file_that_cannot_be_used_nobody_gets_to_microsoft(
    firm: Cli, microsoft: Microsoft365, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    firm("accounts", "setup", *reached(microsoft))
    connect(firm, microsoft)
    firm("accounts", "add", "ics", "File", firm.file("w.ics", calendar(event("a"))), "--hosts")
    microsoft.asked.clear()
    policy(firm, monkeypatch, text)
    firm("people", "list")
    assert said in firm.said
    firm("doctor", code=1)
    assert firm.said.count(said) == 1
    firm("sync")
    assert firm.said.count(said) == 1
    assert {item["name"]: item["state"] for item in firm.json("accounts", "status")["accounts"]} == {
        "Mine": "failing", "File": "in_order",
    }  # fmt: skip
    for verb in (("signin", "Mine"), ("add", "microsoft365", "Two"), ("setup", "--client-id", "mine")):
        firm("accounts", *verb, code=1)
        assert said in firm.said
        assert "Open this address" not in firm.said
    assert microsoft.asked == []
    policy(firm, monkeypatch, "{}")
    assert "kept 1 " in firm("sync")


@pytest.mark.parametrize(
    ("key", "said"),
    [("Authority", "Did IT mean authority?"), ("clientid", "Did IT mean client_id?"), ("colour", "decides nothing")],
)
def test_a_name_in_the_policy_file_that_nobody_knows_is_told(
    firm: Cli, monkeypatch: pytest.MonkeyPatch, key: str, said: str
) -> None:
    policy(firm, monkeypatch, json.dumps({key: "https://login.example/t"}))
    firm("people", "list")
    assert f"Companion knows no {key}" in firm.said
    assert said in firm.said


def test_a_proxy_with_a_password_is_neither_kept_nor_shown(firm: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ("http://user:secret@proxy.example:8080", "http://user:se/cret@proxy.example:8080", "a:secret@b"):
        firm("accounts", "setup", "--proxy", address, code=1)
        assert "user name or a password" in firm.said
        assert "cret" not in firm.said + firm("accounts", "setup")
    assert not any(b"cret@" in path.read_bytes() for path in firm.home.rglob("*") if path.is_file())
    proxy = "http://user:secret@proxy.example:8080"
    policy(firm, monkeypatch, json.dumps({"client_id": "x", "proxy": proxy}))
    firm("doctor", code=1)
    assert "The address of the proxy proxy.example:8080 holds" in firm.said
    firm("accounts", "add", "microsoft365", "Mine", code=1)
    assert "user name or a password" in firm.said
    assert "secret" not in firm.said + firm("accounts", "setup") + firm("accounts", "setup", "--json")


def test_a_code_only_where_the_policy_file_allows_it(
    firm: Cli, microsoft: Microsoft365, monkeypatch: pytest.MonkeyPatch
) -> None:
    firm("accounts", "add", "microsoft365", "Mine", "--device-code", *reached(microsoft), code=1)
    assert "device_code in the policy file" in firm.said


def test_a_code_typed_elsewhere_signs_in(firm: Cli, microsoft: Microsoft365, monkeypatch: pytest.MonkeyPatch) -> None:
    known = microsoft.registration()
    names = ("client_id", "authority", "graph_url", "ca_bundle")
    policy(firm, monkeypatch, json.dumps({**{name: getattr(known, name) for name in names}, "device_code": True}))
    shown = cli.show_code

    def typed(code: Code) -> None:
        shown(code)
        microsoft.signin.type_code(code.code)

    monkeypatch.setattr(cli, "show_code", typed)
    firm("accounts", "add", "microsoft365", "Mine", "--device-code")
    assert "on any device and type" in firm.said
    assert "Open this address" not in firm.said
    assert "kept 1 " in firm("sync")
