"""People, their calendars, and all that can happen in one; each change is remembered for delta."""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from servers.microsoft.entries import (
    Day,
    Entry,
    Person,
    Shown,
    day_of,
    id_of_day,
    new_uid,
    occurrence,
    series_of,
    shown,
    starts,
    uid_of_day,
)  # fmt: skip

Guests = Iterable[Person | Sequence[str]]


@dataclass
class Count:
    """Numbers one after the other, of which ids are made; the same in every run."""

    last: int = 0

    def next(self) -> int:
        """The next one."""
        self.last += 1
        return self.last


def id_of(number: int) -> str:
    """An immutable id. Each second one differs from the one before by its case alone (ids are case-sensitive)."""
    letters = "".join("ghijkmnpqr"[int(digit)] for digit in f"{number // 2:06d}")
    return f"AAkALgAA-{letters.upper() if number % 2 else letters}_A="


def join_url(number: int, tenant: str, organiser: str) -> str:
    """The address of an online meeting."""
    thread = hashlib.sha256(f"thread {number}".encode()).hexdigest()[:32]
    context = f"%7b%22Tid%22%3a%22{tenant}%22%2c%22Oid%22%3a%22{organiser}%22%7d"
    return f"https://teams.microsoft.com/l/meetup-join/19%3ameeting_{thread}%40thread.v2/0?context={context}"


@dataclass(frozen=True)
class Change:
    """One line of a calendar's history: an entry, and of a series the days it is about (None: all of it).

    `quiet`: delta says nothing of it. `gone`: ids that are no more.
    """

    entry_id: str
    days: tuple[date, ...] | None = None
    quiet: bool = False
    gone: tuple[str, ...] = ()


@dataclass
class Calendar:
    """One calendar of a mailbox."""

    owner: "User"
    name: str
    id: str
    default: bool = False
    delta: bool = True
    refusal: tuple[int, str] = (400, "ErrorInvalidRequest")  # to a delta where there is none
    calendar_owner: Person | None = None  # of somebody else's calendar that stands among one's own
    entries: dict[str, Entry] = field(default_factory=dict)
    history: list[Change] = field(default_factory=list)
    tells_deleted_days: bool = False  # real ones do not: microsoft-graph-docs/issues/2963

    def add(
        self, title: str, start: datetime | date, *, minutes: int = 60, guests: Guests = (), online: bool = False,
        organiser: Person | Sequence[str] | None = None, ical_uid: str = "", **more: Any,
    ) -> str:  # fmt: skip
        """Put an event in and return its immutable id. `more`: further fields of Entry."""
        number = self.owner.count.next()
        start, minutes = _times(start, minutes, more.get("all_day", False))
        by = _person(organiser) if organiser else self.owner.person
        if online:
            more["join"] = join_url(number, self.owner.tenant, self.owner.oid)
        invited = tuple(guest for guest in map(_person, guests) if guest.address != by.address)
        entry = Entry(id_of(number), title, start, minutes, by, invited, uid=ical_uid or new_uid(number), **more)
        return self._put(entry)

    def series(self, title: str, start: datetime | date, *, every: str = "weekly", count: int = 10, **more: Any) -> str:
        """Put a series in and return the id of its master."""
        return self.add(title, start, every=every, count=count, **more)

    def copy(self, entry_id: str, to: "Calendar", *, answer: str = "none", day: int | None = None) -> str:
        """The same meeting in an invited person's calendar; `day`: only that occurrence of a series, as a single."""
        entry = self.entries[entry_id]
        guests = tuple(replace(guest, answer="none") for guest in entry.guests)
        taken = replace(entry, id=id_of(self.owner.count.next()), guests=guests, answer=answer, edition=1)
        if day is not None:
            of = shown(entry)[day]
            assert of.original
            uid = uid_of_day(entry.uid, day_of(entry, of.original))
            taken = replace(taken, start=of.entry.start, minutes=of.entry.minutes, uid=uid)
            taken = replace(taken, every="", count=0, days={}, deleted=frozenset())
        return to._put(taken)

    def change(self, entry_id: str, **what: Any) -> None:
        """Change fields of an event or of a whole series."""
        self._put(replace(self.entries[entry_id], **what))

    def move(self, entry_id: str, start: datetime | date) -> None:
        """Move an event, or all of a series: the ids of its occurrences follow the date, what was changed is lost."""
        entry = self.entries[entry_id]
        when, minutes = _times(start, entry.minutes, entry.all_day)
        self._put(replace(entry, start=when, minutes=minutes, days={}, deleted=frozenset()))

    def reschedule(self, series_id: str, first_start: datetime | date) -> None:
        """Let a series begin at another time."""
        self.move(series_id, first_start)

    def cancel(self, entry_id: str) -> None:
        """The organiser called it off, and the guest has not taken it out yet."""
        entry = self.entries[entry_id]
        self._put(replace(entry, cancelled=True, title=f"Canceled: {entry.title}", show_as="free"))

    def delete(self, entry_id: str) -> None:
        """Take an event or a whole series out."""
        entry = self.entries.pop(entry_id)
        days = [one.id for one in shown(entry)] if entry.every else []
        self.history.append(Change(entry_id, gone=(entry_id, *days)))

    def change_occurrence(self, series_id: str, index: int, **what: Any) -> None:
        """Change one occurrence: `start`, `minutes`, `title`, `cancelled`, `guests`, `location`."""
        entry = self.entries[series_id]
        day = day_of(entry, starts(entry)[index])
        changed = replace(entry.days.get(day, Day()), **what)
        self._put(replace(entry, days={**entry.days, day: changed}), (day,))

    def move_occurrence(self, series_id: str, index: int, start: datetime) -> None:
        """Move one occurrence."""
        self.change_occurrence(series_id, index, start=start.astimezone(UTC))

    def cancel_occurrence(self, series_id: str, index: int) -> None:
        """The organiser called one occurrence off, and the guest has not taken it out yet."""
        title = f"Canceled: {self.entries[series_id].title}"
        self.change_occurrence(series_id, index, cancelled=True, title=title)

    def delete_occurrence(self, series_id: str, index: int) -> None:
        """Take one occurrence out, of which delta says nothing."""
        entry = self.entries[series_id]
        day = day_of(entry, starts(entry)[index])
        self.entries[series_id] = replace(entry, deleted=entry.deleted | {day}, edition=entry.edition + 1)
        gone = (id_of_day(series_id, day),)
        self.history.append(Change(series_id, (), not self.tells_deleted_days, gone))

    def split(self, series_id: str, index: int, **what: Any) -> str:
        """ "This and following": the series ends before, and a new one with an id of its own goes on. Its id."""
        entry = self.entries[series_id]
        number = self.owner.count.next()
        rest = {"start": starts(entry)[index], "count": entry.count - index, "days": {}, "deleted": frozenset[date]()}
        self._put(replace(entry, count=index))
        return self._put(replace(entry, id=id_of(number), uid=new_uid(number), edition=1, **{**rest, **what}))

    def view(self, first: datetime, last: datetime) -> list[Shown]:
        """What lies in a window, in order of time: the truth."""
        found = [one for entry in self.entries.values() for one in shown(entry) if one.within(first, last)]
        return sorted(found, key=lambda one: (one.entry.start, one.id))

    def find(self, event_id: str) -> Shown | None:
        """An event, a master or an occurrence by its immutable id."""
        if event_id in self.entries:
            return Shown(self.entries[event_id])
        entry = self.entries.get(series_of(event_id))
        if entry is None:
            return None
        for start in starts(entry):
            day = day_of(entry, start)
            if id_of_day(entry.id, day) == event_id:
                return None if day in entry.deleted else occurrence(entry, start)
        return None

    def _put(self, entry: Entry, days: tuple[date, ...] | None = None) -> str:
        self.entries[entry.id] = replace(entry, edition=entry.edition + 1)
        self.history.append(Change(entry.id, days))
        return entry.id


@dataclass
class User:
    """Somebody of the firm, with or without a mailbox."""

    address: str
    name: str
    tenant: str
    count: Count
    mailbox: bool = True
    zone: str = "W. Europe Standard Time"
    calendars: list[Calendar] = field(default_factory=list)
    shared_with: set[str] = field(default_factory=set)  # addresses
    consents: set[str] = field(default_factory=set)
    away: list[tuple[datetime, datetime]] = field(default_factory=list)

    @property
    def oid(self) -> str:
        """The object id in the directory."""
        return str(uuid.uuid5(uuid.NAMESPACE_DNS, self.address))

    @property
    def id(self) -> str:
        """The home account id."""
        return f"{self.oid}.{self.tenant}"

    @property
    def person(self) -> Person:
        """As they stand in a list of guests."""
        return Person(self.address, self.name)

    @property
    def calendar(self) -> Calendar:
        """The default calendar."""
        return self.calendars[0]

    def add_calendar(self, name: str, *, delta: bool = False, of: Person | Sequence[str] | None = None) -> Calendar:
        """One more calendar; `of` somebody else who shared it. The first is the default one."""
        first = not self.calendars
        whose = _person(of) if of else None
        made = Calendar(self, name, f"AAkACAL-{self.count.next():04d}_B=", first, first or delta, calendar_owner=whose)
        self.calendars.append(made)
        return made


def _person(told: Person | Sequence[str]) -> Person:
    return told if isinstance(told, Person) else Person(*told)


def _times(start: datetime | date, minutes: int, all_day: bool) -> tuple[datetime, int]:
    if not isinstance(start, datetime):
        start = datetime.combine(start, time(), UTC)
    if all_day:
        return datetime.combine(start.date(), time(), UTC), max(1, round(minutes / 1440)) * 1440
    return start.astimezone(UTC), minutes
