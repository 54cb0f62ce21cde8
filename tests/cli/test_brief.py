"""companion brief: of the next meeting, of one by name, in files that are whole or not there."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.bootstrap import opened
from fakes.commands import Cli

DAY = (datetime.now(UTC) + timedelta(days=1)).date()
MEETINGS = f"""id,customer,start,end,timezone,host_email,title,link
1,Kestrel Plumbing Supply,{DAY} 09:00,{DAY} 10:00,UTC,rosa@ferro.example,Kestrel Plumbing Supply: annual review,
"""


@pytest.fixture
def review(ferro: Cli) -> str:
    """Dana comes to a review tomorrow; its id."""
    ferro("meetings", "import", ferro.file("meetings.csv", MEETINGS))
    found = ferro.json("meetings", "--from", str(DAY), "--to", str(DAY))[0]["id"]
    ferro("seats", "set", found, "dana@ferro.example", "accepted")
    return found


def test_the_next_meetings_brief_is_said(ferro, review):
    said = ferro("brief")
    assert said.startswith("Kestrel Plumbing Supply: Annual review\n")
    assert "Your part: listen." in said
    assert "Mood last time: unknown" in said
    assert ferro("brief", review[:8]) == said


def test_the_same_as_json(ferro, review):
    got = ferro.json("brief", review)
    assert (got["meeting_id"], got["customer"], got["person"]) == (review, "Kestrel Plumbing Supply", "Dana Okafor")
    assert 100 < got["words"] <= 450
    assert [one["label"] for one in got["customer_lines"]] == ["does", "customers", "from_us", "year", "mood"]


def test_files_are_written_and_named(ferro, review):
    paths = {form: str(ferro.folder / f"brief.{form}") for form in ("md", "html", "pdf")}
    said = ferro("brief", *(word for form, path in paths.items() for word in (f"--{form}", path)))
    assert said.splitlines() == [f"Written to {path}." for path in paths.values()]
    assert Path(paths["md"]).read_text("utf-8").startswith("# Kestrel Plumbing Supply: Annual review")
    assert "<h1>Kestrel Plumbing Supply: Annual review</h1>" in Path(paths["html"]).read_text("utf-8")
    pdf = Path(paths["pdf"]).read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 2
    assert b"/MediaBox [0 0 595" in pdf
    ferro("brief", "--pdf", paths["pdf"], "--paper", "letter")
    assert b"/MediaBox [0 0 612" in Path(paths["pdf"]).read_bytes()


def test_where_one_form_cannot_be_made_none_is_written(ferro, review, monkeypatch):
    def refuse(*_):
        raise Problem("paper_unusable", reason="no Qt")

    monkeypatch.setattr("companion.connectors.paper.render_pdf", refuse)
    ferro("brief", "--md", str(ferro.folder / "b.md"), "--pdf", str(ferro.folder / "b.pdf"), code=1)
    assert "Qt does not run here (no Qt)" in ferro.said
    assert not list(ferro.folder.glob("b.*"))


def test_a_file_that_cannot_be_written_is_said(ferro, review):
    ferro("brief", "--html", str(ferro.folder / "none" / "b.html"), code=1)
    assert "b.html" in ferro.said


def test_what_is_expected_is_kept_and_shown_to_its_owner(ferro, review):
    assert "That we were late." in ferro("brief", review, "--expect", "That we were late.")
    assert "That we were late." in ferro("brief")
    assert ferro.json("brief")["expected"] == "That we were late."
    ferro("brief", "--expect", "")
    assert "That we were late." not in ferro("brief")


def test_it_is_in_the_readers_language(ferro, review):
    with opened(ferro.home) as house, house.workspace() as tx:
        tx.people.put(replace(tx.people.by_address("dana@ferro.example"), language="it"))
    assert "La tua parte: ascoltare." in ferro("brief")
    assert "Your part: listen." in ferro("brief", "--language", "en")


def test_without_a_seat_ahead_it_says_where_to_look(ferro):
    ferro("brief", code=1)
    assert "companion meetings" in ferro.said
    ferro("brief", "nowhere", code=1)
    assert "nowhere" in ferro.said


def test_a_host_prints_a_listeners_brief(ferro, review):
    ferro("brief", review, "--expect", "Secret.")
    ferro("me", "rosa@ferro.example")
    said = ferro("brief", review, "--for", "dana@ferro.example")
    assert "For Dana Okafor. Not to be passed on." in said
    assert "Secret." not in said
    assert "You hold this meeting" in ferro("brief", review)
