"""What the Plan page reads: the proposal in sentences, who stays short, and what was decided for it."""

from dataclasses import dataclass
from datetime import date

from companion.attendance.days import meeting_day
from companion.attendance.planner.model import Plan, PlannedSeat
from companion.attendance.rules import PlanRule
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.programme import planning
from companion.programme.model import House
from companion.programme.plan_said import (
    plan_headline,
    plan_refused,
    plan_rule,
    seat_reason,
    short_helps,
    short_why,
)
from companion.programme.planning import PlanContext
from companion.words.dates import clock_time, day_month, weekday
from companion.words.language import t
from companion.words.plan import quality

MORE_HELP = 2  # ways out that are told of one person


@dataclass(frozen=True)
class SeatLine:
    """One seat of the proposal. `kind`: agreed, pinned, draft or new; `changed`: it was not in the last one."""

    meeting_id: str
    person_id: str
    day: date
    time: str  # by the programme's clock, "" for all day
    customer: str
    name: str
    team: str
    kind: str
    reason: str
    changed: bool


@dataclass(frozen=True)
class ShortLine:
    """Somebody the proposal leaves short, and what would help."""

    person_id: str
    name: str
    why: str
    helps: tuple[str, ...]


@dataclass(frozen=True)
class RuleLine:
    """Something decided for the planner."""

    rule_id: str
    text: str


@dataclass(frozen=True)
class PlanView:
    """All that the page shows. `gone`: how many seats of the last proposal are not in this one."""

    headline: str
    quality: str
    seats: tuple[SeatLine, ...]
    agreed: tuple[SeatLine, ...]
    short: tuple[ShortLine, ...]
    refused: tuple[str, ...]
    rules: tuple[RuleLine, ...]
    hosts: int  # how many hosts would be asked
    gone: int
    is_first: bool  # there was no proposal before


def read_plan(house: House, ticket: Ticket) -> PlanView | Problem:
    """Plan, keep what came of it on this computer, and say it; the Problem where names may not be shown."""
    before = planning.kept(house)
    try:
        made = planning.plan(house, ticket=ticket)
        about, rules = planning.plan_context(house), planning.rules(house)
    except Problem as problem:
        return Problem("plan_needs_agreement") if problem.code == "plan_needs_names" and _runs(house) else problem
    proposed = {(seat.meeting_id, seat.person_id) for seat in made.seats if seat.kind != "agreed"}
    agreed = {(seat.meeting_id, seat.person_id) for seat in made.seats} - proposed
    planning.keep(house, proposed)
    lines = [_seat(seat, made, about, proposed - before if before else set()) for seat in made.seats]
    hosts = {about.meetings[key].host_email for key, _person in proposed}
    return PlanView(
        plan_headline(made), quality(made.proven, *made.gap) if made.seats or made.short else "",
        tuple(line for line in lines if line.kind != "agreed"), tuple(line for line in lines if line.kind == "agreed"),
        tuple(
            ShortLine(one.person_id, about.name(one.person_id), short_why(one, about),
                      short_helps(one, about)[:MORE_HELP])
            for one in made.short
        ),
        plan_refused(made, about),
        tuple(RuleLine(rule.id, plan_rule(rule, about)) for rule in rules if _is_ahead(rule, about, house)),
        len(hosts), len(before - proposed - agreed), not before,
    )  # fmt: skip


def _runs(house: House) -> bool:
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
    return me is not None and me.kind == "ops"


def _seat(seat: PlannedSeat, made: Plan, about: PlanContext, fresh: set[tuple[str, str]]) -> SeatLine:
    meeting, person = about.meetings[seat.meeting_id], about.people[seat.person_id]
    return SeatLine(
        seat.meeting_id, seat.person_id, meeting_day(meeting, about.zone),
        "" if meeting.all_day else clock_time(meeting.start, about.zone), about.customer_of(seat.meeting_id),
        person.name, person.team, seat.kind, seat_reason(seat, made, about),
        (seat.meeting_id, seat.person_id) in fresh,
    )  # fmt: skip


def _is_ahead(rule: PlanRule, about: PlanContext, house: House) -> bool:
    meeting = about.meetings.get(rule.meeting_id)
    return not rule.meeting_id or (meeting is not None and meeting.start > house.clock())


def day_of(line: SeatLine) -> str:
    """Friday, 27 November, 11:00."""
    day = t("{weekday}, {day}", weekday=weekday(line.day), day=day_month(line.day))
    return t("{day}, {time}", day=day, time=line.time) if line.time else day
