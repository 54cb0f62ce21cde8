"""What most pages read: people, customers, meetings with their seats, takeaways, all in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from companion.attendance.closing import Carried
from companion.attendance.days import Period, meeting_day, period
from companion.attendance.model import Evidence, Seat, Target
from companion.attendance.seats import seats_of
from companion.attendance.standing import Standing, listening, open_reviews, standing
from companion.attendance.tally import tell_until
from companion.attendance.target import spans
from companion.basics.clock import day_of
from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Leave, Person
from companion.programme.authors import author_name
from companion.programme.model import House, Programme, WorkspaceTx
from companion.takeaways.audience import COMPANY, may_read
from companion.takeaways.model import Answer, Takeaway
from companion.takeaways.state import State, state_of


@dataclass(frozen=True)
class Ground:
    """The facts of the workspace as this person may see them. Recognised meetings only, dismissed ones left out."""

    now: datetime
    programme: Programme
    me: Person | None
    people: tuple[Person, ...]
    customers: dict[str, Customer]
    meetings: dict[str, Meeting]
    evidence: tuple[Evidence, ...]
    targets: tuple[Target, ...]
    leaves: tuple[Leave, ...]
    takeaways: tuple[Takeaway, ...]  # newest first
    answers: tuple[Answer, ...]  # those that who works here may read
    carried: tuple[Carried, ...] = ()

    @property
    def zone(self) -> str:
        """The programme's zone."""
        return self.programme.zone

    @property
    def today(self) -> date:
        """The programme's day."""
        return day_of(self.now, self.zone)

    @cached_property
    def seats(self) -> list[Seat]:
        """Every seat anything is known of."""
        return seats_of(self.meetings.values(), self.evidence, self.now, zone=self.zone)

    @cached_property
    def _by_person(self) -> dict[str, list[Seat]]:
        found: dict[str, list[Seat]] = {}
        for item in self.seats:
            found.setdefault(item.person_id, []).append(item)
        return found

    @cached_property
    def _by_meeting(self) -> dict[str, list[Seat]]:
        found: dict[str, list[Seat]] = {}
        for item in self.seats:
            found.setdefault(item.meeting_id, []).append(item)
        return found

    @cached_property
    def _seated(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for item in self.seats:
            if item.state in ("attended", "accepted"):
                found.setdefault(self.meetings[item.meeting_id].customer_id, set()).add(item.person_id)
        return found

    @cached_property
    def _addresses(self) -> dict[str, Person]:
        # Of two people with one address the first counts, as everywhere.
        return {address: person for person in reversed(self.people) for address in person.addresses}

    @cached_property
    def _read_of(self) -> dict[str, list[Takeaway]]:
        found: dict[str, list[Takeaway]] = {}
        for takeaway in self.readable():
            found.setdefault(takeaway.meeting_id, []).append(takeaway)
        return found

    @cached_property
    def _answers_of(self) -> dict[str, list[Answer]]:
        found: dict[str, list[Answer]] = {}
        for item in self.answers:
            found.setdefault(item.takeaway_id, []).append(item)
        return found

    def answers_to(self, takeaway_id: str) -> tuple[Answer, ...]:
        """The answers to one takeaway that who works here may read, oldest first."""
        return tuple(self._answers_of.get(takeaway_id, ()))

    @cached_property
    def _names(self) -> dict[str, Person]:
        return {person.id: person for person in self.people}

    def person(self, person_id: str) -> Person | None:
        """One of our people; None for somebody who is gone."""
        return self._names.get(person_id)

    def person_at(self, address: str) -> Person | None:
        """Which of our people an address (normal) belongs to."""
        return self._addresses.get(address)

    def name(self, person_id: str) -> str:
        """The name of one of our people, "" for somebody who is gone."""
        person = self.person(person_id)
        return person.name if person else ""

    def author(self, person_id: str) -> str:
        """Under which name somebody's takeaways stand: once they left, by what they were."""
        return author_name(self.person(person_id), self.today)

    def customer(self, customer_id: str) -> Customer:
        """The customer, or a nameless one where it is not known any more."""
        return self.customers.get(customer_id) or Customer(customer_id, "")

    def host(self, meeting: Meeting) -> str:
        """The host's name, or the address where no person is known by it."""
        address = normal(meeting.host_email)
        person = self.person_at(address) if address else None
        return person.name if person else meeting.host_email

    def seats_of(self, person_id: str) -> list[Seat]:
        """One person's seats."""
        return self._by_person.get(person_id, [])

    def seats_at(self, meeting_id: str) -> list[Seat]:
        """The seats of one meeting."""
        return self._by_meeting.get(meeting_id, [])

    def standing(self, person: Person, span: Period | None = None, as_of: datetime | None = None) -> Standing:
        """How one leader stands in a period, the programme's running year unless told."""
        return standing(
            person, self.meetings.values(), self.seats_known(as_of), self.takeaways, self.targets, self.leaves,
            self.programme, span or period("", self.today, self.programme.year), as_of or self.now,
            carried=self.carried,
        )  # fmt: skip

    def seats_known(self, as_of: datetime | None) -> list[Seat]:
        """The seats as they were known at an instant (None: now)."""
        if as_of is None or as_of >= self.now:
            return self.seats
        return seats_of(self.meetings.values(), self.evidence, self.now, zone=self.zone, as_of=as_of)

    def open_reviews(self, days: int) -> list[Meeting]:
        """Reviews of the next days in which nobody of ours listens, earliest first."""
        taken = listening(self.seats, self.people, self.targets, self.programme.targets)
        return open_reviews(self.meetings.values(), taken, self.now, self.now + timedelta(days=days))

    def tell_until(self, meeting: Meeting, person: Person | None = None) -> date:
        """The last day on which a telling completes a meeting for somebody, for who works here unless told."""
        who = person or self.me
        away = spans(who.id, self.leaves) if who else ()
        return tell_until(meeting_day(meeting, self.zone), away, self.programme.holidays)

    def listeners(self, customer_id: str) -> frozenset[str]:
        """Who sat with a customer, and its account owner."""
        host = normal(self.customer(customer_id).host_email)
        hosts = {p.id for p in self.people if host and host in p.addresses}
        return frozenset(self._seated.get(customer_id, set()) | hosts)

    def readable(self) -> list[Takeaway]:
        """The published texts this person may read now, newest first, the own ones also while they wait or rest.

        Tellings have no text.
        """
        return [t for t in self.takeaways if t.told_on is None and t.published and self._may_see(t)]

    def _may_see(self, takeaway: Takeaway) -> bool:
        if self.me and self.me.id == takeaway.author_id:
            return takeaway.withdrawn is None
        if self.state(takeaway) != "out":
            return False
        if self.me is None:
            return takeaway.audience == COMPANY
        return may_read(takeaway, self.me, self.listeners(takeaway.customer_id))

    def state(self, takeaway: Takeaway) -> State:
        """How a takeaway stands now."""
        return state_of(takeaway, self.now, self.today)

    def readable_of(self, meeting_id: str) -> Sequence[Takeaway]:
        """The published texts about one meeting that this person may read, newest first."""
        return self._read_of.get(meeting_id, ())

    def unread(self, marks: set[str]) -> tuple[Takeaway, ...]:
        """What this person may read and has not; the own ones are known."""
        mine = self.me.id if self.me else ""
        return tuple(t for t in self.readable() if t.id not in marks and t.author_id != mine)


def ground(house: House) -> Ground:
    """Read all of the programme in one transaction."""
    return whole_ground(house)[0]


def span_ground(house: House, start: datetime, end: datetime) -> tuple[Ground, list[Meeting]]:
    """Read what the list of a time shows: the facts of its meetings, and those meetings by time, dismissed ones too.

    However long the programme runs, a week costs what a week holds. The own seats of all times are read with it, for
    who listened once may read on; so `listeners` is right for who works here, and `answers` are none.
    """
    with house.workspace(write=False) as tx:
        chosen = tx.meetings.during(start, end)
        me = tx.people.by_address(house.me) if house.me else None
        ids = {item.meeting_id for item in tx.seats.about(me.id)} if me else set()
        known = {meeting.id: meeting for meeting in (*chosen, *tx.meetings.some(ids)) if meeting.verdict != "no"}
        told = tx.takeaways.of_meetings(meeting.id for meeting in chosen)
        return _read(house, tx, list(known.values()), tx.seats.evidence(known), told), chosen


def some_ground(house: House, tx: WorkspaceTx, meetings: Sequence[Meeting]) -> Ground:
    """The facts of these meetings, none of them dismissed, with what was told of them; `answers` are none."""
    ids = [meeting.id for meeting in meetings]
    return _read(house, tx, meetings, tx.seats.evidence(ids), tx.takeaways.of_meetings(ids))


def whole_ground(house: House) -> tuple[Ground, list[Meeting]]:
    """Read all of the programme, and every meeting by time, dismissed ones too."""
    with house.workspace(write=False) as tx:
        chosen = tx.meetings.everything()
        left = [meeting for meeting in chosen if meeting.verdict != "no"]
        return _read(house, tx, left, tx.seats.evidence()), chosen


def my_ground(house: House, ahead: int = 0) -> Ground:
    """Read what concerns who works here: the own seats and, with `ahead`, the meetings of that many days.

    However many meetings the programme has, this stays small.
    """
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
        ids = {item.meeting_id for item in tx.seats.about(me.id)} if me else set()
        near = tx.meetings.between(house.clock(), house.clock() + timedelta(days=ahead)) if ahead else []
        known = {meeting.id: meeting for meeting in (*near, *tx.meetings.some(ids)) if meeting.verdict != "no"}
        return _read(house, tx, list(known.values()), tx.seats.evidence(known))


def _read(
    house: House, tx: WorkspaceTx, meetings: Sequence[Meeting], evidence: Sequence[Evidence],
    told: Sequence[Takeaway] | None = None,
) -> Ground:  # fmt: skip
    people = tuple(tx.people.all())
    known = {meeting.id: meeting for meeting in meetings}
    me = _me(house, people)
    takeaways = tuple(tx.takeaways.all() if told is None else told)
    mine = {takeaway.id for takeaway in takeaways if me and takeaway.author_id == me.id}
    answers = tx.takeaways.answers() if told is None else []
    return Ground(
        now=house.clock(), programme=tx.programme.get(), me=me, people=people,
        customers={customer.id: customer for customer in tx.customers.all()}, meetings=known,
        evidence=tuple(item for item in evidence if item.meeting_id in known),
        targets=tuple(tx.seats.targets()), leaves=tuple(tx.people.leaves()),
        takeaways=takeaways,
        # What is only for the author is read by nobody else, neither the words nor that there are any.
        answers=tuple(a for a in answers if a.takeaway_id in mine or (a.name and not a.only_author)),
        carried=tuple(tx.carried.all()),
    )  # fmt: skip


def _me(house: House, people: Sequence[Person]) -> Person | None:
    return next((person for person in people if house.me and house.me in person.addresses), None)
