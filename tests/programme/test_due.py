"""What is due: done in order by one desk, again by nobody, and rehearsed without a trace."""

import hashlib
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.programme import desk, due, letters, outbox
from companion.programme.channels import all_of as all_channels
from companion.programme.due import Outcome
from companion.programme.model import House
from companion.takeaways.model import Answer, Channel, Parcel
from fakes.desk import dump
from fakes.house import Made
from fakes.killing import Fate, KilledError, fated
from fakes.post import OPS, as_
from fakes.sending import Way, Ways, house_with, promised, told

AGNES, DANA, LEV, ROSA = (f"{name}@ferro.example" for name in ("agnes", "dana", "lev", "rosa"))
STEPS = ["sync", "crossing", "replies", "deliveries", "digests", "briefs", "afterwards", "presence", "seats", "letters"]


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def house(made: Made, ways: Ways) -> House:
    """A takeaway for a mail and a site, one letter to the host, and a week to tell of."""
    house = house_with(made.house, ways, "Mail")
    with house.workspace() as tx:
        key = all_channels(house)[0].id
        tx.programme.put(replace(tx.programme.get(), post=key, digest="sat 09:00", answers_to="insights@ferro.example"))
        tx.takeaways.put_channel(Channel("site", "Site", "site", {}, "company"))
    takeaway = told(house)
    promised(house, takeaway, "Mail", LEV)
    promised(house, takeaway, "Site", "")
    with house.workspace() as tx:
        tx.letters.add([letters.host_copy(takeaway, ROSA, made.time[0])])
    made.time[0] += timedelta(hours=4)
    return house


def done(outcome: Outcome) -> dict[str, int]:
    return {step.name: step.done for step in outcome.steps if step.done}


def test_everything_due_is_done_once_in_its_order(house: House, ways: Ways) -> None:
    first, again = due.run(house), due.run(house)
    assert [step.name for step in first.steps] == STEPS
    assert done(first) == {"deliveries": 2, "digests": 2, "letters": 3}
    assert done(again) == {}
    assert sorted(ways["Mail"].sent) == [(AGNES, -1), (LEV, 1), (ROSA, -1), (ROSA, -1)]
    assert set(ways["Site"].shown) == {("Headline t1",)}


def test_a_step_that_fails_is_told_and_the_others_go_on(
    house: House, ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise Problem("channel_gone")

    def broken(*_: object) -> None:
        raise ValueError("somebody's words")

    monkeypatch.setattr(due, "cross", refused)
    monkeypatch.setattr(due.answers, "sweep", broken)
    outcome = due.run(house)
    told_ = {step.name: [problem.code for problem in step.problems] for step in outcome.steps if step.problems}
    assert told_ == {"crossing": ["channel_gone"], "replies": ["step_broken"]}
    assert done(outcome)["deliveries"] == 2
    assert "somebody's words" not in house.paths.log.read_text()


def test_only_one_machine_is_the_desk(house: House, made: Made, ways: Ways) -> None:
    with house.workspace() as tx:
        assert tx.leases.take(desk.LEASE, "other-pc 0123", made.time[0], made.time[0] + desk.MINUTES)
    outcome = due.run(house)
    assert outcome.held_by
    assert (outcome.held_by.name, outcome.held_by.until) == ("other-pc", made.time[0] + desk.MINUTES)
    assert (outcome.steps, ways["Mail"].sent) == ((), [])
    made.time[0] += desk.MINUTES
    assert done(due.run(house))["deliveries"] == 2
    with house.workspace(write=False) as tx:
        assert tx.leases.held(desk.LEASE, made.time[0]) is None, "given back at the end"


def test_a_lease_taken_by_a_clock_years_ahead_holds_up_nobody(house: House, made: Made) -> None:
    with house.workspace() as tx:
        ahead = made.time[0] + timedelta(days=700)
        assert tx.leases.take(desk.LEASE, "other-pc 0123", ahead, ahead + desk.MINUTES)
    assert due.run(house).held_by is None


def test_what_came_back_from_readers_reaches_the_places_at_the_next_run(
    house: House, made: Made, ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    due.run(house)
    shown: list[list[str]] = []

    def publish(_: Way, parcels: Iterable[Parcel]) -> None:
        shown.append([answer.text for parcel in parcels for answer in parcel.answers])

    monkeypatch.setattr(Way, "publish", publish)
    with house.workspace() as tx:
        tx.takeaways.put_answer(Answer("a1", "t1", "changes", "It does.", made.time[0], "Lev Brandt"))
    assert done(due.run(house)) == {}, "nothing went out anew"
    assert shown == [["It does."]]

    def refused(_: Way, parcels: Iterable[Parcel]) -> None:
        raise Problem("channel_unreachable", name="Site")

    monkeypatch.setattr(Way, "publish", refused)
    outcome = due.run(house)
    assert [problem.code for step in outcome.steps for problem in step.problems] == ["channel_unreachable"]
    assert {d.state for d, _, _ in outbox.all_of(house)} == {"sent"}, "what stands there still stands"


def test_two_at_once_on_one_profile_are_one(house: House, ways: Ways) -> None:
    inner: list[Outcome] = []
    ways["Mail"].each = lambda: inner.append(due.run(house))
    due.run(house)
    assert inner
    assert all(outcome.held_by and not outcome.steps for outcome in inner)


def test_who_lost_the_lease_stops(house: House, made: Made, ways: Ways) -> None:
    def taken() -> None:
        made.time[0] += timedelta(minutes=20)
        with house.workspace() as tx:
            tx.leases.take(desk.LEASE, "other-pc 0123", made.time[0], made.time[0] + desk.MINUTES)

    ways["Mail"].each = taken
    outcome = due.run(house)
    assert (outcome.steps[-1].name, outcome.steps[-1].problems[0].code) == ("digests", "desk_lost")


@pytest.mark.parametrize("point", range(1, 60, 4))
def test_killed_anywhere_the_next_run_goes_on_and_sends_nothing_twice(
    house: House, made: Made, ways: Ways, point: int
) -> None:
    fate = Fate(dies_at=point)
    with whatever_dies():
        due.run(fated(house, fate))
    made.time[0] += timedelta(minutes=1)
    assert due.run(house).held_by is None, "its own lease holds up nobody on the same profile"
    made.time[0] += timedelta(minutes=11)
    due.run(house)
    due.run(house)
    assert len(ways["Mail"].sent) == len(set(ways["Mail"].sent)) + 1, "Rosa gets two letters, everybody else one mail"
    # What was out while the machine died is asked for, never sent again by itself, never lost from sight.
    states = [d.state for d, _, _ in outbox.all_of(house)]
    with house.workspace(write=False) as tx:
        states += [letter.state for letter in tx.letters.all()]
    assert set(states) <= {"sent", "unknown"}
    assert states.count("unknown") <= 1
    assert len(states) == 5


@contextmanager
def whatever_dies():  # type: ignore[no-untyped-def]
    try:
        yield
    except KilledError:
        return


def everything(house: House, folder: Path) -> tuple[object, dict[str, str]]:
    """Both stores, and every file with its content and time."""
    files = {
        str(path): f"{path.stat().st_mtime_ns} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in (".db-wal", ".db-shm")
    }  # fmt: skip
    return dump(house), files


def test_a_rehearsal_writes_nothing_and_shows_every_message(
    house: House, made: Made, ways: Ways, tmp_path: Path
) -> None:
    asked = told(house, "t2", needs_yes=True)
    with house.workspace() as tx:
        tx.letters.add([letters.host_yes(asked, ROSA, made.time[0], ["nda"])])
    before = everything(house, tmp_path)
    outcome = due.rehearse(house)
    assert everything(house, tmp_path) == before
    assert (ways["Mail"].asked, ways["Site"].shown, outcome.held_by) == (0, [], None)
    assert sorted((m.to, m.channel, m.kind) for m in outcome.messages) == [
        ("", "Site", "page"), (AGNES, "Mail", "digest"), (LEV, "Mail", "takeaway"),
        (ROSA, "Mail", "digest"), (ROSA, "Mail", "host_copy"), (ROSA, "Mail", "host_yes"),
    ]  # fmt: skip
    with house.workspace(write=False) as tx:
        tokens = {letter.facts["token"] for letter in tx.letters.all()}
    assert not [token for token in tokens for m in outcome.messages if token in m.text + m.subject]
    copy = next(m for m in outcome.messages if m.kind == "host_copy")
    assert copy.subject.startswith("For you as the host: Headline t1 [T-")
    assert "We lose a crew day." in copy.text
    run = due.run(house)
    assert done(run)["deliveries"] + done(run)["letters"] == len(outcome.messages), "it sends what was shown"


@pytest.mark.parametrize(
    ("who", "read"),
    [
        (LEV, {(LEV, "takeaway")}),
        (ROSA, {(ROSA, "host_copy"), (ROSA, "digest")}),
        (  # the author, who has an answer to write
            DANA,
            {("", "page"), (LEV, "takeaway"), (ROSA, "host_copy"), (DANA, "answers"), (DANA, "digest")},
        ),
        (
            OPS.email,
            {("", "page"), (LEV, "takeaway"), (ROSA, "host_copy")}
            | {(to, "digest") for to in (AGNES, ROSA, OPS.email)},
        ),
    ],
)
def test_where_several_write_a_rehearsal_shows_each_what_is_theirs(
    house: House, made: Made, who: str, read: set[tuple[str, str]]
) -> None:
    with house.workspace() as tx:
        tx.people.put(OPS)
        takeaway = tx.takeaways.all()[0]
        tx.takeaways.put_answer(Answer("a1", takeaway.id, "more", "For you alone.", made.time[0], only_author=True))
        tx.letters.add([letters.answers(takeaway, DANA, made.time[0], made.time[0].date(), ["a1"])])
    shown = due.rehearse(as_(house, who)).messages
    assert {(m.to, m.kind) for m in shown if m.text} == read
    assert {(m.to, m.kind) for m in shown if m.hidden} == {(m.to, m.kind) for m in shown} - read


def test_letters_without_a_post_are_told(house: House) -> None:
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), post=""))
    for outcome in (due.rehearse(house), due.run(house)):
        (problem,) = outcome.steps[-1].problems
        assert (problem.code, problem.facts["count"]) == ("letters_without_post", 1)
