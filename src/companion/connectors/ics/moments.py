"""Points in time as an entry writes them: a day, UTC, a zone's wall clock, or floating."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from companion.connectors.ics.lines import Line
from companion.connectors.ics.zones import ZULU, Zone, Zones

Kind = Literal["day", "zoned", "floating"]
_USUAL = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?")


@dataclass(frozen=True, slots=True)
class Moment:
    """A naive wall time (midnight for a day) and the zone it is read in."""

    wall: datetime
    kind: Kind
    zone: Zone

    def instant(self) -> datetime:
        """The aware UTC instant: an hour that does not exist moves forward, one that comes twice is the first."""
        if self.kind == "day":
            return self.wall.replace(tzinfo=UTC)
        return self.wall.replace(tzinfo=self.zone.tz, fold=0).astimezone(UTC)

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
        return other.at(self.instant().astimezone(other.zone.tz).replace(tzinfo=None, fold=0))

    def day(self, other: "Moment") -> date:
        """The day meant: as written, except for a UTC instant that is not midnight (a local midnight in UTC)."""
        if self.kind == "zoned" and self.zone is ZULU and self.wall.time() != time.min:
            return self.instant().astimezone(other.zone.tz).date()
        return self.wall.date()


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
        return datetime(*numbers, tzinfo=UTC if usual[7] else None)  # type: ignore[misc,arg-type]
    from icalendar.prop import vDDDTypes  # a twentieth of a second to import: most calendars never need it

    told: object = vDDDTypes.from_ical(text)  # type: ignore[no-untyped-call]
    return told[0] if isinstance(told, tuple) else told  # a PERIOD begins with its moment


def read_moments(lines: list[Line], zones: Zones) -> list[Moment]:
    """Every moment of RDATE or EXDATE lines."""
    return [read_moment(line, text, zones) for line in lines for text in line.value.split(",") if text.strip()]


def read_length(text: str) -> timedelta:
    """A DURATION; ValueError where it is none, never negative."""
    from icalendar.prop import vDuration

    length: timedelta = vDuration.from_ical(text.strip().upper())  # type: ignore[no-untyped-call]
    return max(length, timedelta(0))
