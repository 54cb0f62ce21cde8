"""Busy minutes: of every entry, and of each nothing but its minutes."""

from datetime import date

import pytest

from companion.calendars.model import Window
from companion.connectors.ics.reading import read
from companion.meetings.recognise import Rules

YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))
DANA = frozenset({"dana@ferro.example"})
PLAIN = "UID:a\nDTSTART:20260106T090000Z\nDTEND:20260106T094500Z"


def busy(*entries: str, header: str = "", window: Window = YEAR) -> dict[str, int]:
    """The busy minutes by month of some entries."""
    told = "".join(f"BEGIN:VEVENT\n{entry}\nEND:VEVENT\n" for entry in entries)
    data = f"BEGIN:VCALENDAR\n{header}{told}END:VCALENDAR\n".encode()
    return dict(read(data, Rules(), window, busy_of=DANA).busy)


@pytest.mark.parametrize(
    ("more", "minutes"),
    [
        ("", 45),
        ("CLASS:PRIVATE", 45),
        ("SUMMARY:Budget", 45),
        ("STATUS:TENTATIVE", 45),
        ("STATUS:CANCELLED", 0),
        ("TRANSP:TRANSPARENT", 0),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", 0),
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:Dana@Ferro.example", 0),
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:lev@ferro.example", 45),
        ("DESCRIPTION:TRANSP:TRANSPARENT", 45),
    ],
)
def test_what_counts(more: str, minutes: int) -> None:
    assert busy(f"{PLAIN}\n{more}") == ({"2026-01": minutes} if minutes else {})


@pytest.mark.parametrize(
    ("times", "minutes"),
    [
        ("DTSTART:20260106T090000Z\nDURATION:PT1H30M", 90),
        ("DTSTART;TZID=Europe/Warsaw:20260106T090000\nDTEND;TZID=Europe/Lisbon:20260106T090000", 60),
        ("DTSTART:20260106T230000Z\nDTEND:20260107T010000Z", 120),
        ("DTSTART;VALUE=DATE:20260106\nDTEND;VALUE=DATE:20260107", 0),
        ("DTSTART:20260106T000000Z\nDTEND:20260108T000000Z", 0),
        ("DTSTART:20260106T090000Z\nDTEND:20260106T080000Z", 0),
        ("DTSTART:20250106T090000Z\nDTEND:20250106T100000Z", 0),
        ("DTSTART:20260230T090000Z\nDTEND:20260230T100000Z", 0),
        ("DTSTART:nonsense", 0),
        ("DTSTART:20260106T090000Z\nBEGIN:VALARM\nDURATION:PT9H\nEND:VALARM", 0),
    ],
)
def test_how_long(times: str, minutes: int) -> None:
    assert sum(busy(f"UID:a\n{times}").values()) == minutes


def test_a_series_counts_each_time_and_what_was_moved_as_it_is_now() -> None:
    series = (
        "UID:s\nDTSTART:20260105T090000Z\nDTEND:20260105T100000Z\nRRULE:FREQ=WEEKLY;COUNT=8\nEXDATE:20260209T090000Z"
    )
    shorter = "UID:s\nRECURRENCE-ID:20260112T090000Z\nDTSTART:20260112T090000Z\nDTEND:20260112T093000Z"
    off = "UID:s\nRECURRENCE-ID:20260119T090000Z\nDTSTART:20260119T090000Z\nDTEND:20260119T100000Z\nSTATUS:CANCELLED"
    assert busy(series, shorter, off) == {"2026-01": 60 + 30 + 60, "2026-02": 3 * 60}


def test_one_entry_twice_counts_once() -> None:
    assert busy(PLAIN, PLAIN) == {"2026-01": 45}


def test_a_rule_without_end_costs_no_more_than_its_time() -> None:
    endless = "UID:s\nDTSTART:20260105T090000Z\nDTEND:20260105T090001Z\nRRULE:FREQ=SECONDLY"
    assert busy(endless, PLAIN) == {"2026-01": 45}


def test_nobody_is_counted_unless_asked() -> None:
    data = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{PLAIN}\nEND:VEVENT\nEND:VCALENDAR\n".encode()
    assert read(data, Rules(), YEAR).busy == ()
