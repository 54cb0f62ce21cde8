"""What came of a command is told: deletions, failures, doubts, and what stays as it was."""

import re
import shutil
from pathlib import Path

import pytest

from companion.connectors.site import marker as markers
from fakes.commands import Cli
from fakes.ics import calendar, event


def test_deletions_are_news(ferro: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "calendars"
    folder.mkdir()
    for at in range(4):
        (folder / f"{at}.ics").write_bytes(calendar(event(f"e{at}", f"2027011{at}T130000Z")))
    ferro("accounts", "add", "ics", "Work", str(folder))
    ferro("sync")
    assert "nothing new" in ferro("sync")
    (folder / "2.ics").unlink()
    said = ferro("sync")
    assert "1 removed" in said
    assert "nothing new" not in said


@pytest.fixture
def unusable(ferro: Cli, tmp_path: Path) -> tuple[str, Path]:
    """A note, and a site whose folder became somebody else's after it was added."""
    ferro("accounts", "add", "ics", "Work", ferro.file("w.ics", calendar(event("past", answer="ACCEPTED"))))
    ferro("sync")
    meeting = ferro.json("meetings")[0]["id"]
    note = ferro.json("notes", "new", meeting, "--file", ferro.file("n.md", "q We lose a day."))["id"]
    site = tmp_path / "site"
    ferro("channels", "add", "site", "Intranet", str(site))
    shutil.rmtree(site)
    site.mkdir()
    (site / "letter.txt").write_text("x")
    return note, site


PUBLISH = ("--headline", "A lost day", "--audience", "company", "--channel", "Intranet")


def test_what_could_not_be_delivered_is_no_success(ferro: Cli, unusable: tuple[str, Path]) -> None:
    note, site = unusable
    out = ferro("takeaways", "publish", note, *PUBLISH, code=1)
    assert "Published: A lost day" in out
    assert "Intranet: not delivered" in ferro.said
    assert ferro.json("outbox", "--retry", code=1)[0]["state"] == "failed"
    assert "holds other things" in ferro.said
    found = ferro.json("doctor", code=1)
    assert ([problem["code"] for problem in found["problems"]], found["undelivered"]) == (["deliveries_failed"], 1)
    (site / "letter.txt").unlink()
    ferro("outbox", "--retry")
    assert ferro.said == ""
    assert ferro.json("doctor")["undelivered"] == 0


def test_a_page_that_could_not_be_taken_back_is_no_success(ferro: Cli, unusable: tuple[str, Path]) -> None:
    note, site = unusable
    (site / "letter.txt").unlink()
    made = ferro.json("takeaways", "publish", note, *PUBLISH)["id"]
    (site / markers.NAME).write_text("{")
    ferro("takeaways", "withdraw", made, code=1)
    assert "Intranet: not delivered" in ferro.said


def test_an_owner_nobody_knows_is_told(ferro: Cli) -> None:
    path = ferro.file("w.ics", calendar())
    ferro("accounts", "add", "ics", "Typo", path, "--owner", "typo@nowhere.example")
    assert "typo@nowhere.example" in ferro.said
    ferro("accounts", "add", "ics", "Known", path, "--owner", "d.okafor@ferro.example")
    ferro("accounts", "add", "ics", "Hosts", path, "--hosts")
    assert ferro.said == ""


def test_a_me_nobody_knows_is_told(ferro: Cli) -> None:
    assert ferro.json("me", "nobody@ferro.example")["id"] is None
    assert "nobody@ferro.example" in ferro.said
    ferro("me", "dana@ferro.example")
    assert ferro.said == ""


@pytest.mark.parametrize(
    "domain", ["not a domain", "a..example", "ann@ferro.example", "ferro", "a-.example", "a.example/x"]
)
def test_what_is_no_mail_domain_is_refused(ferro: Cli, domain: str) -> None:
    ferro("programme", "--domain", domain, code=1)
    assert "is not a mail domain" in ferro.said
    assert ferro.json("programme")["our_domains"] == ["ferro.example"]


@pytest.mark.parametrize("domain", ["Firm.example", "@mail.firm.example", "łódź-1.example", "xn--dz-jga.example"])
def test_what_is_a_mail_domain_is_taken(ferro: Cli, domain: str) -> None:
    ferro("programme", "--domain", domain)
    assert ferro.json("programme")["our_domains"] == [domain.lower().lstrip("@")]


def test_dismissed_meetings_are_marked(ferro: Cli) -> None:
    ferro("accounts", "add", "ics", "Work", ferro.file("w.ics", calendar(event("a"), event("b"))))
    ferro("sync")
    ferro("meetings", "dismiss", ferro.json("meetings")[0]["id"])
    assert len(re.findall("dismissed", ferro("meetings", "--all"))) == 1


def test_a_copy_overwrites_nothing(ferro: Cli) -> None:
    path = ferro.file("copy.zip", "mine")
    ferro("backup", path, code=1)
    assert "copy.zip" in ferro.said
    assert Path(path).read_text() == "mine"


def test_inspect_shows_the_ids_that_can_be_named(ferro: Cli) -> None:
    path = ferro.file("w.ics", calendar(event("a"), event("p", "20261111T130000Z", "CLASS:PRIVATE")))
    ids = {item["decision"]: item["id"] for item in ferro.json("inspect", path)["items"]}
    shown = ferro("inspect", path)
    assert ids["kept"] in shown
    assert ids["private"] == ""


def test_inspect_writes_recurrence_ids_as_meetings_does(ferro: Cli) -> None:
    start = "20261102T130000Z"
    series = event("s", start, "RRULE:FREQ=WEEKLY;COUNT=3")
    moved = event("s", "20261110T150000Z", "RECURRENCE-ID:20261109T130000Z")
    path = ferro.file("w.ics", calendar(series, moved, event("one")))
    ferro("accounts", "add", "ics", "Work", path)
    ferro("sync")
    inspected = {item["id"]: item["recurrence_id"] for item in ferro.json("inspect", path)["items"]}
    assert inspected == {item["id"]: item["recurrence_id"] for item in ferro.json("meetings")}
    assert sorted(filter(None, inspected.values())) == [f"2026-11-{day}T13:00:00+00:00" for day in ("02", "09", "16")]
    assert list(inspected.values()).count(None) == 1
