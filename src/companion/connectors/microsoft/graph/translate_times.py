"""When a Graph event is, and which occurrence of its series, as the lines of iCalendar that tell it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from companion.basics.ids import day_in_uid
from companion.connectors.ics.zones import ZULU, Zone, named
from companion.connectors.microsoft.graph.translate_text import text_of

_YEARS = range(1602, 4500)  # 0001, 1601 and 4501 stand for "none"
_DAY = timedelta(days=1)


def of_whole_days(events: Sequence[Mapping[str, Any]]) -> bool | None:
    """Whether a series is one of whole days, as its unchanged occurrences tell; None where there is none of them."""
    plain = (event for event in events if text_of(event, "type") == "occurrence")
    told = next(plain, None)
    return None if told is None else told.get("isAllDay") is True


def time_lines(event: Mapping[str, Any], days: bool | None) -> Iterator[str]:
    """DTSTART, DTEND and RECURRENCE-ID; no DTSTART where the start cannot be read. `days` as `of_whole_days` says.

    Times come in UTC and are written on the wall of the zone the meeting was made in, where that is known and the
    way back leads to the same instant. All-day events are the days as written, whatever the zone.
    """
    zone = _zone(text_of(event, "originalStartTimeZone"))
    start, end = _moment(event.get("start")), _moment(event.get("end"))
    all_day = event.get("isAllDay") is True
    if start and all_day:
        first = start.date()
        last = end.date() if end else first + _DAY
        yield _date("DTSTART", first)
        yield _date("DTEND", max(last, first + _DAY))
    elif start:
        begin, finish = _instant(event.get("start"), start), end and _instant(event.get("end"), end)
        shown = zone if all(_is_exact(instant, zone) for instant in (begin, finish) if instant) else None
        yield _point("DTSTART", begin, shown)
        if finish:
            yield _point("DTEND", finish, shown)
    if start:
        yield from _slot(event, _instant(event.get("start"), start), zone, days)


def is_of_series(event: Mapping[str, Any]) -> bool:
    """Whether an event stands in a series of this mailbox."""
    return text_of(event, "type") in ("occurrence", "exception") or bool(text_of(event, "seriesMasterId"))


def _slot(event: Mapping[str, Any], start: datetime, zone: Zone | None, days: bool | None) -> Iterator[str]:
    """Which occurrence it is: by its original start, else by the day in its UID, else by its start."""
    all_day, kind = event.get("isAllDay") is True, text_of(event, "type")
    day = day_in_uid(text_of(event, "iCalUId"))
    if is_of_series(event):
        original = _told_at(text_of(event, "originalStart"))
        if all_day and kind == "occurrence":
            yield _date("RECURRENCE-ID", start.date())
        elif original is not None:
            yield _original(original, zone, all_day, days)
        else:
            yield _on(day or _local(start, zone).date(), start, zone, all_day)
    elif day:  # who is invited to one occurrence has it as an event of its own
        yield _on(day, start, zone, all_day)


def _original(original: datetime, zone: Zone | None, all_day: bool, days: bool | None) -> str:
    """The slot of a changed occurrence, in the terms of its series: a day where that is one of whole days."""
    local = _local(original, zone)
    midnight = time.min in (original.time(), local.time())
    if days if days is not None else all_day and (midnight or zone is None):
        if original.time() != time.min and local.time() != time.min and original.hour >= 12:
            return _date("RECURRENCE-ID", original.date() + _DAY)  # a midnight east of Greenwich
        return _date("RECURRENCE-ID", original.date() if original.time() == time.min else local.date())
    return _point("RECURRENCE-ID", original, None)


def _on(day: date, start: datetime, zone: Zone | None, all_day: bool) -> str:
    """The slot on a day of which no more is known than that: at the time of day the occurrence has now."""
    if all_day:
        return _date("RECURRENCE-ID", day)
    wall = datetime.combine(day, _local(start, zone).time())
    return _point("RECURRENCE-ID", wall.replace(tzinfo=zone.tz if zone else UTC).astimezone(UTC), None)


def _zone(told: str) -> Zone | None:
    """The zone an event was made in; None for UTC and for what has no name (tzone://Microsoft/Custom)."""
    found = named(told) if told else None
    return None if found is None or found is ZULU else found


def _moment(told: Any) -> datetime | None:
    """A `dateTimeTimeZone` on its own wall (or aware, where it tells an offset); None where it tells no time."""
    return _read(text_of(told, "dateTime"))


def _read(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text).replace(microsecond=0)
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def _instant(told: Any, moment: datetime) -> datetime:
    """The instant of a moment: in the zone that stands beside it, UTC as asked for where that has no known name."""
    if moment.tzinfo is None:
        zone = named(text_of(told, "timeZone") or "UTC")
        moment = moment.replace(tzinfo=zone.tz if zone else UTC)
    return moment.astimezone(UTC)


def _told_at(text: str) -> datetime | None:
    """A `DateTimeOffset` as an instant; without an offset it is UTC."""
    found = _read(text)
    return None if found is None else (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def _local(instant: datetime, zone: Zone | None) -> datetime:
    return instant.astimezone(zone.tz if zone else UTC).replace(tzinfo=None)


def _is_exact(instant: datetime, zone: Zone | None) -> bool:
    """Whether the wall time leads back to the instant: it does not in the hour that comes twice."""
    if zone is None:
        return True
    return _local(instant, zone).replace(tzinfo=zone.tz, fold=0).astimezone(UTC) == instant


def _point(name: str, instant: datetime, zone: Zone | None) -> str:
    if zone is None:
        return f"{name}:{instant:%Y%m%dT%H%M%SZ}"
    return f"{name};TZID={zone.name}:{_local(instant, zone):%Y%m%dT%H%M%S}"


def _date(name: str, day: date) -> str:
    return f"{name};VALUE=DATE:{day:%Y%m%d}"
