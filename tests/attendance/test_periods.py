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


@pytest.mark.parametrize("text", ["26", "2026-13..2027-01", "2027-01..2026-12", "next", "0000", "2026-04"])
def test_what_is_no_period_is_told(text: str) -> None:
    with pytest.raises(Problem, match="period_wrong"):
        period(text, TODAY)


@pytest.mark.parametrize(
    ("text", "year", "first", "last", "label"),
    [
        ("", "04", date(2026, 4, 1), date(2027, 3, 31), "2026-04..2027-03"),
        ("this year", "12", date(2025, 12, 1), date(2026, 11, 30), "2025-12..2026-11"),
        ("this fiscal year", "04", date(2026, 4, 1), date(2027, 3, 31), "2026-04..2027-03"),
        ("fiscal", "", date(2026, 1, 1), date(2026, 12, 31), "2026"),
        ("calendar", "04", date(2026, 1, 1), date(2026, 12, 31), "2026"),
        ("last", "04", date(2025, 4, 1), date(2026, 3, 31), "2025-04..2026-03"),
        ("last year", "", date(2025, 1, 1), date(2025, 12, 31), "2025"),
        ("", "rolling", date(2025, 11, 22), TODAY, "rolling"),
        ("last", "rolling", date(2024, 11, 22), date(2025, 11, 21), "rolling"),
        ("fiscal", "rolling", date(2026, 1, 1), date(2026, 12, 31), "2026"),
        ("", "13", date(2026, 1, 1), date(2026, 12, 31), "2026"),
    ],
)
def test_the_programmes_own_year(text: str, year: str, first: date, last: date, label: str) -> None:
    found = period(text, TODAY, year)
    assert found == Period(first, last, label)
    assert period(label, found.last) == found  # what it is called is what one may ask for


def test_a_rolling_year_has_no_end_to_be_late_for() -> None:
    assert period("rolling", TODAY).until == date(2027, 11, 21)
    assert period("2026", TODAY).until == date(2026, 12, 31)


def test_days_are_the_programmes() -> None:
    late = meeting(at("2026-11-17T23:30"))
    assert meeting_day(late, "Europe/Rome") == date(2026, 11, 18)
    assert meeting_day(late, "UTC") == date(2026, 11, 17)
    whole = meeting(at("2026-11-17T00:00"), all_day=True)
    assert meeting_day(whole, "America/New_York") == date(2026, 11, 17)


def test_a_period_ends_with_its_last_day_in_the_zone() -> None:
    assert after_last(period("2026", TODAY), "Europe/Rome") == datetime(2026, 12, 31, 23, tzinfo=UTC)
