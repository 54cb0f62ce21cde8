"""When somebody leaves: their seats are offered to others, promises, actions and customers go to whoever follows.

What they told stays, under their former role. Their notes are theirs alone: nobody else can open them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from companion.attendance.days import meeting_day
from companion.attendance.offers import STANDING, Offer
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.customers.memory import Fact
from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.apply_offers import step, take_back, take_begin
from companion.programme.audits import note
from companion.programme.meetings import recompute
from companion.programme.model import House, WorkspaceTx
from companion.programme.moments import read_quiet
from companion.programme.offer_ground import seats_at, table_at
from companion.programme.ops import only_ops
from companion.programme.seats import person_of
from companion.programme.taking_over import best_for
from companion.takeaways.letters import Letter, letter_id
from companion.takeaways.model import Action

What = Literal["seat", "promise", "action", "customer", "takeaway"]
LEAVING: Literal["leaving"] = "leaving"  # the letter
_HELD = ("accepted", "offered", "proposed")


@dataclass(frozen=True)
class Step:
    """One thing that goes to somebody else, or stays. `to`: their name, "" where nobody follows yet."""

    what: What
    about: str  # a meeting's title, a promise, an action, a customer's name
    to: str = ""
    day: date | None = None  # of a meeting, or when a promise is due
    id: str = ""


@dataclass(frozen=True)
class HandedOver:
    """All that was done, or would be."""

    person: Person
    to: Person | None
    on: date
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...] = ()  # seats that nobody could be asked for


def hand_over(house: House, person: str, to: str = "", *, on: date, dry_run: bool = False) -> HandedOver:
    """Have somebody's matters go to others; `on`: their last day. Done twice, the second finds nothing left.

    Seats after that day are offered to `to` where they may sit there, else to who needs one most; the host is asked
    again. Problems: only_ops, person_unknown, handover_self, handover_gone.
    """
    with house.workspace(write=not dry_run) as tx:
        only_ops(house, tx)
        leaver = person_of(tx, person)
        heir = person_of(tx, to) if to else None
        if heir and heir.id == leaver.id:
            raise Problem("handover_self", name=leaver.name)
        if heir and heir.end and heir.end <= on:
            raise Problem("handover_gone", name=heir.name)
        work = _Work(house, tx, leaver, heir, on, dry_run=dry_run)
        done = work.all()
    if not dry_run:
        recompute(house)
    return done


class _Work:
    """One handover in one transaction."""

    def __init__(
        self, house: House, tx: WorkspaceTx, leaver: Person, heir: Person | None, on: date, *, dry_run: bool
    ) -> None:
        self._house, self._tx, self._leaver, self._heir, self._on = house, tx, leaver, heir, on
        self._dry, self._now = dry_run, house.clock()
        self._zone = tx.programme.get().zone
        self._problems: list[Problem] = []

    def all(self) -> HandedOver:
        """Everything, in the order a person would ask for it."""
        seats = self._ahead()
        if not self._dry:
            self._leave()
        steps = [self._seat(meeting, offer) for meeting, offer in seats]
        steps += [self._promise(fact) for fact in self._tx.facts.promised_by(self._leaver.id)]
        steps += [self._action(one) for one in self._tx.takeaways.actions() if self._is_open(one)]
        steps += [self._customer(one) for one in self._tx.customers.all() if self._hosts(one)]
        told = [one for one in self._tx.takeaways.all() if one.author_id == self._leaver.id and not one.withdrawn]
        steps += [Step("takeaway", one.headline, day=None, id=one.id) for one in told if one.published]
        return HandedOver(self._leaver, self._heir, self._on, tuple(steps), tuple(self._problems))

    def _leave(self) -> None:
        old = self._leaver
        if old.end is None or old.end != self._on:
            self._tx.people.put(replace(old, end=self._on))
            note(self._tx, self._house, "person.end", str(old.end or ""), str(self._on), "", (old.id,))
        programme = self._tx.programme.get()
        if programme.post:
            facts = {"person": old.id, "day": self._on.isoformat()}
            key = letter_id(LEAVING, old.id, old.email, self._on.isoformat())
            self._tx.letters.add([Letter(key, LEAVING, old.email, old.id, self._now, self._now, facts)])

    def _ahead(self) -> list[tuple[Meeting, Offer | None]]:
        """The seats after the last day, with the offer each came by, soonest first."""
        about = {one.meeting_id for one in self._tx.seats.about(self._leaver.id)}
        offers = {one.meeting_id: one for one in self._tx.offers.all()
                  if one.person_id == self._leaver.id and one.state in STANDING}  # fmt: skip
        ahead = [one for one in self._tx.meetings.some(about | set(offers)) if self._is_after(one)]
        held = {seat.meeting_id for seat in seats_at(self._tx, ahead, self._now)
                if seat.person_id == self._leaver.id and seat.state in _HELD}  # fmt: skip
        found = [one for one in ahead if one.id in held or one.id in offers]
        return [(one, offers.get(one.id)) for one in sorted(found, key=lambda one: (one.start, one.id))]

    def _is_after(self, meeting: Meeting) -> bool:
        there = meeting.start > self._now and meeting.status in ("confirmed", "tentative") and meeting.verdict != "no"
        return there and meeting_day(meeting, self._zone) > self._on

    def _seat(self, meeting: Meeting, offer: Offer | None) -> Step:
        if not self._dry:
            self._give_back(meeting, offer)
        taker = self._taker(meeting)
        day = meeting_day(meeting, self._zone)
        if taker is None:
            self._problems.append(Problem("handover_seat_open", title=meeting.title, day=day.isoformat()))
            return Step("seat", meeting.title, "", day, meeting.id)
        if not self._dry:
            body = {
                "id": new_id(), "meeting": meeting.id, "person": taker.id, "came": "handover", "by": self._house.me,
                "instead_of": self._leaver.id, "shared": self._house.workspace_shared, "reason": "",
            }  # fmt: skip
            take_begin(self._tx, body, self._now)
        return Step("seat", meeting.title, taker.name, day, meeting.id)

    def _give_back(self, meeting: Meeting, offer: Offer | None) -> None:
        if offer is not None:
            step(self._tx, offer, "withdraw", {"ops"}, self._house.me, self._now, "handover")
            return
        bare = Offer("", meeting.id, self._leaver.id, "handover", self._house.me, self._now, "withdrawn", self._now)
        take_back(self._tx, bare, self._house.me, self._now)

    def _taker(self, meeting: Meeting) -> Person | None:
        """Who follows, if they may sit there, else who needs a seat most."""
        table = table_at(self._tx, meeting, self._now)
        without = replace(
            table, seats=tuple(one for one in table.seats if one.person_id != self._leaver.id),
            offers=tuple(one for one in table.offers if one.person_id != self._leaver.id),
        )  # fmt: skip
        return best_for(self._tx, without, self._leaver.id, first=self._heir)

    def _promise(self, fact: Fact) -> Step:
        if self._heir and not self._dry:
            self._tx.facts.lock(fact.id)
            news = replace(fact, owner_id=self._heir.id, changed=self._now, changed_by=self._by(),
                           revision=fact.revision + 1, unseen=0)  # fmt: skip
            self._tx.facts.put(news)
            self._note("promise.owner", (fact.customer_id,))
        return Step("promise", fact.text, self._name(), fact.due, fact.id)

    def _is_open(self, action: Action) -> bool:
        return action.owner_id == self._leaver.id and action.done is None

    def _action(self, action: Action) -> Step:
        if self._heir and not self._dry:
            self._tx.takeaways.put_action(replace(action, owner_id=self._heir.id))
            self._note("action.owner", ())
        return Step("action", action.text, self._name(), action.due, action.id)

    def _hosts(self, customer: Customer) -> bool:
        return normal(customer.host_email) in self._leaver.addresses

    def _customer(self, customer: Customer) -> Step:
        if self._heir and not self._dry:
            self._tx.customers.put(replace(customer, host_email=self._heir.email))
            self._note("customer.host", (customer.id,))
            for meeting in self._tx.meetings.of_customer(customer.id):
                if self._is_after(meeting) and normal(meeting.host_email) in self._leaver.addresses:
                    self._tx.meetings.put(replace(meeting, host_email=self._heir.email))
        return Step("customer", customer.name, self._name(), None, customer.id)

    def _note(self, what: str, about: Iterable[str]) -> None:
        heir = self._heir.email if self._heir else ""
        people = (self._leaver.id, *([self._heir.id] if self._heir else []))
        note(self._tx, self._house, what, self._leaver.email, heir, "handover", (*people, *about))

    def _name(self) -> str:
        return self._heir.name if self._heir else ""

    def _by(self) -> str:
        me = self._tx.people.by_address(self._house.me) if self._house.me else None
        return me.id if me else ""


def over(tx: WorkspaceTx, letter: Letter, now: datetime) -> bool:
    """Whether the letter to a leaver says nothing that is so: they stay after all, or go on another day."""
    person = tx.people.get(letter.about)
    return person is None or person.end is None or person.end.isoformat() != letter.facts.get("day")


def its_time(tx: WorkspaceTx, letter: Letter, now: datetime) -> bool:
    """It goes while they are here, so not on leave; quiet hours are kept."""
    programme = tx.programme.get()
    today = day_of(now, programme.zone)
    away = any(one.person_id == letter.about and one.start <= today <= one.end for one in tx.people.leaves())
    return not away and not read_quiet(programme.quiet).holds(now, programme.zone)


def stamped(tx: WorkspaceTx, letter: Letter, now: datetime) -> Letter:
    """As it is: what it tells was known when it was written."""
    return letter
