"""plan: who could sit in which review, what was decided beforehand, and having the hosts asked."""

import argparse
from typing import Any

from companion.attendance.planner.model import Plan
from companion.attendance.rules import PlanRule
from companion.basics.clock import day_of, read_day
from companion.basics.errors import Problem
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import end_progress, progress, say, say_json, tell_all, warn
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
from companion.words.dates import clock_time, short_day
from companion.words.language import t, tn
from companion.words.plan import quality


def add(commands: Commands) -> None:
    """The command of this file."""
    made = verb(commands, "plan", _plan, t("who could sit in which review; asks nobody until you say so"))
    made.add_argument("--until", metavar="DAY", help=t("plan no further than this day"))
    made.add_argument("--seed", type=int, default=0, metavar="N", help=t("among equals, another choice"))
    made.add_argument("--afresh", action="store_true", help=t("without regard to the proposal kept in the window"))
    made.add_argument("--offer", action="store_true", help=t("have the hosts asked for every proposed seat"))
    two = (("--pin", ("MEETING", "PERSON"), t("this person there, whatever else is planned")),
           ("--not", ("MEETING", "PERSON"), t("not this person there")),
           ("--never", ("PERSON", "CUSTOMER"), t("never this person with this customer")))  # fmt: skip
    for flag, names, text in two:
        made.add_argument(flag, nargs=2, action="append", default=[], metavar=names, dest=flag[2:] + "_", help=text)
    made.add_argument("--close", action="append", default=[], metavar="MEETING", help=t("nobody there"))
    made.add_argument("--drop", action="append", default=[], metavar="RULE", help=t("that decision no longer holds"))
    made.add_argument("--rules", action="store_true", help=t("what was decided, and nothing else"))
    made.add_argument("--reason", default="", metavar="R", help=t("why it is decided so"))


def _plan(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        _decide(house, options)
        context = planning.plan_context(house)
        if options.rules:
            _say_rules(planning.rules(house), context, as_json=options.json)
            return 0
        until = read_day(options.until, "--until") if options.until else None
        made = planning.plan(house, seed=options.seed, ticket=progress(), until=until, afresh=options.afresh)
        end_progress()
        problems: list[Problem] = []
        asked = None
        if options.offer:
            fresh = [(seat.meeting_id, seat.person_id) for seat in made.seats if seat.kind != "agreed"]
            asked = [offer.id for offer in planning.hand_on(house, fresh, problems)]
    tell_all(problems)
    if options.json:
        say_json(plan_json(made, context) | ({} if asked is None else {"offers": asked}))
    else:
        _say(made, context)
        if asked is not None:
            say("")
            say(tn("{count} host is asked.", "{count} hosts are asked.", len(asked)) if asked
                else t("There was nobody to ask."))  # fmt: skip
    return 1 if problems and not asked else 0


def _decide(house: House, options: argparse.Namespace) -> None:
    for rule in options.drop:
        planning.allow_again(house, rule)
    for meeting, person in options.pin_:
        planning.pin(house, meeting, person, options.reason)
    for meeting, person in options.not_:
        planning.forbid(house, meeting, person, options.reason)
    for person, customer in options.never_:
        planning.never(house, person, customer, options.reason)
    for meeting in options.close:
        planning.shut(house, meeting, options.reason)


def plan_json(plan: Plan, context: PlanContext) -> dict[str, Any]:
    """A plan as the command answers it."""
    return {
        "seats": [
            {"meeting": seat.meeting_id, "person": context.people[seat.person_id].email,
             "name": context.name(seat.person_id), "customer": context.customer_of(seat.meeting_id),
             "start": context.meetings[seat.meeting_id].start, "kind": seat.kind,
             "reason": seat_reason(seat, plan, context)}
            for seat in plan.seats
        ],
        "short": [
            {"person": context.people[item.person_id].email, "name": context.name(item.person_id), "needs": item.needs,
             "why": short_why(item, context), "would_help": short_helps(item, context)}
            for item in plan.short
        ],
        "refused": plan_refused(plan, context),
        "objective": plan.objective.number, "bound": plan.bound.number, "proven": plan.proven, "seed": plan.seed,
        "levels": vars(plan.objective), "levels_bound": vars(plan.bound), "quality": quality(plan.proven, *plan.gap),
        "solver": plan.solver,
    }  # fmt: skip


def _say(plan: Plan, context: PlanContext) -> None:
    say(plan_headline(plan))
    for seat in plan.seats:
        meeting = context.meetings[seat.meeting_id]
        say("")
        time = "" if meeting.all_day else f" {clock_time(meeting.start, context.zone)}"
        say(f"{short_day(day_of(meeting.start, context.zone))}{time}  {context.customer_of(seat.meeting_id)}  "
            f"{context.name(seat.person_id)}  ({seat.meeting_id[:8]})")  # fmt: skip
        say("  " + seat_reason(seat, plan, context))
    for item in plan.short:
        say("")
        say(short_why(item, context))
        ways = short_helps(item, context)
        say("  " + (t("It would help: {ways}.", ways="; ".join(ways)) if ways
                    else t("No single review or rule would help.")))  # fmt: skip
    if plan.seats or plan.short:
        say("")
        say(quality(plan.proven, *plan.gap))
    for refused in plan_refused(plan, context):
        warn(refused)


def _say_rules(rules: list[PlanRule], context: PlanContext, *, as_json: bool) -> None:
    rows = []
    for rule in rules:
        customer = context.customers.get(rule.customer_id)
        rows.append({
            "id": rule.id, "kind": rule.kind, "person": context.name(rule.person_id), "meeting": rule.meeting_id,
            "customer": customer.name if customer else context.customer_of(rule.meeting_id), "reason": rule.reason,
            "sentence": plan_rule(rule, context, with_reason=False),
        })  # fmt: skip
    if as_json:
        say_json(rows)
        return
    for row in rows:
        say(f"{row['id'][:8]}  {row['sentence']}" + (f": {row['reason']}" if row["reason"] else ""))
    if not rows:
        say(t("Nothing is decided beforehand."))
