"""Seats on their way as people see them: those offered to me, those at my meetings, and all of them for ops."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from companion.attendance.days import meeting_day
from companion.attendance.offers import MOVES, OPEN, STANDING, Move, Offer, host_is_late, working_days_between
from companion.basics.clock import day_of
from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.model import House, Programme, WorkspaceTx
from companion.programme.offer_ground import offers_at, who_is
from companion.programme.offers import every_offer
from companion.programme.seat_facts import role_of
from companion.programme.seat_steps import deadline, holidays
from companion.takeaways.audience import hosts_of
from companion.words.dates import day_month
from companion.words.seats import invitation_line, paragraph


@dataclass(frozen=True)
class OfferView:
    """One seat on its way with what is to be said of it. `may`: the moves of who works here."""

    offer: Offer
    meeting: Meeting
    customer: Customer
    name: str
    team: str
    role: str
    host: str  # a name, or an address nobody of ours has
    giver: str  # who gives the seat up, by name; "" but in a swap
    may: tuple[Move, ...]
    until: date | None = None  # the last day of the leader's answer
    waited: int = 0  # working days in this state
    late: bool = False  # the host has not answered for long: ops see to it
    unsure: str = ""  # the address a yes came from by mail that may not be theirs
    refused: str = ""  # why an answer by mail could not be followed, as a problem's code


@dataclass(frozen=True)
class Texts:
    """What a host may copy once somebody comes: a line for the invitation, a paragraph for the customer."""

    invitation: str
    paragraph: str


def to_me(house: House) -> tuple[OfferView, ...]:
    """The offers that wait for my answer, the seats I asked for, and those that are mine, soonest meeting first."""
    return _views(house, lambda offer, _, me, __: me is not None and offer.person_id == me.id)


def for_my_meetings(house: House) -> tuple[OfferView, ...]:
    """Who is to sit in meetings of mine."""

    def mine(_: Offer, meeting: Meeting, me: Person | None, customer: Customer) -> bool:
        return me is not None and bool(set(hosts_of(customer, meeting)) & set(me.addresses))

    return _views(house, mine)


def all_open(house: House) -> tuple[OfferView, ...]:
    """Everything that waits for a host or a leader; in a shared workspace for ops, others see their own."""
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
        shared = house.workspace_shared or tx.programme.get().shared
    if shared and (me is None or me.kind != "ops"):
        own = {one.offer.id: one for one in (*to_me(house), *for_my_meetings(house))}
        return tuple(one for one in own.values() if one.offer.state in OPEN)
    return tuple(one for one in _views(house, lambda *_: True) if one.offer.state in OPEN)


def at_meeting(house: House, meeting_id: str) -> tuple[OfferView, ...]:
    """The offers of one meeting, settled ones too, the newest of each person; for whom they concern and for ops."""
    now = house.clock()
    with house.workspace(write=False) as tx:
        newest = {one.person_id: one for one in offers_at(tx, [meeting_id], now)}
        shown = [_view(house, tx, offer, now) for offer in newest.values()]
        me = tx.people.by_address(house.me) if house.me else None
        shared = house.workspace_shared or tx.programme.get().shared
    found = [one for one in shown if one is not None]
    if not shared or (me and me.kind == "ops"):
        return tuple(found)
    return tuple(one for one in found if me and (one.may or me.id in (one.offer.person_id, one.offer.instead_of)))


def texts_for(house: House, view: OfferView) -> Texts:
    """The two texts, in the language that is spoken."""
    with house.workspace(write=False) as tx:
        programme = tx.programme.get()
    day = day_month(meeting_day(view.meeting, programme.zone))
    return Texts(invitation_line(view.name, view.role), paragraph(view.name, view.role, day, programme.name))


def _views(
    house: House, wanted: Callable[[Offer, Meeting, Person | None, Customer], bool]
) -> tuple[OfferView, ...]:  # fmt: skip
    """The standing offers for meetings that are not over."""
    now = house.clock()
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
        standing = [one for one in every_offer(tx, now) if one.state in STANDING]
        meetings = {one.id: one for one in tx.meetings.some({one.meeting_id for one in standing})}
        found = []
        for offer in standing:
            meeting = meetings.get(offer.meeting_id)
            if meeting is None or meeting.end <= now:
                continue
            if wanted(offer, meeting, me, _customer(tx, meeting)):
                found.append(_view(house, tx, offer, now))
    return tuple(sorted((one for one in found if one), key=lambda one: (one.meeting.start, one.offer.made)))


def _customer(tx: WorkspaceTx, meeting: Meeting) -> Customer:
    return tx.customers.get(meeting.customer_id) or Customer(meeting.customer_id, "")


def _view(house: House, tx: WorkspaceTx, offer: Offer, now: datetime) -> OfferView | None:
    meeting, person = tx.meetings.get(offer.meeting_id), tx.people.get(offer.person_id)
    if meeting is None or person is None:
        return None
    programme, customer = tx.programme.get(), _customer(tx, meeting)
    giver = tx.people.get(offer.instead_of) if offer.instead_of else None
    since, today, free = day_of(offer.since, programme.zone), day_of(now, programme.zone), holidays(programme)
    shared = house.workspace_shared or programme.shared
    unsure, refused = _troubles(tx, offer)
    return OfferView(
        offer, meeting, customer, person.name, person.team, role_of(person), _host(tx, meeting, customer),
        giver.name if giver else "", _may(tx, house, offer, meeting, now, shared=shared),
        _until(offer, meeting, programme), working_days_between(since, today, free),
        host_is_late(offer, since, today, free), unsure, refused,
    )  # fmt: skip


def _until(offer: Offer, meeting: Meeting, programme: Programme) -> date | None:
    return deadline(offer, meeting_day(meeting, programme.zone), programme) if offer.state == "offered" else None


def _may(
    tx: WorkspaceTx, house: House, offer: Offer, meeting: Meeting, now: datetime, *, shared: bool
) -> tuple[Move, ...]:  # fmt: skip
    mover = who_is(tx, house.me, offer, meeting, now, shared=shared)
    if meeting.start <= now:
        return ()
    return tuple(move for (state, move), (_, may) in MOVES.items() if state == offer.state and may & mover)


def _host(tx: WorkspaceTx, meeting: Meeting, customer: Customer) -> str:
    address = next((normal(one) for one in (meeting.host_email, customer.host_email) if normal(one)), "")
    person = tx.people.by_address(address) if address else None
    return person.name if person else address


def _troubles(tx: WorkspaceTx, offer: Offer) -> tuple[str, str]:
    """(from where an unsure yes came, why an answer could not be followed) of the letters about it."""
    unsure = refused = ""
    for letter in tx.letters.of(offer.id) if offer.state in STANDING else ():
        unsure = str(letter.facts.get("unsure", {}).get("from", "")) or unsure
        refused = str(letter.facts.get("refused", "")) or refused
    return unsure, refused
