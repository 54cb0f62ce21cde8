"""Goal 19: the planner beside one bare linear programme, and beside a plan made greedily."""

from pathlib import Path

from bench.measure import Variant, python
from bench.plan_fill import kept
from bench.report import Goal, Trial

NOTE = (
    "Reading left out, building the programme counted in. The floor solves the first level alone, in fractions, and "
    "seats nobody; its figures are those of no plan at all. Fewer is better in every figure."
)


def plans(rounds: int) -> list[Trial]:
    """One trial for each kept instance."""
    return [_trial(path, rounds) for path in kept()]


def _trial(path: Path, rounds: int) -> Trial:
    floor = Variant("HiGHS, one LP", "floor", python("plan_solved", path, "lp"))
    ours = Variant("Companion", "ours", python("plan_solved", path, "highs"))
    alone = Variant("Companion without HiGHS", "ours as well", python("plan_solved", path, "search"))
    greedy = Variant("greedy", "peer", python("plan_solved", path, "greedy"))
    goals = (Goal("cpu", floor.name, 3), Goal("wall", "", 2))
    title = f"a plan: {path.stem.replace('-', ' ')}"
    return Trial("19", title, (floor, ours, alone, greedy), goals, rounds, NOTE)
