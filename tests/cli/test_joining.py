"""Join reports and who is free by command, against the local Microsoft 365: the real sign-in, consent and Graph."""

import webbrowser
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.connectors.secrets.memory import SessionSecrets
from fakes.commands import Cli
from fakes.ics import calendar
from servers.microsoft import Microsoft365, User, running_microsoft

MORNING = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0)
BEFORE, SOON, HOUR = MORNING - timedelta(days=2), MORNING + timedelta(days=5), timedelta(hours=1)
ANNA = ("anna@kestrel.example", "Anna Kowal", "accepted")
DANA = ("dana@ferro.example", "Dana Okafor", "accepted")


@pytest.fixture
def microsoft(tmp_path: Path) -> Iterator[Microsoft365]:
    with running_microsoft(tmp_path / "microsoft") as made:
        yield made


@pytest.fixture
def rosa(microsoft: Microsoft365) -> User:
    """She sits at the browser; one of her reviews is over, and one is open."""
    made = microsoft.user("rosa@ferro.example", "Rosa Vidal")
    made.calendar.add("Kestrel quarterly review", BEFORE, guests=[ANNA, DANA], online=True)
    made.calendar.add("Kestrel yearly review", SOON, guests=[ANNA], online=True)
    return made


@pytest.fixture
def firm(ferro: Cli, microsoft: Microsoft365, rosa: User, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Rosa's calendar, connected as one of the hosts' side."""
    kept = SessionSecrets()
    monkeypatch.setattr("companion.bootstrap._open_secrets", lambda *_: kept)  # there at the next command too
    monkeypatch.setenv("COMPANION_POLICY", str(ferro.folder / "no-policy.json"))
    monkeypatch.setenv("BROWSER", microsoft.browser)
    monkeypatch.setattr(webbrowser, "_tryorder", None)  # it looks at BROWSER once in a process
    ferro(
        "accounts", "add", "microsoft365", "Hosts", "--hosts", "--client-id", microsoft.client_id,
        "--authority", microsoft.authority, "--graph-url", microsoft.graph, "--ca-bundle", str(microsoft.ca),
    )  # fmt: skip
    return ferro


def held(microsoft: Microsoft365, rosa: User, *rows: tuple[str, str]) -> None:
    """The review that is over was held, and these were there."""
    (key,) = (key for key, entry in rosa.calendar.entries.items() if entry.start == BEFORE)
    spans = [(BEFORE, BEFORE + HOUR)]
    microsoft.report(rosa, key, BEFORE, BEFORE + HOUR, [(address, name, "Attendee", spans) for address, name in rows])


def seat(firm: Cli) -> str:
    (item,) = (item for item in firm.json("meetings") if item["title"] == "Kestrel quarterly review")
    return next((one["state"] for one in item["seats"] if one["person"] == "Dana Okafor"), "open")


def report(firm: Cli) -> str:
    (row,) = firm.json("seats", "reports")
    return str(row["report"])


def test_switched_on_the_report_is_taken_and_nothing_else_of_it_stays(
    firm: Cli, microsoft: Microsoft365, rosa: User
) -> None:
    held(microsoft, rosa, DANA[:2], ("zoe@elsewhere.example", "Zoe Unheard"), ("", "Ken Unheard"))
    firm("sync")
    assert firm.said == ""  # nobody said yes to reports, and nobody is told off for it
    assert (report(firm), seat(firm)) == ("not_looked", "unknown")
    asked = len(microsoft.asked_for("onlineMeetings"))
    assert firm.json("seats", "reports", "--on", "Hosts") == {"account": "Hosts", "looked": 1, "taken": 1}
    assert "Open this address to sign in" in firm.said
    assert asked == 0
    assert (report(firm), seat(firm)) == ("taken", "attended")
    assert "Join report: taken on" in firm("seats", "reports")
    written = b"".join(path.read_bytes() for path in firm.home.rglob("*") if path.is_file())
    assert b"Unheard" not in written
    assert b"elsewhere.example" not in written
    before = len(microsoft.asked)
    firm("sync")
    assert [asked.path for asked in microsoft.asked[before:] if "onlineMeetings" in asked.path] == []


def test_whose_report_nobody_looks_for_here_is_told(firm: Cli, microsoft: Microsoft365, rosa: User) -> None:
    lev = microsoft.user("lev@ferro.example", "Lev Brandt")
    rosa.calendar.add("Kestrel visit", BEFORE + HOUR, guests=[ANNA], online=True, organiser=(lev.address, lev.name))
    firm("sync")
    found = {row["title"]: row for row in firm.json("seats", "reports")}
    assert found["Kestrel quarterly review"]["report"] == "not_looked"
    assert found["Kestrel visit"]["report"] == "of_ours"
    assert "since somebody else of ours organised it" in found["Kestrel visit"]["sentence"]


def test_a_meeting_that_teams_does_not_know_is_told(firm: Cli, microsoft: Microsoft365, rosa: User) -> None:
    firm("sync")
    firm("seats", "reports", "--on", "Hosts")
    assert report(firm) == "unknown_there"
    assert "Teams does not know this meeting" in firm("seats", "reports")


@pytest.mark.parametrize(
    ("off", "code", "said"),
    [
        ("policy", "policy", "Your firm's Teams seems to keep none"),
        ("forbidden", "not_allowed", "only the organiser can read it"),
        ("external", "unknown_there", "Teams does not know this meeting"),
    ],
)
def test_why_there_is_no_report_is_told_and_nobody_is_absent_for_it(
    firm: Cli, microsoft: Microsoft365, rosa: User, off: str, code: str, said: str
) -> None:
    held(microsoft, rosa)
    microsoft.reports_off(off)
    firm("sync")
    firm("seats", "reports", "--on", "Hosts")
    assert (report(firm), seat(firm)) == (code, "unknown")
    assert said in firm("seats", "reports")


def test_switched_off_nothing_is_looked_for(firm: Cli, microsoft: Microsoft365, rosa: User) -> None:
    held(microsoft, rosa, DANA[:2])
    firm("seats", "reports", "--on", "Hosts")  # before anything was read
    firm("seats", "reports", "--off", "Hosts")
    firm("sync")
    assert (report(firm), seat(firm)) == ("not_looked", "unknown")
    assert microsoft.asked_for("onlineMeetings") == []


def test_a_report_in_which_she_is_not_says_so(firm: Cli, microsoft: Microsoft365, rosa: User) -> None:
    held(microsoft, rosa, ("rosa@ferro.example", "Rosa Vidal"), ("anna@kestrel.example", "Anna Kowal"))
    firm("seats", "reports", "--on", "Hosts")
    firm("sync")
    assert (report(firm), seat(firm)) == ("taken", "missed")


def test_a_wrong_account_is_told(firm: Cli) -> None:
    firm("accounts", "add", "ics", "Feed", firm.file("feed.ics", calendar()))
    firm("seats", "reports", "--on", "Feed", code=1)
    assert "no account at Microsoft 365" in firm.said
    firm("seats", "reports", "--off", "Nobody", code=1)
    assert "Nobody" in firm.said


def test_who_is_free_is_one_word_each_and_nothing_else_is_kept(firm: Cli, microsoft: Microsoft365, rosa: User) -> None:
    microsoft.user("dana@ferro.example", "Dana Okafor")
    lev = microsoft.user("lev@ferro.example", "Lev Brandt")
    lev.calendar.add("Oncologist Unheard", SOON, show_as="oof", sensitivity="private", location="Ward Unheard")
    firm("sync")
    (open_one,) = (item for item in firm.json("meetings") if item["title"] == "Kestrel yearly review")
    found = firm.json("seats", "free", open_one["id"][:8])
    assert (found["free"], found["away"], found["busy"], found["unknown"]) == (["Dana Okafor"], ["Lev Brandt"], [], 0)
    assert (found["you"], found["open"]) == ("free", True)
    assert "Free: Dana Okafor · away: Lev Brandt" in firm("seats", "free", open_one["id"])
    written = b"".join(path.read_bytes() for path in firm.home.rglob("*") if path.is_file())
    assert b"Unheard" not in written
    assert len(microsoft.asked_for("getSchedule")) == 1
    firm("sync")
    assert len(microsoft.asked_for("getSchedule")) == 1


def test_before_anybody_was_asked_and_after_the_review(firm: Cli, microsoft: Microsoft365, rosa: User) -> None:
    microsoft.faults.next("throttled", path="getSchedule", times=50, retry_after="3000")
    firm("sync")
    past, ahead = (item["id"] for item in firm.json("meetings"))
    assert "Nobody has been asked yet" in firm("seats", "free", ahead)
    assert firm.json("seats", "free", ahead)["unknown"] is None
    firm("seats", "free", past, code=1)
    assert "is over" in firm.said
    firm("seats", "free", "nosuch", code=1)
