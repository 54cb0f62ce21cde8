"""Days of the sample company, all counted from today, so that it looks lived in on whatever day it is made."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

BEHIND, AHEAD = 420, 92  # how far series reach, in days from today
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Dates:
    """The days on which the sample hangs."""

    today: date
    began: date  # the programme: last year, and early in a year the one before, so that a full year lies behind
    joined: date  # the leader who came in July
    left: date  # the leader who went at the end of June

    @property
    def this_year(self) -> date:
        """A day of this year well behind us; in the first days of January, a day of last autumn."""
        year = date(self.today.year, 1, 4)
        if self.today - timedelta(days=192) >= year:
            return near(self.today, -192)
        behind = (self.today - year).days * 3 // 5
        return near(self.today, -60 if behind < 6 else -behind)

    @property
    def last_year(self) -> date:
        """A day of last year, some eleven months back."""
        limit = date(self.today.year - 1, 12, 18)
        return near(self.today, (min(self.today - timedelta(days=330), limit) - self.today).days)

    @property
    def before_leaving(self) -> date:
        """A day shortly before the leader left who is no longer there."""
        return near(self.today, (self.left - self.today).days - 15)

    def named(self, name: str) -> date:
        """The day that reviews.toml calls by a name."""
        return {"this_year": self.this_year, "last_year": self.last_year, "before_leaving": self.before_leaving}[name]


def dates(today: date) -> Dates:
    """The days of the sample for one today."""
    left = date(today.year, 6, 30)
    joined = date(today.year, 7, 1)
    return Dates(
        today,
        date((today - timedelta(days=400)).year, 1, 1),
        joined if joined <= today else date(today.year - 1, 7, 1),
        left if left < today else date(today.year - 1, 6, 30),
    )


def working(day: date) -> bool:
    """Whether people meet on that day: Monday to Friday, not between Christmas and New Year."""
    return day.weekday() < 5 and (day.month, day.day) not in {(1, 1), *((12, last) for last in range(24, 32))}


def near(today: date, offset: int) -> date:
    """The working day nearest to `today + offset` that lies on the same side of today."""
    target = today + timedelta(days=offset)
    for distance in range(20):
        for day in (target - timedelta(days=distance), target + timedelta(days=distance)):
            if working(day) and (day < today) == (offset < 0) and day != today:
                return day
    raise ValueError(f"no working day near {target}")


def next_working(day: date) -> date:
    """That day, or the first working day after it."""
    while not working(day):
        day += timedelta(days=1)
    return day


def place_in_month(day: date) -> int:
    """Which one of its weekday in its month: 1 to 4, or -1 for the fifth."""
    nth = (day.day - 1) // 7 + 1
    return -1 if nth == 5 else nth


def months_from(day: date, months: int) -> date:
    """The same weekday at the same place, so many months away: what RRULE BYDAY=2TU yields."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    nth, length = place_in_month(day), monthrange(year, month)[1]
    if nth == -1:
        last = date(year, month, length)
        return last - timedelta(days=(last.weekday() - day.weekday()) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(day.weekday() - first.weekday()) % 7 + 7 * (nth - 1))
