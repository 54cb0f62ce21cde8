"""A review that two tell of is one, and whoever listens takes its seat: for the board, the plan and who is offered."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from companion.basics.errors import Problem
from companion.programme import offers, planning
from companion.programme.look_back import look_back
from companion.programme.model import House
from companion.programme.views.board import board
from companion.programme.views.candidates import candidates
from companion.programme.views.ground import ground
from companion.programme.views.worklist import worklist
from fakes.house import Made
from fakes.meeting import THURSDAY, met, seated
from fakes.post import OPS, as_

AHEAD = THURSDAY + timedelta(days=14)
DANA, LEV, ROSA, OLA, AGNES = (f"{name}@ferro.example" for name in ("dana", "lev", "rosa", "ola", "agnes"))


@pytest.fixture
def house(made: Made) -> House:
    """Nobody is new: Dana, Lev and Agnes, who is no leader, have listened before."""
    with made.house.workspace() as tx:
        tx.people.put(OPS)
        tx.programme.put(replace(tx.programme.get(), visits=9, names_agreed="BV 1", names_agreed_on=date(2026, 1, 1)))
    for day, who in enumerate(("dana", "lev", "agnes"), 3):
        met(made.house, f"old{day}", datetime(2026, 3, day, 9, tzinfo=UTC))
        seated(made.house, f"old{day}", who, "attended", "host")
    return made.house


def told_twice(house: House, start: datetime = AHEAD) -> None:
    met(house, "crm", start, source="import")
    met(house, "cal", start)


def free(house: House) -> list[str]:
    """The open reviews, for the board and what is to do."""
    found = [one.id for one in board(house).open_reviews]
    assert [one.id for one in ground(house).open_reviews(90)] == found
    assert [one.meeting_id for one in worklist(house).items if one.kind == "open_review"] == found
    return found


def test_a_review_told_of_twice_is_open_once(house: House) -> None:
    told_twice(house)
    assert free(house) == ["cal"]


@pytest.mark.parametrize("where", ["crm", "cal"])
def test_a_seat_in_either_takes_it(made: Made, house: House, where: str) -> None:
    told_twice(house)
    seated(house, where, "dana")
    made.time[0] += timedelta(minutes=1)
    assert free(house) == []


def test_whoever_listens_takes_the_seat_and_a_host_does_not(made: Made, house: House) -> None:
    met(house, "m1", AHEAD)
    seated(house, "m1", "rosa")
    made.time[0] += timedelta(minutes=1)
    assert free(house) == ["m1"]
    seated(house, "m1", "agnes")
    made.time[0] += timedelta(minutes=1)
    assert free(house) == []


@pytest.mark.parametrize("where", ["crm", "cal"])
def test_nobody_is_planned_for_the_twin_of_a_review_with_a_seat(made: Made, house: House, where: str) -> None:
    told_twice(house)
    seated(house, where, "dana")
    made.time[0] += timedelta(minutes=1)
    assert {(one.meeting_id, one.person_id) for one in planning.plan(house).seats} == {(where, "dana")}


def test_what_was_decided_of_one_holds_for_its_twin(house: House) -> None:
    told_twice(house)
    assert {one.meeting_id for one in planning.plan(house).seats} == {"cal"}
    for who in (DANA, LEV):
        planning.forbid(as_(house, OLA), "crm", who)
    assert planning.plan(house).seats == ()


def test_nobody_is_planned_where_somebody_sits_who_is_no_leader(house: House) -> None:
    met(house, "m1", AHEAD)
    asked = offers.ask(as_(house, AGNES), "m1")
    assert planning.plan(house).seats == ()
    offers.allow(as_(house, ROSA), asked.id, yes=True)
    assert planning.plan(house).seats == ()


def test_beside_somebody_new_who_is_no_leader_one_more_may_sit(made: Made, house: House) -> None:
    with house.workspace() as tx:
        tx.people.put(replace(tx.people.get("agnes"), id="ines", email="ines@ferro.example", name="Ines Roig"))
    met(house, "m1", AHEAD)
    seated(house, "m1", "ines")
    made.time[0] += timedelta(minutes=1)
    assert len(planning.plan(house).seats) == 1


def test_nobody_is_offered_the_twin_of_a_seat(house: House) -> None:
    told_twice(house)
    offers.propose(as_(house, OLA), "crm", DANA)
    with pytest.raises(Problem, match="seat_taken"):
        offers.propose(as_(house, OLA), "cal", LEV)
    with pytest.raises(Problem, match="seat_asked"):
        offers.propose(as_(house, OLA), "cal", DANA)


def test_looking_back_it_is_one_as_well(house: House) -> None:
    before = look_back(house)
    told_twice(house, datetime(2026, 3, 6, 9, tzinfo=UTC))
    seated(house, "crm", "dana", "attended", "host")
    after = look_back(house)
    assert (after.reviews, after.with_us) == (before.reviews + 1, before.with_us + 1)


def test_candidates_are_told_the_same(house: House) -> None:
    told_twice(house)
    offers.propose(as_(house, OLA), "crm", DANA)
    found = candidates(as_(house, OLA), "cal")
    assert (found.able, found.unable) == ((), (("seat_asked", 1), ("seat_taken", 1)))


def test_candidates_beside_somebody_who_is_no_leader_and_not_new(house: House) -> None:
    met(house, "m1", AHEAD)
    offers.ask(as_(house, AGNES), "m1")
    assert candidates(as_(house, OLA), "m1").unable == (("seat_taken", 2),)
