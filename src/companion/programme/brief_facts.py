"""What one person's brief is made of, read in one transaction; nothing they may not read comes along."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from companion.attendance.seats import seats_of
from companion.basics.clock import day_of
from companion.briefs.known import Known
from companion.meetings.model import Meeting
from companion.people.addresses import domain_of, normal, within
from companion.people.model import Person
from companion.programme.model import WorkspaceTx
from companion.programme.views.ground import Ground
from companion.takeaways.audience import fits, here

SEATED = frozenset({"accepted", "attended"})
ASKED = frozenset({"offered", "proposed"})


def known_for(tx: WorkspaceTx, facts: Ground, person: Person, meeting: Meeting) -> Known:
    """All that may stand on a person's brief; `facts` are read as that person."""
    customer = facts.customer(meeting.customer_id)
    held = [one for one in tx.meetings.of_customer(meeting.customer_id) if one.verdict != "no"]
    return Known(
        now=facts.now, zone=facts.zone, person=person, meeting=meeting, customer=customer,
        host=facts.person_at(normal(meeting.host_email or customer.host_email)),
        contacts=tuple(tx.customers.contacts(customer.id)), ours=_ours(tx, facts, meeting),
        not_theirs=_not_theirs(facts, meeting), facts=tuple(tx.facts.of(customer.id)),
        # What waits, rests or is held is on nobody's page, its author's included: paper lies about.
        takeaways=tuple(t for t in facts.readable() if t.customer_id == customer.id and facts.state(t) == "out"),
        heard_on=_days(held, facts.zone), names={one.id: one.name for one in facts.people},
        last=_last(held, meeting, facts.now),
    )  # fmt: skip


def handed_on(facts: Ground, others: Iterable[Ground]) -> Ground:
    """The facts for a copy that passes through more hands: no takeaway that is its author's alone.

    `others`: read as those who see the same copy; each of them may read all that stays.
    """
    kept = [one for one in facts.takeaways if fits(one.audience, "")]
    for other in others:
        theirs = {one.id for one in other.readable()}
        kept = [one for one in kept if one.id in theirs]
    return replace(facts, takeaways=tuple(kept))


def may_have(known: Known, facts: Ground) -> bool:
    """Whether a brief is for this person: who may see the customer's page, who holds the meeting, who has a seat.

    None is for who has left.
    """
    person, meeting = known.person, known.meeting
    if not here(person, facts.today):
        return False
    if person.kind in ("leader", "host", "ops") or (known.host and known.host.id == person.id):
        return True
    return any(seat.meeting_id == meeting.id and seat.state in SEATED | ASKED for seat in facts.seats_of(person.id))


def _ours(tx: WorkspaceTx, facts: Ground, meeting: Meeting) -> tuple[Person, ...]:
    """Who of ours said they come, or were there; without the host."""
    seats = seats_of([meeting], tx.seats.evidence([meeting.id]), facts.now, zone=facts.zone)
    people = [facts.person(seat.person_id) for seat in seats if seat.state in SEATED]
    host = normal(meeting.host_email or facts.customer(meeting.customer_id).host_email)
    listening = [one for one in people if one and host not in one.addresses]
    return tuple(sorted(listening, key=lambda one: one.name.casefold()))


def _not_theirs(facts: Ground, meeting: Meeting) -> frozenset[str]:
    """Of the guests' addresses those of our own people, and of groups."""
    domains = set(facts.programme.our_domains)
    return frozenset(
        guest.address for guest in meeting.guests
        if facts.person_at(guest.address) or within(domain_of(guest.address), domains)
    )  # fmt: skip


def _days(held: list[Meeting], zone: str) -> dict[str, date]:
    return {one.id: day_of(one.start, zone) for one in held}


def _last(held: list[Meeting], meeting: Meeting, now: datetime) -> datetime | None:
    """When a meeting with them took place last, before this one."""
    over = (one.start for one in held if one.status != "cancelled")
    return max((start for start in over if start < min(now, meeting.start)), default=None)
