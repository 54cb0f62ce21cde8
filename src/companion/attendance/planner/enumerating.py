"""Small questions to the end: every plan is looked at, but for those that cannot be better than one that is known."""

from itertools import combinations

from companion.attendance.planner.instance import Question
from companion.attendance.planner.sitting import Sitting, Total
from companion.basics.progress import Ticket

SMALL = 64  # possible seats; with more there are too many plans anyway
NODES = 6_000  # plans looked at before giving up; a count, so that the answer is the same on every computer


class _TooMany(Exception):  # noqa: N818 - no error: the question is not small
    """More plans than are looked at."""


def best_of_all(plan: Sitting, ticket: Ticket) -> bool:
    """Make a plan the best there is; False, and it is left as it was, where there are too many to look at."""
    if sum(map(len, plan.asked.choices)) > SMALL:
        return False
    walk = _Walk(plan, ticket)
    try:
        walk.go(0)
    except _TooMany:
        walk.restore(walk.start)
        return False
    walk.restore(walk.best)
    return True


class _Walk:
    """A depth-first walk over the reviews, with what is still possible as its bound."""

    def __init__(self, plan: Sitting, ticket: Ticket) -> None:
        self.plan, self.ticket = plan, ticket
        self.start = self.best = plan.pairs
        self.least: Total = plan.total
        self.nodes = 0
        asked = plan.asked
        self.order = [review for review, people in enumerate(asked.takers) if people]
        self.later = _still_possible(asked, self.order)
        self.restore([])

    def restore(self, pairs: list[tuple[int, int]]) -> None:
        """Plan these seats and no others."""
        for pair in self.plan.pairs:
            self.plan.take(*pair)
        for pair in pairs:
            self.plan.put(*pair)

    def go(self, at: int) -> None:
        """Try all that can be done in the reviews from `at` on."""
        self.nodes += 1
        if self.nodes > NODES:
            raise _TooMany
        if self.nodes % 512 == 0:
            self.ticket.step("planning")
        if self._promise(at) >= self.least:
            return
        if at == len(self.order):
            self.least, self.best = self.plan.total, self.plan.pairs
            return
        review = self.order[at]
        people = self.plan.asked.takers[review]
        known = self.plan.asked.people
        for one, two in combinations(people, 2):
            if known[one].new or known[two].new:
                self._with((one, two), review, at)
        for one in people:
            self._with((one,), review, at)
        self.go(at + 1)

    def _with(self, people: tuple[int, ...], review: int, at: int) -> None:
        done = []
        for person in people:
            if not self.plan.fits(person, review):
                break
            self.plan.put(person, review)
            done.append(person)
        if len(done) == len(people):
            self.go(at + 1)
        for person in done:
            self.plan.take(person, review)

    def _promise(self, at: int) -> Total:
        """The best the reviews from `at` on could make of the plan, each level by itself."""
        choices, drafted, customers = self.later[at]
        plan = self.plan
        total = list(plan.total)
        lacks = [max(0, lack - min(n, plan.asked.room[person] - len(plan.mine[person])))
                 for person, (lack, n) in enumerate(zip(plan.lacks, choices, strict=True))]  # fmt: skip
        total[1], total[2] = sum(lack > 0 for lack in lacks), sum(lacks)
        total[3] -= drafted
        total[4] -= len(customers)
        return tuple(total)


def _still_possible(asked: Question, order: list[int]) -> list[tuple[list[int], int, frozenset[str]]]:
    """From each place of the order on: choices by person, drafted seats, customers that may still be heard."""
    choices = [0] * len(asked.people)
    drafted, customers = 0, frozenset[str]()
    found = [(list(choices), drafted, customers)]
    for review in reversed(order):
        for person in asked.takers[review]:
            choices[person] += 1
            drafted += (person, review) in asked.drafted
        customers |= {asked.reviews[review].customer} & asked.unheard
        found.append((list(choices), drafted, customers))
    return found[::-1]
