"""When a series takes place: slots on the wall clock within a window, bounded however wild the rule."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from companion.calendars.model import Window
from companion.connectors.ics.moments import Length, Moment
from companion.connectors.ics.zones import ZULU

MOST = 2000  # occurrences of one series in the window
_SLACK = timedelta(days=2)  # zones are at most a day away from the programme's
_KNOWN = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYSETPOS", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"}
    | {"BYDAY", "BYHOUR", "BYMINUTE", "BYSECOND"}
)
_EARLIEST = datetime(2, 1, 1)  # noqa: DTZ001 - walls are naive; nearer the ends of time arithmetic fails
_LATEST = datetime(9998, 1, 1)  # noqa: DTZ001
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAYS = ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")
_STEPS = {"DAILY": 86400, "WEEKLY": 604800, "HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}


class TooMany(Exception):  # noqa: N818 - the finding, not a fault of ours
    """A series with more occurrences in the window than any meeting has."""


@dataclass(frozen=True)
class Rule:
    """An RRULE (or EXRULE) and its UNTIL in the terms of the start; a day means all of that day."""

    text: str
    until: Moment | None = None


@dataclass(frozen=True)
class Series:
    """What an entry says about when: its start, how long, its rules, dates added and dates taken out."""

    start: Moment
    length: Length
    rules: tuple[Rule, ...] = ()
    added: tuple[Moment, ...] = ()
    taken: tuple[Moment, ...] = ()
    without: tuple[Rule, ...] = ()  # EXRULE: gone from the standard, not from calendars
    own: dict[str, Length] = field(default_factory=dict)  # of dates added as periods, by their key
    unread: bool = False  # a date added or taken out could not be read

    @property
    def repeats(self) -> bool:
        """Whether this is a series at all."""
        return bool(self.rules or self.added)

    def span(self, slot: Moment) -> tuple[datetime, datetime]:
        """Begin and end, aware UTC, of the occurrence at `slot`; never negative.

        Days are counted on the wall, hours exactly (RFC 5545, 3.8.5.3): one hour stays one in the night of a change.
        """
        length = self.own.get(slot.key(), self.length) if self.own else self.length
        start = slot.instant()
        whole = slot.at(slot.wall + length.days).instant() if length.days else start
        return start, max(whole + length.exact, start)


def slots(series: Series, window: Window) -> dict[str, Moment]:
    """The slots that may touch the window by their keys, in order, dates taken out left out.

    Two readings of one instant, as in a night in which clocks change, are one slot.
    Raises TooMany above 2,000, ValueError for a rule that cannot be read. The caller bounds the time.
    """
    longest = max((length.whole for length in series.own.values()), default=series.length.whole)
    first, last = edges(window, max(longest, series.length.whole))
    start = series.start
    if not series.repeats:
        return {start.key(): start} if first <= start.wall <= last else {}
    walls = {start.wall} if first <= start.wall <= last else set()
    for rule in series.rules:
        walls.update(_walls(rule, start.wall, first, last))
        if len(walls) > MOST:
            raise TooMany
    walls.update(wall for wall in (moment.like(start).wall for moment in series.added) if first <= wall <= last)
    for rule in series.without:
        walls.difference_update(_walls(rule, start.wall, first, last))
    if len(walls) > MOST:
        raise TooMany
    left: dict[str, Moment] = {}
    for slot in map(start.at, sorted(walls)):
        left.setdefault(slot.key(), slot)
    return _without_taken(left, series) if series.taken else left


def _without_taken(left: dict[str, Moment], series: Series) -> dict[str, Moment]:
    """The slots without dates taken out. A day takes all of its slots.

    Exchange has written hours of a zone as if they were UTC, and of UTC as if they were the zone's: what hits no
    slot as it is written is tried so, in series of no more than one slot a day or so.
    """
    start, days = series.start, set()
    sparse = all(rule_parts(rule.text)["FREQ"] in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY") for rule in series.rules)
    for moment in series.taken:
        if moment.kind == "day":
            days.add(moment.wall.date())
        elif left.pop(moment.like(start).key(), None) is None and sparse and start.kind == "zoned":
            as_wall, as_utc = start.at(moment.wall), Moment(moment.wall, "zoned", ZULU).like(start)
            left.pop(as_wall.key() if as_wall.key() in left else as_utc.key(), None)
    return {key: slot for key, slot in left.items() if slot.wall.date() not in days} if days else left


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
    if not re.fullmatch(r"0*[1-9]\d{0,8}", parts.get("COUNT", "1")):
        raise ValueError("count")
    return parts


def _walls(rule: Rule, start: datetime, first: datetime, last: datetime) -> list[datetime]:
    """Wall times of one rule between first and last; at most one more than `MOST`."""
    from dateutil.rrule import rrulestr

    parts = rule_parts(rule.text)
    parts.pop("UNTIL", None)
    if "BYWEEKNO" in parts and not any(name in parts for name in ("BYDAY", "BYMONTHDAY", "BYYEARDAY")):
        parts["BYDAY"] = _WEEKDAYS[start.weekday()]  # what a rule does not tell its start does (3.3.10)
    until, end = rule.until, last
    if until is not None:
        end = min(last, datetime.combine(until.wall.date(), time.max) if until.kind == "day" else until.wall)
    if _never(parts, start):
        return []
    begin = start
    if parts["FREQ"] == "WEEKLY" and "BYSETPOS" in parts:
        parts.setdefault("BYDAY", _WEEKDAYS[start.weekday()])
        begin -= timedelta((start.weekday() - _WEEKDAYS.index(parts.get("WKST", "MO"))) % 7)  # a set is of all its week
    if "COUNT" not in parts:
        begin = _forward(parts, begin, first)
    found: list[datetime] = []
    told = _written({name: value for name, value in parts.items() if name != "COUNT" or begin == start})
    for wall in _counted((wall for wall in rrulestr(told, dtstart=begin) if wall >= start), parts, start):
        if wall > end or len(found) > MOST:
            break
        if wall >= first:
            found.append(wall)
    return found


def _written(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _never(parts: dict[str, str], start: datetime) -> bool:
    """Whether no day there is fits a rule, such as 30 February: it is tried in the last forty years of time.

    These have every kind of year (leap or not, by the weekday it begins with), and then the search ends by itself.
    """
    from dateutil.rrule import rrulestr

    tried = {name: parts[name] for name in (*_DAYS, "BYMONTH", "BYSETPOS", "WKST") if name in parts}
    often = parts["FREQ"] not in ("YEARLY", "MONTHLY", "WEEKLY")
    if often:
        tried.pop("BYSETPOS", None)
    if not any(name in tried for name in _DAYS):
        if often or parts["FREQ"] == "WEEKLY" or "BYMONTH" not in tried:
            return False
        tried["BYMONTHDAY"] = str(start.day)
    tried["FREQ"] = "YEARLY" if often else parts["FREQ"]
    return next(iter(rrulestr(_written(tried), dtstart=datetime(9960, 1, 1))), None) is None  # noqa: DTZ001


def _counted(walls: Iterable[datetime], parts: dict[str, str], start: datetime) -> Iterator[datetime]:
    """The wall times of a rule; the start is the first that COUNT counts, even where the rule misses it (3.8.5.3)."""
    if "COUNT" not in parts:
        yield from walls
        return
    left = int(parts["COUNT"])
    for wall in walls:
        if left == int(parts["COUNT"]) and wall != start:
            left -= 1
        if left <= 0:
            return
        left -= 1
        yield wall


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
