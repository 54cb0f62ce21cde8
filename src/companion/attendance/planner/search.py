"""A plan without a solver's library: seats by the shortest way to them, then bettered; small questions to the end."""

from companion.attendance.planner.bound import bound
from companion.attendance.planner.enumerating import best_of_all
from companion.attendance.planner.instance import Answer, Pair, Question
from companion.attendance.planner.sitting import Sitting, objective
from companion.basics.progress import Ticket

ROUNDS = 6  # of bettering; counted, not timed, so that the answer is the same on every computer
DEEP = 4  # seats that may move so that one more person gets one


class Search:
    """A `Solver` in plain Python. It never breaks a rule, and says how far from the best it may be."""

    name = "search"

    def solve(self, asked: Question, ticket: Ticket) -> Answer:
        """A good plan, and the best where the question is small."""
        plan = Sitting(asked)
        _seat_everybody(plan, ticket)
        for number in range(ROUNDS):
            before = plan.total
            _better(plan, ticket, number)
            _seat_everybody(plan, ticket)
            if plan.total == before:
                break
        proven = best_of_all(plan, ticket)
        found = objective(plan.total)
        return Answer(asked.seats(plan.pairs), found if proven else bound(asked), proven)


def _seat_everybody(plan: Sitting, ticket: Ticket) -> None:
    """Give each person who lacks a seat one, whose choices are few first; others move where that helps."""
    people = [person for person, theirs in enumerate(plan.asked.choices) if theirs]
    for person in sorted(people, key=lambda person: (plan.lacks[person], len(plan.asked.choices[person]), person)):
        while plan.lacks[person] > 0:
            ticket.step("planning")
            if not (_put_best(plan, person) or _push(plan, person, set(), DEEP)):
                break


def _put_best(plan: Sitting, person: int) -> bool:
    """The best seat that is to be had for a person as things stand."""
    found: tuple[tuple[int, ...], int] | None = None
    for review in plan.asked.choices[person]:
        if plan.fits(person, review):
            plan.put(person, review)
            if found is None or (plan.total, review) < found:
                found = (plan.total, review)
            plan.take(person, review)
    if found:
        plan.put(person, found[1])
    return found is not None


def _push(plan: Sitting, person: int, tried: set[int], deep: int) -> bool:
    """Seat a person where somebody else can move on: an augmenting path."""
    for review in plan.asked.choices[person]:
        if review in tried or review in plan.mine[person]:
            continue
        tried.add(review)
        for other, place in plan.crowds(review):
            if other == person or not plan.may_leave(other, place):
                continue
            plan.take(other, place)
            if plan.fits(person, review):
                plan.put(person, review)
                if _put_best(plan, other) or (deep > 1 and _push(plan, other, tried, deep - 1)):
                    return True
                plan.take(person, review)
            plan.put(other, place)
    return False


def _better(plan: Sitting, ticket: Ticket, number: int) -> None:
    """One round: every planned seat moved, handed on, exchanged or given up where that is better."""
    pairs = plan.pairs
    for done, (person, review) in enumerate(pairs):
        ticket.step("planning", done + number * len(pairs), ROUNDS * len(pairs))
        if review in plan.mine[person]:
            _one_better(plan, person, review)
    for person, theirs in enumerate(plan.asked.choices):
        for review in theirs:
            if plan.fits(person, review):
                _keep_if_better(plan, [], [(person, review)])


def _one_better(plan: Sitting, person: int, review: int) -> None:
    asked = plan.asked
    if not plan.may_leave(person, review):
        return
    best, way = plan.total, None
    steps: list[tuple[list[Pair], list[Pair]]] = [([(person, review)], [])]
    steps += [([(person, review)], [(person, at)]) for at in asked.choices[person]]
    steps += [([(person, review)], [(other, review)]) for other in asked.takers[review] if other != person]
    for other in asked.takers[review]:
        for at in sorted(plan.mine[other]):
            if other != person and at != review and (person, at) in asked.weights:
                steps.append(([(person, review), (other, at)], [(other, review), (person, at)]))
    for gone, fresh in steps:
        total = _try(plan, gone, fresh)
        if total is not None:
            if total < best:
                best, way = total, (gone, fresh)
            _back(plan, gone, fresh)
    if way:
        _try(plan, *way)


def _keep_if_better(plan: Sitting, gone: list[Pair], fresh: list[Pair]) -> None:
    before = plan.total
    total = _try(plan, gone, fresh)
    if total is not None and total >= before:
        _back(plan, gone, fresh)


def _try(plan: Sitting, gone: list[Pair], fresh: list[Pair]) -> tuple[int, ...] | None:
    """Take and put; the total, or None and nothing is changed where a rule forbids it."""
    for pair in gone:
        plan.take(*pair)
    done: list[Pair] = []
    for pair in fresh:
        if not plan.fits(*pair):
            break
        plan.put(*pair)
        done.append(pair)
    allowed = len(done) == len(fresh) and all(plan.stands(review) for _, review in gone)
    if allowed:
        return plan.total
    _back(plan, gone, done)
    return None


def _back(plan: Sitting, gone: list[Pair], fresh: list[Pair]) -> None:
    for pair in reversed(fresh):
        plan.take(*pair)
    for pair in reversed(gone):
        plan.put(*pair)
