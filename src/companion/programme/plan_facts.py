"""What the planner is given: standings, seats, leave, words of calendars and decisions, as plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from companion.attendance.availability import Availability, believed
from companion.attendance.board import Row
from companion.attendance.days import meeting_day
from companion.attendance.offers import OPEN, Offer
from companion.attendance.planner.model import CAP, PlanInput, Review, Seat, Sitter
from companion.attendance.rules import PlanRule
from companion.attendance.tally import counts
from companion.basics.errors import Problem
from companion.meetings.model import Meeting
from companion.meetings.twins import one_review
from companion.people.addresses import normal
from companion.programme.model import House
from companion.programme.names import names_shown
from companion.programme.views.board import board
from companion.programme.views.ground import Ground, ground

AHEAD = timedelta(days=182)  # how far a plan looks where a rolling year has no end ahead
AGREED = frozenset({"proposed", "offered", "accepted"})
NO = frozenset({"declined", "excused", "delegated"})


@dataclass(frozen=True)
class _Facts:
    """What was read, once."""

    ground: Ground
    rows: Sequence[Row]
    reviews: dict[str, Meeting]
    twins: dict[str, str]  # meeting id -> the review that stands for it
    agreed: frozenset[Seat]
    no: frozenset[Seat]
    words: Sequence[Availability]
    first: date  # of the period
    beside: dict[str, frozenset[str]]  # by review: who sits there and is nobody's to plan

    def day(self, meeting: Meeting) -> date:
        return meeting_day(meeting, self.ground.zone)

    def review(self, meeting_id: str) -> str:
        """The id of the review a meeting is."""
        return self.twins.get(meeting_id, meeting_id)


def plan_input(house: House, *, until: date | None = None, draft: frozenset[Seat] = frozenset()) -> PlanInput:
    """All that decides a plan up to a day (None: the end of the programme's period).

    Problems: plan_needs_names, plan_until_past.
    """
    facts = ground(house)
    if not names_shown(house, facts.programme, facts.me):
        raise Problem("plan_needs_names")
    counted = board(house, live=True)
    last = facts.today + AHEAD if counted.period.last <= facts.today else counted.period.last
    if until is not None:
        if until < facts.today:
            raise Problem("plan_until_past", day=until.isoformat())
        last = min(last, until)
    with house.workspace(write=False) as tx:
        rules = tx.plan_rules.all()
        offers = tx.offers.all()
        words = believed(tx.availability.all(), facts.now)
    reviews, twins = _reviews(facts, last, offers)
    leaders = {row.person.id for row in counted.rows}
    everybody, no = _said(facts, reviews, twins, offers)
    agreed = frozenset(seat for seat in everybody if seat[1] in leaders)
    read = _Facts(facts, counted.rows, reviews, twins, agreed, no, words, counted.period.first,
                  _beside(facts, everybody - agreed))  # fmt: skip
    rules = [replace(rule, meeting_id=twins.get(rule.meeting_id, rule.meeting_id)) for rule in rules]
    return PlanInput(
        tuple(_sitter(read, row) for row in counted.rows),
        tuple(_review(read, meeting) for meeting in reviews.values()),
        agreed=agreed, draft=frozenset(seat for seat in draft if seat[0] in reviews and seat[1] in leaders) - agreed,
        visits=_visits(read, leaders), bears=_bears(facts, reviews.values()), teams=_teams(facts),
        span=(facts.today + timedelta(days=1), last), pins=_pins(rules, facts),
        not_here=frozenset((rule.meeting_id, rule.person_id) for rule in rules if rule.kind == "not_here"),
        never=frozenset((rule.person_id, rule.customer_id) for rule in rules if rule.kind == "never"),
        closed=frozenset(rule.meeting_id for rule in rules if rule.kind == "closed"),
    )  # fmt: skip


def _reviews(facts: Ground, last: date, offers: Iterable[Offer]) -> tuple[dict[str, Meeting], dict[str, str]]:
    """The reviews ahead that count, by id; and for what a second source tells of them the one that stands for it."""
    ahead = [
        meeting for meeting in facts.meetings.values()
        if meeting.start > facts.now and meeting_day(meeting, facts.zone) <= last and counts(meeting)
        and meeting.status in ("confirmed", "tentative")
    ]  # fmt: skip
    taken = {seat.meeting_id for seat in facts.seats if seat.state in AGREED}
    twins = one_review(ahead, taken | {offer.meeting_id for offer in offers if offer.state in OPEN})
    return {meeting.id: meeting for meeting in ahead if meeting.id not in twins}, twins


def _said(
    facts: Ground, reviews: dict[str, Meeting], twins: dict[str, str], offers: Iterable[Offer]
) -> tuple[frozenset[Seat], frozenset[Seat]]:
    """The seats that are agreed or on their way, and those that were refused by who was to sit there."""
    agreed, no = set[Seat](), set[Seat]()
    for seat in facts.seats:
        review = twins.get(seat.meeting_id, seat.meeting_id)
        if review in reviews:
            if seat.state in AGREED and not _hosts(facts, reviews[review], seat.person_id):
                agreed.add((review, seat.person_id))
            elif seat.state in NO:
                no.add((review, seat.person_id))
    for offer in offers:
        review = twins.get(offer.meeting_id, offer.meeting_id)
        if review in reviews:
            if offer.state in OPEN:
                agreed.add((review, offer.person_id))
            elif offer.state == "declined":
                no.add((review, offer.person_id))
    return frozenset(agreed), frozenset(no - agreed)


def _beside(facts: Ground, seats: Iterable[Seat]) -> dict[str, frozenset[str]]:
    """By review, who listens there without standing on the board: not who hosts, nor who is gone."""
    found: dict[str, set[str]] = {}
    for review, person_id in seats:
        person = facts.person(person_id)
        if person and person.kind not in ("host", "group"):
            found.setdefault(review, set()).add(person_id)
    return {review: frozenset(people) for review, people in found.items()}


def _hosts(facts: Ground, meeting: Meeting, person_id: str) -> bool:
    person = facts.person(person_id)
    return bool(person and meeting.host_email and normal(meeting.host_email) in person.addresses)


def _sitter(read: _Facts, row: Row) -> Sitter:
    facts, person, standing = read.ground, row.person, row.standing
    seats = [(facts.meetings[item.meeting_id], item) for item in facts.seats_of(person.id)]
    attended = [meeting for meeting, item in seats if item.state == "attended" and counts(meeting)]
    elsewhere = [meeting for meeting, item in seats if item.state in AGREED and meeting.end > facts.now
                 and read.review(meeting.id) not in read.reviews]  # fmt: skip
    hosts = [meeting for meeting in facts.meetings.values()
             if meeting.end > facts.now and _hosts(facts, meeting, person.id)]  # fmt: skip
    told = [(read.review(word.meeting_id), word.word) for word in read.words if word.person_id == person.id]
    busy = {meeting for meeting, word in told if word != "free"}
    return Sitter(
        person.id, needs=max(0, standing.expected - standing.heard) if standing.flag != "exempt" else 0,
        most=max(0, CAP - standing.heard), team=person.team, new=not attended, first=person.start, last=person.end,
        away=tuple((leave.start, leave.end) for leave in facts.leaves if leave.person_id == person.id),
        taken=tuple((meeting.start, meeting.end) for meeting in (*elsewhere, *hosts)),
        busy=frozenset(busy),
        free=frozenset(meeting for meeting, word in told if word == "free" and meeting not in busy),
        said_no=frozenset(meeting for meeting, who in read.no if who == person.id),
        hosts=frozenset(read.review(meeting.id) for meeting in hosts),
        heard=frozenset(meeting.customer_id for meeting in attended),
        credits=frozenset((meeting.customer_id, read.day(meeting)) for meeting in attended
                          if read.day(meeting) >= read.first),
        days=tuple(sorted({read.day(meeting) for meeting in (*attended, *elsewhere)})),
    )  # fmt: skip


def _review(read: _Facts, meeting: Meeting) -> Review:
    customer = read.ground.customer(meeting.customer_id)
    there = read.beside.get(meeting.id, frozenset())
    fresh = any(not _has_listened(read.ground, person_id) for person_id in there)
    return Review(meeting.id, meeting.customer_id, meeting.start, meeting.end, read.day(meeting), customer.tier,
                  len(there), fresh)  # fmt: skip


def _has_listened(facts: Ground, person_id: str) -> bool:
    return any(item.state == "attended" and counts(facts.meetings[item.meeting_id])
               for item in facts.seats_of(person_id))  # fmt: skip


def _visits(read: _Facts, leaders: set[str]) -> dict[str, tuple[date, ...]]:
    """The days on which somebody listened to a customer, or will without a seat that is planned."""
    found: dict[str, list[date]] = {}
    for seat in read.ground.seats:
        meeting = read.ground.meetings[seat.meeting_id]
        person = read.ground.person(seat.person_id)
        listens = seat.person_id in leaders or (person and person.kind not in ("host", "group"))
        if not counts(meeting) or not listens:
            continue
        planned = read.review(meeting.id) in read.reviews and seat.person_id in leaders
        ahead = seat.state == "accepted" and meeting.start > read.ground.now and not planned
        if seat.state == "attended" or ahead:
            found.setdefault(meeting.customer_id, []).append(read.day(meeting))
    return {customer: tuple(sorted(days)) for customer, days in found.items()}


def _bears(facts: Ground, reviews: Iterable[Meeting]) -> dict[str, int]:
    found = {}
    for customer_id in {meeting.customer_id for meeting in reviews}:
        own = facts.customer(customer_id).visits
        found[customer_id] = facts.programme.visits if own is None else own
    return found


def _teams(facts: Ground) -> dict[str, frozenset[str]]:
    """Customer -> teams of ours of whom somebody heard them."""
    found: dict[str, set[str]] = {}
    for seat in facts.seats:
        person = facts.person(seat.person_id)
        if seat.state == "attended" and person and person.kind == "leader":
            found.setdefault(facts.meetings[seat.meeting_id].customer_id, set()).add(person.team or person.id)
    return {customer: frozenset(teams) for customer, teams in found.items()}


def _pins(rules: Iterable[PlanRule], facts: Ground) -> tuple[Seat, ...]:
    """The pins, oldest first; those of meetings that are over have done their work."""
    over = {meeting.id for meeting in facts.meetings.values() if meeting.start <= facts.now}
    return tuple(
        (rule.meeting_id, rule.person_id) for rule in rules if rule.kind == "pin" and rule.meeting_id not in over
    )
