"""Seats on their way that are settled in another way: by ops, by a word on the seat, by somebody who was quicker."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from companion.attendance.offers import OfferState
from companion.attendance.seats import seats_of
from companion.basics.errors import Problem
from companion.programme import offers, presence, seats
from companion.programme.model import House
from companion.programme.seat_steps import settle
from companion.storage.workspace.offers import Offers
from companion.storage.workspace.takeaways import Takeaways
from fakes.house import Made
from fakes.meeting import THURSDAY, met
from fakes.post import OPS, as_

DANA, LEV, ROSA, OLA = (f"{name}@ferro.example" for name in ("dana", "lev", "rosa", "ola"))
AHEAD = THURSDAY + timedelta(days=14)


@pytest.fixture
def house(made: Made) -> House:
    """A workspace that several people write to, with a review in three weeks."""
    with made.house.workspace() as tx:
        tx.people.put(OPS)
    met(made.house, start=AHEAD)
    return made.house


def state(house: House, person: str = "dana", key: str = "m1") -> str:
    with house.workspace(write=False) as tx:
        meeting = tx.meetings.get(key)
        assert meeting
        found = seats_of([meeting], tx.seats.evidence([key]), house.clock() + timedelta(seconds=1))
    return next((seat.state for seat in found if seat.person_id == person), "open")


def audit(house: House) -> list[str]:
    with house.workspace(write=False) as tx:
        return [entry.what for entry in tx.programme.entries() if entry.what.startswith("offer")]


def offered(house: House) -> str:
    """The host agreed; Dana is asked."""
    offer = offers.propose(as_(house, OLA), "m1", DANA)
    offers.allow(as_(house, ROSA), offer.id, yes=True)
    return offer.id


def an_hour_on(house: House) -> House:
    later = house.clock() + timedelta(hours=1)
    return replace(house, clock=lambda: later)


def how_far(house: House, offer_id: str) -> str:
    with house.workspace(write=False) as tx:
        found = tx.offers.get(offer_id)
    assert found
    return found.state


def test_ops_answer_for_who_told_them_and_say_how_they_know(house: House) -> None:
    key = offered(house)
    with pytest.raises(Problem, match="offer_for_somebody"):
        offers.answer(as_(house, OLA), key, yes=True)
    with pytest.raises(Problem, match="offer_not_yours"):
        offers.answer(as_(house, LEV), key, yes=True, reason="she told me")
    offers.answer(as_(house, OLA), key, yes=True, reason="She said so by telephone")
    assert (how_far(house, key), state(house)) == ("accepted", "accepted")
    with house.workspace(write=False) as tx:
        last = tx.seats.evidence(["m1"])[-1]
        line = next(one for one in tx.programme.entries() if one.what == "offer.take")
    assert (last.source, last.says, last.by, last.reason) == ("ops", "accepted", OLA, "She said so by telephone")
    assert (line.who, line.why) == (OLA, "She said so by telephone")
    offers.answer(as_(house, OLA), key, yes=False, reason="She is ill")
    assert (how_far(house, key), state(house)) == ("declined", "declined")


@pytest.mark.parametrize(
    ("who", "word", "left"), [(OLA, "accepted", "accepted"), (OLA, "declined", "declined"),
                              (ROSA, "accepted", "accepted"), (DANA, "declined", "declined")],
)  # fmt: skip
def test_a_word_on_the_seat_settles_what_is_offered(house: House, who: str, word: str, left: str) -> None:
    key = offered(house)
    seats.set_state(as_(an_hour_on(house), who), "m1", DANA, word)
    assert (how_far(house, key), state(house)) == (left, left)
    assert "offer.said" in audit(house)
    assert key not in [one.id for one in offers.open_offers(house)]


def test_ones_own_word_is_not_the_hosts_who_is_still_asked(house: House) -> None:
    asked = offers.ask(as_(house, DANA), "m1")
    house = an_hour_on(house)
    seats.set_state(as_(house, DANA), "m1", DANA, "accepted")
    assert how_far(house, asked.id) == "host"
    seats.set_state(as_(house, OLA), "m1", DANA, "accepted")
    assert how_far(house, asked.id) == "accepted"


def test_who_takes_a_seat_over_by_a_word_of_ops_has_it_from_its_giver(house: House) -> None:
    offers.allow(as_(house, ROSA), offers.ask(as_(house, DANA), "m1").id, yes=True)
    swap = offers.swap(as_(house, DANA), "m1", LEV)
    house = an_hour_on(house)
    seats.set_state(as_(house, OLA), "m1", LEV, "accepted")
    assert (how_far(house, swap.id), state(house, "lev"), state(house)) == ("accepted", "accepted", "open")


@pytest.mark.parametrize("by_mail", [True, False])
def test_who_was_there_stays_there_though_the_offer_was_never_answered(house: House, by_mail: bool) -> None:
    key = offered(house)
    later = replace(house, clock=lambda: AHEAD + timedelta(days=1))
    if by_mail:
        presence.sat(as_(later, ROSA), "m1", {"dana": "attended"})
    else:
        seats.set_state(as_(later, ROSA), "m1", DANA, "attended")
    assert how_far(house, key) == "accepted"
    with later.workspace() as tx:
        settle(tx, later.clock())
    assert state(later) == "attended"


@pytest.fixture
def quicker(house: House, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, OfferState], None]:
    """Somebody else settles an offer while this one waits for its turn."""

    def settled(offer_id: str, state: OfferState) -> None:
        done = []

        def lock(store: Takeaways, _key: str) -> None:
            if not done:
                done.append(1)
                offers_ = Offers(store._connection)
                known = offers_.get(offer_id)
                assert known
                offers_.put(replace(known, state=state))

        monkeypatch.setattr(Takeaways, "lock", lock)

    return settled


@pytest.mark.parametrize("state", ["vetoed", "withdrawn"])
def test_a_yes_that_came_second_is_no_yes(
    house: House, quicker: Callable[[str, OfferState], None], state: OfferState
) -> None:  # fmt: skip
    key = offered(house)
    quicker(key, state)
    offers.answer(as_(house, DANA), key, yes=True)
    assert how_far(house, key) == "offered"  # refused, and what came before it undone with it
    with house.workspace(write=False) as tx:
        assert any(one.what == "command.refused" for one in tx.programme.entries())
