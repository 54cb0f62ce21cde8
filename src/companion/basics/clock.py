"""Now, zones and days. Every instant inside the house is an aware datetime; every day is the programme's."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from companion.basics.errors import Problem

Clock = Callable[[], datetime]


def now() -> datetime:
    """The present instant in UTC."""
    return datetime.now(UTC)


def zone(name: str) -> ZoneInfo:
    """The IANA zone of that name; Problem `zone_unknown` otherwise."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Problem("zone_unknown", zone=name) from error


def day_of(instant: datetime, zone_name: str) -> date:
    """The calendar day of an instant in the programme's zone."""
    return instant.astimezone(zone(zone_name)).date()


def start_of(day: date, zone_name: str) -> datetime:
    """The first instant of a day in the programme's zone, in UTC."""
    return datetime.combine(day, time.min, zone(zone_name)).astimezone(UTC)


def read_day(text: str, what: str = "date") -> date:
    """A day written as 2026-11-21; Problem `date_wrong` otherwise."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Problem("date_wrong", what=what, value=text) from error


def working_days_after(day: date, count: int, free: Callable[[date], bool] = lambda _day: False) -> date:
    """The last day of `count` working days (Monday to Friday, none of them `free`) after `day`."""
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and not free(day):
            count -= 1
    return day


def machine_zone() -> str:
    """The IANA name of this machine's zone, UTC where it cannot be told."""
    from pathlib import Path

    link = Path("/etc/localtime")
    try:
        parts = link.resolve().parts
    except OSError:
        return "UTC"
    name = "/".join(parts[parts.index("zoneinfo") + 1 :]) if "zoneinfo" in parts else ""
    try:
        return ZoneInfo(name).key if name else "UTC"
    except (ZoneInfoNotFoundError, ValueError):
        return "UTC"
