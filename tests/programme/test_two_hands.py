"""Offers that two people move at once, vetoes that stay, seats given up and taken back, words that come too late."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from companion.attendance.model import Evidence
from companion.attendance.seats import seats_of
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.crossing.model import Command
from companion.people.model import Person
from companion.programme import audits, offers, planning
from companion.programme.apply import cross
from companion.programme.codec import to_json
from companion.programme.held import held_about
from companion.programme.model import House
from companion.programme.views.board import board
from fakes.house import Made
from fakes.meeting import THURSDAY, met
from fakes.post import OPS, as_

DANA, LEV, ROSA, OLA, AGNES, KIM = (f"{name}@ferro.example" for name in ("dana", "lev", "rosa", "ola", "agnes", "kim"))
AHEAD = THURSDAY + timedelta(days=14)
HOUR = timedelta(hours=1)


@pytest.fixture
def house(made: Made) -> House:
    """A workspace that several people write to, under an agreement on names, with a review in three weeks."""
    with made.house.workspace() as tx:
        tx.people.put(OPS)
        tx.programme.put(replace(tx.programme.get(), names_agreed="BV 1", names_agreed_on=date(2026, 1, 1)))
    met(made.house, start=AHEAD)
    return made.house


def state(house: House, person: str = "dana", key: str = "m1") -> str:
    with house.workspace(write=False) as tx:
        found = seats_of(tx.meetings.some([key]), tx.seats.evidence([key]), house.clock() + timedelta(seconds=1))
    return next((seat.state for seat in found if seat.person_id == person), "open")


def rules(house: House) -> list[str]:
    with house.workspace(write=False) as tx:
        return sorted(rule.kind for rule in tx.plan_rules.all())


def vetoed(house: House, by: str = ROSA, reason: str = "Dana insulted them") -> None:
    asked = offers.ask(as_(house, DANA), "m1")
    offers.allow(as_(house, by), asked.id, yes=False, reason=reason)


def coming(house: House, person: str) -> str:
    """Somebody's own seat, agreed; the id of its offer."""
    asked = offers.ask(as_(house, person), "m1")
    offers.allow(as_(house, ROSA), asked.id, yes=True)
    return asked.id


def queued(house: House, kind: str, body: dict[str, object]) -> None:
    with house.device() as device:
        device.queue.put(Command(new_id(), kind, body, house.clock()))
    cross(house)


@pytest.mark.parametrize(("by", "reason"), [(ROSA, "negotiating"), (ROSA, ""), (OLA, ""), (OLA, "told by telephone")])
def test_a_pin_leaves_a_veto_standing_whoever_passed_it_on(house: House, by: str, reason: str) -> None:
    vetoed(house, by, reason)
    planning.pin(as_(house, OLA), "m1", DANA)
    assert rules(house) == ["not_here", "pin"]
    with pytest.raises(Problem, match="seat_ruled_out"):
        offers.propose(as_(house, OLA), "m1", DANA)
    [no] = [rule for rule in planning.rules(as_(house, OLA)) if rule.kind == "not_here"]
    planning.allow_again(as_(house, OLA), no.id)
    assert offers.propose(as_(house, OLA), "m1", DANA).state == "host"


def test_what_ops_decided_themselves_a_pin_still_undoes(house: House) -> None:
    planning.forbid(as_(house, OLA), "m1", DANA, "too far")
    planning.pin(as_(house, OLA), "m1", DANA)
    assert rules(house) == ["pin"]


def test_the_reason_of_a_veto_is_for_ops_alone(house: House) -> None:
    vetoed(house)
    own = as_(house, DANA)
    assert [line.why for line in audits.entries(own).lines if line.what == "offer.veto"] == [""]
    assert "insulted" not in repr(held_about(own))
    assert [rule.reason for rule in planning.rules(as_(house, OLA))] == ["Dana insulted them"]
    planning.never(as_(house, OLA), DANA, "kestrel", "a cousin works there")
    assert "a cousin works there" in repr(held_about(own))  # what ops decided is shown with its reason


def test_whose_taker_cancels_comes_again_and_can_be_seated_again(made: Made, house: House) -> None:
    invited = Evidence("c1", "m1", "dana", "calendar", "accepted", "x", house.clock())
    with house.workspace() as tx:
        tx.seats.replace_calendar({"m1": [invited]})
    swap = offers.swap(as_(house, DANA), "m1", LEV)
    offers.allow(as_(house, ROSA), swap.id, yes=True)
    offers.answer(as_(house, LEV), swap.id, yes=True)
    assert (state(house), state(house, "lev")) == ("delegated", "accepted")
    made.time[0] += HOUR
    offers.answer(as_(house, LEV), swap.id, yes=False, reason="clash")
    assert (state(house), state(house, "lev")) == ("accepted", "declined")


def test_who_gave_a_seat_up_can_have_one_again(made: Made, house: House) -> None:
    """The second seat is offered while another still comes in their place, beside somebody who is new."""
    invited = Evidence("c1", "m1", "dana", "calendar", "accepted", "x", house.clock())
    with house.workspace() as tx:
        tx.seats.replace_calendar({"m1": [invited]})
    swap = offers.swap(as_(house, DANA), "m1", LEV)
    offers.allow(as_(house, ROSA), swap.id, yes=True)
    offers.answer(as_(house, LEV), swap.id, yes=True)
    made.time[0] += HOUR
    again = offers.propose(as_(house, OLA), "m1", DANA)
    offers.allow(as_(house, ROSA), again.id, yes=True)
    offers.answer(as_(house, OLA), again.id, yes=True, reason="told me")
    assert (state(house), state(house, "lev")) == ("accepted", "accepted")


def test_a_no_while_the_swap_waits_stays_a_no(house: House) -> None:
    own = coming(house, DANA)
    swap = offers.swap(as_(house, DANA), "m1", LEV)
    offers.answer(as_(house, DANA), own, yes=False, reason="clash")
    offers.allow(as_(house, ROSA), swap.id, yes=True)
    offers.answer(as_(house, LEV), swap.id, yes=True)
    assert (state(house), state(house, "lev")) == ("declined", "accepted")


def test_one_seat_is_given_up_once(house: House) -> None:
    with house.workspace() as tx:
        tx.people.put(Person("kim", KIM, "Kim Ito", (), "IT", "leader", 2))
    coming(house, DANA)
    swaps = {who: offers.swap(as_(house, DANA), "m1", who).id for who in (LEV, KIM)}
    for one in swaps.values():
        offers.allow(as_(house, ROSA), one, yes=True)
    offers.answer(as_(house, LEV), swaps[LEV], yes=True)
    with pytest.raises(Problem, match="swap_no_seat"):
        offers.answer(as_(house, KIM), swaps[KIM], yes=True)
    assert [state(house, one) for one in ("dana", "lev", "kim")] == ["open", "accepted", "offered"]


def test_no_offer_moves_once_its_meeting_has_begun(made: Made, house: House) -> None:
    own = coming(house, DANA)
    made.time[0] = AHEAD + timedelta(days=1)
    for late in (
        lambda: offers.allow(as_(house, ROSA), own, yes=False),
        lambda: offers.withdraw(as_(house, OLA), own, "x"),
        lambda: offers.answer(as_(house, DANA), own, yes=False, reason="clash"),
    ):
        with pytest.raises(Problem, match="review_over"):
            late()
    assert (state(house), rules(house)) == ("unknown", [])


@pytest.mark.parametrize(("by", "source"), [(OLA, "ops"), (ROSA, "host"), ("ops", "ops"), (LEV, "self")])
def test_a_word_is_of_who_works_here_whatever_it_says_of_itself(house: House, by: str, source: str) -> None:
    met(house, "p1", datetime(2026, 11, 5, 9, tzinfo=UTC))
    word = Evidence(new_id(), "p1", "lev", source, "attended", by, house.clock())  # type: ignore[arg-type]
    queued(as_(house, AGNES), "evidence", to_json(word))
    assert state(house, "lev", "p1") == "open"


def test_a_step_is_of_who_works_here_whatever_it_says_of_itself(house: House) -> None:
    asked = offers.propose(as_(house, OLA), "m1", DANA)
    queued(as_(house, AGNES), "offer.allow", {"id": asked.id, "move": "allow", "by": ROSA, "shared": False})
    with house.workspace(write=False) as tx:
        assert [one.state for one in tx.offers.all()] == ["host"]


def test_nobody_was_there_before_it_began(house: House) -> None:
    word = Evidence(new_id(), "m1", "dana", "self", "attended", DANA, house.clock())
    queued(as_(house, DANA), "evidence", to_json(word))
    assert state(house) == "open"
    with house.device(write=False) as device:
        assert not device.queue.waiting()  # it is let go, and nothing waits behind it


def test_a_word_of_today_changes_no_figure_as_of_an_earlier_day(house: House) -> None:
    met(house, "p1", datetime(2026, 3, 5, 9, tzinfo=UTC))
    word = Evidence(new_id(), "p1", "dana", "self", "attended", DANA, datetime(2026, 3, 6, tzinfo=UTC))
    queued(as_(house, DANA), "evidence", to_json(word))
    assert board(house, "", date(2026, 6, 30)).totals.heard == 0
    assert state(house, "dana", "p1") == "attended"
