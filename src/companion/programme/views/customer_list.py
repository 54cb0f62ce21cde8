"""The list of customers: one line of each."""

from dataclasses import dataclass
from datetime import datetime

from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.programme.apply_memory import sees_customers
from companion.programme.model import House
from companion.programme.views.ground import Ground, ground


@dataclass(frozen=True)
class CustomerLine:
    """One customer as the list shows it."""

    customer: Customer
    host: str  # the name, or the address where nobody is known by it
    last_heard: datetime | None  # the start of the last meeting in which somebody of ours sat
    next: datetime | None  # the start of the next meeting, or of the one that is going on
    promises: int  # of those made to them, how many are open


@dataclass(frozen=True)
class CustomerList:
    """All customers by name. Promises are counted for who may see a customer's page."""

    lines: tuple[CustomerLine, ...]
    zone: str
    now: datetime


def customer_list(house: House) -> CustomerList:
    """Read every customer's line; the meetings are walked once, however many customers there are."""
    facts = ground(house)
    open_promises: dict[str, int] = {}
    shared = house.workspace_shared or facts.programme.shared
    with house.workspace(write=False) as tx:
        if sees_customers(tx, facts.me, facts.now, shared=shared):
            for fact in tx.facts.all():
                if fact.kind == "promise" and fact.state == "open":
                    open_promises[fact.customer_id] = open_promises.get(fact.customer_id, 0) + 1
    heard, ahead = _heard(facts), _ahead(facts)
    names = {address: person.name for person in reversed(facts.people) for address in person.addresses}
    lines = [
        CustomerLine(one, names.get(one.host_email, one.host_email), heard.get(key), ahead.get(key),
                     open_promises.get(key, 0))
        for key, one in facts.customers.items()
    ]  # fmt: skip
    lines.sort(key=lambda line: (line.customer.name.casefold(), line.customer.id))
    return CustomerList(tuple(lines), facts.zone, facts.now)


def _heard(facts: Ground) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for seat in facts.seats:
        if seat.state == "attended":
            _keep(found, facts.meetings[seat.meeting_id], later=True)
    return found


def _ahead(facts: Ground) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for meeting in facts.meetings.values():
        if meeting.end > facts.now:
            _keep(found, meeting, later=False)
    return found


def _keep(found: dict[str, datetime], meeting: Meeting, *, later: bool) -> None:
    if meeting.status == "cancelled":
        return
    known = found.get(meeting.customer_id)
    if known is None or (meeting.start > known) is later:
        found[meeting.customer_id] = meeting.start
