"""What a mailbox holds: entries of a calendar, single or in series, and what became of single days of a series."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

ZONES = {
    "W. Europe Standard Time": "Europe/Berlin",
    "GMT Standard Time": "Europe/London",
    "Eastern Standard Time": "America/New_York",
    "Tokyo Standard Time": "Asia/Tokyo",
    "tzone://Microsoft/Utc": "UTC",
    "tzone://Microsoft/Custom": "Europe/Berlin",
    "Customized Time Zone": "Europe/Berlin",
}
DAY = "FRAAgI"  # between the series and the rest in the id of an occurrence
OBJECT = "040000008200E00074C5B7101A82E008"  # how every GlobalObjectId begins (MS-OXCICAL 2.1.3.1.1.20.26)


@dataclass(frozen=True)
class Person:
    """An address, a name and, of a guest, the answer and what kind of thing it is."""

    address: str
    name: str = ""
    answer: str = "none"  # none, accepted, tentativelyAccepted, declined, notResponded
    kind: str = "required"  # required, optional, resource


@dataclass(frozen=True)
class Day:
    """What differs in one occurrence of a series; None means: as the series."""

    start: datetime | None = None
    minutes: int | None = None
    title: str | None = None
    cancelled: bool | None = None
    guests: tuple[Person, ...] | None = None
    location: str | None = None


@dataclass(frozen=True)
class Entry:
    """A single event or the master of a series. Times are aware UTC; all-day ones are midnight UTC of their day."""

    id: str  # the immutable one
    title: str
    start: datetime
    minutes: int
    organiser: Person
    guests: tuple[Person, ...] = ()
    zone: str = "W. Europe Standard Time"
    all_day: bool = False
    sensitivity: str = "normal"
    show_as: str = "busy"
    uid: str = ""  # GlobalObjectId, the date in it zero
    join: str = ""
    location: str = ""
    answer: str = ""  # the owner's own where it is not in the list of guests
    cancelled: bool = False
    every: str = ""  # "", daily, weekly, monthly
    interval: int = 1
    count: int = 0
    days: dict[date, Day] = field(default_factory=dict)
    deleted: frozenset[date] = frozenset()
    edition: int = 1


@dataclass(frozen=True)
class Shown:
    """One event as a view shows it: a single one, a master, or an occurrence with its original start."""

    entry: Entry
    original: datetime | None = None
    exception: bool = False

    @property
    def id(self) -> str:
        """The immutable id; that of an occurrence is made of the series and the date, which nobody can read in it."""
        return id_of_day(self.entry.id, day_of(self.entry, self.original)) if self.original else self.entry.id

    @property
    def kind(self) -> str:
        """The `type` of an event."""
        if self.original:
            return "exception" if self.exception else "occurrence"
        return "seriesMaster" if self.entry.every else "singleInstance"

    @property
    def end(self) -> datetime:
        """When it ends."""
        return self.entry.start + timedelta(minutes=self.entry.minutes)

    def within(self, first: datetime, last: datetime) -> bool:
        """Whether it touches a window."""
        return self.entry.start < last and self.end > first


def zone_of(name: str) -> ZoneInfo:
    """The zone behind a Windows or IANA name."""
    return ZoneInfo(ZONES.get(name, name))


def day_of(entry: Entry, start: datetime) -> date:
    """The day of an occurrence in the zone of its series."""
    return start.date() if entry.all_day else start.astimezone(zone_of(entry.zone)).date()


def starts(entry: Entry) -> list[datetime]:
    """When a series' occurrences were meant to start, all of them, UTC; the wall clock of its zone keeps the hour."""
    zone = UTC if entry.all_day else zone_of(entry.zone)
    wall = entry.start.astimezone(zone).replace(tzinfo=None)
    return [_later(entry, wall, n).replace(tzinfo=zone).astimezone(UTC) for n in range(entry.count)]


def _later(entry: Entry, wall: datetime, n: int) -> datetime:
    steps = n * entry.interval
    if entry.every == "monthly":
        year, month = divmod(wall.month - 1 + steps, 12)
        return wall.replace(year=wall.year + year, month=month + 1)
    return wall + timedelta(days=steps * (7 if entry.every == "weekly" else 1))


def shown(entry: Entry) -> list[Shown]:
    """What a view shows of an entry: itself, or each occurrence of its series that was not deleted."""
    if not entry.every:
        return [Shown(entry)]
    return [occurrence(entry, start) for start in starts(entry) if day_of(entry, start) not in entry.deleted]


def occurrence(entry: Entry, start: datetime) -> Shown:
    """One occurrence by its original start, as it is now."""
    day = entry.days.get(day_of(entry, start))
    told = {name: value for name, value in vars(day or Day()).items() if value is not None}
    return Shown(replace(entry, **{"start": start, **told}), start, day is not None)


def new_uid(number: int) -> str:
    """A GlobalObjectId that nobody else has; the same for the same number."""
    tail = hashlib.sha256(f"meeting {number}".encode()).hexdigest()[:32].upper()
    return f"{OBJECT}00000000807F6D1B2C3ADA01000000000000000010000000{tail}"


@cache
def id_of_day(series_id: str, day: date) -> str:
    """The id of the occurrence that was meant for a day."""
    return f"{series_id[:-1]}{DAY}{hashlib.sha256(f'{series_id} {day}'.encode()).hexdigest()[:12]}="


def series_of(occurrence_id: str) -> str:
    """The id of the series of an occurrence, "" for what is none."""
    series, mark, _ = occurrence_id.rpartition(DAY)
    return f"{series}=" if mark else ""


def uid_of_day(uid: str, day: date) -> str:
    """The GlobalObjectId of one occurrence: the series' with the date in it."""
    if not uid.startswith(OBJECT):
        return uid
    return f"{uid[:32]}{day.year:04X}{day.month:02X}{day.day:02X}{uid[40:]}"
