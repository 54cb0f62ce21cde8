"""What a customer has borne within a year is told to who proposes one more listener, and refuses nobody."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from companion.desktop.candidates import lead
from companion.people.model import Person
from companion.programme import offers
from companion.programme.burden import fullest
from companion.programme.model import House
from companion.programme.views.candidates import candidates
from fakes.house import Made
from fakes.meeting import THURSDAY, met, seated
from fakes.post import OPS, as_

OLA = "ola@ferro.example"
AHEAD = THURSDAY + timedelta(days=14)
TELLS = "Kestrel Plumbing Supply has 2 listeners within a year already, and is to bear 2"


@pytest.fixture
def house(made: Made) -> House:
    """A review ahead with a customer whom two have heard this year, its host among those who were there."""
    with made.house.workspace() as tx:
        tx.people.put(OPS)
        tx.people.put(Person("kim", "kim@ferro.example", "Kim Ito", (), "IT", "leader", 2))
    met(made.house, start=AHEAD)
    for number, person in enumerate(("dana", "lev", "rosa")):
        met(made.house, f"old{number}", datetime(2026, 3, 3 + number, 9, tzinfo=UTC))
        seated(made.house, f"old{number}", person, "attended", "host")
    return made.house


def test_one_more_than_the_customer_is_to_bear_is_told_and_may_be(house: House) -> None:
    found = candidates(as_(house, OLA), "m1")
    assert TELLS in lead(found)
    assert offers.propose(as_(house, OLA), "m1", "kim").state == "host"
    assert found.burden
    again = offers.burden_at(house, "m1")
    assert again
    assert (found.burden.listeners, again.listeners, again.bears) == (2, 3, 2)  # who is being asked counts


def test_a_customer_that_bears_more_is_told_of_by_nobody(house: House) -> None:
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), visits=3))
    assert "to bear" not in lead(candidates(as_(house, OLA), "m1"))


@pytest.mark.parametrize(
    ("days", "most"),
    [([], 0), ([date(2025, 12, 10)], 0), ([date(2025, 12, 11)], 1), ([date(2027, 12, 8)], 1), ([date(2027, 12, 10)], 0),
     ([date(2026, 3, 1), date(2027, 2, 1)], 2), ([date(2026, 1, 1), date(2027, 2, 1)], 1)],
)  # fmt: skip
def test_the_fullest_year_that_holds_the_day(days: list[date], most: int) -> None:
    assert fullest(days, date(2026, 12, 10)) == most
