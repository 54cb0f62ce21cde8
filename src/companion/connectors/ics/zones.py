"""Time zones as calendars name them: IANA, with a vendor's prefix, Windows', or told by the calendar itself."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import available_timezones

from companion.basics.clock import zone as iana
from companion.basics.errors import Problem

_UTC = frozenset({"utc", "z", "gmt", "etc/utc", "etc/gmt", "tzone://microsoft/utc", "coordinated universal time"})


_WILD = re.compile(rb"FREQ=(?!YEARLY)|BY(?:HOUR|MINUTE|SECOND|SETPOS|YEARDAY|WEEKNO)", re.IGNORECASE)


@dataclass(frozen=True)
class Zone:
    """A zone to read wall clocks in: its IANA name, and whether that is certain."""

    name: str
    tz: tzinfo
    sure: bool = True


ZULU = Zone("UTC", UTC)


def named(tzid: str) -> Zone | None:
    """The zone of a TZID that is known by name, whatever its vendor's prefix or number; None otherwise."""
    text = tzid.strip().strip('"').strip()
    if text.lower() in _UTC:
        return ZULU
    return _named(text)


@cache
def _named(text: str) -> Zone | None:
    parts = [part for part in text.split("/") if part]
    for at in range(len(parts)):  # /freeassociation.sourceforge.net/Tzfile/Europe/Berlin
        found = _iana("/".join(parts[at:]))
        if found:
            return found
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    windows = WINDOWS_TO_OLSON.get(text) or WINDOWS_TO_OLSON.get(re.sub(r"[ _]?\d+$", "", text))
    return _iana(windows) if windows else None


def _iana(name: str) -> Zone | None:
    try:
        known = iana(name)
    except Problem:
        proper = _lower_names().get(name.lower())
        return Zone(proper, iana(proper)) if proper else None
    return Zone(known.key, known)


@cache
def _lower_names() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


@dataclass
class Zones:
    """The zones of one calendar: known names first, then its own definitions, then the programme's, not sure."""

    default: Zone
    floating: Zone
    blocks: dict[str, bytes] = field(default_factory=dict)  # TZID -> its VTIMEZONE, unfolded
    _seen: dict[str, Zone] = field(default_factory=dict)

    def of(self, tzid: str) -> Zone:
        """The zone of a TZID, never failing: `sure` is False where it had to be guessed."""
        found = self._seen.get(tzid)
        if found is None:
            found = named(tzid) or self._told(tzid) or Zone(self.default.name, self.default.tz, sure=False)
            self._seen[tzid] = found
        return found

    def _told(self, tzid: str) -> Zone | None:
        block = self.blocks.get(tzid)
        if block is None:
            return None
        location = re.search(rb"^X-LIC-LOCATION:(.+)$", block, re.MULTILINE | re.IGNORECASE)
        known = named(location[1].decode("utf-8", "replace")) if location else None
        return known or _built(block, self.default)


def _built(block: bytes, default: Zone) -> Zone | None:
    from icalendar import Timezone

    if len(block) > 65536 or block.count(b"\nBEGIN:") > 60 or _WILD.search(block):
        return None
    try:
        told = Timezone.from_ical(block)
        tz = told.to_tz(lookup_tzid=False) if isinstance(told, Timezone) else None
        if tz is None or datetime(2026, 1, 1, tzinfo=tz).utcoffset() is None:
            return None
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, AssertionError):
        return None
    return Zone(_nearest(tz, default), tz)


def _nearest(tz: tzinfo, default: Zone) -> str:
    """An IANA name that keeps the same time: the programme's, else a whole-hour zone, else UTC."""
    days = [datetime(2026, month, 1, 12, tzinfo=UTC) for month in (1, 4, 7, 10)]
    offsets = [day.replace(tzinfo=tz).utcoffset() or timedelta(0) for day in days]
    if offsets == [day.replace(tzinfo=default.tz).utcoffset() for day in days]:
        return default.name
    hours, rest = divmod(int(offsets[0].total_seconds()), 3600)
    if rest or not -12 <= hours <= 14 or len(set(offsets)) > 1:
        return default.name
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"
