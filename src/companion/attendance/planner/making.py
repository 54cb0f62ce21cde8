"""A plan from values: asked of a solver, checked, and explained."""

from companion.attendance.planner.check import faults, pins_missing
from companion.attendance.planner.helping import would_help
from companion.attendance.planner.instance import Question, Solver, question
from companion.attendance.planner.model import Plan, PlanInput, Seat, Short, Sitter
from companion.attendance.planner.objective import measure
from companion.attendance.planner.reasons import planned, why_short
from companion.attendance.planner.search import Search
from companion.basics.progress import Ticket

EXPLAINED = 40  # people left short for whom ways out are tried; with more of them there are simply too few reviews


def make(given: PlanInput, solver: Solver | None, seed: int = 0, ticket: Ticket | None = None) -> Plan:
    """The best plan a solver finds (None: the search of our own). Raises Cancelled."""
    chosen: Solver = solver or Search()
    waiting = ticket or Ticket()
    asked = question(given, seed)
    answer = chosen.solve(asked, waiting)
    _must_hold(asked, answer.seats)
    given = asked.given
    seats = answer.seats
    short = []
    for number, (person, lacks) in enumerate(_left(asked, seats)):
        waiting.step("explaining", number)
        ways = would_help(given, person, seats) if number < EXPLAINED else ()
        short.append(Short(person.id, lacks, why_short(given, person, seats), ways))
    return Plan(
        planned(given, seats), tuple(short), measure(given, seats, seed), answer.bound, answer.proven, seed,
        asked.refused, chosen.name,
    )  # fmt: skip


def _must_hold(asked: Question, seats: frozenset[Seat]) -> None:
    """A plan that breaks a rule is never shown, whoever found it."""
    refused = [(item.meeting_id, item.person_id) for item in asked.refused]
    broken = [*faults(asked.given, seats), *pins_missing(asked.given.pins, seats, refused)]
    if broken:
        raise RuntimeError(f"the plan breaks its own rules: {sorted({fault.code for fault in broken})}")


def _left(asked: Question, seats: frozenset[Seat]) -> list[tuple[Sitter, int]]:
    """Who is short, and by how many seats; those who lack most first."""
    reviews = {review.id: review for review in asked.reviews}
    found = []
    for person in asked.people:
        mine = {(reviews[meeting].customer, reviews[meeting].day) for meeting, who in seats if who == person.id}
        lacks = person.needs - len(mine - person.credits)
        if lacks > 0:
            found.append((person, lacks))
    return sorted(found, key=lambda pair: (-pair[1], pair[0].id))
