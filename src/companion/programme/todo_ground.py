"""What the lines of a weekly mail are made of, read once for everybody, or for one person alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar

from companion.attendance.days import Period, after_last, meeting_day, period
from companion.attendance.model import Evidence, Seat, Target
from companion.attendance.offers import OPEN, Offer
from companion.attendance.seats import seats_of
from companion.attendance.standing import Standing, open_reviews, standing
from companion.attendance.target import aimed
from companion.basics.clock import day_of, start_of
from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Leave, Person
from companion.programme.model import Programme, WorkspaceTx
from companion.programme.offer_ground import old_asks
from companion.takeaways.letters import Letter, Todo, TodoKind
from companion.takeaways.model import Answer, Takeaway

Key = TypeVar("Key")
Item = TypeVar("Item")
BACK = timedelta(days=60)  # so long a meeting that was not told of is spoken of
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
    meetings: dict[str, Meeting]  # those that nobody dismissed
    evidence: tuple[Evidence, ...]
    takeaways: tuple[Takeaway, ...]
    offers: tuple[Offer, ...]
    letters: tuple[Letter, ...]

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
        sitting = [seat for seat in self.seats if self.listens(seat.person_id)]
        end = max(after_last(self.span, self.zone), self.now + timedelta(weeks=6))
        return open_reviews(self.meetings.values(), sitting, self.now, end)

    def seats_of(self, person_id: str) -> list[Seat]:
        """One person's seats."""
        return self._by_person.get(person_id, [])

    def seats_at(self, meeting_id: str) -> list[Seat]:
        """The seats of one meeting."""
        return self._by_meeting.get(meeting_id, [])

    def listens(self, person_id: str) -> bool:
        """Whether somebody listens at meetings: a leader, or whoever a target was set for."""
        person = self.people.get(person_id)
        if person is None:
            return False
        return person.kind == "leader" or aimed(person, self.targets, self.programme.targets)

    def host(self, meeting: Meeting) -> Person | None:
        """Whose meeting it is, where that is one of ours who is here."""
        address = normal(meeting.host_email)
        found = next((p for p in self.people.values() if address and address in p.addresses), None)
        return found if found and found.kind != "group" and not (found.end and found.end < self.today) else None

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

    def standing(self, person: Person) -> Standing:
        """How they stand in the programme's year."""
        mine = self.seats_of(person.id)
        theirs = [self.meetings[seat.meeting_id] for seat in mine]
        told = [one for one in self.takeaways if one.author_id == person.id]
        return standing(
            person, theirs, mine, told, self.targets, self.leaves, self.programme, self.span, self.now,
            open_meetings=self.free,
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
    """Read it. With `only`: their own past, and of what is ahead everything, for anybody may take an open review."""
    programme = tx.programme.get()
    span = period("", day_of(now, programme.zone), programme.year)
    ahead = max(after_last(span, programme.zone), now + timedelta(weeks=6))
    if only is None or only.kind == "ops":
        begin = min(start_of(span.first, programme.zone), now - BACK)
        meetings = tx.meetings.between(begin, ahead)
    else:
        mine = {item.meeting_id for item in tx.seats.about(only.id)}
        # As a host they have no seat at their own meetings of the last days.
        meetings = [*tx.meetings.some(mine), *tx.meetings.between(now - timedelta(days=10), ahead)]
    known = {meeting.id: meeting for meeting in meetings if meeting.verdict != "no"}
    offers = tx.offers.all()
    offers += old_asks(tx, known.values(), offers, now)
    return Ground(
        tx, now, programme, span, {person.id: person for person in tx.people.all()},
        {customer.id: customer for customer in tx.customers.all()}, tuple(tx.people.leaves()),
        tuple(tx.seats.targets()), known, tuple(tx.seats.evidence(known)),
        tuple(one for one in tx.takeaways.all() if only is None or one.author_id == only.id),
        tuple(one for one in offers if one.state in OPEN),
        tuple(one for one in tx.letters.all() if only is None or is_to(one, only)),
    )  # fmt: skip


def _asks(answer: Answer) -> bool:
    """Whether there is something to answer; one who only pressed a button asked for nothing."""
    return answer.kind == "question" or bool(answer.text.strip())


def _by(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    found: dict[Key, list[Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found
