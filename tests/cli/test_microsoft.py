"""Microsoft 365 by command, against the local stand-in: the real sign-in, by the browser that BROWSER names."""

import os
import signal
import subprocess
import sys
import webbrowser
from datetime import timedelta

import pytest

from cli.firm import ANNA, SOON, connect, dana, firm, microsoft, reached
from companion.bootstrap import _open_secrets as open_secrets
from companion.cli import microsoft as cli
from fakes.commands import Cli
from servers.microsoft import Microsoft365, User

__all__ = ["dana", "firm", "microsoft"]


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
    assert firm.said.endswith("What to ask IT for: companion accounts it-request Reviews\n")
    text = firm("accounts", "it-request", "Reviews")
    assert "share the calendar of reviews@ferro.example with dana@ferro.example" in text
    assert "adminconsent" not in text
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
    assert "- Calendars.Read:" in text
    assert "Calendars.Read.Shared" not in text
    assert f"adminconsent?client_id={microsoft.client_id}" in text
    assert f"Authority and tenant: {microsoft.authority}" in text
    microsoft.signin.allow()
    connect(firm, microsoft)
    assert "It says" not in firm("accounts", "it-request")


def test_the_request_for_it_is_of_what_was_refused(firm: Cli, microsoft: Microsoft365) -> None:
    connect(firm, microsoft)
    microsoft.signin.refuse("AADSTS90094")
    firm("seats", "reports", "--on", "Mine", code=1)
    assert firm.said.endswith("What to ask IT for: companion accounts it-request Mine\n")
    text = firm("accounts", "it-request", "Mine")
    assert "OnlineMeetingArtifact.Read.All" in text
    assert "my Microsoft 365 account dana@ferro.example" in text
    microsoft.signin.allow()
    microsoft.signin.refuse("AADSTS53003")
    firm("accounts", "signin", "Mine", code=1)
    text = firm("accounts", "it-request", "Mine")
    assert "Conditional Access refused the sign-in (AADSTS53003)" in text
    assert "adminconsent" not in text
    for secret in microsoft.secrets:
        assert secret not in (firm.home / "refused.json").read_text()
    (firm.home / "refused.json").write_text("{")
    assert "It says" not in firm("accounts", "it-request", "Mine")


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
    _address, sentence, next_step = firm.said.strip().splitlines()
    assert said in sentence
    assert next_step == "What to ask IT for: companion accounts it-request"
    assert f"It says: {sentence}" in firm("accounts", "it-request")
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
    assert "docs/" not in firm.said
    assert "companion accounts it-request" in firm.said
    assert "Please register the app" in firm("accounts", "it-request")
    assert "Microsoft 365 · not set up" in firm("doctor")


def test_passwords_and_addresses_are_not_for_it(firm: Cli, microsoft: Microsoft365) -> None:
    connect(firm, microsoft)
    for verb in ("password", "address"):
        firm("accounts", verb, "Mine", *(["https://x.example/"] if verb == "address" else []), code=1)
        assert "Microsoft 365" in firm.said


def test_what_a_refused_sign_in_was_tried_with_is_not_kept(firm: Cli, microsoft: Microsoft365) -> None:
    before = firm.json("accounts", "setup")
    microsoft.signin.refuse("AADSTS65001")
    firm("accounts", "add", "microsoft365", "Mine", *reached(microsoft), code=1)
    assert firm.json("accounts", "setup") == before
    microsoft.signin.allow()
    connect(firm, microsoft)
    assert firm.json("accounts", "setup")["authority"] == microsoft.authority


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
