"""Somebody leaves: seats go on through the host, promises, actions and customers follow; notes stay theirs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.basics.errors import Problem
from companion.customers.memory import Fact
from companion.people.model import Person
from companion.programme import handover, listening
from companion.programme.channels import all_of as all_channels
from companion.programme.model import House
from companion.programme.parcels import parcel_of
from companion.programme.taking_along import take_along
from companion.programme.views.reading import reading
from companion.takeaways.model import Action, Takeaway
from fakes.house import Made
from fakes.meeting import THURSDAY, met, seated
from fakes.post import OPS, as_
from fakes.sending import Ways, house_with

DANA, LEV, ROSA, OLA = (f"{name}@ferro.example" for name in ("dana", "lev", "rosa", "ola"))
AHEAD = THURSDAY + timedelta(days=14)
LAST = THURSDAY.date()


@pytest.fixture
def house(made: Made) -> House:
    """Dana has a seat after her last day and one before, a promise, an action, a customer and a takeaway."""
    house = house_with(made.house, Ways(), "Mail")
    met(house, "before", THURSDAY)
    met(house, "after", AHEAD)
    seated(house, "before", "dana")
    with house.workspace() as tx:
        tx.people.put(OPS)
        tx.people.put(Person("zoe", "zoe@ferro.example", "Zoë Ferrari", (), "Legal", "leader", 2))
        tx.programme.put(replace(tx.programme.get(), post=all_channels(house)[0].id))
        tx.facts.put(Fact("f1", "kestrel", "promise", "a call about the pumps", owner_id="dana"))
        tx.facts.put(Fact("f2", "kestrel", "promise", "done", owner_id="dana", state="kept"))
        told = Takeaway("t1", 1, "dana", "before", "kestrel", "company", "Two trainers", published=made.time[0])
        tx.takeaways.put(told)
        tx.takeaways.put_action(Action("a1", "t1", "ask the trainers", "dana", made.time[0]))
        tx.customers.put(replace(tx.customers.all()[0], host_email=DANA))
    seated(house, "after", "dana")
    return as_(house, OLA)


def facts(house: House) -> tuple[str, str, str, object]:
    with house.workspace(write=False) as tx:
        fact, dana = tx.facts.get("f1"), tx.people.get("dana")
        assert fact
        assert dana
        return fact.owner_id, tx.takeaways.actions()[0].owner_id, tx.customers.all()[0].host_email, dana.end


def test_a_dry_run_tells_all_and_changes_nothing(house: House) -> None:
    before = facts(house)
    done = handover.hand_over(house, DANA, LEV, on=LAST, dry_run=True)
    assert [(one.what, one.to) for one in done.steps] == [
        ("seat", "Lev Brandt"), ("promise", "Lev Brandt"), ("action", "Lev Brandt"), ("customer", "Lev Brandt"),
        ("takeaway", ""),
    ]  # fmt: skip
    assert facts(house) == before
    with house.workspace(write=False) as tx:
        assert (tx.offers.all(), tx.letters.all()) == ([], [])


def test_everything_goes_to_who_follows_and_seats_through_the_host(house: House) -> None:
    handover.hand_over(house, DANA, LEV, on=LAST)
    assert facts(house) == ("lev", "lev", LEV, LAST)
    with house.workspace(write=False) as tx:
        (offer,) = tx.offers.all()
        whats = {entry.what for entry in tx.programme.entries()}
        assert [one.kind for one in tx.letters.all()] == ["leaving"]
        kept = tx.facts.get("f2")
    assert (offer.came, offer.person_id, offer.meeting_id, offer.state) == ("handover", "lev", "after", "host")
    assert kept
    assert kept.owner_id == "dana"
    assert {"person.end", "promise.owner", "action.owner", "customer.host", "offer.handover"} <= whats
    assert handover.hand_over(house, DANA, LEV, on=LAST).steps[:-1] == ()


def test_without_somebody_who_follows_seats_go_to_who_needs_one(house: House) -> None:
    done = handover.hand_over(house, DANA, on=LAST)
    assert [(one.what, one.to) for one in done.steps if one.what == "seat"] == [("seat", "Lev Brandt")]
    assert facts(house) == ("dana", "dana", DANA, LAST)


def test_a_seat_that_nobody_may_take_is_told(house: House) -> None:
    met(house, "clash", AHEAD)
    for person in ("lev", "zoe"):
        seated(house, "clash", person)
    done = handover.hand_over(house, DANA, on=LAST)
    assert [problem.code for problem in done.problems] == ["handover_seat_open"]


@pytest.mark.parametrize(("who", "to", "problem"), [(OLA, DANA, "handover_self"), (LEV, "", "only_ops")])
def test_only_ops_hand_over_and_to_somebody_else(house: House, who: str, to: str, problem: str) -> None:
    with pytest.raises(Problem, match=problem):
        handover.hand_over(as_(house, who), DANA, to, on=LAST)


def test_notes_are_taken_along_by_whose_they_are_as_files(made: Made) -> None:
    met(made.house)
    listening.take_text(made.house, "m1", "q We lose a crew day.")
    folder = made.house.paths.home / "mine"
    folder.mkdir()
    assert (take_along(made.house, folder), take_along(made.house, folder)) == (1, 1)
    assert len(list(folder.iterdir())) == 2
    assert "We lose a crew day." in next(folder.iterdir()).read_text("utf-8")


def test_what_they_told_stays_under_their_former_role(house: House, made: Made) -> None:
    with house.workspace() as tx:
        dana = tx.people.get("dana")
        assert dana
        tx.people.put(replace(dana, role="Head of Finance", end=made.time[0].date() - timedelta(days=1)))
        takeaway = tx.takeaways.get("t1")
    assert takeaway
    told = parcel_of(house, takeaway)
    assert (told.author, told.team, told.answer_to) == ("former Head of Finance", "", "")
    (row,) = reading(house).rows
    assert row.author == "former Head of Finance"
