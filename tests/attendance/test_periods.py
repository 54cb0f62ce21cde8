"""Periods and the programme's days."""

from datetime import UTC, date, datetime

import pytest

from attendance.made import at, meeting
from companion.attendance.days import Period, after_last, meeting_day, period
from companion.basics.errors import Problem

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "first", "last", "months"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), 12),
        ("", date(2026, 1, 1), date(2026, 12, 31), 12),
        ("2026-04..2027-03", date(2026, 4, 1), date(2027, 3, 31), 12),
        ("2026-11..2026-12", date(2026, 11, 1), date(2026, 12, 31), 2),
        ("2024-02..2024-02", date(2024, 2, 1), date(2024, 2, 29), 1),
        ("rolling", date(2025, 11, 22), TODAY, 12),
    ],
)
def test_a_period(text: str, first: date, last: date, months: int) -> None:
    found = period(text, TODAY)
    assert (found.first, found.last, found.months) == (first, last, months)


def test_a_rolling_year_from_the_29th_of_february() -> None:
    assert period("rolling", date(2028, 2, 29)) == Period(date(2027, 3, 1), date(2028, 2, 29), "rolling")


@pytest.mark.parametrize("text", ["26", "2026-13..2027-01", "2027-01..2026-12", "last year", "0000", "2026-04"])
def test_what_is_no_period_is_told(text: str) -> None:
    with pytest.raises(Problem, match="period_wrong"):
        period(text, TODAY)


def test_days_are_the_programmes() -> None:
    late = meeting(at("2026-11-17T23:30"))
    assert meeting_day(late, "Europe/Rome") == date(2026, 11, 18)
    assert meeting_day(late, "UTC") == date(2026, 11, 17)
    whole = meeting(at("2026-11-17T00:00"), all_day=True)
    assert meeting_day(whole, "America/New_York") == date(2026, 11, 17)


def test_a_period_ends_with_its_last_day_in_the_zone() -> None:
    assert after_last(period("2026", TODAY), "Europe/Rome") == datetime(2026, 12, 31, 23, tzinfo=UTC)
