"""Random questions for the planner, the same for the same seed."""

import random
from datetime import UTC, date, datetime, time, timedelta

from companion.attendance.planner.model import PlanInput, Review, Seat, Sitter

BEGIN = date(2026, 3, 2)
TEAMS = ("Finance", "Law", "People", "Supply", "Data")


def random_input(seed: int, people: int = 6, reviews: int = 8, customers: int = 4, days: int = 120) -> PlanInput:
    """A question with everything in it: leave, busy days, vetoes, closed reviews, agreed seats, an earlier draft."""
    rng = random.Random(seed)
    held = tuple(_review(rng, number, customers, days) for number in range(reviews))
    who = tuple(_sitter(rng, number, held, customers, days) for number in range(people))
    pairs: list[Seat] = [(review.id, person.id) for review in held for person in who]

    def some(share: float) -> list[Seat]:
        return [pair for pair in pairs if rng.random() < share / max(1, len(who))]

    names = [f"c{number}" for number in range(customers)]
    return PlanInput(
        who, held,
        agreed=frozenset(some(0.1)), draft=frozenset(some(0.25)), pins=tuple(some(0.06)),
        not_here=frozenset(some(0.3)),
        never=frozenset((person.id, rng.choice(names)) for person in who if rng.random() < 0.15),
        closed=frozenset(review.id for review in held if rng.random() < 0.05),
        visits={
            name: tuple(BEGIN - timedelta(days=rng.randrange(400)) for _ in range(rng.randrange(2)))
            for name in names
            if rng.random() < 0.4
        },
        bears={name: rng.choice((1, 2, 2, 2, 3)) for name in names},
        teams={name: frozenset(rng.sample(TEAMS, rng.randrange(3))) for name in names if rng.random() < 0.5},
    )  # fmt: skip


def _review(rng: random.Random, number: int, customers: int, days: int) -> Review:
    day = BEGIN + timedelta(days=rng.randrange(days))
    start = datetime.combine(day, time(rng.randrange(8, 17), rng.choice((0, 30))), UTC)
    sitting = int(rng.random() < 0.08)
    end = start + timedelta(minutes=rng.choice((30, 60, 90)))
    return Review(
        f"m{number:03}", f"c{rng.randrange(customers)}", start, end, day,
        sitting=sitting, sitting_new=bool(sitting and rng.random() < 0.5), counts=rng.random() > 0.03,
    )  # fmt: skip


def _sitter(rng: random.Random, number: int, held: tuple[Review, ...], customers: int, days: int) -> Sitter:
    def some(share: float) -> frozenset[str]:
        return frozenset(review.id for review in held if rng.random() < share)

    gone = BEGIN + timedelta(days=rng.randrange(days))
    busy_at = BEGIN + timedelta(days=rng.randrange(days))
    taken = datetime.combine(busy_at, time(rng.randrange(8, 17)), UTC)
    heard = frozenset(f"c{rng.randrange(customers)}" for _ in range(rng.randrange(3)))
    return Sitter(
        f"p{number:02}", needs=rng.choice((0, 1, 1, 2, 2)), most=rng.choice((2, 3, 3)), spare=int(rng.random() < 0.15),
        team=rng.choice((*TEAMS, "")), new=not heard,
        last=BEGIN + timedelta(days=rng.randrange(days)) if rng.random() < 0.1 else None,
        away=((gone, gone + timedelta(days=13)),) if rng.random() < 0.3 else (),
        taken=((taken, taken + timedelta(hours=2)),),
        busy=some(0.12), free=some(0.1), said_no=some(0.03), hosts=some(0.02), heard=heard,
        credits=frozenset({("c0", BEGIN + timedelta(days=5))}) if rng.random() < 0.1 else frozenset(),
        days=(BEGIN - timedelta(days=rng.randrange(90)),) if heard else (),
    )  # fmt: skip
