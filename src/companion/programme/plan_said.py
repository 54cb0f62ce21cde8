"""A plan said in sentences, for the window and the command line alike."""

from companion.attendance.days import meeting_day
from companion.attendance.planner.model import Plan, PlannedSeat, Short
from companion.attendance.rules import PlanRule
from companion.programme.planning import PlanContext
from companion.words.dates import day_month
from companion.words.language import t
from companion.words.plan import headline, help_sentence, refused_sentence, rule_sentence, seat_sentence, short_sentence


def plan_headline(plan: Plan) -> str:
    """The plan in one sentence."""
    fresh = sum(seat.kind != "agreed" for seat in plan.seats)
    return headline(fresh, len(plan.seats) - fresh, len(plan.short))


def seat_reason(seat: PlannedSeat, plan: Plan, about: PlanContext) -> str:
    """Why somebody sits there."""
    beside = (one for one in plan.seats if one.meeting_id == seat.meeting_id and one.person_id != seat.person_id)
    other = next((about.name(one.person_id) for one in beside), "")
    own = sorted(
        about.meetings[one.meeting_id].start for one in plan.seats
        if one.person_id == seat.person_id and one.kind != "agreed"
    )  # fmt: skip
    start = about.meetings[seat.meeting_id].start
    place = own.index(start) + 1 if start in own else 1
    return seat_sentence(seat.reasons, about.name(seat.person_id), about.customer_of(seat.meeting_id), other, place)


def short_why(item: Short, about: PlanContext) -> str:
    """Why somebody stays short."""
    return short_sentence(item.needs, item.why, about.name(item.person_id))


def short_helps(item: Short, about: PlanContext) -> tuple[str, ...]:
    """What would seat them, each on its own."""
    found = []
    for way in item.would_help:
        meeting, customer = about.meetings.get(way.meeting_id), about.customers.get(way.customer_id)
        day = day_month(meeting_day(meeting, about.zone)) if meeting else ""
        found.append(help_sentence(way.kind, customer.name if customer else t("a customer"), day, way.first, way.last))
    return tuple(found)


def plan_refused(plan: Plan, about: PlanContext) -> tuple[str, ...]:
    """Pins and agreed seats that cannot stand."""
    return tuple(
        refused_sentence(one.kind, one.code, about.name(one.person_id), about.customer_of(one.meeting_id))
        for one in plan.refused
    )


def plan_rule(rule: PlanRule, about: PlanContext, *, with_reason: bool = True) -> str:
    """Something that was decided for the planner."""
    meeting, customer = about.meetings.get(rule.meeting_id), about.customers.get(rule.customer_id)
    day = day_month(meeting_day(meeting, about.zone)) if meeting else ""
    name = customer.name if customer else about.customer_of(rule.meeting_id)
    return rule_sentence(rule.kind, about.name(rule.person_id), name, day, rule.reason if with_reason else "")
