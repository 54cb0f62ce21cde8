"""Exports in the exact shape in which each calendar writes them, read whole."""

import dataclasses
from pathlib import Path

import pytest

from companion.calendars.model import Reading
from companion.connectors.ics.reading import read
from connectors.ics.calendar_text import RULES, YEAR, check_ledger, codes, starts

FOLDER = Path(__file__).with_name("exports")
TEAMS = (
    "https://teams.microsoft.com/l/meetup-join/19%3ameeting_QmVhcg%40thread.v2/0?context=%7b%22Tid%22%3a%220000%22%7d"
)
BY_TITLE = dataclasses.replace(RULES, threshold=40)  # published calendars tell no guests


def taken_from(file: str) -> Reading:
    reading = read((FOLDER / file).read_bytes(), BY_TITLE, YEAR)
    check_ledger(reading)
    assert codes(reading) == []
    return reading


def guests(reading: Reading, at: int = 0) -> list[tuple[str, str, str]]:
    return [(guest.address, guest.kind, guest.answer) for guest in reading.events[at].guests]


def counts(reading: Reading) -> tuple[int, int, int, int]:
    told = reading.ledger
    return told.seen, told.kept, told.private, told.not_customer


@pytest.mark.case(1, 22, 39)
def test_outlook_for_windows() -> None:
    reading = taken_from("outlook_desktop.ics")
    assert counts(reading) == (3, 2, 1, 0)
    assert starts(reading) == [
        "2026-02-10 08:00",
        "2026-04-15 09:00",  # moved from the 14th; 10 March is taken out
        "2026-05-12 07:00",
        "2026-06-09 07:00",
        "2026-07-14 07:00",
    ]
    assert {item.title for item in reading.events} == {"Kestrel monthly review: orders, stock; plans"}
    assert reading.events[0].link == TEAMS
    assert guests(reading) == [
        ("jan@kestrel.example", "person", "none"),
        ("anna@ours.example", "person", "none"),
        ("room4@ours.example", "room", "none"),
    ]
    assert reading.events[0].guests[0].name == "Kowalski, Jan"
    assert len({item.key for item in reading.events}) == 5


@pytest.mark.case(9, 13, 23, 24, 26)
def test_outlook_published_by_office_365() -> None:
    reading = taken_from("outlook_published.ics")
    assert counts(reading) == (3, 2, 0, 1)
    told = [(f"{item.start:%m-%d %H:%M}", item.zone, item.status, item.title) for item in reading.events]
    assert told == [
        ("03-04 08:00", "Europe/Berlin", "confirmed", "Kestrel quarterly review"),
        ("04-01 07:00", "Europe/Berlin", "confirmed", "Kestrel quarterly review"),
        ("03-10 16:00", "America/Los_Angeles", "cancelled", "Kestrel quarterly review, west coast"),
    ]
    assert reading.events[0].link == TEAMS
    assert not any(item.guests_known for item in reading.events)


@pytest.mark.case(1)
def test_google_export() -> None:
    reading = taken_from("google_export.ics")
    assert counts(reading) == (2, 2, 0, 0)
    assert starts(reading) == ["2026-03-02 08:00", "2026-03-09 08:00", "2026-03-17 13:00", "2026-03-23 08:00"]
    assert reading.events[0].title == "Przegląd Kestrel – zażółć gęślą jaźń"
    assert reading.events[0].link == "https://meet.google.com/abc-defg-hij"
    assert ("jan@kestrel.example", "person", "accepted") in guests(reading)


@pytest.mark.case(27)
def test_google_by_its_secret_address() -> None:
    reading = taken_from("google_secret.ics")
    assert counts(reading) == (2, 1, 0, 1)
    (found,) = reading.events
    assert (found.title, f"{found.start:%m-%d %H:%M}", found.guests_known) == (
        "Kestrel: đánh giá quý",
        "03-04 02:00",
        False,
    )


@pytest.mark.case(38)
def test_google_with_free_and_busy_alone_repeats_its_uids_and_tells_nothing() -> None:
    assert counts(taken_from("google_free_busy.ics")) == (18, 0, 0, 18)
    named = (FOLDER / "google_free_busy.ics").read_bytes().replace(b"SUMMARY:Busy", b"SUMMARY:Kestrel review")
    reading = read(named, BY_TITLE, YEAR)
    assert counts(reading) == (18, 18, 0, 0)
    assert len({item.key for item in reading.events}) == len(set(starts(reading))) == 18


def test_apple_calendar() -> None:
    reading = taken_from("apple.ics")
    assert counts(reading) == (1, 1, 0, 0)
    assert starts(reading) == ["2026-03-04 08:00", "2026-03-11 08:00"]
    assert guests(reading) == [
        ("rosa@ours.example", "person", "accepted"),
        ("jan@kestrel.example", "person", "none"),
    ]
    first = reading.events[0]
    assert (first.zone, first.link) == ("Europe/Rome", "https://zoom.us/j/98765432100")
    assert first.organiser is not None
    assert first.organiser.address == "rosa@ours.example"
    assert first.uid == "6F1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D"


@pytest.mark.case(7, 8)
def test_zimbra() -> None:
    reading = taken_from("zimbra.ics")
    assert counts(reading) == (2, 2, 0, 0)
    assert sorted((f"{item.start:%m-%d %H:%M}", item.status) for item in reading.events) == [
        ("03-05 09:00", "confirmed"),
        ("03-19 13:00", "cancelled"),
        ("03-26 09:00", "confirmed"),
    ]
    assert guests(reading) == [("jan@kestrel.example", "person", "none"), ("buyers@kestrel.example", "group", "none")]
    assert reading.events[0].link == "https://ours.webex.com/ours/j.php?MTID=m0123456789abcdef"


def test_notes_tells_every_date_as_a_period_with_a_length_of_its_own() -> None:
    reading = taken_from("notes.ics")
    assert counts(reading) == (1, 1, 0, 0)
    assert [(f"{item.start:%m-%d %H:%M}", f"{item.end:%H:%M}") for item in reading.events] == [
        ("03-03 13:00", "14:00"),
        ("04-07 12:00", "13:30"),
        ("05-05 08:00", "10:00"),
    ]
    assert reading.events[0].guests[1].name == "Jan Kowalski/KESTREL"


def test_exchange_through_davmail_with_zeros_for_no_recurrence_id() -> None:
    reading = taken_from("davmail.ics")
    assert counts(reading) == (1, 1, 0, 0)
    (found,) = reading.events
    assert (found.rec_key, f"{found.start:%m-%d %H:%M}", found.title) == ("-", "03-04 09:00", "Kestrel business review")
    assert guests(reading) == [("jan@kestrel.example", "person", "accepted")]


@pytest.mark.case(1)
def test_nextcloud_with_its_zone_after_the_series() -> None:
    reading = taken_from("nextcloud.ics")
    assert counts(reading) == (2, 2, 0, 0)
    assert starts(reading) == ["2026-03-04 08:00", "2026-03-12 14:00", "2026-03-18 08:00"]
    answers = {f"{item.start:%d}": item.guests[0].answer for item in reading.events}
    assert answers == {"04": "declined", "12": "accepted", "18": "declined"}


def test_fastmail() -> None:
    reading = taken_from("fastmail.ics")
    assert starts(reading) == ["2026-03-04 08:00", "2026-04-01 07:00"]
    assert {(item.end - item.start).total_seconds() for item in reading.events} == {45 * 60}
    assert reading.events[0].link == "https://meet.google.com/xyz-abcd-efg"
    assert guests(reading) == [
        ("rosa@ours.example", "person", "accepted"),
        ("jan@kestrel.example", "person", "tentative"),
    ]


@pytest.mark.case(41)
def test_yahoo_whose_uids_differ_by_case_alone() -> None:
    reading = taken_from("yahoo.ics")
    assert counts(reading) == (2, 2, 0, 0)
    assert [(item.uid, f"{item.start:%d %H:%M}") for item in reading.events] == [
        ("aBcD1234", "04 08:00"),
        ("abcd1234", "05 08:00"),
    ]
    assert reading.events[0].title == "Kestrel: annual review – Málaga"
