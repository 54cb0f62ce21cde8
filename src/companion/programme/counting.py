"""What counting reads: of the workspace only what a period and "last heard" need, however long it runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from companion.attendance.availability import believed
from companion.attendance.board import Board
from companion.attendance.board import board as count
from companion.attendance.closing import Carried
from companion.attendance.days import Period, after_last, meeting_day, period
from companion.attendance.model import Evidence, Seat, Target
from companion.attendance.openings import Burden
from companion.attendance.planner.model import YEAR
from companion.attendance.reach import AGREED
from companion.attendance.seats import credited, seats_of
from companion.attendance.tally import counts
from companion.basics.clock import day_of, start_of
from companion.meetings.model import Meeting
from companion.people.model import Leave, Person
from companion.programme.model import House, Programme, WorkspaceTx
from companion.takeaways.model import Takeaway

_NEAREST = 3  # meetings of each person: the latest may be in dispute
_REACH = timedelta(days=731)  # how far a rolling year may reach back over leave


@dataclass(frozen=True)
class Counted:
    """The facts behind a board. Recognised meetings from the period on, dismissed ones left out."""

    now: datetime
    moment: datetime  # as of when
    period: Period
    programme: Programme
    people: tuple[Person, ...]
    meetings: dict[str, Meeting]
    evidence: tuple[Evidence, ...]
    seats: tuple[Seat, ...]  # as known at that moment
    takeaways: tuple[Takeaway, ...]  # about meetings at which somebody was
    targets: tuple[Target, ...]
    leaves: tuple[Leave, ...]
    carried: tuple[Carried, ...]
    barred: Mapping[str, frozenset[str]]  # person id -> meetings at which they cannot or are not to sit
    burden: Burden  # of customers

    def board(self) -> Board:
        """The board they make."""
        return count(
            self.people, self.meetings.values(), self.seats, self.takeaways, self.targets, self.leaves, self.programme,
            self.period, self.moment, carried=self.carried, barred=self.barred,
            burden=self.burden,
        )  # fmt: skip


def period_of(house: House, tx: WorkspaceTx, span: str, as_of: date | None = None) -> tuple[Period, datetime]:
    """The period asked for, and the instant as of which it is to be counted."""
    programme, now = tx.programme.get(), house.clock()
    moment = min(now, start_of(as_of + timedelta(days=1), programme.zone)) if as_of else now
    return period(span, as_of or day_of(now, programme.zone), programme.year), moment


def counted(house: House, tx: WorkspaceTx, span: str = "", as_of: date | None = None) -> Counted:
    """Read what a board of a period as known on a day is made of."""
    chosen, moment = period_of(house, tx, span, as_of)
    programme, people, leaves = tx.programme.get(), tuple(tx.people.all()), tuple(tx.people.leaves_ever())
    first = start_of(chosen.first, programme.zone) - timedelta(days=1)  # an all-day entry is on its own day
    if chosen.rolling and leaves:
        first -= _REACH
    after = max(after_last(chosen, programme.zone), first) + timedelta(days=1)
    meetings = {item.id: item for item in tx.meetings.between(first, after)}
    evidence = [item for item in tx.seats.since(first, after) if item.meeting_id in meetings]
    seats = seats_of(meetings.values(), evidence, house.clock(), zone=programme.zone, as_of=moment)
    beside, said = _beside(tx, people, seats, first, after, moment)
    before = {item.id: item for item in beside}
    seats += seats_of(beside, said, house.clock(), zone=programme.zone, as_of=moment)
    meetings.update(before)
    been = {seat.meeting_id for seat in seats if seat.state == "attended" and seat.meeting_id not in before}
    return Counted(
        house.clock(), moment, chosen, programme, people, meetings, (*evidence, *said), tuple(seats),
        tuple(tx.takeaways.of_meetings(been)), tuple(tx.seats.targets_ever()), leaves, tuple(tx.carried.all()),
        barred(tx, people, meetings.values(), moment), burden(tx, programme, people, meetings, seats, moment),
    )  # fmt: skip


def burden(
    tx: WorkspaceTx, programme: Programme, people: Iterable[Person], meetings: Mapping[str, Meeting],
    seats: Iterable[Seat], moment: datetime,
) -> Burden:  # fmt: skip
    """What customers bear, and when leaders sat with them in the last year or are to sit with them."""
    since = moment - YEAR
    told = [item for item in tx.seats.since(since, moment) if item.meeting_id not in meetings]
    before = {item.id: item for item in tx.meetings.some({item.meeting_id for item in told}) if item.verdict != "no"}
    sat = seats_of(before.values(), told, moment, zone=programme.zone, as_of=moment)
    known = {**meetings, **before}
    leaders = {person.id for person in people if person.kind == "leader"}
    visits: dict[str, list[date]] = {}
    for seat in (*seats, *sat):
        meeting = known[seat.meeting_id]
        ahead = seat.state in AGREED and meeting.start > moment
        if seat.person_id in leaders and (ahead or seat.state == "attended") and counts(meeting):
            visits.setdefault(meeting.customer_id, []).append(meeting_day(meeting, programme.zone))
    bears = {item.id: programme.visits if item.visits is None else item.visits for item in tx.customers.all()}
    return Burden(bears, {customer: tuple(sorted(days)) for customer, days in visits.items()})


def barred(
    tx: WorkspaceTx, people: Iterable[Person], meetings: Iterable[Meeting], moment: datetime
) -> dict[str, frozenset[str]]:
    """Person id -> ids of meetings ahead at which they are busy or away, or are not to sit."""
    found: dict[str, set[str]] = {}
    for word in believed(tx.availability.all(), moment):
        if word.word != "free" and word.at <= moment:
            found.setdefault(word.person_id, set()).add(word.meeting_id)
    ahead: dict[str, list[str]] = {}
    rules = [rule for rule in tx.plan_rules.all() if rule.at is None or rule.at <= moment]
    if any(rule.kind == "never" for rule in rules):
        for meeting in meetings:
            if meeting.start > moment:
                ahead.setdefault(meeting.customer_id, []).append(meeting.id)
    everybody = [person.id for person in people]
    for rule in rules:
        if rule.kind == "not_here":
            found.setdefault(rule.person_id, set()).add(rule.meeting_id)
        elif rule.kind == "never":
            found.setdefault(rule.person_id, set()).update(ahead.get(rule.customer_id, ()))
        elif rule.kind == "closed":
            for person_id in everybody:
                found.setdefault(person_id, set()).add(rule.meeting_id)
    return {person_id: frozenset(ids) for person_id, ids in found.items()}


def sat_lately(tx: WorkspaceTx, people: Iterable[str], programme: Programme, moment: datetime) -> list[Seat]:
    """The latest seats of some people before a moment: whether they ever listened."""
    ids = set[str]().union(*tx.seats.sat_before(moment, _NEAREST, sorted(people)).values())
    meetings = [item for item in tx.meetings.some(ids) if item.verdict != "no"]
    said = tx.seats.evidence(item.id for item in meetings)
    return seats_of(meetings, said, moment, zone=programme.zone, as_of=moment)


def _beside(
    tx: WorkspaceTx, people: Sequence[Person], seats: Iterable[Seat], first: datetime, after: datetime,
    moment: datetime,
) -> tuple[list[Meeting], list[Evidence]]:  # fmt: skip
    """What lies outside a period and is asked of everybody all the same: when they last heard, what comes next."""
    everybody = {person.id for person in people if person.kind != "host"}
    runs = moment < after  # of the period itself the latest is known of those who heard anybody in it
    heard = {who for seat in seats if (who := credited(seat))} if runs else set()
    ahead = {seat.person_id for seat in seats if seat.state == "accepted"} if runs else set()
    ids: set[str] = set()
    before, on = (first, max(moment, after)) if runs else (moment, moment)
    ids.update(*tx.seats.sat_before(before, _NEAREST, sorted(everybody - heard)).values())
    ids.update(*tx.seats.coming_from(on, _NEAREST, sorted(everybody - ahead)).values())
    found = [item for item in tx.meetings.some(ids) if item.verdict != "no" and not first <= item.start < after]
    return found, tx.seats.evidence(item.id for item in found) if found else []
