"""What only looks, on a mailbox at Microsoft 365: customers proposed, entries explained, rules tried; nothing stays."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from companion.calendars.model import Window
from companion.programme import meetings
from companion.programme.inspect import inspect_account
from companion.programme.proposal import Edit, Proposal, save
from companion.programme.start import propose
from companion.programme.sync import sync
from companion.programme.trial import compare
from fakes.desk import dump, written
from fakes.ics import NOW
from programme.graph_office import Office, move_in

CANARY = "Zebrafinch"
KEN = ("ken@kestrel.example", "Ken Abel", "accepted")


@pytest.fixture
def office(laid_out: Path, tmp_path: Path) -> Iterator[Office]:
    """Dana's mailbox: a series with Kestrel, a weak entry, one of a firm nobody knows, and things that are private."""
    found = move_in(laid_out, tmp_path)
    mine, ago = found.calendars["dana"], NOW - timedelta(days=40)
    mine.series("Kestrel review", ago, every="weekly", count=3, guests=[KEN])
    mine.add("Kestrel stocktake", ago)
    for week in range(3):
        mine.add("Harbour visit", ago + timedelta(weeks=week), guests=[("uma@marea-boats.example", "Uma")])
    secret = [("x@zebrafinch-clinic.example", CANARY)]
    for week in range(3):
        mine.add(f"Kestrel {CANARY}", ago + timedelta(weeks=week), sensitivity="private", guests=secret)
    yield found
    found.close()


def test_customers_are_proposed_from_the_guests(office: Office) -> None:
    before = dump(office.house)
    found = {item.domain: (item.entries, item.known) for item in propose(office.house)}
    assert found == {"kestrel.example": (3, True), "marea-boats.example": (3, False)}
    assert dump(office.house) == before


def test_every_entry_is_explained_and_what_is_private_is_not_told(office: Office) -> None:
    before = dump(office.house)
    looked = inspect_account(office.house, "Dana", Window(date(2026, 9, 1), date(2026, 12, 31)))
    told = sorted((item.row.title or "", item.row.judgement.decision) for item in looked.items)
    assert told == [
        *[("", "private")] * 3, *[("Harbour visit", "not_customer")] * 3, *[("Kestrel review", "kept")] * 3,
        ("Kestrel stocktake", "not_customer"),
    ]  # fmt: skip
    assert dump(office.house) == before
    assert CANARY.encode() not in written(office.house)


def test_other_rules_are_tried_and_then_hold(office: Office) -> None:
    assert sync(office.house)[0].added == 3
    before = dump(office.house)
    word = Proposal(words=Edit(("stocktake",)))
    trial = compare(office.house, word)
    assert (trial.now, trial.then, [case.title for case in trial.caught]) == (3, 4, ["Kestrel stocktake"])
    assert dump(office.house) == before
    save(office.house, word)
    (mine, *_) = sync(office.house)
    assert (mine.added, mine.removed) == (1, 0)


def test_what_is_forgotten_does_not_come_back_and_a_yes_brings_what_was_dropped(office: Office) -> None:
    sync(office.house)
    there = office.meetings()
    meetings.forget(office.house, [next(iter(there))])
    looked = inspect_account(office.house, "Dana", Window(date(2026, 9, 1), date(2026, 12, 31)))
    (weak,) = [item.id for item in looked.items if item.row.title == "Kestrel stocktake"]
    meetings.confirm(office.house, [weak], "Kestrel")
    sync(office.house)
    titles = sorted(meeting.title for meeting in office.meetings().values())
    assert titles == ["Kestrel review", "Kestrel review", "Kestrel stocktake"]
