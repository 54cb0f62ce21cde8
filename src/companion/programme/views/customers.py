"""Customers: the list and a simple page of each."""

from dataclasses import dataclass
from datetime import date, datetime

from companion.customers.model import Contact, Customer
from companion.meetings.model import Meeting
from companion.programme.answers import Known, front_line
from companion.programme.model import House
from companion.programme.views.ground import Ground, ground
from companion.takeaways.model import Action, Takeaway


@dataclass(frozen=True)
class UnderWay:
    """Something that readers' answers set going and that is not done yet."""

    action: Action
    owner: str  # a name, "" for somebody who is gone


@dataclass(frozen=True)
class CustomerRow:
    """One customer: who it is, when it was heard, what comes."""

    customer: Customer
    host: str
    meetings: tuple[Meeting, ...]  # newest first
    last_heard: datetime | None  # the last meeting in which somebody of ours sat
    heard_by: tuple[str, ...]  # names, newest first
    next: Meeting | None
    takeaways: tuple[Takeaway, ...]  # those I may read, newest first
    contacts: tuple[Contact, ...]
    known: tuple[Known, ...] = ()  # what colleagues know of it, newest first
    under_way: tuple[UnderWay, ...] = ()  # of takeaways I may read, by their day


@dataclass(frozen=True)
class CustomersView:
    """All customers by name."""

    rows: tuple[CustomerRow, ...]
    zone: str
    now: datetime


def customers(house: House) -> CustomersView:
    """Read the Customers page."""
    facts = ground(house)
    with house.workspace(write=False) as tx:
        contacts = {key: tuple(tx.customers.contacts(key)) for key in facts.customers}
    readable = facts.readable()
    under_way = _under_way(house, facts, {takeaway.id: takeaway.customer_id for takeaway in readable})
    told = {takeaway.id: takeaway.customer_id for takeaway in facts.takeaways}
    asked = {told.get(answer.takeaway_id, "") for answer in facts.answers if answer.kind == "more"}
    rows = []
    for customer in sorted(facts.customers.values(), key=lambda item: item.name.casefold()):
        held = sorted(
            (m for m in facts.meetings.values() if m.customer_id == customer.id and m.status != "cancelled"),
            key=lambda m: m.start, reverse=True,
        )  # fmt: skip
        ids = {m.id for m in held}
        heard = sorted(
            ((facts.meetings[s.meeting_id].start, facts.name(s.person_id))
             for s in facts.seats if s.meeting_id in ids and s.state == "attended"),
            reverse=True,
        )  # fmt: skip
        ahead = [m for m in held if m.end > facts.now]
        host = next((p.name for p in facts.people if customer.host_email in p.addresses), customer.host_email)
        rows.append(
            CustomerRow(
                customer, host, tuple(held), heard[0][0] if heard else None,
                tuple(dict.fromkeys(name for _, name in heard)), ahead[-1] if ahead else None,
                tuple(t for t in readable if t.customer_id == customer.id), contacts[customer.id],
                front_line(house, customer.id) if customer.id in asked else (),
                tuple(under_way.get(customer.id, ())),
            )
        )  # fmt: skip
    return CustomersView(tuple(rows), facts.zone, facts.now)


def _under_way(house: House, facts: Ground, about: dict[str, str]) -> dict[str, list[UnderWay]]:
    """Open actions by customer; `about` names the customer of each takeaway I may read."""
    with house.workspace(write=False) as tx:
        left = [one for one in tx.takeaways.actions() if one.done is None and one.takeaway_id in about]
    found: dict[str, list[UnderWay]] = {}
    for one in sorted(left, key=lambda one: (one.due or date.max, one.made)):
        found.setdefault(about[one.takeaway_id], []).append(UnderWay(one, facts.name(one.owner_id)))
    return found
