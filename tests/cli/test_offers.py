"""Seats on their way by command: asked for, offered, allowed, answered, given up, listed, and as a calendar file."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from fakes.commands import Cli
from fakes.ics import calendar, event

DAY = (datetime.now(UTC) + timedelta(days=30)).replace(hour=13, minute=0, second=0, microsecond=0)
LEV, DANA, ROSA = (f"{name}@ferro.example" for name in ("lev", "dana", "rosa"))


@pytest.fixture
def review(ferro: Cli) -> str:
    """The id of a review in a month, which Rosa hosts."""
    path = ferro.file("work.ics", calendar(event("ahead", f"{DAY:%Y%m%dT%H%M%SZ}")))
    ferro("accounts", "add", "ics", "Reviews", path, "--hosts")
    ferro("sync")
    return str(ferro.json("meetings")[0]["id"])


def test_asking_and_the_hosts_word(ferro: Cli, review: str) -> None:
    assert "The host decides" in ferro("seats", "ask", review[:8])
    (one,) = ferro.json("seats", "offers")
    assert (one["state"], one["came"], one["person"], one["host"]) == ("host", "ask", "Dana Okafor", "Rosa Vidal")
    assert "Rosa Vidal, the host, is asked; no answer yet." in ferro("seats", "offers")
    said = ferro("seats", "allow", one["id"][:8], "yes")
    assert "Dana Okafor, Finance, joins to listen." in said
    assert ferro.json("meetings")[0]["seats"][0]["state"] == "accepted"
    assert ferro.json("seats", "offers") == []
    assert ferro.json("seats", "offers", "--meeting", review[:8])[0]["state"] == "accepted"
    ferro("seats", "ask", review, code=1)
    assert "has a seat there already" in ferro.said


def test_an_offer_its_answer_and_a_swap(ferro: Cli, review: str) -> None:
    offer = ferro.json("seats", "offer", review, LEV, "--reason", "People has never been there")
    ferro("seats", "answer", offer["id"][:8], "yes", code=1)
    assert "The host has not said yet" in ferro.said
    ferro("seats", "allow", offer["id"], "yes")
    assert ferro.json("seats", "answer", offer["id"], "no", "--reason", "clash")["reason"] == "clash"
    mine = ferro.json("seats", "offer", review, DANA)
    ferro("seats", "allow", mine["id"], "yes")
    ferro("seats", "answer", mine["id"], "yes")
    ferro("seats", "swap", review, code=1)  # Lev said no, and nobody else leads
    assert "Nobody who could take your seat" in ferro.said
    given = ferro.json("seats", "swap", review, "--to", LEV)
    assert given["state"] == "host"
    ferro("seats", "withdraw", given["id"])
    assert ferro.json("seats", "offers") == []


def test_what_is_not_known_is_a_sentence(ferro: Cli, review: str) -> None:
    for words in (("allow", "nowhere", "yes"), ("answer", "nowhere", "no"), ("withdraw", "nowhere")):
        ferro("seats", *words, code=1)
        assert "No seat on its way is known as nowhere" in ferro.said
    ferro("seats", "offer", review, "nobody@ferro.example", code=1)
    assert "Nobody of ours" in ferro.said


def test_a_feed_is_written_whole_and_kept_by_the_desk(ferro: Cli, review: str) -> None:
    offer = ferro.json("seats", "ask", review)
    path = ferro.folder / "seats.ics"
    ferro("seats", "feed", str(path), "--keep")
    assert Calendar.from_ical(path.read_bytes()).walk("VEVENT") == []
    ferro("seats", "allow", offer["id"], "yes")
    ferro("due")
    (entry,) = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert str(entry["UID"]) == f"seat-{offer['id']}@companion.invalid"
    first = path.read_bytes()
    assert first.endswith(b"END:VCALENDAR\r\n")
    ferro("due")
    assert path.read_bytes() == first
    assert sorted(item.name for item in ferro.folder.iterdir() if item.suffix == ".new") == []
    ferro("seats", "feed", str(path), "--forget")
    path.unlink()
    ferro("due")
    assert not path.exists()
    ferro("seats", "feed", str(ferro.folder / "nowhere" / "seats.ics"), code=1)
    assert "could not be written" in ferro.said


def test_beside_the_hosts_own_invitation_a_feed_takes_no_time(ferro: Cli) -> None:
    later = f"{DAY + timedelta(days=1):%Y%m%dT%H%M%SZ}"
    held = calendar(event("held", f"{DAY:%Y%m%dT%H%M%SZ}", answer="ACCEPTED"), event("free", later))
    ferro("accounts", "add", "ics", "Reviews", ferro.file("work.ics", held), "--hosts")
    ferro("sync")
    free = next(one["id"] for one in ferro.json("meetings") if not one["seats"])
    ferro("seats", "allow", ferro.json("seats", "ask", free)["id"], "yes")
    path = ferro.folder / "seats.ics"
    ferro("seats", "feed", str(path))
    entries = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert [str(one["TRANSP"]) for one in entries] == ["TRANSPARENT", "OPAQUE"]


def test_a_handover_by_command(ferro: Cli, review: str) -> None:
    offer = ferro.json("seats", "ask", review)
    ferro("seats", "allow", offer["id"], "yes")
    today = datetime.now(UTC).date().isoformat()
    told = ferro("people", "hand-over", DANA, "--to", LEV, "--on", today, "--dry-run")
    assert "offered to Lev Brandt once the host agrees" in told
    assert "Nothing was changed." in told
    done = ferro.json("people", "hand-over", DANA, "--to", LEV, "--on", today)
    assert [(one["what"], one["to"]) for one in done["steps"]] == [("seat", "Lev Brandt")]
    (one,) = ferro.json("seats", "offers")
    assert (one["came"], one["person"], one["state"]) == ("handover", "Lev Brandt", "host")


def test_all_notes_are_exported_at_once(ferro: Cli, review: str) -> None:
    ferro("notes", "new", review, "--file", ferro.file("note.md", "q We lose a crew day."))
    folder = ferro.folder / "mine"
    folder.mkdir()
    assert ferro.json("notes", "export", "--all", str(folder))["count"] == 1
    assert len(list(folder.glob("*.md"))) == 1
    ferro("notes", "export", code=1)
    assert "Say which note" in ferro.said


def test_a_customer_that_has_borne_enough_is_told_of_and_not_refused(ferro: Cli, review: str) -> None:
    ferro("programme", "set", "--visits", "0")
    assert "is to bear 0: ask whether one more is wanted." in ferro("seats", "offer", review, LEV)
    assert [one["state"] for one in ferro.json("seats", "offers")] == ["host"]
