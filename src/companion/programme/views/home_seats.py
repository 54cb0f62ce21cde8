"""Seats on Home: what is offered to me, what my meetings ask of me, and which reviews I may ask for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from companion.attendance.availability import Free
from companion.attendance.days import meeting_day
from companion.attendance.model import Seat
from companion.attendance.offers import OPEN, STANDING, Came, Offer
from companion.attendance.seating import hosts_at
from companion.attendance.tally import counts
from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.model import House, WorkspaceTx
from companion.programme.offer_ground import old_asks
from companion.programme.presence import HostAsk, ask_host
from companion.programme.seat_steps import deadline
from companion.programme.views.ground import Ground, my_ground
from companion.programme.views.joining import free_states
from companion.programme.views.mail_answers import LATELY, MailAnswer, mail_answers

OPEN_DAYS = 42  # how far ahead open reviews are offered
LEAVING = timedelta(days=42)  # how long before the last day somebody is told what becomes of their notes
MOST_OPEN = 5  # reviews to choose from; the others stand on Meetings
Words = dict[str, Free | Literal[""]]
GONE = frozenset({"cancelled", "gone"})


@dataclass(frozen=True)
class OpenReview:
    """A review ahead that I may ask to hear, why it suits me, and what became of my asking."""

    meeting: Meeting
    customer: Customer
    host: str
    word: Free | Literal[""] = ""  # whether I am free then, as far as it is known
    new: bool = False  # I have never heard this customer
    asked: datetime | None = None  # when I asked for it
    refused: bool = False  # who hosts it said no; a reason is not told


@dataclass(frozen=True)
class SeatOffer:
    """A seat that waits for my yes or no."""

    offer_id: str
    meeting: Meeting
    customer: Customer
    host: str
    came: Came
    new: bool  # I have never heard this customer
    needs: int  # seats I still need this year
    instead_of: str = ""  # the name of whom I would sit in for
    until: date | None = None  # the last day of my answer


@dataclass(frozen=True)
class SitIn:
    """Somebody who would like to sit in a meeting of mine."""

    offer_id: str
    meeting: Meeting
    customer: Customer
    name: str
    team: str
    instead_of: str = ""  # the name of whose seat it would be


@dataclass(frozen=True)
class Leaving:
    """My last day in the programme, and what is mine alone until then."""

    day: date
    notes: int


@dataclass(frozen=True)
class Seats:
    """All of it, soonest first."""

    offers: tuple[SeatOffer, ...] = ()
    sit_ins: tuple[SitIn, ...] = ()
    reviews: tuple[OpenReview, ...] = ()
    who_sat: tuple[HostAsk, ...] = ()  # meetings of mine of which nobody knows who sat in
    leaving: Leaving | None = None
    needs: int = 0  # seats I still need this year
    ahead: bool = False  # customer meetings are known that are still to come
    hosted: Meeting | None = None  # the next one of mine, where I was looked for as a host
    mailed: tuple[tuple[MailAnswer, str], ...] = ()  # answers of mine that could not be followed; of which customer


NO_SEATS = Seats()


def heard_by(facts: Ground, seats: Iterable[Seat]) -> frozenset[str]:
    """The customers somebody heard, by the seats of theirs."""
    found = (facts.meetings.get(seat.meeting_id) for seat in seats if seat.state == "attended")
    return frozenset(meeting.customer_id for meeting in found if meeting)


def my_seats(house: House, facts: Ground, me: Person, needs: int, *, wanted: bool) -> Seats:
    """Read it. `wanted`: whether open reviews are shown."""
    near = my_ground(house, OPEN_DAYS) if wanted or me.kind != "leader" else facts
    reviews = [one for one in near.open_reviews(OPEN_DAYS) if not hosts(me, one)] if wanted else []
    words: Words = {key: one.mine for key, one in free_states(house, facts, reviews, whole=False).items()}
    with house.workspace(write=False) as tx:
        offers = tx.offers.all()
        offers += old_asks(tx, near.meetings.values(), offers, facts.now)
        mailed = _mailed(tx, facts, me, offers)
        concern = [one for one in offers if one.state in OPEN or one.person_id == me.id]
        known = _meetings(tx, facts, concern)
    heard = heard_by(facts, facts.seats_of(me.id))
    concern = [one for one in concern if _ahead(known.get(one.meeting_id), facts.now)]
    concern.sort(key=lambda one: (known[one.meeting_id].start, one.made, one.id))
    to_me = [
        _offered(facts, known[one.meeting_id], one, heard, needs)
        for one in concern if one.person_id == me.id and one.state == "offered"
    ]  # fmt: skip
    to_host = [
        _hosted(facts, known[one.meeting_id], one)
        for one in concern if one.state == "host" and is_asked(facts, me, known[one.meeting_id])
    ]  # fmt: skip
    return Seats(
        tuple(to_me), tuple(one for one in to_host if one), _reviews(facts, me, reviews, concern, known, heard, words),
        ask_host(house), _leaving(house, facts, me), needs,
        any(one.end > facts.now for one in near.meetings.values()), _hosted_next(facts, me, near.meetings.values()),
        mailed,
    )  # fmt: skip


def _mailed(
    tx: WorkspaceTx, facts: Ground, me: Person, offers: Iterable[Offer]
) -> tuple[tuple[MailAnswer, str], ...]:  # fmt: skip
    """What I answered by mail and could not be followed: of offers that are open, or were settled lately."""
    lately = {one.id: one for one in offers if one.state in STANDING or facts.now - one.since < LATELY}
    written = {letter.about for letter in tx.letters.of_any(lately, me.addresses)}
    about = [lately[key] for key in lately if key in written]
    found = mail_answers(tx, about, _meetings(tx, facts, about), facts.now)
    mine = [one for one in found if one.recipient in me.addresses]
    return tuple((one, facts.customer(one.meeting.customer_id).name) for one in mine)


def is_asked(facts: Ground, person: Person, meeting: Meeting) -> bool:
    """Whether somebody's word is needed before anybody sits there."""
    asked = hosts_at(meeting, facts.customer(meeting.customer_id).host_email)
    return bool(set(asked) & set(person.addresses))


def hosts(person: Person | None, meeting: Meeting) -> bool:
    """Whether a meeting is somebody's own."""
    return bool(person and meeting.host_email and normal(meeting.host_email) in person.addresses)


def _meetings(tx: WorkspaceTx, facts: Ground, offers: Iterable[Offer]) -> dict[str, Meeting]:
    ids = {one.meeting_id for one in offers}
    missing = ids - facts.meetings.keys()
    found = {meeting.id: meeting for meeting in tx.meetings.some(missing)} if missing else {}
    return {**found, **{key: facts.meetings[key] for key in ids & facts.meetings.keys()}}


def _ahead(meeting: Meeting | None, now: datetime) -> bool:
    return meeting is not None and meeting.end > now and meeting.status not in GONE and meeting.verdict != "no"


def _offered(facts: Ground, meeting: Meeting, offer: Offer, heard: frozenset[str], needs: int) -> SeatOffer:
    customer = facts.customer(meeting.customer_id)
    return SeatOffer(
        offer.id, meeting, customer, facts.host(meeting), offer.came, customer.id not in heard, needs,
        facts.name(offer.instead_of) if offer.instead_of else "",
        deadline(offer, meeting_day(meeting, facts.zone), facts.programme),
    )  # fmt: skip


def _hosted(facts: Ground, meeting: Meeting, offer: Offer) -> SitIn | None:
    person = facts.person(offer.person_id)
    if person is None:
        return None
    instead = facts.name(offer.instead_of) if offer.instead_of else ""
    customer = facts.customer(meeting.customer_id)
    return SitIn(offer.id, meeting, customer, person.name, person.team, instead)


def _reviews(
    facts: Ground, me: Person, reviews: Sequence[Meeting], offers: Sequence[Offer], known: dict[str, Meeting],
    heard: frozenset[str], words: Words,
) -> tuple[OpenReview, ...]:  # fmt: skip
    """Those I asked for first stay in sight until somebody answers; then the open ones, those new to me first."""
    asked = {one.meeting_id: one for one in offers if one.person_id == me.id and one.came == "ask"}
    waiting = [known[key] for key, one in asked.items() if one.state == "host"]
    refused = {key for key, one in asked.items() if one.state == "vetoed"}
    said_no = [known[key] for key in refused if facts.now - asked[key].since < LATELY]
    theirs = {meeting.id for meeting in (*waiting, *said_no)} | refused
    theirs |= {one.meeting_id for one in offers if one.state in OPEN}  # somebody is quicker, or it is offered to me
    free = [meeting for meeting in reviews if meeting.id not in theirs]
    free.sort(key=lambda meeting: (meeting.customer_id in heard, meeting.start, meeting.id))
    return tuple(
        OpenReview(
            meeting, facts.customer(meeting.customer_id), facts.host(meeting), words.get(meeting.id, ""),
            meeting.customer_id not in heard, asked[meeting.id].made if meeting.id in asked else None,
            meeting.id in refused,
        )
        for meeting in (*waiting, *free[:MOST_OPEN], *said_no)
    )  # fmt: skip


def _hosted_next(facts: Ground, me: Person, near: Iterable[Meeting]) -> Meeting | None:
    mine = (one for one in near if hosts(me, one) and _ahead(one, facts.now) and counts(one))
    return min(mine, key=lambda one: (one.start, one.id), default=None)


def _leaving(house: House, facts: Ground, me: Person) -> Leaving | None:
    if me.end is None or me.end - facts.today > LEAVING:
        return None
    with house.device(write=False) as device:
        notes = len(device.notes.listed())
    return Leaving(me.end, notes) if notes else None
