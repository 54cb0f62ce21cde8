"""Microsoft 365 by command, against the local stand-in: the real sign-in, by the browser that BROWSER names."""

import json
import os
import signal
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.bootstrap import _open_secrets as open_secrets
from companion.calendars.signin import Code
from companion.cli import microsoft as cli
from companion.connectors.secrets.memory import SessionSecrets
from fakes.commands import Cli
from fakes.ics import calendar, event
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


def titles(firm: Cli) -> set[str]:
    return {item["title"] for item in firm.json("meetings")}


def test_signing_in_reading_and_what_is_said(firm: Cli, microsoft: Microsoft365) -> None:
    said = firm.json("accounts", "add", "microsoft365", "Mine", *reached(microsoft))
    assert set(said) == {"id"}
    assert f"Open this address to sign in: {microsoft.authority}" in firm.said
    assert "kept 1 " in firm("sync")
    assert titles(firm) == {"Kestrel quarterly review"}
    (account,) = firm.json("accounts", "list")
    assert (account["kind"], account["owner"]) == ("microsoft365", "dana@ferro.example")
    assert "dana@ferro.example" in firm("accounts", "status")
    assert "1 calendar: Calendar" in firm("accounts", "test", "Mine")
    assert "signed in: dana@ferro.example" in firm("doctor")
    assert firm("sync") == "Mine: nothing new\n"
    items = firm.json("inspect", "--account", "Mine")["items"]
    assert {item["title"] for item in items} >= {"Kestrel quarterly review"}
    assert "Dentist" not in str(items)


def test_no_secret_is_on_the_disk_or_in_what_is_said(
    firm: Cli, microsoft: Microsoft365, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPANION_SECRETS", "passphrase")
    monkeypatch.setenv("COMPANION_PASSPHRASE_FILE", firm.file("passphrase", "a passphrase"))
    monkeypatch.setattr("companion.bootstrap._open_secrets", open_secrets)
    said = firm("accounts", "add", "microsoft365", "Mine", *reached(microsoft)) + firm.said
    said += firm("sync") + firm.said + firm("doctor", "--json") + firm("accounts", "status", "--json")
    said = said.replace(microsoft.client_id, "")
    assert microsoft.secrets
    for secret in microsoft.secrets:
        assert secret not in said
        for path in firm.home.rglob("*"):
            assert not path.is_file() or secret.encode() not in path.read_bytes(), path


def test_a_person_who_is_signed_out_signs_in_again(firm: Cli, microsoft: Microsoft365, dana: User) -> None:
    connect(firm, microsoft)
    firm("sync")
    microsoft.revoke(dana)
    dana.calendar.add("Kestrel visit", SOON + timedelta(days=2), guests=[ANNA])
    firm("sync", code=1)
    assert firm.said.count("accounts signin Mine") == 1
    assert titles(firm) == {"Kestrel quarterly review"}
    (item,) = firm.json("accounts", "status")["accounts"]
    assert item["state"] == "signed_out"
    firm("doctor", code=1)
    assert "companion accounts signin Mine" in firm.said
    microsoft.welcome(dana)
    assert firm.json("accounts", "signin", "Mine")["accounts"] == ["Mine"]
    firm("sync")
    assert titles(firm) == {"Kestrel quarterly review", "Kestrel visit"}


def test_signing_out_keeps_the_meetings(firm: Cli, microsoft: Microsoft365) -> None:
    connect(firm, microsoft)
    firm("sync")
    assert "The meetings stay" in firm("accounts", "signout", "Mine")
    firm("sync", code=1)
    assert "companion accounts signin Mine" in firm.said
    assert titles(firm) == {"Kestrel quarterly review"}
    assert "nobody is signed in" in firm("doctor", code=1)
    firm("accounts", "signin", "Mine")
    firm("accounts", "remove", "Mine")
    assert firm.json("doctor")["microsoft"]["signed_in"] == []


@pytest.mark.case(67)
def test_a_shared_mailbox_is_read_with_one_sign_in(firm: Cli, microsoft: Microsoft365, dana: User) -> None:
    reviews = microsoft.user("reviews@ferro.example", "Reviews")
    reviews.calendar.add("Kestrel yearly review", SOON, guests=[ANNA])
    connect(firm, microsoft)
    firm("accounts", "add", "microsoft365", "Reviews", "--mailbox", "reviews@ferro.example", code=1)
    assert "--hosts" in firm.said
    firm("accounts", "add", "microsoft365", "Reviews", "--mailbox", "reviews@ferro.example", "--hosts")
    firm("sync")
    assert "not shared" in firm.said
    assert titles(firm) == {"Kestrel quarterly review"}
    microsoft.share(reviews, dana)
    firm("sync")
    assert titles(firm) == {"Kestrel quarterly review", "Kestrel yearly review"}
    assert len(firm.json("doctor")["microsoft"]["signed_in"]) == 1


def test_consent_that_is_missing_names_the_request_for_it(firm: Cli, microsoft: Microsoft365) -> None:
    microsoft.signin.refuse("AADSTS65001")
    firm("accounts", "add", "microsoft365", "Mine", *reached(microsoft), code=1)
    assert firm.said.strip()
    assert firm.json("accounts", "list") == []
    text = firm("accounts", "it-request")
    assert "Calendars.Read" in text
    assert microsoft.client_id in text


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("50034", "does not know"), ("50076", "second proof"), ("50105", "not among them"), ("53000", "rules"),
        ("65004", "declined"), ("700016", "knows no app"), ("7000218", "registered for servers only"),
        ("90002", "knows no firm"), ("90094", "an administrator"),
    ],
)  # fmt: skip
def test_whatever_refuses_is_one_sentence_and_leaves_nothing(
    firm: Cli, microsoft: Microsoft365, number: str, said: str
) -> None:
    microsoft.signin.refuse(f"AADSTS{number}")
    firm("accounts", "add", "microsoft365", "Mine", *reached(microsoft), code=1)
    _address, sentence = firm.said.strip().splitlines()
    assert said in sentence
    assert firm.json("accounts", "list") == []


def test_who_has_no_mailbox_is_told(firm: Cli, microsoft: Microsoft365) -> None:
    microsoft.signin.who = microsoft.user("guest@ferro.example", mailbox=False)
    connect(firm, microsoft)
    firm("sync", code=1)
    assert "has no mailbox that Microsoft 365 shows" in firm.said


def test_where_no_browser_opens_the_address_stands_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda _url: False)
    cli._open("https://login.example/")
    assert "No browser could be opened" in capsys.readouterr().err


def test_stopping_leaves_nothing_behind(firm: Cli, microsoft: Microsoft365, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.cli.microsoft._open", lambda _url: signal.raise_signal(signal.SIGINT))
    before = signal.getsignal(signal.SIGINT)
    firm("accounts", "add", "microsoft365", "Mine", *reached(microsoft), code=1)
    assert "Signing in was stopped, and nothing was changed." in firm.said
    assert firm.json("accounts", "list") == []
    assert firm.json("doctor")["microsoft"]["signed_in"] == []
    assert signal.getsignal(signal.SIGINT) is before


def test_a_name_that_is_taken_opens_no_browser(firm: Cli, microsoft: Microsoft365) -> None:
    connect(firm, microsoft)
    firm("accounts", "add", "microsoft365", "Mine", code=1)
    assert "already an account called Mine" in firm.said
    assert "Open this address" not in firm.said


def test_without_a_registration_it_says_whom_to_ask(firm: Cli) -> None:
    firm("accounts", "add", "microsoft365", "Mine", code=1)
    assert "Ask IT" in firm.said
    assert "Microsoft 365 · not set up" in firm("doctor")


def test_passwords_and_addresses_are_not_for_it(firm: Cli, microsoft: Microsoft365) -> None:
    connect(firm, microsoft)
    for verb in ("password", "address"):
        firm("accounts", verb, "Mine", *(["https://x.example/"] if verb == "address" else []), code=1)
        assert "Microsoft 365" in firm.said


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


def test_what_a_refused_sign_in_was_tried_with_is_not_kept(firm: Cli, microsoft: Microsoft365) -> None:
    before = firm.json("accounts", "setup")
    microsoft.signin.refuse("AADSTS65001")
    firm("accounts", "add", "microsoft365", "Mine", *reached(microsoft), code=1)
    assert firm.json("accounts", "setup") == before
    microsoft.signin.allow()
    connect(firm, microsoft)
    assert firm.json("accounts", "setup")["authority"] == microsoft.authority


def test_a_code_only_where_the_policy_file_allows_it(
    firm: Cli, microsoft: Microsoft365, monkeypatch: pytest.MonkeyPatch
) -> None:
    firm("accounts", "add", "microsoft365", "Mine", "--device-code", *reached(microsoft), code=1)
    assert "device_code in the policy file" in firm.said


def test_a_code_typed_elsewhere_signs_in(firm: Cli, microsoft: Microsoft365, monkeypatch: pytest.MonkeyPatch) -> None:
    known = microsoft.registration()
    names = ("client_id", "authority", "graph_url", "ca_bundle")
    policy(firm, monkeypatch, json.dumps({**{name: getattr(known, name) for name in names}, "device_code": True}))
    shown = cli._show_code

    def typed(code: Code) -> None:
        shown(code)
        microsoft.signin.type_code(code.code)

    monkeypatch.setattr(cli, "_show_code", typed)
    firm("accounts", "add", "microsoft365", "Mine", "--device-code")
    assert "on any device and type" in firm.said
    assert "Open this address" not in firm.said
    assert "kept 1 " in firm("sync")


def test_the_first_reading_proposes_customers(firm: Cli, microsoft: Microsoft365, dana: User) -> None:
    for week in range(1, 4):
        dana.calendar.add("Talk", SOON - timedelta(days=7 * week), guests=[("jo@osprey.example", "Jo", "accepted")])
    connect(firm, microsoft)
    assert "osprey.example" in firm("customers", "propose")


def test_stopping_a_real_process_ends_it_at_once(firm: Cli, microsoft: Microsoft365) -> None:
    command = [sys.executable, "-m", "companion", "--home", str(firm.home), "accounts", "add", "microsoft365", "Mine"]
    environment = {**os.environ, "BROWSER": "true", "COMPANION_SECRETS": "session"}
    with subprocess.Popen(
        [*command, *reached(microsoft)], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stderr
        told = ""
        while "Open this address" not in told:
            told = process.stderr.readline()
            assert told
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
        assert process.wait() == 1
    assert said == "Signing in was stopped, and nothing was changed.\n"
    assert firm.json("accounts", "list") == []


def test_who_is_not_known_to_microsoft_reads_nothing(firm: Cli, microsoft: Microsoft365) -> None:
    firm("accounts", "setup", *reached(microsoft))
    firm("accounts", "it-request", "Nobody", code=1)
    firm("accounts", "signin", "Nobody", code=1)
    assert "There is no account called Nobody" in firm.said
    assert microsoft.asked == []
