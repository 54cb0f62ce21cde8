"""What a calendar holds in some days, as the members it is made of: calendarView is the truth."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Blob, Known
from companion.connectors.microsoft.graph.calendars import GraphCalendar, path_of
from companion.connectors.microsoft.graph.line import GraphError, GraphLine
from companion.connectors.microsoft.graph.translate import SELECT, member, version
from companion.connectors.microsoft.graph.walk import LoopError
from companion.connectors.microsoft.graph.window import Span, day_of, days, month_of

PAGE = 1000
PREFER = ('IdType="ImmutableId"', 'outlook.timezone="UTC"')
_TOO_MUCH = frozenset({502, 504})  # of a gateway: fewer days may be had
_LOST = frozenset({400, 404, 410})  # in the middle of pages: their thread was lost
_Events = dict[str, Mapping[str, Any]]


def prefer_pages(size: int) -> str:
    """The preference for pages of a size."""
    return f"odata.maxpagesize={size}"


@dataclass(frozen=True)
class Member:
    """A single event, or the occurrences of one series in one month."""

    key: str
    month: str
    blob: Blob

    @property
    def version(self) -> str:
        """Changes with what the app would read."""
        return self.blob.version


@dataclass
class Taken:
    """Members as they are now, by key. `nameless`: items that are no events and may hide some."""

    members: dict[str, Member] = field(default_factory=dict)
    nameless: int = 0


@dataclass
class _Read:
    """The events that one question was answered with, by their ids."""

    events: _Events = field(default_factory=dict)
    nameless: int = 0
    pages: int = 0

    def __or__(self, other: "_Read") -> "_Read":
        return _Read(self.events | other.events, self.nameless + other.nameless, self.pages + other.pages)


@dataclass(frozen=True)
class Truth:
    """One calendar, read by days or by series. Members are made of all that came of them, whatever asked for it."""

    line: GraphLine
    calendar: GraphCalendar
    span: Span
    scopes: tuple[str, ...]
    owner: str  # address of whose calendar it is
    read: dict[tuple[date, date], _Events] = field(default_factory=dict)  # days that singles were looked for in

    def key(self, month: str, name: str) -> str:
        """The key of the member that an event or a series has in a month."""
        return f"{self.calendar.id}/{month}/{name}"

    def known_months(self, name: str, known: Known) -> list[str]:
        """The months in which an event or a series is known."""
        return [month for month in self.span.months() if known(self.key(month, name))]

    def slice(self, span: Span, known: Known, ticket: Ticket) -> Taken:
        """The members of some months."""
        read = self._between(span.first, span.last, ticket)
        taken = self._members(read.events.values(), set(span.months()), known)
        taken.nameless = read.nameless
        return taken

    def series(self, master: str, known: Known, ticket: Ticket) -> Taken | None:
        """The members of one series in all months; None where there is no such series."""
        path = f"{self.line.mailbox}/events/{quote(master, safe='')}/instances"
        try:
            found = self._read(path, self.span.params(), ticket).events
        except GraphError as error:
            if error.status in (400, 403, 404):
                return None
            raise
        mine = [event for event in found.values() if event.get("seriesMasterId") in (master, None)]
        return self._members([{**e, "seriesMasterId": master} for e in mine], set(self.span.months()), known)

    def single(self, name: str, told: Mapping[str, Any], known: Known, ticket: Ticket) -> Taken | None:
        """The member of a single event, looked for in the days it is told to lie in; None where it is not there."""
        first, last = day_of(told.get("start")), day_of(told.get("end"))
        if first is None or last is None:
            return None
        where = (first, max(first, last) + timedelta(days=1))
        if where not in self.read:
            self.read[where] = self._between(*where, ticket).events
        event = self.read[where].get(name)
        return self._members([event], set(self.span.months()), known) if event else None

    def event(self, name: str, ticket: Ticket) -> Mapping[str, Any] | None:
        """What an id stands for now; None where there is nothing."""
        path = f"{self.line.mailbox}/events/{quote(name, safe='')}"
        params = {"$select": "id,type,seriesMasterId,start,end"}
        try:
            return self.line.get(
                path, ticket, scopes=self.scopes, params=params, prefer=PREFER, account_fine=(403, 404)
            )
        except GraphError as error:
            if error.status in (404, 410):
                return None
            raise

    def _between(self, first: date, last: date, ticket: Ticket) -> _Read:
        """The events between two days; in two halves where all at once is too much for the server or for us."""
        path = f"{path_of(self.calendar, self.line.mailbox)}/calendarView"
        try:
            return self._read(path, days(first, last), ticket)
        except Problem as error:
            gateway = isinstance(error, GraphError) and error.status in _TOO_MUCH
            if not (gateway or error.code == "answer_too_big") or last - first <= timedelta(days=1):
                raise
        middle = first + (last - first) // 2
        return self._between(first, middle, ticket) | self._between(middle, last, ticket)

    def _read(self, path: str, span: Mapping[str, str], ticket: Ticket) -> _Read:
        """All pages of one question; from the first one on again, once, where their thread is lost."""
        read = _Read()
        try:
            self._walk(path, span, ticket, read)
        except (GraphError, LoopError) as error:
            if isinstance(error, GraphError) and not _is_lost(error, begun=read.pages > 0):
                raise
            read = _Read()
            self._walk(path, span, ticket, read)
        return read

    def _walk(self, path: str, span: Mapping[str, str], ticket: Ticket, read: _Read) -> None:
        params = {**span, "$select": SELECT, "$top": str(PAGE)}
        prefer = (*PREFER, prefer_pages(PAGE))
        for page in self.line.pages(path, ticket, scopes=self.scopes, params=params, prefer=prefer):
            ticket.step("asking")
            read.pages += 1
            for item in page["value"]:
                if isinstance(item, dict):
                    read.events[_name(item)] = item
                else:
                    read.nameless += 1

    def _members(self, events: Iterable[Mapping[str, Any]], months: set[str], known: Known) -> Taken:
        of: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        for event in events:
            name = str(event.get("seriesMasterId") or _name(event))
            month = month_of(event.get("start"))
            if not month:
                month = month_of(event.get("originalStart")) or self._likely(name, months, known)
            if month in months:  # else it lies in other days as well, and is read with those it begins in
                of.setdefault((month, name), []).append(event)
        taken = Taken()
        for (month, name), some in of.items():
            key, data = self.key(month, name), member(some, owner=self.owner)
            taken.members[key] = Member(key, month, Blob(key, version(data), data))
        return taken

    def _likely(self, name: str, months: set[str], known: Known) -> str:
        """The month of an event whose time cannot be read: where it was known, so that it is not gone."""
        here = sorted(months)
        return next((month for month in here if known(self.key(month, name))), here[0])


def _is_lost(error: GraphError, *, begun: bool) -> bool:
    return (begun and error.status in _LOST) or error.status == 410 or "syncstate" in error.error.lower()


def _name(event: Mapping[str, Any]) -> str:
    told = event.get("id")
    if isinstance(told, str) and told:
        return told
    return sha256(json.dumps(event, sort_keys=True).encode()).hexdigest()[:32]
