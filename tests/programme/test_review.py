"""The review list: what waits for a decision, and to whom it is shown."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.programme.correcting import decide
from companion.programme.model import House
from companion.programme.views.review import review
from fakes.house import Made
from fakes.meeting import THURSDAY, met, seated
from fakes.post import OPS, as_

DANA, LEV, ROSA = (f"{name}@ferro.example" for name in ("dana", "lev", "rosa"))


@pytest.fixture
def house(made: Made) -> House:
    """Dana and Rosa contradict each other; of Lev a report only thinks that he was there."""
    with made.house.workspace() as tx:
        tx.people.put(OPS)
    met(made.house)
    made.time[0] = THURSDAY + timedelta(days=1)
    seated(made.house, "m1", "dana", "attended")
    seated(made.house, "m1", "dana", "missed", "host")
    seated(made.house, "m1", "lev", "unknown", "report", reason="brief:4")
    return made.house


def shown(house: House, address: str) -> tuple[list[tuple[str, str]], int]:
    found = review(as_(house, address))
    return [(item.person_id, item.kind) for item in found.items], found.hidden


def test_each_sees_what_is_theirs_and_ops_all_once_names_are_agreed(house: House) -> None:
    assert shown(house, DANA) == ([("dana", "disputed")], 1)
    assert shown(house, LEV) == ([("lev", "proposed")], 1)
    assert shown(house, ROSA) == ([("lev", "proposed")], 1)  # she hosted
    assert shown(house, OPS.email) == ([], 2)
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), names_agreed="Works agreement"))
    assert shown(house, OPS.email) == ([("dana", "disputed"), ("lev", "proposed")], 0)
    assert shown(house, DANA) == ([("dana", "disputed")], 1)  # an agreement shows them to ops, to nobody else


def test_both_sides_stand_there_and_go_once_it_is_decided(house: House) -> None:
    (item, other) = review(house).items
    assert [(one.source, one.says) for one in item.said] == [("host", "missed"), ("self", "attended")]
    decide(house, "m1", "dana", there=False, reason="The badge was not used.")
    decide(as_(house, ROSA), "m1", other.person_id, there=True)
    assert review(house).items == ()
