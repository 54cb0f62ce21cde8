"""What the lines of a weekly mail are made of, read once for everybody, or for one person alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar

from companion.attendance.closing import Carried
from companion.attendance.days import Period, after_last, meeting_day, period
from companion.attendance.model import Evidence, Seat, Target
from companion.attendance.offers import OPEN, Offer
from companion.attendance.openings import Could, Openings, openings
from companion.attendance.seats import seats_of
from companion.attendance.standing import Standing, listening, open_reviews, stand
from companion.attendance.target import aimed
from companion.basics.clock import day_of, start_of
from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Leave, Person
from companion.programme.counting import barred
from companion.programme.model import Programme, WorkspaceTx
from companion.takeaways.letters import Letter, Todo, TodoKind
from companion.takeaways.model import Answer, Takeaway

Key = TypeVar("Key")
Item = TypeVar("Item")
BACK = timedelta(days=60)  # so long a meeting that was not told of is spoken of
HOSTED = timedelta(days=7)  # so long a host is asked who sat in
_WENT = ("sent", "unknown")


@dataclass(frozen=True)
class Ground:
    """Facts of the workspace around now; with one person's alone, nobody else's past is among them."""

    tx: WorkspaceTx
    now: datetime
    programme: Programme
    span: Period  # the programme's year
    people: dict[str, Person]
    customers: dict[str, Customer]
    leaves: tuple[Leave, ...]
    targets: tuple[Target, ...]
    carried: tuple[Carried, ...]
    meetings: dict[str, Meeting]  # those that nobody dismissed
    evidence: tuple[Evidence, ...]
    takeaways: tuple[Takeaway, ...]
    offers: tuple[Offer, ...]
    letters: tuple[Letter, ...]
    only: Person | None = None

    @property
    def zone(self) -> str:
        """The programme's zone."""
        return self.programme.zone

    @property
    def today(self) -> date:
        """The programme's day."""
        return day_of(self.now, self.zone)

    @cached_property
    def holidays(self) -> frozenset[date]:
        """Days on which nobody works."""
        return frozenset(date.fromisoformat(day) for day in self.programme.holidays)

    @cached_property
    def seats(self) -> list[Seat]:
        """Every seat anything is known of."""
        return seats_of(self.meetings.values(), self.evidence, self.now, zone=self.zone)

    @cached_property
    def _by_person(self) -> dict[str, list[Seat]]:
        return _by(self.seats, lambda seat: seat.person_id)

    @cached_property
    def _by_meeting(self) -> dict[str, list[Seat]]:
        return _by(self.seats, lambda seat: seat.meeting_id)

    @cached_property
    def _letters(self) -> dict[tuple[str, str], list[Letter]]:
        return _by(self.letters, lambda letter: (letter.kind, letter.about))

    @cached_property
    def told(self) -> frozenset[tuple[str, str]]:
        """(meeting, author) of what was told and stands."""
        return frozenset((one.meeting_id, one.author_id) for one in self.takeaways if one.withdrawn is None)

    @cached_property
    def waiting(self) -> dict[str, list[Answer]]:
        """By author, the answers with something to answer that have no answer of theirs."""
        authors = {one.id: one.author_id for one in self.takeaways if one.withdrawn is None}
        answers = self.tx.takeaways.answers(authors) if authors else []
        found = [one for one in answers if one.state == "taken" and one.replied is None and _asks(one)]
        return _by(found, lambda one: authors[one.takeaway_id])

    @cached_property
    def free(self) -> list[Meeting]:
        """Open reviews up to the end of the year, and of six weeks; a host's own place is not a listener's."""
        ahead, seats = list(self.meetings.values()), self.seats
        if self.only is not None:  # what is ahead was not read: most who are asked for need no seat
            ahead = self.tx.meetings.between(self.now, _end(self.span, self.now, self.zone))
            seats = seats_of(ahead, self.tx.seats.evidence({one.id for one in ahead}), self.now, zone=self.zone)
        sitting = listening(seats, self.people.values(), self.targets, self.programme.targets)
        return open_reviews(ahead, sitting, self.now, _end(self.span, self.now, self.zone))

    @cached_property
    def _openings(self) -> Openings:
        last = after_last(self.span, self.zone)
        return openings([one for one in self.free if one.start < last], self.zone)

    @cached_property
    def _barred(self) -> dict[str, frozenset[str]]:
        people = [self.only] if self.only else list(self.people.values())
        return barred(self.tx, people, self.free, self.now)

    @cached_property
    def _hosts(self) -> dict[str, Person]:
        here = [p for p in self.people.values() if p.kind != "group" and not (p.end and p.end < self.today)]
        # Of two people with one address the first counts, as everywhere.
        return {address: person for person in reversed(here) for address in person.addresses}

    @cached_property
    def _hosted(self) -> dict[str, list[Meeting]]:
        found: dict[str, list[Meeting]] = {}
        for meeting in self.meetings.values():
            if self.now - HOSTED <= meeting.end <= self.now and (host := self.host(meeting)):
                found.setdefault(host.id, []).append(meeting)
        return found

    def hosted(self, person: Person) -> list[Meeting]:
        """Whose reviews of the last days they hosted."""
        return self._hosted.get(person.id, [])

    def seats_of(self, person_id: str) -> list[Seat]:
        """One person's seats."""
        return self._by_person.get(person_id, [])

    def seats_at(self, meeting_id: str) -> list[Seat]:
        """The seats of one meeting."""
        return self._by_meeting.get(meeting_id, [])

    @cached_property
    def _listening(self) -> frozenset[str]:
        by_role = self.programme.targets
        return frozenset(
            key for key, one in self.people.items() if one.kind == "leader" or aimed(one, self.targets, by_role)
        )

    def listens(self, person_id: str) -> bool:
        """Whether somebody listens at meetings: a leader, or whoever a target was set for."""
        return person_id in self._listening

    def host(self, meeting: Meeting) -> Person | None:
        """Whose meeting it is, where that is one of ours who is here."""
        address = normal(meeting.host_email)
        return self._hosts.get(address) if address else None

    def day(self, meeting: Meeting) -> date:
        """The programme's day of a meeting."""
        return meeting_day(meeting, self.zone)

    def is_here(self, person: Person) -> bool:
        """Whether it is a person, with us today, and not on leave."""
        if person.kind == "group" or (person.end and person.end < self.today):
            return False
        return not on_leave(person, self.leaves, self.today)

    def away(self, person: Person) -> Callable[[date], bool]:
        """On which days they do not work, beside weekends."""
        mine = [leave for leave in self.leaves if leave.person_id == person.id]
        return lambda day: day in self.holidays or any(leave.start <= day <= leave.end for leave in mine)

    def standing(self, person: Person) -> tuple[Standing, Could]:
        """How they stand in the programme's year, as on the board, and which open reviews they could take."""
        mine = self.seats_of(person.id)
        theirs = {seat.meeting_id: self.meetings[seat.meeting_id] for seat in mine}
        told = [one for one in self.takeaways if one.author_id == person.id]
        return stand(
            person, theirs, mine, told, self.targets, self.leaves, self.programme, self.span, self.now,
            self._openings, self.carried, self._barred.get(person.id, frozenset()),
        )  # fmt: skip

    def about(self, meeting: Meeting, kind: TodoKind, by: date) -> Todo:
        """A line about a meeting."""
        customer = self.customers.get(meeting.customer_id)
        return Todo(
            kind, (meeting.id,), by, customer.name if customer else "", start=meeting.start, day=self.day(meeting),
            all_day=meeting.all_day,
        )  # fmt: skip

    def letter(self, kind: str, about: str, person: Person) -> Letter | None:
        """The last letter of that kind about that to them, once it went."""
        found = self._letters.get((kind, about), [])
        went = [one for one in found if one.state in _WENT and one.recipient in person.addresses]
        return max(went, key=lambda one: one.made, default=None)

    def last_weekly(self, person: Person, besides: str) -> Letter | None:
        """The last weekly mail they had."""
        mine = [
            one for one in self.letters
            if one.kind == "digest" and one.id != besides and one.state in _WENT and is_to(one, person)
        ]  # fmt: skip
        return max(mine, key=lambda one: one.made, default=None)


def is_to(letter: Letter, person: Person) -> bool:
    """Whether a letter was written to somebody, at whatever address they had."""
    return letter.recipient in person.addresses or letter.facts.get("person") == person.id


def on_leave(person: Person, leaves: Iterable[Leave], day: date) -> bool:
    """Whether nothing is expected of somebody on a day, and nobody writes to them."""
    return any(leave.person_id == person.id and leave.start <= day <= leave.end for leave in leaves)


def read_ground(tx: WorkspaceTx, now: datetime, only: Person | None = None) -> Ground:
    """Read it. With `only`: their own past, what they hosted in the last days, and what is offered."""
    programme = tx.programme.get()
    span = period("", day_of(now, programme.zone), programme.year)
    offers = tuple(one for one in tx.offers.all() if one.state in OPEN)
    if only is None or only.kind == "ops":
        only, begin = None, min(start_of(span.first, programme.zone), now - BACK)
        meetings = tx.meetings.between(begin, _end(span, now, programme.zone))
    else:
        mine = {item.meeting_id for item in tx.seats.about(only.id)} | {one.meeting_id for one in offers}
        # As a host they have no seat at their own meetings.
        meetings = [*tx.meetings.some(mine), *tx.meetings.between(now - HOSTED - timedelta(days=3), now)]
    known = {meeting.id: meeting for meeting in meetings if meeting.verdict != "no"}
    return Ground(
        tx, now, programme, span, {person.id: person for person in tx.people.all()},
        {customer.id: customer for customer in tx.customers.all()}, tuple(tx.people.leaves()),
        tuple(tx.seats.targets()), tuple(tx.carried.all()), known, tuple(tx.seats.evidence(known)),
        tuple(one for one in tx.takeaways.all() if only is None or one.author_id == only.id), offers,
        tuple(one for one in tx.letters.all() if only is None or is_to(one, only)), only,
    )  # fmt: skip


def _end(span: Period, now: datetime, zone: str) -> datetime:
    """Up to when reviews are looked for."""
    return max(after_last(span, zone), now + timedelta(weeks=6))


def _asks(answer: Answer) -> bool:
    """Whether there is something to answer; one who only pressed a button asked for nothing."""
    return answer.kind == "question" or bool(answer.text.strip())


def _by(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    found: dict[Key, list[Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found
