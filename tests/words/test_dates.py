"""Dates as people write them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from companion.words.dates import ago, day_month, long_day, month_year, short_day, span
from companion.words.language import speaking

START = datetime(2026, 11, 26, 13, tzinfo=UTC)
TODAY = date(2026, 11, 21)


def test_a_meetings_time_in_the_readers_zone() -> None:
    end = START + timedelta(minutes=90)
    assert span(START, end, "Europe/Rome") == "Thursday, 26 November, 14:00–15:30"
    assert span(START, end, "Asia/Ho_Chi_Minh") == "Thursday, 26 November, 20:00–21:30"


def test_a_meeting_over_midnight_names_both_days() -> None:
    told = span(START, START + timedelta(hours=12), "Europe/Rome")
    assert told == "Thursday, 26 November, 14:00 to Friday, 27 November, 02:00"


def test_all_day_is_the_same_everywhere() -> None:
    day = datetime(2026, 11, 26, tzinfo=UTC)
    assert span(day, day + timedelta(days=1), "America/New_York", all_day=True) == "Thursday, 26 November"
    assert span(day, day, "UTC", all_day=True) == "Thursday, 26 November"
    two = span(day, day + timedelta(days=2), "UTC", all_day=True)
    assert two == "Thursday, 26 November to Friday, 27 November"


def test_the_year_shows_only_where_it_is_another() -> None:
    assert day_month(date(2026, 12, 31), TODAY) == "31 December"
    assert short_day(date(2027, 1, 5), TODAY) == "5 Jan 2027"
    assert long_day(date(2027, 1, 5), TODAY) == "Tuesday, 5 January 2027"
    assert month_year(TODAY) == "November 2026"


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=2), "2 minutes ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(hours=20), "yesterday"),
        (timedelta(days=4), "4 days ago"),
        (timedelta(days=30), "on 27 October"),
    ],
)
def test_how_long_ago(before: timedelta, told: str) -> None:
    assert ago(START - before, START) == told


def test_every_part_is_translated() -> None:
    with speaking("zz"):
        assert span(START, START, "UTC") == "⟦⟦⟦Thursday⟧, ⟦26 ⟦November⟧⟧⟧, 13:00–13:00⟧"
