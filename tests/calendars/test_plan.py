"""The plan: pure, and the same whatever order things come in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.calendars.codec import event_from_json, event_to_json
from companion.calendars.model import Event, Guest, Reason
from companion.calendars.plan import Holding, Members, Plan, shrunk

START = datetime(2026, 11, 21, 9, tzinfo=UTC)


def made(uid: str, rec_key: str = "-", hour: int = 0, sequence: int = 0, title: str = "Przegląd — Đà Nẵng") -> Event:
    start = START + timedelta(hours=hour)
    return Event(
        uid, rec_key, start, start + timedelta(hours=1), False, "Europe/Warsaw", title, "confirmed",
        Guest("rosa@ferro.example", "Rosa", "person", "accepted"), (Guest("lan@hoabinh.example", "Lan"),), 3,
        "https://meet.example/x", sequence, "hoabinh", 80,
        (Reason("guest_domain", (("domain", "hoabinh.example"),), 50),),
    )  # fmt: skip


def numbers(done: Plan) -> tuple[int, int, int]:
    return len(done.added), len(done.changed), len(done.removed)


recurrences = st.sampled_from(("-", "U:1", "U:2"))
events = st.builds(made, st.sampled_from("abcdef"), recurrences, st.integers(0, 3), st.integers(0, 2))
some = st.lists(events, max_size=4, unique_by=lambda event: event.key).map(tuple)
seals = st.sampled_from(("m1", "m2", "m3", "m4"))
members = st.dictionaries(seals, some)


def test_added_changed_removed() -> None:
    held = Holding({"m1": (made("a"), made("b", title="b"))})
    done = held.plan({"m1": (made("a", hour=1), made("c", title="c"))}, [])
    assert [e.uid for e in done.added] == ["c"]
    assert [e.uid for e in done.changed] == ["a"]
    assert [e.uid for e in done.removed] == ["b"]


@pytest.mark.case(44)
def test_a_sequence_alone_is_no_news() -> None:
    done = Holding({"m1": (made("a"),)}).plan({"m1": (made("a", sequence=7),)}, [])
    assert (numbers(done), done.members) == ((0, 0, 0), {})


def test_the_sequence_that_counts_is_the_one_the_content_came_with() -> None:
    held = Holding({"m1": (made("a", hour=1),), "m2": (made("a", hour=2, sequence=1),)})
    noise = held.plan({"m1": (made("a", hour=1, sequence=9),)}, [])
    assert (numbers(noise), noise.members) == ((0, 0, 0), {}), "a number without a change lets no old time win"
    moved = held.plan({"m1": (made("a", hour=3, sequence=9),)}, [])
    assert [event.start.hour for event in moved.changed] == [12]


def test_an_occurrence_that_moves_to_another_member_is_no_removal() -> None:
    done = Holding({"old": (made("a"),)}).plan({"new": (made("a"),)}, ["old"])
    assert (numbers(done), set(done.members)) == ((0, 0, 0), {"old", "new"})


def test_the_copy_with_the_highest_sequence_speaks() -> None:
    held = Holding({"m1": (made("a", hour=2, sequence=2),), "m2": (made("a", hour=1, sequence=1),)})
    assert [event.sequence for event in held.by_meeting().values()] == [2]


@pytest.mark.case(45)
def test_an_occurrence_that_only_goes_by_another_uid_is_known() -> None:
    held = Holding({"m1": (made("a"), made("a", "U:1", 1), made("b", title="b"))})
    done = held.plan({"m1": (made("x", sequence=3), made("x", "U:1", 1), made("b", title="b"))}, [])
    assert (numbers(done), done.members, done.renamed) == ((0, 0, 0), {}, 2)


@pytest.mark.case(45)
def test_of_two_alike_as_many_stay_as_came() -> None:
    held = Holding({"m1": (made("a"), made("b"))})
    done = held.plan({"m1": (made("x"),)}, [])
    assert (numbers(done), done.renamed) == ((0, 0, 1), 1)
    more = held.plan({"m1": (made("x"), made("y"), made("z"))}, [])
    assert (numbers(more), more.renamed) == ((1, 0, 0), 2)


def test_what_is_still_there_lends_its_name_to_nobody() -> None:
    held = Holding({"m1": (made("a"),), "m2": (made("a"),)})
    done = held.plan({"m1": (made("x"),)}, [])
    assert (numbers(done), done.renamed) == ((1, 0, 0), 0)


@given(members, members, st.lists(seals))
def test_after_the_plan_nothing_is_left_to_do(stored: Members, fetched: Members, gone: list[str]) -> None:
    held = Holding(stored)
    held.take(held.plan(fetched, gone))
    again = held.plan({seal: fetched[seal] for seal in fetched if seal not in gone}, gone)
    assert (numbers(again), again.members) == ((0, 0, 0), {})


@given(members, members, st.lists(seals))
def test_what_is_added_and_removed_adds_up(stored: Members, fetched: Members, gone: list[str]) -> None:
    held = Holding(stored)
    before, done = held.by_meeting(), held.plan(fetched, gone)
    assert held.by_meeting() == before, "a plan changes nothing"
    held.take(done)
    after = held.by_meeting()
    assert len(after) == len(before) + len(done.added) - len(done.removed)
    assert {event.key for event in done.changed} <= {event.key for event in after.values()}
    left = {seal: held.of(seal) for seal in ("m1", "m2", "m3", "m4")}
    assert Holding(left).by_meeting() == after, "what is held is what will be stored"


@given(events)
def test_an_event_crosses_unchanged(event: Event) -> None:
    assert event_from_json(event_to_json(replace(event, organiser=None))) == replace(event, organiser=None)
    assert event_from_json(event_to_json(event)) == event


def test_when_an_answer_lists_too_little() -> None:
    assert shrunk(5, 0)
    assert shrunk(100, 20)
    assert not shrunk(100, 90)
    assert not shrunk(20, 1)
    assert not shrunk(0, 0)
