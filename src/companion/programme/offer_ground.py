"""What is read before a seat goes a step further: the meeting, who sits there, and what the mover is to it."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from companion.attendance.days import meeting_day
from companion.attendance.model import Evidence, Seat
from companion.attendance.offers import OPEN, Offer, Who
from companion.attendance.seating import Table, hosts_at, refusal, sitting
from companion.attendance.seats import seats_of
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.meetings.model import Meeting
from companion.meetings.twins import one_review
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.assistants import may_act
from companion.programme.model import WorkspaceTx
from companion.takeaways.audience import here, hosts_of

_OLD = uuid.UUID("5a4c2f57-4f8e-5d5c-9a3d-2f4b7f2fd0c6")


def table_at(tx: WorkspaceTx, meeting: Meeting, now: datetime) -> Table:
    """One meeting with its seats and offers as they stand, those of its twin among them."""
    told = [meeting, *twins_of(tx, meeting)]
    zone = tx.programme.get().zone
    customer = tx.customers.get(meeting.customer_id) if meeting.customer_id else None
    return Table(
        meeting, meeting_day(meeting, zone), day_of(now, zone), now,
        hosts_at(meeting, customer.host_email if customer else ""),
        {person.id: person for person in tx.people.all()}, tuple(seats_at(tx, told, now)),
        tuple(offers_at(tx, [one.id for one in told], now)), tuple(tx.people.leaves()), tuple(tx.plan_rules.all()),
    )  # fmt: skip


def twins_of(tx: WorkspaceTx, meeting: Meeting) -> list[Meeting]:
    """What another source tells of the same review."""
    at_once = tx.meetings.between(meeting.start, meeting.start + timedelta(microseconds=1))
    said = one_review([meeting, *(one for one in at_once if one.id != meeting.id)], {meeting.id})
    return [one for one in at_once if said.get(one.id) == meeting.id]


def seats_at(tx: WorkspaceTx, meetings: Iterable[Meeting], now: datetime) -> list[Seat]:
    """The seats of some meetings."""
    found = list(meetings)
    return seats_of(found, tx.seats.evidence({one.id for one in found}), now, zone=tx.programme.get().zone)


def check_seat(tx: WorkspaceTx, table: Table, person: Person, *, instead_of: str = "") -> None:
    """Problem where this person may not be offered a seat there; see `attendance.seating.refusal`."""
    refused = refusal(table, person, elsewhere(tx, person.id, table.now), new_ones(tx, table, person),
                      instead_of=instead_of)  # fmt: skip
    if refused:
        raise refused


def elsewhere(tx: WorkspaceTx, person_id: str, now: datetime) -> list[Meeting]:
    """The meetings ahead in which somebody sits, or is asked to."""
    about = {one.meeting_id for one in tx.seats.about(person_id)}
    offers = [one for one in tx.offers.all() if one.person_id == person_id and one.state in OPEN]
    ahead = [one for one in tx.meetings.some(about | {o.meeting_id for o in offers}) if one.end > now]
    taken = sitting([seat for seat in seats_at(tx, ahead, now) if seat.person_id == person_id], offers)
    return [one for one in ahead if (one.id, person_id) in taken and one.status in ("confirmed", "tentative")]


def new_ones(tx: WorkspaceTx, table: Table, person: Person) -> frozenset[str]:
    """Who of those at a meeting, and of who may come to it, has never listened."""
    return frozenset(key for key in {person.id, *table.seated()} if not has_listened(tx, key, table.now))


def has_listened(tx: WorkspaceTx, person_id: str, now: datetime) -> bool:
    """Whether somebody was ever in a customer meeting."""
    past = tx.meetings.some({one.meeting_id for one in tx.seats.about(person_id)})
    return any(one.person_id == person_id and one.state == "attended" for one in seats_at(tx, past, now))


def offers_at(tx: WorkspaceTx, meeting_ids: Iterable[str], now: datetime) -> list[Offer]:
    """The offers for some meetings, those among them that were only asked for in the old way."""
    ids = list(dict.fromkeys(meeting_ids))
    known = tx.offers.of(ids)
    return known + old_asks(tx, tx.meetings.some(ids), known, now)


def old_asks(tx: WorkspaceTx, meetings: Iterable[Meeting], known: Iterable[Offer], now: datetime) -> list[Offer]:
    """Seats that leaders asked for before there were offers, as offers that wait for the host; of meetings ahead."""
    ahead = [one for one in meetings if one.start > now and one.status in ("confirmed", "tentative")]
    has = {(one.meeting_id, one.person_id) for one in known}
    found = []
    for seat in seats_at(tx, ahead, now) if ahead else ():
        asked = next((one for one in seat.evidence if one.source == "self" and one.says == "proposed"), None)
        if asked and seat.state == "proposed" and (seat.meeting_id, seat.person_id) not in has:
            found.append(_of_ask(asked))
    return found


def _of_ask(asked: Evidence) -> Offer:
    key = str(uuid.uuid5(_OLD, asked.id))
    return Offer(key, asked.meeting_id, asked.person_id, "ask", asked.by, asked.at, "host", asked.at)


def find_offer(tx: WorkspaceTx, text: str, now: datetime) -> Offer:
    """The offer with that id, or the only one whose id begins so; Problem `offer_unknown`."""
    known = tx.offers.get(text)
    if known:
        return known
    ahead = tx.meetings.between(now, datetime.max.replace(tzinfo=now.tzinfo))
    everyone = tx.offers.all()
    everyone += old_asks(tx, ahead, everyone, now)
    hits = [one for one in everyone if len(text) >= 4 and one.id.startswith(text)]
    if len(hits) != 1:
        raise Problem("offer_unknown", offer=text)
    return hits[0]


def who_is(tx: WorkspaceTx, by: str, offer: Offer, meeting: Meeting, now: datetime, *, shared: bool) -> set[Who]:
    """What somebody is to an offer. Where nobody else writes, its owner speaks for everybody, as ops do."""
    person = tx.people.by_address(normal(by)) if by else None
    today = day_of(now, tx.programme.get().zone)
    if shared and (person is None or not here(person, today)):
        return set()
    found: set[Who] = set() if shared else {"ops", "leader", "asker"}
    if person is None:
        return found
    customer = tx.customers.get(meeting.customer_id) if meeting.customer_id else None
    if set(hosts_of(customer, meeting)) & set(person.addresses):
        found.add("host")
    if person.kind == "ops":
        found.add("ops")
    if offer.came in ("ask", "swap") and normal(offer.by) in person.addresses:
        found.add("asker")
    leader = tx.people.get(offer.person_id)
    if leader and (leader.id == person.id or may_act(person, leader, today)):
        found.add("leader")
    return found
