"""A seat on its way: the host first, then the leader; each step once, with what it says of the seat and its line."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from companion.attendance.seats import seats_of
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.crossing.model import Command
from companion.people.model import Leave, Person
from companion.programme import offers
from companion.programme.apply import cross
from companion.programme.model import House
from companion.programme.offer_ground import old_asks
from fakes.house import Made
from fakes.meeting import THURSDAY, met, seated
from fakes.post import OPS, as_

DANA, LEV, ROSA, OLA, AGNES = (f"{name}@ferro.example" for name in ("dana", "lev", "rosa", "ola", "agnes"))
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


def test_who_asks_has_the_seat_as_soon_as_the_host_agrees(house: House) -> None:
    asked = offers.ask(as_(house, DANA), "m1")
    assert (asked.state, asked.came, state(house)) == ("host", "ask", "proposed")
    allowed = offers.allow(as_(house, ROSA), asked.id, yes=True)
    assert allowed
    assert (allowed.state, state(house)) == ("accepted", "accepted")
    assert offers.allow(as_(house, ROSA), asked.id, yes=True) == allowed  # said once more, nothing changes
    assert sorted(audit(house)) == ["offer.allow", "offer.ask"]


def test_whom_ops_propose_is_asked_after_the_host(house: House) -> None:
    offer = offers.propose(as_(house, OLA), "m1", DANA, "Finance has never been there")
    with pytest.raises(Problem, match="offer_host_first"):
        offers.answer(as_(house, DANA), offer.id, yes=True)
    offers.allow(as_(house, ROSA), offer.id[:8], yes=True)
    assert state(house) == "offered"
    said = offers.answer(as_(house, DANA), offer.id, yes=True)
    assert said
    assert (said.state, state(house)) == ("accepted", "accepted")


def test_a_no_of_the_host_is_a_rule_and_nobody_is_told_why(house: House) -> None:
    offer = offers.ask(as_(house, DANA), "m1")
    vetoed = offers.allow(as_(house, ROSA), offer.id, yes=False, reason="they are negotiating")
    assert vetoed
    assert (vetoed.state, vetoed.reason, state(house)) == ("vetoed", "", "open")
    with house.workspace(write=False) as tx:
        rules = [(rule.kind, rule.person_id, rule.meeting_id, rule.reason) for rule in tx.plan_rules.all()]
    assert rules == [("not_here", "dana", "m1", "they are negotiating")]
    with pytest.raises(Problem, match="seat_ruled_out"):
        offers.ask(as_(house, DANA), "m1")
    assert offers.ask(as_(house, LEV), "m1").state == "host"


def test_a_host_may_think_again_after_the_yes(house: House) -> None:
    offer = offers.ask(as_(house, DANA), "m1")
    offers.allow(as_(house, ROSA), offer.id, yes=True)
    offers.allow(as_(house, ROSA), offer.id, yes=False)
    assert state(house) == "open"


def test_a_leaders_no_has_its_reason_and_the_seat_is_open_to_others(house: House) -> None:
    offer = offers.propose(as_(house, OLA), "m1", DANA)
    offers.allow(as_(house, ROSA), offer.id, yes=True)
    said = offers.answer(as_(house, DANA), offer.id, yes=False, reason="workload")
    assert said
    assert (said.state, said.reason, state(house)) == ("declined", "workload", "declined")
    again = offers.propose(as_(house, OLA), "m1", LEV)
    assert again.state == "host"


@pytest.mark.parametrize(
    ("who", "act"),
    [
        (LEV, "ask_for_dana"), (LEV, "allow"), (DANA, "allow"), (AGNES, "answer"), (ROSA, "answer"), (LEV, "withdraw"),
        (DANA, "propose"),
    ],
)  # fmt: skip
def test_nobody_says_what_is_not_theirs(house: House, who: str, act: str) -> None:
    me = as_(house, who)
    if act in ("ask_for_dana", "propose"):
        with pytest.raises(Problem, match="offer_propose_not_yours"):
            offers.propose(me, "m1", DANA if who != DANA else LEV)
        return
    offer = offers.propose(as_(house, OLA), "m1", DANA)
    if act == "answer":
        offers.allow(as_(house, ROSA), offer.id, yes=True)
    with pytest.raises(Problem, match="offer_not_yours"):
        {"allow": offers.allow, "answer": offers.answer}.get(act, lambda h, key, yes: offers.withdraw(h, key))(
            me, offer.id, yes=True
        )


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("offer.ask", {"came": "ops", "meeting": "m1", "person": "lev"}),
        ("offer.propose", {"came": "ask", "meeting": "m1", "person": "dana"}),
        ("offer.swap", {"came": "plan", "meeting": "m1", "person": "lev", "instead_of": "agnes"}),
        ("offer.allow", {"move": "take"}),
        ("offer.answer", {"move": "allow"}),
        ("offer.withdraw", {"move": "take"}),
    ],
)
def test_a_forged_command_does_nothing_and_blocks_nobody(house: House, kind: str, more: dict[str, str]) -> None:
    asked = offers.ask(as_(house, LEV), "m1") if "move" in more else None
    body = {"id": asked.id if asked else "forged", "by": DANA, "shared": True, **more}
    with house.device() as device:
        device.queue.put(Command(new_id(), kind, body, house.clock()))
    cross(house)
    with house.workspace(write=False) as tx:
        assert [(one.person_id, one.state) for one in tx.offers.all()] == ([("lev", "host")] if asked else [])
        assert "command.refused" in {entry.what for entry in tx.programme.entries()}
    with house.device(write=False) as device:
        assert device.queue.waiting() == []


def test_one_seat_and_two_only_where_one_has_never_listened(house: House, made: Made) -> None:
    for person, days in (("dana", 40), ("lev", 50)):
        met(house, f"past-{person}", made.time[0] - timedelta(days=days))
        seated(house, f"past-{person}", person, "attended")
    first = offers.ask(as_(house, DANA), "m1")
    with pytest.raises(Problem, match="seat_taken"):
        offers.ask(as_(house, LEV), "m1")
    second = offers.propose(as_(house, OLA), "m1", AGNES)  # Agnes never listened
    assert {one.id for one in offers.open_offers(house)} == {first.id, second.id}
    with house.workspace() as tx:
        tx.people.put(Person("zoe", "zoe@ferro.example", "Zoë Ferrari", (), "Legal", "leader", 2))
    with pytest.raises(Problem, match="seat_taken"):
        offers.propose(as_(house, OLA), "m1", "zoe@ferro.example")


def test_nobody_is_in_two_places(house: House) -> None:
    met(house, "m2", AHEAD + timedelta(minutes=30))
    met(house, "m3", AHEAD + timedelta(hours=1))
    offers.ask(as_(house, DANA), "m1")
    with pytest.raises(Problem, match="seat_clash"):
        offers.ask(as_(house, DANA), "m2")
    assert offers.ask(as_(house, DANA), "m3").state == "host"


@pytest.mark.parametrize(
    ("news", "problem"),
    [
        ({"start": THURSDAY - timedelta(days=30)}, "review_over"), ({"status": "cancelled"}, "seat_no_review"),
        ({"status": "gone"}, "seat_no_review"), ({"verdict": "no"}, "seat_no_review"),
        ({"customer_id": ""}, "seat_no_review"),
    ],
)  # fmt: skip
def test_no_seat_at_what_is_no_review_ahead(house: House, news: dict[str, object], problem: str) -> None:
    met(house, **({"start": AHEAD} | news))  # type: ignore[arg-type]
    with pytest.raises(Problem, match=problem):
        offers.ask(as_(house, DANA), "m1")


def test_no_seat_for_who_is_away_has_left_or_hosts_it(house: House) -> None:
    with house.workspace() as tx:
        tx.people.put_leave(Leave("dana", AHEAD.date(), AHEAD.date(), "parental"))
        lev = tx.people.get("lev")
        assert lev
        tx.people.put(replace(lev, end=AHEAD.date() - timedelta(days=1)))
    for person, problem in ((DANA, "seat_on_leave"), (LEV, "seat_not_here"), (ROSA, "seat_own_meeting")):
        with pytest.raises(Problem, match=problem):
            offers.propose(as_(house, OLA), "m1", person)


def test_a_swap_is_no_declining_and_the_seat_stays_until_it_is_taken(house: House) -> None:
    offer = offers.ask(as_(house, DANA), "m1")
    offers.allow(as_(house, ROSA), offer.id, yes=True)
    given = offers.swap(as_(house, DANA), "m1")
    assert (given.person_id, given.instead_of, given.state) == ("lev", "dana", "host")
    assert state(house) == "accepted"
    offers.allow(as_(house, ROSA), given.id, yes=True)
    assert (state(house), state(house, "lev")) == ("accepted", "offered")
    offers.answer(as_(house, LEV), given.id, yes=True)
    assert (state(house), state(house, "lev")) == ("open", "accepted")
    with house.workspace(write=False) as tx:
        old = tx.offers.get(offer.id)
        assert old
        assert (old.state, old.reason) == ("withdrawn", "swapped")
        assert "declined" not in {one.says for one in tx.seats.evidence(["m1"])}


def test_a_seat_of_the_hosts_invitation_is_swapped_too(house: House) -> None:
    seated(house, "m1", "dana", "accepted", "calendar")
    given = offers.swap(as_(house, DANA), "m1", LEV)
    offers.allow(as_(house, ROSA), given.id, yes=True)
    offers.answer(as_(house, LEV), given.id, yes=True)
    assert (state(house), state(house, "lev")) == ("delegated", "accepted")


def test_who_has_no_seat_has_none_to_give(house: House) -> None:
    with pytest.raises(Problem, match="swap_no_seat"):
        offers.swap(as_(house, DANA), "m1")


def test_a_swap_that_comes_to_nothing_leaves_the_seat(house: House) -> None:
    seated(house, "m1", "dana", "accepted", "self")
    given = offers.swap(as_(house, DANA), "m1", LEV)
    offers.allow(as_(house, ROSA), given.id, yes=False)
    assert (state(house), state(house, "lev")) == ("accepted", "open")
    with pytest.raises(Problem, match="swap_nobody"):
        offers.swap(as_(house, DANA), "m1")


def test_who_asked_may_take_it_back(house: House) -> None:
    offer = offers.ask(as_(house, DANA), "m1")
    gone = offers.withdraw(as_(house, DANA), offer.id)
    assert gone
    assert (gone.state, state(house)) == ("withdrawn", "open")
    assert offers.ask(as_(house, DANA), "m1").id != offer.id


def test_a_host_who_proposes_somebody_has_agreed(house: House) -> None:
    assert offers.propose(as_(house, ROSA), "m1", DANA).state == "offered"


def test_what_was_asked_for_before_there_were_offers_waits_for_the_host(house: House) -> None:
    seated(house, "m1", "dana", "proposed", "self")
    (offer,) = offers.open_offers(house)
    assert (offer.came, offer.person_id, offer.state) == ("ask", "dana", "host")
    with pytest.raises(Problem, match="seat_asked"):
        offers.ask(as_(house, DANA), "m1")
    allowed = offers.allow(as_(house, ROSA), offer.id[:8], yes=True)
    assert allowed
    assert (allowed.id, state(house)) == (offer.id, "accepted")
    with house.workspace(write=False) as tx:
        assert old_asks(tx, tx.meetings.everything(), tx.offers.all(), house.clock()) == []


def test_a_plan_is_offered_as_far_as_it_may_be(house: House) -> None:
    met(house, "m2", AHEAD + timedelta(days=1))
    problems: list[Problem] = []
    made = offers.offer_plan(as_(house, OLA), [("m1", "dana"), ("m1", "dana"), ("m2", "lev")], problems)
    assert [(one.person_id, one.came) for one in made] == [("dana", "plan"), ("lev", "plan")]
    assert [problem.code for problem in problems] == ["seat_asked"]


def test_in_a_local_file_its_owner_speaks_for_all(made: Made) -> None:
    house = replace(made.house, me=DANA)
    met(house, start=AHEAD)
    offer = offers.propose(house, "m1", LEV)
    offers.allow(house, offer.id, yes=True)
    said = offers.answer(house, offer.id, yes=True)
    assert said
    assert (said.state, state(house, "lev")) == ("accepted", "accepted")


def test_an_answer_waits_where_the_workspace_is_away(house: House) -> None:
    offer = offers.propose(as_(house, OLA), "m1", DANA)
    offers.allow(as_(house, ROSA), offer.id, yes=True)

    def away(*, write: bool = True) -> object:
        raise Problem("workspace_unreachable", path="x")

    cut = replace(as_(house, DANA), workspace=away)  # type: ignore[arg-type]
    assert offers.answer(cut, offer.id, yes=True) is None
    assert offers.answer(cut, offer.id, yes=True) is None
    with house.device(write=False) as device:
        assert len(device.queue.waiting()) == 1
    cross(house)
    assert state(house) == "accepted"


def test_seats_asked_for_today_say_when(house: House) -> None:
    offer = offers.ask(as_(house, DANA), "m1")
    assert isinstance(offer.made, datetime)
    assert offer.made.date() >= date(2026, 1, 1)
