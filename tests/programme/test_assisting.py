"""Assistants: they say what a leader lets them say, in the leader's name and with their own beside it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.basics.errors import Problem
from companion.programme import assisting, seats
from companion.programme.apply import cross
from companion.programme.model import House
from companion.programme.views.meetings import meetings
from fakes.house import Made
from fakes.meeting import THURSDAY, met, seated
from fakes.post import as_

AGNES, LEV = "agnes@ferro.example", "lev@ferro.example"


@pytest.fixture
def house(made: Made) -> House:
    """Dana is asked to a meeting; Agnes may act for her."""
    met(made.house)
    seated(made.house, "m1", "dana", "offered", "host")
    made.time[0] += timedelta(hours=1)
    assisting.allow(made.house, AGNES)
    return made.house


def refused(house: House, state: str = "accepted", who: str = "dana@ferro.example") -> str:
    with pytest.raises(Problem) as told:
        seats.set_state(house, "m1", who, state, "assistant")
    return told.value.code


def test_an_assistant_confirms_a_seat_as_the_leaders_own_word(house: House) -> None:
    agnes = as_(house, AGNES)
    assert [leader.id for leader in assisting.leaders_of(agnes)] == ["dana"]
    seats.set_state(agnes, "m1", "dana", "accepted", "assistant")
    (seat,) = assisting.seats_of(agnes, "dana")
    assert (seat.seat.state, seat.customer) == ("accepted", "Kestrel Plumbing Supply")
    own = next(one for one in seat.seat.evidence if one.says == "accepted")
    assert (own.source, own.by) == ("self", AGNES)
    (row,) = [row for row in meetings(house).rows if row.meeting.id == "m1"]
    assert [one.because.by for one in row.seats if one.because] == ["Agnes Moll for Dana Okafor"]
    with house.workspace(write=False) as tx:
        said = {(entry.who, entry.what, entry.new, entry.about) for entry in tx.programme.entries()}
    assert (AGNES, "seat.self", "accepted", "dana m1") in said
    assert ("dana@ferro.example", "person.assistants", AGNES, "dana") in said


def test_the_leader_sees_who_may_act_and_what_they_did_also_later(house: House, made: Made) -> None:
    agnes = as_(house, AGNES)
    seats.set_state(agnes, "m1", "dana", "accepted", "assistant")
    made.time[0] += timedelta(minutes=1)
    seats.set_state(house, "m1", "dana", "declined")
    assisting.withdraw(house, AGNES)
    found = assisting.assistance(house)
    assert found.may == ()
    assert [(one.by, one.says, one.meeting.id) for one in found.did] == [("Agnes Moll", "accepted", "m1")]


@pytest.mark.parametrize("state", ["missed", "excused", "delegated", "open"])
def test_an_assistant_says_no_more_than_who_comes_and_who_was_there(house: House, state: str) -> None:
    assert refused(as_(house, AGNES), state) == "state_unknown"


def test_was_there_only_once_it_is_over(house: House, made: Made) -> None:
    agnes = as_(house, AGNES)
    assert refused(agnes, "attended") == "not_over_yet"
    made.time[0] = THURSDAY + timedelta(hours=2)
    seats.set_state(agnes, "m1", "dana", "attended", "assistant")
    assert assisting.seats_of(agnes, "dana")[0].seat.state == "attended"


def test_nobody_else_may(house: House) -> None:
    assert refused(as_(house, LEV)) == "assistant_not_allowed"
    assert refused(as_(house, AGNES), who=LEV) == "assistant_not_allowed"
    assert refused(as_(house, "stranger@else.example")) == "assistant_not_allowed"
    assert refused(house) == "assistant_not_allowed", "one's own word needs no assistant"
    with pytest.raises(Problem) as told:
        assisting.seats_of(as_(house, LEV), "dana")
    assert told.value.code == "assistant_not_allowed"


@pytest.mark.parametrize("who", ["dana", "agnes"])
def test_who_left_acts_for_nobody_and_nobody_for_them(house: House, made: Made, who: str) -> None:
    with house.workspace() as tx:
        person = tx.people.get(who)
        assert person
        tx.people.put(replace(person, end=(made.time[0] - timedelta(days=2)).date()))
    assert refused(as_(house, AGNES)) == "assistant_not_allowed"
    assert assisting.leaders_of(as_(house, AGNES)) == ()
    if who == "agnes":
        assert assisting.assistance(house).may == ()


def test_what_waited_on_their_computer_until_they_might_no_more_is_let_go(house: House) -> None:
    """The word was given offline; when it crosses the leader has taken the right back."""
    agnes = as_(house, AGNES)

    def away(*, write: bool = True) -> object:
        if write:
            raise Problem("store_locked", path="workspace")
        return house.workspace(write=False)

    with pytest.raises(Problem):
        seats.set_state(replace(agnes, workspace=away), "m1", "dana", "accepted", "assistant")  # type: ignore[arg-type]
    with house.workspace() as tx:  # on the leader's own computer
        dana = tx.people.get("dana")
        assert dana
        tx.people.put(replace(dana, assistants=()))
    cross(house)
    with house.workspace(write=False) as tx:
        assert "accepted" not in {one.says for one in tx.seats.evidence({"m1"})}
        assert "command.refused" in {entry.what for entry in tx.programme.entries()}


@pytest.mark.parametrize(
    ("address", "code"),
    [("dana@ferro.example", "assistant_self"), ("d.okafor@ferro.example", "assistant_self"),
     ("nobody@ferro.example", "person_unknown")],
)  # fmt: skip
def test_who_cannot_be_an_assistant(house: House, address: str, code: str) -> None:
    with pytest.raises(Problem) as told:
        assisting.allow(house, address)
    assert told.value.code == code


def test_allowed_twice_is_once_and_what_is_not_there_cannot_be_taken_back(house: House) -> None:
    assisting.allow(house, AGNES)
    with house.workspace(write=False) as tx:
        dana = tx.people.get("dana")
    assert dana
    assert dana.assistants == (AGNES,)
    with pytest.raises(Problem) as told:
        assisting.withdraw(house, LEV)
    assert told.value.code == "assistant_unknown"


def test_a_wish_for_no_such_mails_is_kept(house: House) -> None:
    assert assisting.want_reminders(house, wanted=False).reminders is False
    with house.workspace(write=False) as tx:
        assert [person.id for person in tx.people.all() if not person.reminders] == ["dana"]
