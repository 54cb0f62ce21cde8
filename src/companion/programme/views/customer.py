"""The page of one customer: all that is remembered of them, read in one transaction and from their rows alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from companion.attendance.model import Seat
from companion.basics.errors import Problem
from companion.customers.changing import is_old, other_texts
from companion.customers.memory import WHO, Fact, Version
from companion.customers.model import Contact, Customer
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.programme.apply_memory import sees_customers
from companion.programme.memory import contact_named, customer_named
from companion.programme.model import House, WorkspaceTx
from companion.programme.views.customer_time import Moment, day_in, timeline
from companion.programme.views.ground import Ground
from companion.programme.views.ours import all_named, called
from companion.takeaways.model import Action, Answer, Takeaway


@dataclass(frozen=True)
class Remembered:
    """A fact as the page shows it."""

    fact: Fact
    old: bool  # heard more than twelve months ago
    by: str  # the name of who wrote it down, "" for somebody who is gone
    changed_by: str
    owner: str  # of a promise: the name of who of ours made it
    contact: str  # the name of who said it, for this page's readers alone
    versions: tuple[Version, ...]  # oldest first, without the present one
    others: tuple[Version, ...]  # what somebody else wrote at the same time: changed by two people


@dataclass(frozen=True)
class Goal:
    """What they want now, and the goals that it came in place of, newest first."""

    now: Remembered
    before: tuple[Remembered, ...]


@dataclass(frozen=True)
class Quote:
    """Exact words, and where they are from: a fact of ours, or a takeaway I may read."""

    text: str
    role: str
    may_quote: str  # yes, ask or no; "" where nobody was asked
    heard_on: date | None
    meeting: Meeting | None
    author: str  # who heard it, "" for somebody who is gone
    source: str
    old: bool
    fact: Remembered | None = None
    takeaway: Takeaway | None = None


@dataclass(frozen=True)
class TheirPerson:
    """One of their people, and when who of ours met them."""

    contact: Contact
    met: tuple[Meeting, ...]  # meetings that took place with them on the list, newest first
    met_by: tuple[str, ...]  # names of ours who were there, who met them last first
    quotes: int  # of facts that stand with them


@dataclass(frozen=True)
class Known:
    """What a colleague who serves them added to a takeaway."""

    answer: Answer
    takeaway: Takeaway


@dataclass(frozen=True)
class CustomerPage:
    """Everything of one customer, for leaders, hosts and ops. Lists are newest first."""

    customer: Customer
    host: str  # the name, else the address
    who: tuple[tuple[str, Remembered | None], ...]  # the five lines in their order; None is not known
    who_more: tuple[Remembered, ...]  # further lines of the same kinds, after two customers became one
    people: tuple[TheirPerson, ...]  # by name
    goals: tuple[Goal, ...]  # open ones
    past_goals: tuple[Goal, ...]  # ended, and followed by none
    quotes: tuple[Quote, ...]
    bought: tuple[Remembered, ...]
    touches: tuple[Remembered, ...]  # by team
    promises: tuple[Remembered, ...]  # open ones, by the day they are due
    past_promises: tuple[Remembered, ...]
    avoid: tuple[Remembered, ...]
    front_line: tuple[Remembered, ...]
    known: tuple[Known, ...]  # what the front line added to takeaways I may read
    ended: tuple[Remembered, ...]  # of other kinds: what holds no more
    timeline: tuple[Moment, ...]
    takeaways: tuple[Takeaway, ...]  # those I may read
    under_way: tuple[Action, ...]  # what readers' answers set going and is not done
    last_heard: datetime | None
    heard_by: tuple[str, ...]
    next: Meeting | None
    zone: str
    now: datetime


@dataclass(frozen=True)
class ContactHistory:
    """One of their people: when we met them, and what stands with them."""

    customer: Customer
    person: TheirPerson
    facts: tuple[Remembered, ...]


def customer_page(house: House, customer_id: str) -> CustomerPage:
    """The page of a customer, by id, name or alias. Problems: `customer_unknown`, `customer_not_shown`."""
    with house.workspace(write=False) as tx:
        customer = customer_named(tx, customer_id)
        facts = _ground(house, tx, customer)
        return _page(tx, customer, facts, named=all_named(house, facts))


def contact_history(house: House, customer_id: str, contact: str) -> ContactHistory:
    """One of a customer's people, by address, id or name. Problems: `contact_unknown`, `customer_not_shown`."""
    with house.workspace(write=False) as tx:
        customer = customer_named(tx, customer_id)
        facts = _ground(house, tx, customer)
        found = contact_named(tx, customer, contact)
        shown = _remembered(tx, customer, facts, [found])
        person = _people(facts, [found], shown, named=all_named(house, facts))[0]
    return ContactHistory(customer, person, tuple(one for one in shown.values() if one.fact.contact_id == found.id))


def _ground(house: House, tx: WorkspaceTx, customer: Customer) -> Ground:
    """What the workspace knows of this customer, as who works here may see it."""
    people = tuple(tx.people.all())
    me = next((person for person in people if house.me and house.me in person.addresses), None)
    programme = tx.programme.get()
    if not sees_customers(tx, me, house.clock(), shared=house.workspace_shared or programme.shared):
        raise Problem("customer_not_shown")
    meetings = {one.id: one for one in tx.meetings.of_customer(customer.id) if one.verdict != "no"}
    takeaways = tuple(tx.takeaways.of_customer(customer.id))
    mine = {one.id for one in takeaways if me and one.author_id == me.id}
    answers = tx.takeaways.answers([one.id for one in takeaways])
    return Ground(
        now=house.clock(), programme=programme, me=me, people=people, customers={customer.id: customer},
        meetings=meetings, evidence=tuple(tx.seats.evidence(meetings)), targets=(), leaves=(), takeaways=takeaways,
        answers=tuple(one for one in answers if one.takeaway_id in mine or (one.name and not one.only_author)),
    )  # fmt: skip


def _page(tx: WorkspaceTx, customer: Customer, facts: Ground, *, named: bool) -> CustomerPage:
    contacts = tx.customers.contacts(customer.id)
    shown = _remembered(tx, customer, facts, contacts)
    readable = facts.readable()
    actions = tx.takeaways.actions([one.id for one in readable])
    held = sorted((m for m in facts.meetings.values() if m.status != "cancelled"), key=lambda m: m.start, reverse=True)
    heard = _heard(facts, held)
    ahead = [meeting for meeting in held if meeting.end > facts.now]
    kinds: dict[str, list[Remembered]] = {}
    for one in shown.values():
        kinds.setdefault(one.fact.kind, []).append(one)

    def there(kind: str, *, open_: bool = True) -> tuple[Remembered, ...]:
        return tuple(one for one in kinds.get(kind, ()) if (one.fact.state == "open") is open_)

    goals = _goals(shown, kinds.get("goal", ()))
    lines = {one.fact.topic: one for one in reversed(there("who"))}
    kept = [(one.fact, one.owner or one.by) for one in shown.values()]
    simple = ("who", "quote", "bought", "touch", "avoid", "front_line")
    return CustomerPage(
        customer=customer, host=_host(facts, customer),
        who=tuple((topic, lines.get(topic)) for topic in WHO),
        who_more=tuple(one for one in there("who") if lines.get(one.fact.topic) is not one),
        people=tuple(_people(facts, contacts, shown, named=named)),
        goals=tuple(one for one in goals if one.now.fact.state == "open"),
        past_goals=tuple(one for one in goals if one.now.fact.state != "open"),
        quotes=_quotes(facts, there("quote"), readable),
        bought=there("bought"), touches=tuple(sorted(there("touch"), key=lambda one: one.fact.topic.casefold())),
        promises=tuple(sorted(there("promise"), key=lambda one: (one.fact.due or date.max))),
        past_promises=there("promise", open_=False), avoid=there("avoid"), front_line=there("front_line"),
        known=_known(facts, readable), ended=tuple(one for kind in simple for one in there(kind, open_=False)),
        timeline=timeline(facts, kept, readable, actions, named=named), takeaways=tuple(readable),
        under_way=tuple(sorted((one for one in actions if one.done is None), key=lambda one: one.due or date.max)),
        last_heard=heard[0][0].start if heard else None, heard_by=called(facts, heard, named=named),
        next=ahead[-1] if ahead else None, zone=facts.zone, now=facts.now,
    )  # fmt: skip


def _remembered(
    tx: WorkspaceTx, customer: Customer, facts: Ground, contacts: Iterable[Contact]
) -> dict[str, Remembered]:
    names = {one.id: one.name or one.address for one in contacts}
    versions = tx.facts.versions_of(customer.id)
    return {
        fact.id: Remembered(
            fact, is_old(fact, facts.today), facts.name(fact.by), facts.name(fact.changed_by),
            facts.name(fact.owner_id), names.get(fact.contact_id, ""), tuple(versions.get(fact.id, ())),
            other_texts(fact, versions.get(fact.id, [])),
        )
        for fact in tx.facts.of(customer.id)
    }  # fmt: skip


def _goals(shown: Mapping[str, Remembered], goals: Sequence[Remembered]) -> list[Goal]:
    """Each goal that no other follows, with those before it; a circle ends where it began."""
    followed = {one.fact.follows for one in goals}
    found = []
    for one in goals:
        if one.fact.id in followed:
            continue
        before: list[Remembered] = []
        at = shown.get(one.fact.follows)
        while at and at is not one and at not in before:
            before.append(at)
            at = shown.get(at.fact.follows)
        found.append(Goal(one, tuple(before)))
    return found


def _quotes(facts: Ground, own: Iterable[Remembered], readable: Iterable[Takeaway]) -> tuple[Quote, ...]:
    """Exact words of facts and of takeaways, newest heard first; the same words of the same day once."""
    found = [
        Quote(
            one.fact.text, one.fact.role, one.fact.may_quote, one.fact.heard_on,
            facts.meetings.get(one.fact.meeting_id), one.by, one.fact.source, one.old, fact=one,
        )
        for one in own
    ]  # fmt: skip
    told = {(" ".join(one.text.split()).casefold(), one.heard_on) for one in found}
    for takeaway in readable:
        meeting = facts.meetings.get(takeaway.meeting_id)
        day = day_in(facts, meeting) if meeting else None
        if takeaway.quote.strip() and (" ".join(takeaway.quote.split()).casefold(), day) not in told:
            old = day is not None and (facts.today - day).days > 365
            found.append(
                Quote(
                    takeaway.quote, takeaway.quote_role, takeaway.may_quote, day, meeting,
                    facts.author(takeaway.author_id), takeaway.headline, old, takeaway=takeaway,
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.heard_on or date.min, reverse=True))


def _people(
    facts: Ground, contacts: Iterable[Contact], shown: Mapping[str, Remembered], *, named: bool
) -> list[TheirPerson]:
    """Their people with the meetings that took place with them."""
    past = sorted(
        (m for m in facts.meetings.values() if m.start <= facts.now and m.status != "cancelled"),
        key=lambda m: m.start, reverse=True,
    )  # fmt: skip
    by_address: dict[str, list[Meeting]] = {}
    for meeting in past:
        on_list = {normal(guest.address) for guest in (*meeting.guests, meeting.organiser) if guest}
        for address in on_list:
            by_address.setdefault(address, []).append(meeting)
    made = []
    for contact in contacts:
        met = tuple(by_address.get(normal(contact.address), ()))
        sat = [(meeting, seat.person_id) for meeting in met for seat in _there(facts.seats_at(meeting.id))]
        said = sum(one.fact.contact_id == contact.id for one in shown.values())
        made.append(TheirPerson(contact, met, called(facts, sat, named=named), said))
    return made


def _there(seats: Iterable[Seat]) -> list[Seat]:
    return [seat for seat in seats if seat.state == "attended"]


def _heard(facts: Ground, held: Iterable[Meeting]) -> list[tuple[Meeting, str]]:
    seats = [(meeting, seat.person_id) for meeting in held for seat in _there(facts.seats_at(meeting.id))]
    return sorted(seats, key=lambda one: (one[0].start, facts.name(one[1])), reverse=True)


def _known(facts: Ground, readable: Iterable[Takeaway]) -> tuple[Known, ...]:
    found = [
        Known(answer, takeaway)
        for takeaway in readable for answer in facts.answers_to(takeaway.id)
        if answer.kind == "more" and answer.text.strip()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.answer.at, reverse=True))


def _host(facts: Ground, customer: Customer) -> str:
    person = facts.person_at(normal(customer.host_email))
    return person.name if person else customer.host_email
