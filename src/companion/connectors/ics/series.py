"""When a series takes place: slots on the wall clock within a window, bounded however wild the rule."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from companion.calendars.model import Window
from companion.connectors.ics.moments import Moment

MOST = 2000  # occurrences of one series in the window
_SLACK = timedelta(days=2)  # zones are at most a day away from the programme's
_KNOWN = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYSETPOS", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"}
    | {"BYDAY", "BYHOUR", "BYMINUTE", "BYSECOND"}
)
_EARLIEST = datetime(2, 1, 1)  # noqa: DTZ001 - walls are naive; nearer the ends of time arithmetic fails
_LATEST = datetime(9998, 1, 1)  # noqa: DTZ001
_DAYS = ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")
_STEPS = {"DAILY": 86400, "WEEKLY": 604800, "HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}


class TooMany(Exception):  # noqa: N818 - the finding, not a fault of ours
    """A series with more occurrences in the window than any meeting has."""


@dataclass(frozen=True)
class Series:
    """What an entry says about when: its start, how long, its rules, dates added and dates taken out."""

    start: Moment
    length: timedelta
    rules: tuple[str, ...] = ()
    added: tuple[Moment, ...] = ()
    taken: tuple[Moment, ...] = ()
    untils: tuple[Moment | None, ...] = ()  # of each rule; a day means all of that day

    @property
    def repeats(self) -> bool:
        """Whether this is a series at all."""
        return bool(self.rules or self.added)

    def span(self, slot: Moment) -> tuple[datetime, datetime]:
        """Begin and end, aware UTC, of the occurrence at `slot`; never negative.

        The length is counted on the wall: a meeting from 1 to 4 stays so on the night the clocks change.
        """
        start = slot.instant()
        return start, max(slot.at(slot.wall + self.length).instant(), start)


def slots(series: Series, window: Window) -> list[Moment]:
    """The slots that may touch the window, in order, dates taken out left out.

    Raises TooMany above 2,000, ValueError for a rule that cannot be read. The caller bounds the time.
    """
    first, last = edges(window, series.length)
    if not series.repeats:
        return [series.start] if first <= series.start.wall <= last else []
    walls = {series.start.wall} if first <= series.start.wall <= last else set()
    for rule, until in zip(series.rules, series.untils, strict=True):
        for wall in _walls(rule, until, series.start.wall, first, last):
            walls.add(wall)
            if len(walls) > MOST:
                raise TooMany
    walls.update(wall for wall in (moment.like(series.start).wall for moment in series.added) if first <= wall <= last)
    gone_walls = {moment.like(series.start).wall for moment in series.taken if moment.kind != "day"}
    gone_days = {moment.wall.date() for moment in series.taken if moment.kind == "day"}
    left = sorted(wall for wall in walls if wall not in gone_walls and wall.date() not in gone_days)
    if len(left) > MOST:
        raise TooMany
    return [series.start.at(wall) for wall in left]


def edges(window: Window, length: timedelta) -> tuple[datetime, datetime]:
    """The first and last wall time at which something that touches the window can begin, with slack for zones."""
    try:
        first = datetime.combine(window.first, time.min) - _SLACK - length
    except OverflowError:
        first = _EARLIEST
    try:
        last = datetime.combine(window.last, time.max) + _SLACK
    except OverflowError:
        last = _LATEST
    return max(first, _EARLIEST), min(last, _LATEST)


def rule_parts(rule: str) -> dict[str, str]:
    """The parts of an RRULE; ValueError where one is unknown, doubled or makes no sense."""
    parts: dict[str, str] = {}
    for piece in filter(None, "".join(rule.upper().split()).split(";")):
        name, _, value = piece.partition("=")
        if name == "SKIP" or name.startswith("X-") or (name == "RSCALE" and value == "GREGORIAN"):
            continue
        if name not in _KNOWN or not value or parts.setdefault(name, value) != value:
            raise ValueError("rule")
    if "FREQ" not in parts or not re.fullmatch(r"0*[1-9]\d{0,8}", parts.get("INTERVAL", "1")):
        raise ValueError("rule")
    return parts


def _walls(rule: str, until: Moment | None, start: datetime, first: datetime, last: datetime) -> list[datetime]:
    """Wall times of one rule between first and last; at most one more than `MOST`."""
    from dateutil.rrule import rrulestr

    parts = rule_parts(rule)
    parts.pop("UNTIL", None)
    end = last
    if until is not None:
        end = min(last, datetime.combine(until.wall.date(), time.max) if until.kind == "day" else until.wall)
    begin = start
    if "COUNT" not in parts:
        begin = _forward(parts, start, first)
        parts["UNTIL"] = f"{end:%Y%m%dT%H%M%S}".rjust(15, "0")
    found: list[datetime] = []
    for wall in rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=begin):
        if wall > end or len(found) > MOST:
            break
        if wall >= first:
            found.append(wall)
    return found


def _forward(parts: dict[str, str], start: datetime, first: datetime) -> datetime:
    """A later start, in step with the rule, from which the same occurrences follow; only without COUNT."""
    freq, every = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    ahead = first - start
    if freq in _STEPS:
        step = _STEPS[freq] * every
        whole = int(ahead.total_seconds()) // step - 1
        return start + timedelta(seconds=whole * step) if whole > 0 else start
    if freq == "MONTHLY":
        if not any(name in parts for name in _DAYS):
            parts["BYMONTHDAY"] = str(start.day)  # what the rule means; a later start may be on another day
        months = (first.year - start.year) * 12 + first.month - start.month
        whole = (months // every - 1) * every
        if whole > 0:
            year, month = divmod(start.year * 12 + start.month - 1 + whole, 12)
            return start.replace(year=year, month=month + 1, day=1)
        return start
    years = ((first.year - start.year) // every - 1) * every
    leap = start.month == 2 and start.day == 29
    return start.replace(year=start.year + years) if freq == "YEARLY" and years > 0 and not leap else start
