"""How the calendars stand by command: status, retry, what is due, and what doctor says of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.basics.progress import Cancelled
from companion.bootstrap import opened
from companion.calendars.store import SyncState
from fakes.commands import Cli
from fakes.ics import calendar, event

BROKEN = "BEGIN:VEVENT\r\nUID:secret-uid@x\r\nSUMMARY:Kestrel secret\r\nDTSTART:yesterday\r\n"
BROKEN += "ATTENDEE:mailto:ken@kestrel.example\r\nEND:VEVENT"


def state_of(cli: Cli, name: str, **state: object) -> None:
    """Let an account stand so."""
    with opened(cli.home) as house, house.device() as device:
        account = device.accounts.by_name(name)
        assert account
        device.events.save_state(account.id, SyncState(**state))  # type: ignore[arg-type]


def added(cli: Cli, name: str, *events: str) -> str:
    path = cli.file(f"{name}.ics", calendar(*events))
    cli("accounts", "add", "ics", name, path)
    return path


def test_status_tells_people_and_programs_the_same(ferro: Cli) -> None:
    assert "No calendar is connected yet" in ferro("accounts", "status")
    assert ferro.json("accounts", "status") == {"accounts": []}
    path = added(ferro, "Work", event("1@x"), BROKEN)
    (before,) = ferro.json("accounts", "status")["accounts"]
    assert (before["state"], before["last_ok"], before["runs"]) == ("never_read", None, [])
    ferro("sync")
    (item,) = ferro.json("accounts", "status", "Work")["accounts"]
    assert (item["name"], item["state"], item["kept"], item["server"]) == ("Work", "set_aside", 1, path)
    assert item["sentence"] == "Read just now, 1 meeting kept; 1 entry could not be read and is set aside."
    (run,) = item["runs"]
    assert (run["seen"], run["kept"], run["broken"], run["added"]) == (2, 1, 1, 1)
    (one,) = item["set_aside"]
    assert (one["code"], one["tries"]) == ("entry_broken", 1)
    assert item["last_full"] == item["last_ok"]
    said = ferro("accounts", "status", "Work")
    assert item["sentence"] in said
    assert "(since " in said
    assert "1 meeting added" in said
    assert "secret" not in said + str(item)
    ferro("accounts", "status", "Nobody", code=1)
    assert "Nobody" in ferro.said


def test_retry_reads_once_more_what_was_set_aside(ferro: Cli) -> None:
    path = Path(added(ferro, "Work", event("1@x"), BROKEN))
    ferro("sync")
    assert ferro.json("accounts", "retry", "Work")["accounts"][0]["broken"] == 1
    assert ferro.json("accounts", "status")["accounts"][0]["set_aside"][0]["tries"] == 2
    path.write_bytes(calendar(event("1@x"), event("2@x", "20261111T130000Z")))
    assert "1 added" in ferro("accounts", "retry", "Work")
    assert ferro.json("accounts", "status")["accounts"][0]["state"] == "in_order"
    ferro("accounts", "retry", "Nobody", code=1)


def test_sync_reads_only_what_is_due(ferro: Cli) -> None:
    assert ferro("sync", "--due") == "Nothing is due.\n"
    added(ferro, "Work", event("1@x"))
    added(ferro, "Home")
    assert [item["name"] for item in ferro.json("sync", "--due", "Work")["accounts"]] == ["Work"]
    assert [item["name"] for item in ferro.json("sync", "--due")["accounts"]] == ["Home"]
    assert ferro.json("sync", "--due") == {"accounts": []}
    assert ferro("sync", "--due") == "Nothing is due.\n"
    ferro("sync", "--due", "Nobody", code=1)
    now = datetime.now(UTC)
    state_of(ferro, "Work", trouble="server_silent", failures=1, retry_at=now - timedelta(minutes=1))
    state_of(ferro, "Home", trouble="signin_refused", failures=1, retry_at=now + timedelta(hours=9), signed_out=now)
    assert [item["name"] for item in ferro.json("sync", "--due")["accounts"]] == ["Work"]
    assert {item["name"] for item in ferro.json("sync")["accounts"]} == {"Work", "Home"}, "a person may always ask"


def test_doctor_names_who_is_signed_out(ferro: Cli) -> None:
    added(ferro, "Work", event("1@x"))
    since = datetime.now(UTC) - timedelta(days=18)
    state_of(ferro, "Work", trouble="signin_refused", failures=4, signed_out=since)
    problems = ferro.json("doctor", code=1)["problems"]
    assert [(problem["code"], problem["facts"]["name"]) for problem in problems] == [("account_signed_out", "Work")]
    assert "Work is signed out since 20" in ferro.said
    ferro("sync")
    assert ferro.json("doctor")["problems"] == []


def test_what_stores_nothing_does_not_speak_of_what_stays(ferro: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    path = ferro.file("broken.ics", calendar(event("1@x"), BROKEN))
    (problem,) = ferro.json("inspect", path)["problems"]
    assert "could not be read. Save it again in its own app." in problem["sentence"]
    for command in (("inspect", path), ("rules", "explain", path, "1@x")):
        ferro(*command)
        assert "could not be read" in ferro.said
        assert "sync" not in ferro.said
        assert "stays" not in ferro.said
    empty = ferro.file("empty.ics", "")
    ferro("inspect", empty, code=1)
    assert "stays" not in ferro.said

    def stop(*_arguments: object) -> None:
        raise Cancelled

    monkeypatch.setattr("companion.cli.calendars.inspect", stop)
    ferro("inspect", path, code=130)
    assert ferro.said == "Stopped. Nothing was stored.\n"


def test_doctor_counts_tries_in_words_and_says_when_the_next_is(ferro: Cli) -> None:
    added(ferro, "Work", event("1@x"))
    later = datetime.now(UTC) + timedelta(hours=2)
    state_of(ferro, "Work", trouble="server_silent", failures=1, retry_at=later)
    ferro("doctor", code=1)
    assert "The last try to read Work failed; it will be tried again" in ferro.said
    state_of(ferro, "Work", trouble="server_silent", failures=3, retry_at=later)
    ferro("doctor", code=1)
    assert "The last 3 tries to read Work failed; it will be tried again" in ferro.said


def test_a_calendar_that_shrank_is_named_in_the_command(ferro: Cli) -> None:
    path = added(ferro, "Work", *(event(f"{n}@x") for n in range(25)))
    ferro("sync")
    ferro.file(Path(path).name, calendar(event("0@x")))
    ferro("sync")
    assert "Work now lists 1 entry where it held 25, so nothing was removed." in ferro.said
    assert "companion sync Work --accept-fewer" in ferro.said


def test_a_try_without_a_change_asks_for_none_to_be_saved(ferro: Cli) -> None:
    path = added(ferro, "Work", event("1@x"))
    assert "To save it" not in ferro("rules", "try")
    assert "To save it" in ferro("rules", "try", "--hold", "strike")
    added(ferro, "Gone", event("2@x"))
    (Path(path).parent / "Gone.ics").unlink()
    assert "Of the calendars that could be read: " in ferro("rules", "try", "--hold", "strike")
