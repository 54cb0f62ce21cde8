"""companion audit, companion worklist, and seats correct, decide, sat and told by command."""

import csv
from datetime import UTC, datetime, timedelta

import pytest

from fakes.commands import Cli
from fakes.ics import calendar, event

DAY = datetime.now(UTC).replace(hour=13, minute=0, second=0, microsecond=0) - timedelta(days=12)


@pytest.fixture
def review(ferro: Cli) -> str:
    """The id of a review twelve days ago, which Dana accepted."""
    path = ferro.file("work.ics", calendar(event("past", f"{DAY:%Y%m%dT%H%M%SZ}", answer="ACCEPTED")))
    ferro("accounts", "add", "ics", "Work", path)
    ferro("sync")
    return str(ferro.json("meetings")[0]["id"])


def test_a_correction_has_its_reason_and_its_line(ferro: Cli, review: str) -> None:
    ferro("seats", "set", review, "dana@ferro.example", "attended")
    ferro("seats", "correct", review[:8], "dana@ferro.example", "missed", code=1)
    assert "Give a reason." in ferro.said
    ferro("seats", "correct", review[:8], "dana@ferro.example", "missed", "--reason", "=She was not, says Rosa.")
    out = ferro("audit", "--what", "seat")
    assert "was there → was not there" in out
    assert "Dana Okafor; Kestrel" in out
    found = ferro.json("audit", "--who", "dana@ferro.example", "--what", "seat")
    assert [(line["what"], line["old"], line["new"]) for line in found["lines"]] == [
        ("seat.ops", "attended", "missed"), ("seat.self", "unknown", "attended"),
    ]  # fmt: skip
    path = ferro.folder / "audit.csv"
    ferro("audit", "--csv", str(path))
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["at", "who", "what", "about", "old", "new", "why"]
    assert rows[1][-1] == "'=She was not, says Rosa."


def test_days_are_days_of_the_audit(ferro: Cli, review: str) -> None:
    ferro("seats", "set", review, "dana@ferro.example", "attended")
    tomorrow = f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"
    assert ferro.json("audit", "--since", tomorrow)["lines"] == []
    assert len(ferro.json("audit", "--what", "seat", "--until", tomorrow)["lines"]) == 1


def test_a_dispute_is_decided_by_command(ferro: Cli, review: str) -> None:
    ferro("seats", "set", review, "dana@ferro.example", "attended", "--by", "self")
    ferro("seats", "decide", review, "dana@ferro.example", "there", code=1)
    assert "Nothing waits for a decision" in ferro.said
    ferro("seats", "set", review, "dana@ferro.example", "missed", "--by", "host")
    assert ferro.json("worklist")["counts"]["disputed"] == 1
    ferro("seats", "decide", review, "dana@ferro.example", "not-there", "--reason", "Both were asked.")
    assert ferro.json("meetings")[0]["seats"][0]["state"] == "missed"
    assert ferro.json("worklist")["items"] == []
    assert "Nothing waits for you." in ferro("worklist")


def test_the_work_list_says_what_to_type(ferro: Cli, review: str) -> None:
    out = ferro("worklist")
    assert "Who was there?: 1" in out
    assert f"companion seats decide {review[:8]} dana@ferro.example there (or not-there)" in out
    (item,) = ferro.json("worklist", "--kind", "unknown")["items"]
    typed = item["command"].removeprefix("companion ")
    assert {"kind", "id", "title", "about", "since", "meeting_id", "person_id", "what_to_do"} <= item.keys()
    assert ferro.json("worklist", "--kind", "sync")["items"] == []
    ferro(*typed.removesuffix(" there (or not-there)").split(), "not-there")
    assert ferro.json("meetings")[0]["seats"][0]["state"] == "missed"
    assert ferro.json("worklist")["items"] == []


def test_the_host_says_who_sat_in(ferro: Cli, review: str) -> None:
    assert ferro.json("seats", "sat") == []
    ferro("me", "rosa@ferro.example")
    (ask,) = ferro.json("seats", "sat")
    assert [one["email"] for one in ask["listeners"]] == ["dana@ferro.example"]
    assert "Dana Okafor" in ferro("seats", "sat")
    ferro("seats", "sat", review, "dana@ferro.example=attended")
    assert ferro.json("meetings")[0]["seats"][0]["state"] == "attended"
    assert "No meeting of yours" in ferro("seats", "sat")
    assert "No mail waits" in ferro("seats", "told")


def test_what_nothing_is_known_of_is_said_in_a_sentence(ferro: Cli) -> None:
    assert ferro("targets", "list").startswith("No target of a role or a person is set.")
    assert ferro("seats", "offers").strip() == "No seat is on its way."
    assert ferro("audit", "--what", "year").strip() == "No change is noted here."
