"""The work list: what waits, since when, what to do about it; and no names before they may show."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from companion.attendance.offers import Offer
from companion.attendance.presence import Told
from companion.basics.ids import new_id
from companion.calendars.model import Ledger
from companion.calendars.store import SyncRun
from companion.crossing.model import Command
from companion.people.model import Leave
from companion.programme.model import House
from companion.programme.views.offers import all_open
from companion.programme.views.worklist import KINDS, worklist
from fakes.house import Made
from fakes.meeting import THURSDAY, met, seated
from fakes.post import OPS, as_
from fakes.sending import told


@pytest.fixture
def house(made: Made) -> House:
    """A fortnight after Dana said she would hear Kestrel."""
    with made.house.workspace() as tx:
        tx.people.put(OPS)
    met(made.house)
    made.time[0] = THURSDAY - timedelta(days=1)
    seated(made.house, "m1", "dana")
    made.time[0] = THURSDAY + timedelta(days=14)
    return made.house


def waits(house: House) -> list[tuple[str, str, str]]:
    """(kind, meeting, about whom) of all of it."""
    return [(one.kind, one.meeting_id, one.about) for one in worklist(house).items]


def test_a_past_seat_of_which_nobody_knows(house: House) -> None:
    (item,) = worklist(house).items
    assert (item.kind, item.title, item.about) == ("unknown", "Kestrel Plumbing Supply, 26 November", "Dana Okafor")
    assert (item.since, item.where) == (THURSDAY + timedelta(hours=1), "meetings")
    assert item.command == "companion seats decide m1 dana@ferro.example there (or not-there)"
    assert worklist(house).counts == dict.fromkeys(KINDS, 0) | {"unknown": 1}


def test_a_dispute_waits_instead(house: House) -> None:
    seated(house, "m1", "dana", "attended")
    seated(house, "m1", "dana", "missed", "host")
    assert waits(house) == [("disputed", "m1", "Dana Okafor")]


def test_what_was_heard_and_not_told_waits_after_five_working_days(house: House, made: Made) -> None:
    seated(house, "m1", "dana", "attended")
    assert waits(house) == [("untold", "m1", "Dana Okafor")]
    made.time[0] = THURSDAY + timedelta(days=7)  # Thursday: the fifth of them
    assert waits(house) == []
    made.time[0] += timedelta(days=1)
    assert waits(house) == [("untold", "m1", "Dana Okafor")]
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), holidays=("2026-12-01",)))
    assert waits(house) == []
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), holidays=()))
        day = THURSDAY.date() + timedelta(days=1)
        tx.people.put_leave(Leave("dana", day, day, "parental"))
    assert waits(house) == []


def test_what_was_told_waits_no_more_and_what_was_withdrawn_does(house: House) -> None:
    seated(house, "m1", "dana", "attended")
    told(house, meeting_id="m1", author_id="dana")
    assert waits(house) == []
    told(house, meeting_id="m1", author_id="dana", withdrawn=house.clock())
    assert waits(house) == [("untold", "m1", "Dana Okafor")]


def test_open_reviews_of_the_next_six_weeks_soonest_last_of_all(house: House) -> None:
    now = house.clock()
    for key, days in (("far", 43), ("later", 41), ("soon", 2)):
        met(house, key, now + timedelta(days=days))
    met(house, "taken", now + timedelta(days=3))
    seated(house, "taken", "lev")
    assert waits(house) == [
        ("unknown", "m1", "Dana Okafor"), ("open_review", "soon", ""), ("open_review", "later", ""),
    ]  # fmt: skip


def test_a_meeting_that_waits_for_its_owners_yes(house: House) -> None:
    body = {"ids": ["x1"], "uids": ["u"], "put": [{"title": "Review with Heron"}]}
    with house.device() as device:
        device.queue.put(Command(new_id(), "copies", body, house.clock(), held=True))
    item = worklist(house).items[-1]
    assert (item.kind, item.title, item.command) == ("candidate", "Review with Heron", "companion meetings confirm x1")


def test_a_calendar_that_fails_now_and_then_or_now(house: House, made: Made) -> None:
    made.account("Work", "dana@ferro.example")
    with house.device() as device:
        (account,) = device.accounts.all()
        state = device.events.state(account.id)
        device.events.save_state(account.id, replace(state, last_ok=house.clock()))
    now = house.clock()

    def run(days: int, failed: bool) -> None:
        problems = ({"code": "server_away", "facts": {}},) if failed else ()
        ledger = Ledger() if failed else Ledger(seen=1, kept=1)
        with house.device() as device:
            started = now - timedelta(days=days)
            device.events.add_run(SyncRun(account.id, started, started, ledger, problems=problems))

    for days, failed in enumerate([False, True, True, False]):
        run(days + 1, failed)
    assert worklist(house).counts["sync"] == 0
    run(9, failed=True)
    assert [one.title for one in worklist(house).items if one.kind == "sync"] == ["Work: 3 of the last 5 runs failed"]


def test_a_mail_nobody_could_read_and_a_host_who_does_not_answer(house: House) -> None:
    met(house, "m2", house.clock() + timedelta(days=3))
    asked, lately = house.clock() - timedelta(days=11), house.clock() - timedelta(days=8)  # six of these are worked
    with house.workspace() as tx:
        tx.presence.add(Told("t0000001", "m1", "rosa", "sat", house.clock(), "review", "Dana: hm"))
        tx.offers.put(Offer("o1", "m2", "lev", "ask", "lev@ferro.example", asked, "host", asked))
        tx.offers.put(Offer("o2", "m2", "agnes", "ask", "a", asked, "host", lately))
    found = waits(house)
    assert ("told", "m1", "Rosa Vidal") in found
    assert [one for one in found if one[0] == "host"] == [("host", "m2", "Lev Brandt")]
    assert [one.name for one in all_open(house) if one.late] == ["Lev Brandt"]


@pytest.fixture
def shared(house: House) -> Callable[[str], House]:
    return lambda address: as_(house, address)


def test_before_the_agreement_nobody_is_named_and_after_it_only_to_ops(
    house: House, shared: Callable[[str], House]
) -> None:
    seated(house, "m1", "lev")
    ops = shared(OPS.email)
    (one,) = worklist(ops).items
    assert (one.about, one.person_id, one.command, one.id) == ("a listener", "", "", "m1")
    assert worklist(shared("lev@ferro.example")).items == ()
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), names_agreed="Works agreement"))
    assert [item.about for item in worklist(ops).items] == ["Dana Okafor", "Lev Brandt"]
    assert worklist(shared("lev@ferro.example")).items == ()


def test_what_was_before_the_programme_waits_for_nobody(house: House) -> None:
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), start=THURSDAY.date() + timedelta(days=1)))
    assert waits(house) == []
