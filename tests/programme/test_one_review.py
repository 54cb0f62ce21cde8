"""A review that two tell of is one, and whoever listens takes its seat: for the board, the plan and who is offered."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from companion.basics.errors import Problem
from companion.programme import offers, planning
from companion.programme.look_back import look_back
from companion.programme.model import House
from companion.programme.views.board import board
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
        tx.programme.put(
            replace(tx.programme.get(), visits=9, names_agreed="BV 1", names_agreed_on=date(2026, 1, 1))
        )
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
