"""Letters about seats that go once more, and answers to them that come late or from somebody else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from companion.attendance.model import Evidence
from companion.attendance.seats import seats_of
from companion.programme import offers, postbag, seat_letters
from companion.programme.channels import all_of
from companion.programme.model import House
from companion.programme.taken import Taken
from companion.takeaways.code import code_of
from companion.takeaways.letters import Letter
from fakes.house import Made
from fakes.meeting import THURSDAY, met
from fakes.post import OPS, as_
from fakes.sending import Ways, house_with
from fakes.told import reply, take, written

DANA, ROSA, OLA, STRANGER = "dana@ferro.example", "rosa@ferro.example", "ola@ferro.example", "stranger@evil.example"
AHEAD = THURSDAY + timedelta(days=14)
HOUR = timedelta(hours=1)


@pytest.fixture
def house(made: Made) -> House:
    """A house with a post and a review in three weeks."""
    made.time[0] = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    house = house_with(made.house, Ways(), "Mail")
    with house.workspace() as tx:
        tx.people.put(OPS)
        post = all_of(house)[0].id
        tx.programme.put(replace(tx.programme.get(), post=post, name="Ferro", answers_to="insights@ferro.example"))
    met(house, start=AHEAD)
    return house


def run(house: House) -> None:
    seat_letters.make(house)
    postbag.send(house)


def newest(house: House, kind: str) -> Letter:
    return max(written(house, kind), key=lambda one: int(one.facts.get("number", 0)))


def mailed(house: House, kind: str, letter: Letter, sender: str) -> Taken:
    code, token = code_of(letter.about), letter.facts["token"]
    return take(house, reply(f"{kind}-{sender}", code=code, kind=kind, token=token, sender=sender, at=house.clock()))  # type: ignore[arg-type]


def seated(house: House) -> str:
    """Dana's seat, agreed by mail; the id of its offer."""
    made = offers.propose(as_(house, OLA), "m1", DANA)
    for kind, act, sender in (("seat_host", "may", ROSA), ("seat_offer", "take", DANA)):
        run(house)
        mailed(house, act, newest(house, kind), sender)
    run(house)
    return made.id


def state(house: House) -> str:
    with house.workspace(write=False) as tx:
        found = seats_of(tx.meetings.some(["m1"]), tx.seats.evidence(["m1"]), house.clock() + timedelta(seconds=1))
    return next((seat.state for seat in found if seat.person_id == "dana"), "open")


def entry(house: House, offer_id: str) -> tuple[str, int]:
    with house.workspace(write=False) as tx:
        offer = tx.offers.get(offer_id)
    assert offer
    return offer.entry, offer.sequence


def invite(house: House, *says: str) -> None:
    told = [Evidence("c", "m1", "dana", "calendar", word, "x", house.clock()) for word in says]
    with house.workspace() as tx:
        tx.seats.replace_calendar({"m1": told})


def test_whom_the_host_takes_off_the_invitation_again_has_an_entry_again(made: Made, house: House) -> None:
    offer = seated(house)
    steps = []
    for says in (["invited"], [], ["invited"], []):
        made.time[0] += HOUR
        invite(house, *says)
        run(house)
        run(house)
        steps.append(entry(house, offer))
    assert steps == [("cancelled", 1), ("sent", 2), ("cancelled", 3), ("sent", 4)]
    sent = [(one.facts["says"], one.facts["sequence"]) for one in written(house, "seat_offer")]
    assert sorted(sent) == [("agreed", 2), ("agreed", 4), ("offer", 0)]
    made.time[0] += HOUR
    met(house, start=AHEAD, status="cancelled")
    run(house)
    assert entry(house, offer) == ("cancelled", 5)
    assert newest(house, "seat_over").facts["because"] == "off"


def test_a_no_by_mail_after_the_meeting_says_nothing_of_the_seat(made: Made, house: House) -> None:
    seated(house)
    made.time[0] = AHEAD + timedelta(days=1)
    for sender in (DANA, STRANGER):
        mailed(house, "cannot", newest(house, "seat_offer"), sender)
    assert state(house) == "unknown"


@pytest.mark.parametrize(("sender", "lasts"), [(STRANGER, False), (ROSA, True)])
def test_a_no_of_whoever_has_the_letter_is_told_as_theirs(house: House, sender: str, lasts: bool) -> None:
    made = offers.propose(as_(house, OLA), "m1", DANA)
    run(house)
    mailed(house, "maynot", newest(house, "seat_host"), sender)
    with house.workspace(write=False) as tx:
        offer = tx.offers.get(made.id)
        assert offer
        assert offer.state == "vetoed"
        assert [rule.by for rule in tx.plan_rules.all()] == ([ROSA] if lasts else [])
        assert [one.who for one in tx.programme.entries() if one.what == "offer.veto"] == [sender]
