"""Points in time as an entry writes them: a day, UTC, a zone's wall clock, or floating."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from companion.connectors.ics.lines import Line
from companion.connectors.ics.zones import ZULU, Zone, Zones

Kind = Literal["day", "zoned", "floating"]
_DURATION = re.compile(r"([-+]?)P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?")
_LONGEST = timedelta(days=3000)  # nearer the ends of time arithmetic fails
_USUAL = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?")


@dataclass(frozen=True, slots=True)
class Length:
    """How long something takes: days of the calendar, whatever their hours, and exact time after them (3.8.2.5)."""

    days: timedelta
    exact: timedelta

    @property
    def whole(self) -> timedelta:
        """Both together, as if every day had 24 hours."""
        return self.days + self.exact


@dataclass(frozen=True, slots=True)
class Moment:
    """A naive wall time (midnight for a day) and the zone it is read in."""

    wall: datetime
    kind: Kind
    zone: Zone

    def instant(self) -> datetime:
        """The aware UTC instant: an hour that does not exist moves forward, one that comes twice is the first.

        Unless the wall time says by its `fold` that the second is meant, as one that came from an instant may.
        """
        if self.kind == "day":
            return self.wall.replace(tzinfo=UTC)
        return self.wall.replace(tzinfo=self.zone.tz).astimezone(UTC)

    def at(self, wall: datetime) -> "Moment":
        """The same kind of moment at another wall time."""
        return Moment(wall, self.kind, self.zone)

    def key(self) -> str:
        """The recurrence key of an occurrence that begins here; see `calendars.model.Event.rec_key`."""
        if self.kind == "day":
            return f"D:{self.wall:%Y%m%d}"
        if self.kind == "floating":
            return f"F:{self.wall:%Y%m%dT%H%M%S}"
        return f"U:{int(self.instant().timestamp())}"

    def like(self, other: "Moment") -> "Moment":
        """This moment in the terms of a series' start: exporters mix days, zones and floating times in one series."""
        if other.kind == "day":
            return other.at(datetime.combine(self.day(other), time.min))
        if self.kind == "day":
            return other.at(datetime.combine(self.wall.date(), other.wall.time()))
        if self.kind == "floating":
            return other.at(self.wall)
        return other.at(self.instant().astimezone(other.zone.tz).replace(tzinfo=None))

    def day(self, other: "Moment") -> date:
        """The day meant: as written, except for a UTC instant that is a midnight somewhere.

        Exchange tells the days of an all-day series by their local midnights, in UTC: of the calendar's zone where
        that fits, else of the zone of whoever made it. East of Greenwich the day began on the evening before.
        """
        if self.kind != "zoned" or self.zone is not ZULU or self.wall.time() == time.min:
            return self.wall.date()
        local = self.instant().astimezone(other.zone.tz)
        if local.time() == time.min:
            return local.date()
        evening = self.wall.hour >= 12 and self.wall.minute in (0, 15, 30, 45) and self.wall.second == 0
        return self.wall.date() + timedelta(days=1) if evening else self.wall.date()


def read_moment(line: Line, text: str, zones: Zones) -> Moment:
    """The moment one value of a property tells; ValueError where it tells none."""
    told = _told(text.strip().upper())
    if isinstance(told, datetime):
        if told.tzinfo is not None:
            return Moment(told.replace(tzinfo=None), "zoned", ZULU)
        tzid = line.params.get("TZID", "")
        if tzid:
            return Moment(told, "zoned", zones.of(tzid))
        return Moment(told, "floating", zones.floating)
    if isinstance(told, date):
        return Moment(datetime.combine(told, time.min), "day", zones.floating)
    raise ValueError("no moment")


def _told(text: str) -> object:
    """A date or a datetime, in UTC or naive. What is not written in the usual way is left to the library."""
    usual = _USUAL.fullmatch(text)
    if usual:
        numbers = [int(part) for part in usual.groups()[:6] if part]
        if len(numbers) == 3:
            return date(*numbers)
        numbers[5] = 59 if numbers[5] == 60 else numbers[5]  # a leap second is read as the one before it (3.3.12)
        return datetime(*numbers, tzinfo=UTC if usual[7] else None)  # type: ignore[misc,arg-type]
    from icalendar.prop import vDDDTypes  # a twentieth of a second to import: most calendars never need it

    told: object = vDDDTypes.from_ical(text)  # type: ignore[no-untyped-call]
    return told[0] if isinstance(told, tuple) else told  # a PERIOD begins with its moment


def read_moments(lines: list[Line], zones: Zones) -> list[Moment]:
    """Every moment of EXDATE lines, or of RDATE lines without their lengths."""
    return [read_moment(line, text, zones) for line, text in _values(lines)]


def read_periods(lines: list[Line], zones: Zones) -> list[tuple[Moment, Length]]:
    """The moments of RDATE lines that come with a length of their own: `start/end` or `start/duration`."""
    found: list[tuple[Moment, Length]] = []
    for line, text in _values(lines):
        begin, slash, end = text.partition("/")
        if not slash:
            continue
        start = read_moment(line, begin, zones)
        if end.strip()[:1] in ("P", "p", "+", "-"):
            found.append((start, read_length(end)))
        else:
            found.append((start, length_between(start, read_moment(line, end, zones))))
    return found


def _values(lines: list[Line]) -> list[tuple[Line, str]]:
    return [(line, text) for line in lines for text in line.value.split(",") if text.strip()]


def length_between(start: Moment, end: Moment) -> Length:
    """From one moment to another: in days where the first is a day, else exact."""
    if start.kind == "day":
        return bounded(timedelta(days=(end.wall.date() - start.wall.date()).days), timedelta(0))
    return bounded(timedelta(0), end.instant() - start.instant())


def bounded(days: timedelta, exact: timedelta) -> Length:
    """A length that is neither negative nor so long that time arithmetic fails."""
    none = timedelta(0)
    days = min(max(days, none), _LONGEST)
    return Length(days, min(max(exact, none), _LONGEST - days))


def read_length(text: str) -> Length:
    """A DURATION: its weeks and days are days of the calendar, the rest is exact; ValueError where it is none."""
    told = _DURATION.fullmatch(text.strip().upper())
    if told is None or told[0].endswith(("P", "T")):
        raise ValueError("no duration")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in told.groups()[1:])
    if told[1] == "-":
        return bounded(timedelta(0), timedelta(0))
    return bounded(timedelta(days=weeks * 7 + days), timedelta(hours=hours, minutes=minutes, seconds=seconds))
