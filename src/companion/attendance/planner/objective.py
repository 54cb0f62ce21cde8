"""How good a set of seats is, counted from the values alone; solvers must come to the same figures."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from hashlib import blake2b
from itertools import pairwise

from companion.attendance.planner.check import by_id
from companion.attendance.planner.model import APART, Objective, PlanInput, Seat, Sitter

GRAIN = 4096  # how finely the seed tells equals apart within one day


def measure(given: PlanInput, seats: Iterable[Seat], seed: int) -> Objective:
    """The objective of all seats of a plan, agreed and pinned ones among them."""
    people, reviews = by_id(given)
    chosen = sorted(set(seats))
    mine: dict[str, list[str]] = {person_id: [] for person_id in people}
    for meeting_id, person_id in chosen:
        mine[person_id].append(meeting_id)
    missing = {
        key: max(0, people[key].needs - len({(reviews[item].customer, reviews[item].day) for item in items}
                                            - people[key].credits))
        for key, items in mine.items()
    }  # fmt: skip
    first = first_day(given)
    with_leader = Counter((person, reviews[meeting].customer) for meeting, person in chosen)
    with_team = Counter((people[person].team, reviews[meeting].customer) for meeting, person in chosen)
    sat = {reviews[meeting].customer for meeting, _ in chosen}
    return Objective(
        changes=len(given.agreed - set(chosen)),
        short=sum(1 for lack in missing.values() if lack),
        missing=sum(missing.values()),
        redrawn=len(given.draft - set(chosen)),
        unheard=len(unheard(given) - sat),
        again=sum(n - 1 + (customer in people[key].heard) for (key, customer), n in with_leader.items()),
        alike=sum(n - 1 + (team in given.teams.get(customer, ())) for (team, customer), n in with_team.items()),
        close=sum(_close(people[key], [reviews[item].day for item in items]) for key, items in mine.items()),
        later=sum(weight(reviews[meeting].day, first, seed, meeting, person) for meeting, person in chosen),
    )


def unheard(given: PlanInput) -> frozenset[str]:
    """Customers with a review ahead whom nobody of ours has heard, and nobody else will."""
    sat = {review.customer for review in given.reviews if review.sitting}
    theirs = {review.customer for review in given.reviews if review.counts}
    return frozenset(key for key in theirs if not given.teams.get(key) and not given.visits.get(key)) - sat


def first_day(given: PlanInput) -> date:
    """The day of the earliest review."""
    return min((review.day for review in given.reviews), default=date.min)


def weight(day: date, first: date, seed: int, meeting_id: str, person_id: str) -> int:
    """What a seat weighs among equals: its day, and within the day what the seed makes of it."""
    mark = blake2b(f"{seed}\n{meeting_id}\n{person_id}".encode(), digest_size=4).digest()
    return (day - first).days * GRAIN + int.from_bytes(mark) % (GRAIN - 1) + 1


def too_close(one: date, two: date) -> bool:
    """Whether less than six weeks lie between two seats."""
    return abs(one - two) < APART


def _close(person: Sitter, days: list[date]) -> int:
    """1 where a person has two seats too close to each other, of which the plan holds one; 0 otherwise."""
    planned = sorted(days)
    among = any(too_close(one, two) for one, two in pairwise(planned))
    return int(among or any(too_close(day, other) for day in planned for other in person.days))
