"""Plans one kept instance: by HiGHS, by the search in plain Python, greedily, or one bare LP of HiGHS."""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.plan_fill import read

from companion.attendance.planner.bound import bound
from companion.attendance.planner.instance import Question, question
from companion.attendance.planner.linear import linear
from companion.attendance.planner.objective import measure
from companion.attendance.planner.search import Search
from companion.attendance.planner.sitting import Sitting
from companion.basics.progress import Ticket
from companion.connectors.solver import Highs


def greedy(asked: Question) -> frozenset[tuple[str, str]]:
    """The first seat that fits, review by review."""
    plan = Sitting(asked)
    for review, people in enumerate(asked.takers):
        for person in people:
            if plan.lacks[person] > 0 and plan.fits(person, review):
                plan.put(person, review)
    return asked.seats(plan.pairs)


def relaxed(asked: Question) -> None:
    """The first aim alone, seats in halves and quarters allowed: what any way through HiGHS costs at least."""
    from companion.connectors.solver import _Engine

    programme = linear(asked)
    _Engine(programme, 0, Ticket(), time.monotonic() + 60).least(programme.aims[0], whole=False)


def main(path: Path, how: str) -> None:
    given = read(path)
    cpu, wall = time.process_time(), time.perf_counter()
    asked = question(given)
    if how == "lp":
        relaxed(asked)
        seats = asked.seats(())
    elif how == "greedy":
        seats = greedy(asked)
    else:
        seats = (Highs() if how == "highs" else Search()).solve(asked, Ticket()).seats
    spent = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    found = measure(asked.given, seats, 0)
    told = {name: value for name, value in vars(found).items() if name != "later"}
    print(json.dumps({**spent, **told, "missing_bound": bound(asked).missing}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
