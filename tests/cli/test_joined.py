"""seats import-report and seats review by command."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fakes.commands import Cli
from fakes.ics import calendar, event

REPORTS = Path(__file__).parents[1] / "attendance" / "reports"
DAY = datetime.now(UTC).replace(hour=13, minute=0, second=0, microsecond=0) - timedelta(days=12)

NEXT = DAY + timedelta(days=7)


def rows(*people: tuple[str, str, int, int]) -> str:
    """A report of that day as Zoom writes it, its clock UTC; people are (name, address, first minute, last minute)."""
    told = ["Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"]
    for name, address, first, last in people:
        came, went = (DAY + timedelta(minutes=at) for at in (first, last))
        told.append(f"{name},{address},{came:%Y-%m-%d %H:%M:%S} UTC,{went:%Y-%m-%d %H:%M:%S} UTC,{last - first},No")
    return "\n".join(told) + "\n"


@pytest.fixture
def review(ferro: Cli) -> str:
    """The id of a review twelve days ago, which Dana accepted."""
    path = ferro.file("work.ics", calendar(event("past", f"{DAY:%Y%m%dT%H%M%SZ}", answer="ACCEPTED")))
    ferro("accounts", "add", "ics", "Work", path)
    ferro("sync")
    return str(ferro.json("meetings")[0]["id"])


HOST = ("Rosa Vidal", "rosa@ferro.example", 0, 90)


def test_a_report_comes_in_and_the_board_says_so(ferro: Cli, review: str) -> None:
    path = ferro.file(
        "zoom.csv", rows(HOST, ("Dana", "d.okafor@ferro.example", 1, 80), ("Ken", "k@kestrel.example", 0, 90))
    )
    tried = ferro.json("seats", "import-report", review, path, "--dry-run")
    assert (tried["met"], tried["dry_run"], len(tried["id"])) == (["dana@ferro.example"], True, 1)
    out = ferro("seats", "import-report", review[:8], path)
    assert "the join report of Zoom" in out
    assert "Was there, for 10 minutes or more: Dana Okafor." in out
    assert "Also there, counted and not kept: 1 of ours without a seat, 1 other person." in out
    assert "Nothing new" in ferro("seats", "import-report", review, path)
    seat = ferro.json("meetings")[0]["seats"][0]
    assert (seat["state"], [item["source"] for item in seat["evidence"]]) == ("attended", ["report", "calendar"])
    row = next(row for row in ferro.json("board")["rows"] if row["email"] == "dana@ferro.example")
    assert row["done"] == 1
    assert any(said.endswith("by the join report.") for said in row["why"])


def test_what_is_open_says_what_to_type(ferro: Cli, review: str) -> None:
    path = ferro.file("zoom.csv", rows(HOST, ("Dana", "dana@ferro.example", 1, 4), ("Lev Brandt", "", 0, 90)))
    out = ferro("seats", "import-report", review, path)
    assert "Perhaps Dana Okafor: there for less than 10 minutes." in out
    assert f"companion seats decide {review[:8]} lev@ferro.example there (or not-there)" in out
    ferro("seats", "set", review, "dana@ferro.example", "missed", "--by", "host")
    listed = ferro("seats", "review")
    assert "Lev Brandt" in listed
    assert "Dana" not in listed, "somebody answered"
    assert "perhaps there (the join report of Zoom, read on" in listed
    item = ferro.json("seats", "review")[0]
    assert (item["email"], item["kind"], item["meeting"]) == ("lev@ferro.example", "proposed", review)
    ferro("seats", "set", review, "lev@ferro.example", "attended")
    assert "Nothing waits for a decision." in ferro("seats", "review")


def test_a_person_and_a_report_that_do_not_agree_are_listed(ferro: Cli, review: str) -> None:
    ferro("seats", "set", review, "dana@ferro.example", "missed", "--by", "host", "--reason", "her chair was empty")
    path = ferro.file("zoom.csv", rows(HOST, ("Dana", "dana@ferro.example", 1, 80)))
    assert "To be decided, see companion seats review: Dana Okafor." in ferro("seats", "import-report", review, path)
    listed = ferro("seats", "review")
    assert "was there (the join report of Zoom" in listed
    assert "her chair was empty" in listed


def test_a_wrong_report_is_said_to_be_odd_and_can_be_taken_back(ferro: Cli, review: str) -> None:
    head = f"Topic,Start Time,End Time\nStand-up,{DAY:%Y-%m-%d %H:%M:%S} UTC,{DAY:%Y-%m-%d} 14:30:00 UTC\n\n"
    path = ferro.file("zoom.csv", head + rows(HOST, ("Dana", "dana@ferro.example", 1, 80)))
    out = ferro("seats", "import-report", review, path)
    assert "The report calls itself “Stand-up”, not “Kestrel quarterly review”" in out
    assert f"companion seats forget-reports {review[:8]}" in out
    assert "Taken back, what join reports said of Dana Okafor" in ferro("seats", "forget-reports", review[:8])
    assert ferro.json("meetings")[0]["seats"][0]["state"] == "unknown"
    assert "No join report has said anything" in ferro("seats", "forget-reports", review)


def test_part_of_a_meeting_asks_for_all_its_files(ferro: Cli, review: str) -> None:
    path = ferro.file("zoom.csv", rows(("Rosa Vidal", "rosa@ferro.example", 30, 60)))
    out = ferro("seats", "import-report", review, path)
    assert "give the files of all its sessions together" in out
    assert "Was not there" not in out
    ferro("seats", "import-report", review, ferro.file("2.csv", rows(HOST, ("Dana", "dana@ferro.example", 1, 80))))
    assert "An earlier report stands: Dana Okafor was there." in ferro("seats", "import-report", review, path)


def test_what_is_wrong_with_one_of_several_files_names_it(ferro: Cli, review: str) -> None:
    good, bad = ferro.file("1.csv", rows(HOST)), ferro.file("2.csv", "Dear Rosa,\nplease find it attached.\n")
    ferro("seats", "import-report", review, good, bad, code=1)
    assert "2.csv: This is no join report that can be read" in ferro.said
    assert "1.csv" not in ferro.said


def test_a_dispute_about_ones_own_seat_is_settled_by_what_is_printed(ferro: Cli, review: str) -> None:
    path = ferro.file("zoom.csv", rows(HOST, ("Dana", "dana@ferro.example", 1, 80)))
    ferro("seats", "import-report", review, path)
    ferro("seats", "set", review, "dana@ferro.example", "missed", "--by", "self")
    listed = ferro("seats", "review")
    line = next(line for line in listed.splitlines() if "companion seats decide" in line)
    typed = line.strip().removeprefix("companion ").removesuffix(" (or not-there)")
    assert typed == f"seats decide {review[:8]} dana@ferro.example there"
    ferro(*typed.split())
    assert "Nothing waits for a decision." in ferro("seats", "review")
    assert ferro.json("meetings")[0]["seats"][0]["state"] == "attended"


def test_sessions_of_one_meeting_come_together(ferro: Cli, review: str) -> None:
    first = ferro.file("1.csv", rows(HOST, ("Dana", "dana@ferro.example", 1, 7)))
    second = ferro.file("2.csv", rows(HOST, ("Dana", "dana@ferro.example", 60, 66)))
    assert ferro.json("seats", "import-report", review, first, second)["met"] == ["dana@ferro.example"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "holds no people"),
        ("Dear Rosa,\nplease find it attached.\n", "no join report that can be read"),
        (rows(HOST).replace(f"{DAY:%Y-%m-%d}", f"{NEXT:%Y-%m-%d}"), f"of another meeting: it begins at {NEXT:%Y-%m}"),
        ((REPORTS / "teams-de.csv").read_bytes()[:1600], "breaks off after"),
        (rows(HOST).replace("UTC,90", "UTC,long"), "Row 2 of the join report: long is no time"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "is no table this app can read"),
    ],
)  # fmt: skip
def test_what_cannot_come_in_is_said_in_a_sentence(ferro: Cli, review: str, text: str | bytes, told: str) -> None:
    ferro("seats", "import-report", review, ferro.file("report.csv", text), code=1)
    assert told in ferro.said
    assert [item["source"] for item in ferro.json("meetings")[0]["seats"][0]["evidence"]] == ["calendar"]


def test_of_a_meeting_to_come_there_is_no_report(ferro: Cli) -> None:
    ahead = event("ahead", f"{DAY + timedelta(days=40):%Y%m%dT%H%M%SZ}", answer="ACCEPTED")
    ferro("accounts", "add", "ics", "Work", ferro.file("work.ics", calendar(ahead)))
    ferro("sync")
    key = ferro.json("meetings")[0]["id"]
    ferro("seats", "import-report", key, ferro.file("zoom.csv", rows(HOST)), code=1)
    assert "has not taken place yet" in ferro.said
