"""The plan of a workspace: what it is given, what is decided beforehand, and the draft that outlives the program."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from companion.attendance.availability import Availability
from companion.basics.errors import Problem
from companion.people.model import Leave
from companion.programme import planning
from companion.programme.model import House
from companion.programme.plan_facts import plan_input
from fakes.house import KESTREL, Made
from fakes.meeting import THURSDAY, met, seated
from fakes.post import OPS

DAY = timedelta(days=1)


@pytest.fixture
def house(made: Made) -> House:
    """Three reviews with Kestrel ahead, a week apart."""
    for number in range(3):
        met(made.house, f"m{number}", THURSDAY + 7 * DAY * number)
    made.time[0] = THURSDAY - 7 * DAY
    return made.house


def seats(house: House, **wishes: object) -> set[tuple[str, str]]:
    return {(seat.meeting_id, seat.person_id) for seat in planning.plan(house, **wishes).seats}  # type: ignore[arg-type]


def test_leaders_who_need_a_seat_are_planned_and_the_customer_bears_two(house: House) -> None:
    plan = planning.plan(house)
    assert len(plan.seats) == 2  # Kestrel bears two listeners a year
    assert plan.proven
    assert len({seat.person_id for seat in plan.seats}) == 1  # both to one: then one leader less misses the target
    assert len(plan.short) == 1
    assert any(way.kind == "visits" for item in plan.short for way in item.would_help)


def test_leave_calendars_answers_and_offers_decide_what_is_given(house: House) -> None:
    seated(house, "m0", "dana", "accepted")
    seated(house, "m1", "dana", "declined")
    with house.workspace() as tx:
        tx.customers.put(replace(KESTREL, visits=3))
        tx.people.put_leave(Leave("lev", date(2026, 12, 1), date(2026, 12, 5), "parental"))
        tx.availability.put_all([Availability("m2", "lev", "busy", house.clock())])
    given = plan_input(house)
    people = {person.id: person for person in given.people}
    assert given.agreed == {("m0", "dana")}
    assert people["dana"].said_no == {"m1"}
    assert (people["lev"].busy, people["lev"].away) == ({"m2"}, ((date(2026, 12, 1), date(2026, 12, 5)),))
    assert ("m0", "lev") in seats(house)  # beside Dana: both are there for the first time


def test_what_is_decided_holds_until_it_is_dropped(house: House) -> None:
    rule = planning.pin(house, "m2", "lev@ferro.example", "closest to their work")
    assert ("m2", "lev") in seats(house)
    planning.never(house, "dana@ferro.example", "Kestrel")
    assert not [pair for pair in seats(house) if pair[1] == "dana"]
    forbidden = planning.forbid(house, "m2", "lev@ferro.example")
    assert rule.id not in {item.id for item in planning.rules(house)}  # the later word stands
    assert ("m2", "lev") not in seats(house)
    planning.shut(house, "m0")
    assert not [pair for pair in seats(house) if pair[0] == "m0"]
    planning.allow_again(house, forbidden.id[:8])
    assert {item.kind for item in planning.rules(house)} == {"never", "closed"}
    with pytest.raises(Problem, match="plan_rule_unknown"):
        planning.allow_again(house, "zzz")
    with house.workspace(write=False) as tx:
        assert sum(entry.what == "plan.rule" for entry in tx.programme.entries()) >= 5


def test_a_draft_is_kept_and_stays_as_far_as_it_can(house: House) -> None:
    other = {("m1", "lev"), ("m2", "lev")}
    assert seats(house) != other
    planning.keep(house, other)
    assert planning.kept(house) == other
    assert seats(house) == other
    assert seats(house, afresh=True) != other
    planning.put_away(house)
    assert planning.kept(house) == frozenset()


def test_no_further_than_a_day(house: House) -> None:
    assert {pair[0] for pair in seats(house, until=THURSDAY.date())} == {"m0"}
    with pytest.raises(Problem, match="plan_until_past"):
        planning.plan(house, until=date(2026, 1, 1))


def test_a_shared_workspace_plans_for_ops_once_names_are_agreed(house: House) -> None:
    with house.workspace() as tx:
        tx.people.put(OPS)
    for me in ("dana@ferro.example", "ola@ferro.example"):
        with pytest.raises(Problem, match="plan_needs_names"):
            planning.plan(replace(house, workspace_shared=True, me=me))
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), names_agreed="Works agreement"))
    shared = replace(house, workspace_shared=True)
    assert planning.plan(replace(shared, me="ola@ferro.example")).seats
    for refused in (planning.plan, planning.rules, planning.plan_context):
        with pytest.raises(Problem, match="plan_needs_names"):
            refused(shared)
    with pytest.raises(Problem, match="plan_needs_names"):
        planning.pin(shared, "m0", "lev@ferro.example")


def test_the_hosts_are_asked_for_what_is_handed_on(house: House) -> None:
    chosen = sorted(seats(house))
    planning.keep(house, chosen)
    made = planning.hand_on(house, chosen)
    assert sorted((offer.meeting_id, offer.person_id) for offer in made) == chosen
    assert {offer.came for offer in made} == {"plan"}
    assert planning.kept(house) == frozenset()
    assert {seat.kind for seat in planning.plan(house).seats} == {"agreed"}
