"""When somebody is to be told of a meeting: the brief before it, three questions after it, and the quiet hours.

Pure: what is due depends on the moment alone, so a run more or less never doubles or loses anything.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from companion.basics.clock import zone
from companion.basics.errors import Problem

Moment = Literal["before", "after"]
BRIEF = timedelta(hours=48)  # the brief goes so long before the meeting
AFTER = timedelta(minutes=10)  # the questions come so long after its end
STALE = timedelta(days=4)  # asked later than that nobody remembers; a Friday evening's wait until Tuesday is within
FORGOTTEN = timedelta(hours=24)  # of a reminder in the window
_EARLIER = timedelta(hours=1)  # what would fall into quiet hours goes so long before they begin
_ROOM = timedelta(minutes=30)  # what comes later than that before a meeting is not read any more
_DAY = timedelta(days=1)
_HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True)
class Quiet:
    """The hours in which nobody is written to. Equal times: none. Beginning later than they end, they hold midnight."""

    begins: time = time(0)
    ends: time = time(0)
    weekends: bool = True  # Saturday and Sunday are quiet as well

    def holds(self, at: datetime, zone_name: str) -> bool:
        """Whether that instant is quiet, by the clock on the wall."""
        local = at.astimezone(zone(zone_name))
        if self.weekends and local.weekday() > 4:
            return True
        now = local.time()
        if self.begins <= self.ends:
            return self.begins <= now < self.ends
        return now >= self.begins or now < self.ends


@dataclass(frozen=True)
class Coming:
    """A meeting somebody of ours is coming to, or was at, as a reminder needs it."""

    meeting_id: str
    start: datetime
    end: datetime
    title: str = ""
    customer: str = ""
    place: str = ""
    link: str = ""


@dataclass(frozen=True)
class Reminder:
    """What is to be shown now. `key`: under which it is noted that it was."""

    moment: Moment
    about: Coming

    @property
    def key(self) -> str:
        """A meeting that moves is a new one to be reminded of."""
        return f"{self.moment} {self.about.start.isoformat()}"


def read_quiet(text: str, *, weekends: bool = True) -> Quiet:
    """From "19:00-07:00"; "" is no quiet at all. Problem `quiet_wrong`."""
    if not text.strip():
        return Quiet(weekends=False)
    found = _HOURS.fullmatch(text.strip())
    if not found:
        raise Problem("quiet_wrong", value=text)
    begins, ends = (time(int(found[place]), int(found[place + 1])) for place in (1, 3))
    return Quiet(begins, ends, weekends)


def next_open(at: datetime, quiet: Quiet, zone_name: str) -> datetime:
    """The first instant from `at` on that is not quiet; `at` itself where there is none for ten days."""
    here = zone(zone_name)
    if not quiet.holds(at, zone_name):
        return at
    first = at.astimezone(here).date()
    for number in range(10):
        for wall in (time(0), quiet.ends):
            moment = datetime.combine(first + number * _DAY, wall, here).astimezone(at.tzinfo)
            if moment > at and not quiet.holds(moment, zone_name):
                return moment
    return at


def last_open(at: datetime, quiet: Quiet, zone_name: str) -> datetime:
    """The last instant up to `at` that is not quiet, an hour before quiet begins; `at` where there is none."""
    here = zone(zone_name)
    if not quiet.holds(at, zone_name):
        return at
    first = at.astimezone(here).date()
    for number in range(10):
        for wall in (quiet.begins, time(0)):
            end = datetime.combine(first - number * _DAY, wall, here).astimezone(at.tzinfo)
            moment = end - _EARLIER
            if moment < at and not quiet.holds(moment, zone_name):
                return moment
    return at


def brief_due(start: datetime, now: datetime, quiet: Quiet, zone_name: str) -> bool:
    """Whether the brief of a meeting goes now: two days before, earlier rather than in quiet hours, never too late.

    Where the seat, or this run, came later than that, it goes at the next time that is not quiet, or at once where
    that would be too late to read it.
    """
    if now >= start or now < last_open(start - BRIEF, quiet, zone_name):
        return False
    return next_open(now, quiet, zone_name) == now or next_open(now, quiet, zone_name) + _ROOM > start


def after_due(end: datetime, now: datetime, quiet: Quiet, zone_name: str) -> bool:
    """Whether the three questions go now: ten minutes after the end, in quiet hours not before the next morning."""
    if not end + AFTER <= now < end + STALE:
        return False
    return not quiet.holds(now, zone_name)


def due_reminders(
    coming: Iterable[Coming],
    told: Mapping[str, Iterable[str]],
    now: datetime,
    *,
    minutes: int = 15,
    quiet: Quiet | None = None,
    zone_name: str = "UTC",
) -> list[Reminder]:
    """What the window reminds of now, earliest first. `told`: by meeting the keys of what it has shown.

    `minutes`: so long before the meeting. In quiet hours nothing comes; what follows a meeting waits until they end.
    """
    if quiet and quiet.holds(now, zone_name):
        return []
    found: list[Reminder] = []
    for about in coming:
        if about.start - timedelta(minutes=minutes) <= now < about.start + AFTER and now < about.end:
            found.append(Reminder("before", about))
        elif about.end + AFTER <= now < about.end + FORGOTTEN:
            found.append(Reminder("after", about))
    fresh = [one for one in found if one.key not in set(told.get(one.about.meeting_id, ()))]
    return sorted(fresh, key=lambda one: (one.about.start, one.about.meeting_id, one.moment))
