"""Days and periods of the programme: which day a meeting is on, and what a year is."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from companion.basics.clock import day_of, start_of
from companion.basics.errors import Problem
from companion.meetings.model import Meeting

ROLLING = "rolling"
_YEAR = re.compile(r"\d{4}")
_MONTHS = re.compile(r"(\d{4})-(\d{2})\.\.(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Period:
    """The days figures are about, both ends included. `label` is what was asked for: 2026, rolling …"""

    first: date
    last: date
    label: str

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.last - self.first).days + 1

    @property
    def months(self) -> int:
        """How many months the period has; a rolling year has twelve."""
        after = self.last + timedelta(days=1)
        return max(1, (after.year - self.first.year) * 12 + after.month - self.first.month)

    @property
    def rolling(self) -> bool:
        """Whether it is the twelve months up to a day, which have no end to be late for."""
        return self.label == ROLLING

    @property
    def until(self) -> date:
        """The last day on which a seat still helps: of a rolling year, a year on."""
        return self.last + timedelta(days=365) if self.rolling else self.last

    def over(self, day: date) -> bool:
        """Whether it has ended by a day; twelve months that roll on never have."""
        return not self.rolling and day > self.last

    def holds(self, day: date) -> bool:
        """Whether a day lies in the period."""
        return self.first <= day <= self.last


def meeting_day(meeting: Meeting, zone: str) -> date:
    """The programme's day of a meeting; an all-day entry is on the day it was written for, in every zone."""
    return meeting.start.astimezone(UTC).date() if meeting.all_day else day_of(meeting.start, zone)


def after_last(period: Period, zone: str) -> datetime:
    """The first instant after the last day on which a seat helps in a period, in UTC."""
    return start_of(period.until + timedelta(days=1), zone)


def period(text: str, today: date, year: str = "") -> Period:
    """The period of `2026`, `2026-04..2027-03`, `rolling` (twelve months up to today), or of a word for one.

    `calendar`: this calendar year; `fiscal`: this year by the programme's first month; `last`: the one before the
    programme's own; "": the programme's own. `year`: what that is, see `Programme.year`.
    Problem `period_wrong` for anything else.
    """
    wanted = text.strip().lower().removeprefix("this ").removesuffix(" year")
    if wanted in ("", "this", "year"):
        return _own(today, year)
    if wanted == "last":
        return _own(_own(today, year).first - timedelta(days=1), year)
    if wanted == "calendar":
        return _year_from(today, 1)
    if wanted == "fiscal":
        return _year_from(today, _month(year))
    if wanted == ROLLING:
        return Period(_year_before(today) + timedelta(days=1), today, ROLLING)
    return _written(wanted, text.strip())


def _written(wanted: str, text: str) -> Period:
    months = _MONTHS.fullmatch(wanted)
    try:
        if _YEAR.fullmatch(wanted):
            return Period(date(int(wanted), 1, 1), date(int(wanted), 12, 31), wanted)
        if months:
            first = date(int(months[1]), int(months[2]), 1)
            last = _month_end(date(int(months[3]), int(months[4]), 1))
            if first <= last:
                # One span has one name: what was closed as 2026 is closed as 2026-01..2026-12.
                whole = (first.month, last.month, last.year) == (1, 12, first.year)
                return Period(first, last, f"{first.year:04}" if whole else wanted)
    except (ValueError, OverflowError):
        raise Problem("period_wrong", value=text) from None
    raise Problem("period_wrong", value=text)


def _own(today: date, year: str) -> Period:
    return period(ROLLING, today) if year == ROLLING else _year_from(today, _month(year))


def _month(year: str) -> int:
    return int(year) if year.isdecimal() and 1 <= int(year) <= 12 else 1


def _year_from(today: date, month: int) -> Period:
    """The year that begins with a month and holds a day."""
    first = date(today.year if today.month >= month else today.year - 1, month, 1)
    if month == 1:
        return Period(first, date(first.year, 12, 31), f"{first.year:04}")
    last = date(first.year + 1, month, 1) - timedelta(days=1)
    return Period(first, last, f"{first:%Y-%m}..{last:%Y-%m}")


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _month_end(first: date) -> date:
    after = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return after - timedelta(days=1)
