"""Plans: no rule is ever broken, the best is found, the same question has the same answer, each seat has its reason."""

import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain, combinations
from pathlib import Path

import pytest

from attendance.planner.instances import BEGIN, random_input
from companion.attendance.planner.check import bars, faults
from companion.attendance.planner.instance import Solver, question
from companion.attendance.planner.making import make
from companion.attendance.planner.model import Objective, Plan, PlanInput, Review, Seat, Sitter
from companion.attendance.planner.objective import measure
from companion.attendance.planner.search import Search
from companion.basics.progress import Cancelled, Ticket
from companion.connectors.solver import Highs

SOLVERS = [Search(), Highs()]
both = pytest.mark.parametrize("solver", SOLVERS, ids=lambda solver: solver.name)


def review(key: str, customer: str, day: int, hour: int = 10) -> Review:
    start = datetime(2026, 3, 2, hour, tzinfo=UTC) + timedelta(days=day)
    return Review(key, customer, start, start + timedelta(hours=1), start.date())


def seats(plan: Plan) -> set[Seat]:
    return {(seat.meeting_id, seat.person_id) for seat in plan.seats}


def test_of_200_random_plans_none_breaks_a_rule_and_each_seat_has_its_reason() -> None:
    for number in range(200):
        given = random_input(number, 6, 9, 4)
        plan = make(given, SOLVERS[number % 4 != 0], number)
        assert faults(given, seats(plan)) == [], number
        kept = {(item.meeting_id, item.person_id) for item in plan.refused} | seats(plan)
        assert given.agreed | set(given.pins) <= kept, number
        assert all(any(r.code in ("needs", "beyond") for r in seat.reasons) for seat in plan.seats), number
        assert {item.person_id for item in plan.short} == lacking(given, seats(plan)), number
        assert all(item.why for item in plan.short), number
        assert plan.bound.vector <= plan.objective.vector, number


def lacking(given: PlanInput, chosen: set[Seat]) -> set[str]:
    held = {item.id: item for item in given.reviews}
    return {
        person.id for person in given.people
        if len({(held[m].customer, held[m].day) for m, who in chosen if who == person.id} - person.credits)
        < person.needs
    }  # fmt: skip


@pytest.mark.parametrize("number", range(8))
def test_both_solvers_find_the_best_of_all_plans(number: int) -> None:
    given = random_input(number + 500, 4, 5, 3)
    best = brute_force(given, number)
    found = [make(given, solver, number) for solver in SOLVERS]
    assert [plan.proven for plan in found] == [True, True]
    assert [plan.objective for plan in found] == [best, best]
    assert seats(found[0]) == seats(found[1])


@pytest.mark.parametrize("number", range(8))
def test_where_most_are_new_the_best_of_all_plans_is_found_too(number: int) -> None:
    rng = random.Random(number)
    given = random_input(number + 700, 4, 5, 3)
    given = replace(given, people=tuple(replace(person, new=rng.random() < 0.7) for person in given.people))
    plan = make(given, Highs(), number)
    assert plan.proven
    assert plan.objective == brute_force(given, number)


def brute_force(given: PlanInput, seed: int) -> Objective:
    """Every set of seats that keeps what is fixed, breaks no rule and seats nobody beyond what they are to have."""
    asked = question(given, seed)
    fixed = set(asked.seats(()))
    free = [
        (held.id, person.id) for held in given.reviews for person in given.people
        if (held.id, person.id) not in fixed and not bars(given, person, held)
        and not faults(given, {*fixed, (held.id, person.id)})
    ]  # fmt: skip
    room = {person.id: left for person, left in zip(asked.people, asked.room, strict=True)}
    found = []
    for some in chain.from_iterable(combinations(free, n) for n in range(sum(room.values()) + 1)):
        if any(sum(who == person for _, who in some) > left for person, left in room.items()):
            continue
        if not faults(given, fixed | set(some)):
            found.append(measure(asked.given, fixed | set(some), seed))
    return min(found, key=lambda item: item.vector)


@both
def test_the_order_of_what_is_given_never_matters(solver: Solver) -> None:
    given = random_input(7, 10, 16, 6)
    mixed = replace(
        given,
        people=tuple(random.Random(1).sample(given.people, len(given.people))),
        reviews=tuple(random.Random(2).sample(given.reviews, len(given.reviews))),
    )
    assert make(mixed, solver, 3) == make(given, solver, 3)


@both
def test_another_process_with_other_hashes_has_the_same_plan(solver: Solver) -> None:
    program = (
        "from attendance.planner.instances import random_input\n"
        "from companion.attendance.planner.making import make\n"
        "from companion.attendance.planner.search import Search\n"
        "from companion.connectors.solver import Highs\n"
        f"plan = make(random_input(11, 9, 15, 5), {type(solver).__name__}(), 5)\n"
        "print([(seat.meeting_id, seat.person_id) for seat in plan.seats], plan.short, plan.objective)\n"
    )
    tests = str(Path(__file__).parents[2])
    said = {
        subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": tests},
            check=True, capture_output=True, text=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(said) == 1


@both
def test_after_a_veto_all_but_one_seat_stay(solver: Solver) -> None:
    people = tuple(Sitter(f"p{n}", 1, 3, team=f"t{n}", new=True) for n in range(4))
    given = PlanInput(people, tuple(review(f"m{n}", f"c{n}", 7 * n) for n in range(6)))
    first = make(given, solver)
    assert len(seats(first)) == 4
    gone = sorted(seats(first))[0]
    again = make(replace(given, draft=frozenset(seats(first)), not_here=frozenset({gone})), solver)
    assert gone not in seats(again)
    assert again.objective.redrawn == 1
    assert not again.short


@both
def test_a_pin_stands_or_is_refused_with_the_rule_it_breaks(solver: Solver) -> None:
    people = (Sitter("dana", 1, 3, new=True), Sitter("lev", 0, 3, away=((date(2026, 3, 2), date(2026, 3, 8)),)))
    given = PlanInput(people, (review("m1", "kestrel", 1), review("m2", "kestrel", 20)))
    plan = make(replace(given, pins=(("m2", "lev"), ("m1", "lev"))), solver)
    assert ("m2", "lev") in seats(plan)
    assert [(item.meeting_id, item.person_id, item.code) for item in plan.refused] == [("m1", "lev", "leave")]


@both
def test_an_agreed_seat_stays_unless_a_lasting_rule_undoes_it(solver: Solver) -> None:
    people = (Sitter("dana", 1, 3, busy=frozenset({"m1"})), Sitter("lev", 1, 3, new=True))
    given = PlanInput(people, (review("m1", "kestrel", 1),), agreed=frozenset({("m1", "dana")}))
    assert seats(make(given, solver)) == {("m1", "dana"), ("m1", "lev")}  # two, for Lev is new
    gone = make(replace(given, never=frozenset({("dana", "kestrel")})), solver)
    assert seats(gone) == {("m1", "lev")}
    assert [(item.kind, item.code) for item in gone.refused] == [("agreed", "never")]
    assert gone.objective.changes == 1


@both
def test_what_would_help_helps(solver: Solver) -> None:
    tried = 0
    for number in range(12):
        given = replace(random_input(number, 5, 6, 4), span=(BEGIN, BEGIN + timedelta(days=60)))
        plan = make(given, solver, number)
        for short in plan.short:
            for way in short.would_help:
                eased = given
                if way.kind == "open":
                    eased = replace(given, closed=given.closed - {way.meeting_id})
                elif way.kind == "never":
                    eased = replace(given, never=given.never - {(short.person_id, way.customer_id)})
                elif way.kind == "visits":
                    more = {way.customer_id: given.bears[way.customer_id] + 1}
                    eased = replace(given, bears={**given.bears, **more})
                else:
                    assert way.first
                    day = (way.first - BEGIN).days
                    eased = replace(given, reviews=(*given.reviews, review("extra", way.customer_id, day)))
                better = make(eased, solver, number).objective
                assert better.vector[1:3] < plan.objective.vector[1:3], (number, short, way)
                tried += 1
    assert tried > 8


@both
def test_a_cancelled_plan_is_no_plan(solver: Solver) -> None:
    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        make(random_input(1, 10, 20, 6), solver, 0, ticket)


def test_highs_stops_in_the_middle() -> None:
    ticket = Ticket(lambda _what, done, _total: ticket.cancel() if done == 1 else None)
    with pytest.raises(Cancelled):
        make(random_input(2, 40, 90, 25, 300), Highs(), 0, ticket)


def test_without_time_highs_tells_a_plan_and_how_far_it_may_be() -> None:
    given = random_input(3, 30, 60, 20, 300)
    plan = make(given, Highs(most=0.0), 1)
    assert faults(given, seats(plan)) == []
    assert not plan.proven
    assert plan.bound.vector <= plan.objective.vector


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"closed": frozenset({"m1"})}, "closed"),
        ({"not_here": frozenset({("m1", "dana")})}, "not_here"),
        ({"never": frozenset({("dana", "kestrel")})}, "never"),
        ({"bears": {"kestrel": 1}, "visits": {"kestrel": (date(2025, 6, 1),)}}, "visits"),
    ],
)
def test_each_rule_is_found_broken(change: dict[str, object], code: str) -> None:
    given = PlanInput((Sitter("dana", 1, 3),), (review("m1", "kestrel", 1),))
    assert faults(given, [("m1", "dana")]) == []
    broken = replace(given, **change)  # type: ignore[arg-type]
    assert [fault.code for fault in faults(broken, [("m1", "dana")])] == [code]
    assert seats(make(broken, Search())) == set()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"last": date(2026, 3, 1)}, "role"),
        ({"away": ((date(2026, 3, 1), date(2026, 3, 3)),)}, "leave"),
        ({"busy": frozenset({"m1"})}, "busy"),
        ({"hosts": frozenset({"m1"})}, "own"),
        ({"said_no": frozenset({"m1"})}, "said_no"),
        ({"most": 0}, "most"),
        ({"credits": frozenset({("kestrel", date(2026, 3, 3))})}, "credited"),
        ({"taken": ((datetime(2026, 3, 3, 11, 20, tzinfo=UTC), datetime(2026, 3, 3, 12, tzinfo=UTC)),)}, "taken"),
    ],
)
def test_each_rule_of_a_person_is_found_broken(change: dict[str, object], code: str) -> None:
    given = PlanInput((replace(Sitter("dana", 1, 3), **change),), (review("m1", "kestrel", 1),))  # type: ignore[arg-type]
    assert [fault.code for fault in faults(given, [("m1", "dana")])] == [code]
    assert seats(make(given, Highs())) == set()


def test_seats_that_do_not_go_together_are_found() -> None:
    dana, lev, new = Sitter("dana", 3, 3), Sitter("lev", 1, 3), Sitter("new", 1, 3, new=True)
    held = (review("m1", "a", 1), review("m2", "b", 1, 11), review("m3", "a", 1, 15), review("m4", "c", 400))
    given = PlanInput((dana, lev, new), held, bears={"a": 1})
    codes = [fault.code for fault in faults(given, [("m1", "dana"), ("m2", "dana"), ("m3", "dana")])]
    assert sorted(codes) == ["clash", "one_a_day", "same_day", "visits"]
    assert [fault.code for fault in faults(given, [("m2", "dana"), ("m2", "lev")])] == ["full"]
    assert faults(given, [("m2", "dana"), ("m2", "new")]) == []


def test_the_first_time_is_once() -> None:
    new, dana = Sitter("new", 2, 3, new=True), Sitter("dana", 2, 3)
    given = PlanInput((new, dana), (review("m1", "a", 1), review("m2", "b", 50), review("m3", "c", 100)))
    assert faults(given, [("m1", "new"), ("m1", "dana"), ("m2", "new")]) == []
    assert [fault.code for fault in faults(given, [("m1", "new"), ("m2", "new"), ("m2", "dana")])] == ["full"]


@both
def test_somebody_new_lets_a_second_sit_beside_them_at_their_first_seat_alone(solver: Solver) -> None:
    new, dana = Sitter("new", 2, 3, new=True), Sitter("dana", 2, 3)
    held = (review("m1", "a", 1), review("m2", "b", 50))
    plan = make(PlanInput((new, dana), held), solver)
    assert plan.objective.missing == 1  # two seats in the one review, one in the other
    assert {meeting for meeting, _ in seats(plan)} == {"m1", "m2"}
    assert len(seats(plan)) == 3
    beside = {
        (seat.person_id, reason.facts) for seat in plan.seats for reason in seat.reasons if reason.code == "second"
    }
    assert beside == {("new", (("person", "dana"), ("new", "new"))), ("dana", (("person", "new"), ("new", "new")))}
    given = PlanInput((new, dana), held, agreed=frozenset({("m1", "new")}), never=frozenset({("dana", "a")}))
    agreed = make(given, solver)
    assert len([one for one in seats(agreed) if one[0] == "m2"]) == 1  # the first seat is agreed, and earlier


@both
def test_a_pin_beside_a_first_seat_keeps_it_the_first(solver: Solver) -> None:
    new, dana = Sitter("new", 2, 3, new=True), Sitter("dana", 1, 3)
    held = (review("m1", "a", 1), review("m2", "b", 50))
    plan = make(PlanInput((new, dana), held, agreed=frozenset({("m2", "new")}), pins=(("m2", "dana"),)), solver)
    assert seats(plan) == {("m2", "new"), ("m2", "dana")}
    assert [(short.person_id, short.needs) for short in plan.short] == [("new", 1)]


@both
def test_a_day_has_one_seat_of_a_person_unless_ops_pin_another(solver: Solver) -> None:
    held = (review("m1", "a", 1, 9), review("m2", "b", 1, 15))
    given = PlanInput((Sitter("dana", 2, 3),), held)
    assert len(seats(make(given, solver))) == 1
    pinned = replace(given, pins=(("m1", "dana"), ("m2", "dana")))
    assert seats(make(pinned, solver)) == {("m1", "dana"), ("m2", "dana")}
    other = replace(given, people=(Sitter("dana", 2, 3, days=(held[0].day,)),))
    assert seats(make(other, solver)) == set()
