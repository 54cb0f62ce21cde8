"""The weekly slot: a weekday and a time by the clock on the wall of the programme's zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from companion.basics.clock import day_of, zone
from companion.basics.errors import Problem

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Slot:
    """One week's slot. `week`: "2026-W47", by which a week's mail is written once."""

    at: datetime
    day: date
    week: str


def read_slot(text: str) -> tuple[int, time]:
    """A weekday (0 for Monday) and a time, from "mon 09:00"; Problem `digest_slot_wrong`."""
    day, _, hour = text.strip().lower().partition(" ")
    try:
        return DAYS.index(day[:3]), time.fromisoformat(hour.strip().zfill(5))
    except ValueError as error:
        raise Problem("digest_slot_wrong", value=text) from error


def last_slot(slot: str, zone_name: str, now: datetime) -> datetime:
    """The latest moment of that slot that is not in the future, by the clock on the wall of that zone."""
    weekday, at = read_slot(slot)
    here = zone(zone_name)
    day = now.astimezone(here).date()
    day -= timedelta(days=(day.weekday() - weekday) % 7)
    moment = datetime.combine(day, at, here).astimezone(UTC)
    if moment > now:
        moment = datetime.combine(day - WEEK, at, here).astimezone(UTC)
    return moment


def next_slot(slot: str, zone_name: str, now: datetime) -> datetime:
    """The first moment of that slot after now."""
    weekday, at = read_slot(slot)
    here = zone(zone_name)
    day = last_slot(slot, zone_name, now).astimezone(here).date()
    day += timedelta(days=(weekday - day.weekday()) % 7) + WEEK
    return datetime.combine(day, at, here).astimezone(UTC)


def slot_at(moment: datetime, zone_name: str) -> Slot:
    """The slot of that moment, with its week."""
    day = day_of(moment, zone_name)
    return Slot(moment, day, "{}-W{:02}".format(*day.isocalendar()[:2]))
