"""The plan: pure, and the same whatever order things come in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from companion.calendars.codec import event_from_json, event_to_json
from companion.calendars.model import Event, Guest, Reason
from companion.calendars.plan import by_meeting, plan, shrunk

START = datetime(2026, 11, 21, 9, tzinfo=UTC)


def made(uid: str, rec_key: str = "-", hour: int = 0, sequence: int = 0) -> Event:
    start = START + timedelta(hours=hour)
    return Event(
        uid, rec_key, start, start + timedelta(hours=1), False, "Europe/Warsaw", "Przegląd — Đà Nẵng", "confirmed",
        Guest("rosa@ferro.example", "Rosa", "person", "accepted"), (Guest("lan@hoabinh.example", "Lan"),), 3,
        "https://meet.example/x", sequence, "hoabinh", 80,
        (Reason("guest_domain", (("domain", "hoabinh.example"),), 50),),
    )  # fmt: skip


events = st.builds(made, st.sampled_from("abcdef"), st.sampled_from(("-", "U:1", "U:2")), st.integers(0, 3))
members = st.dictionaries(st.sampled_from(("m1", "m2", "m3", "m4")), st.lists(events, max_size=4).map(tuple))


def test_added_changed_removed() -> None:
    done = plan({"m1": (made("a"), made("b"))}, {"m1": (made("a", hour=1), made("c"))}, [])
    assert [e.uid for e in done.added] == ["c"]
    assert [e.uid for e in done.changed] == ["a"]
    assert [e.uid for e in done.removed] == ["b"]


def test_a_sequence_alone_is_no_news() -> None:
    done = plan({"m1": (made("a"),)}, {"m1": (made("a", sequence=7),)}, [])
    assert (done.added, done.changed, done.removed) == ((), (), ())


def test_an_occurrence_that_moves_to_another_member_is_no_removal() -> None:
    done = plan({"old": (made("a"),)}, {"new": (made("a"),)}, ["old"])
    assert (done.added, done.changed, done.removed) == ((), (), ())


def test_the_copy_with_the_highest_sequence_speaks() -> None:
    found = by_meeting({"m1": (made("a", hour=2, sequence=2),), "m2": (made("a", hour=1, sequence=1),)})
    assert [event.sequence for event in found.values()] == [2]


@given(members, members, st.lists(st.sampled_from(("m1", "m2", "m3", "m4"))))
def test_after_the_plan_nothing_is_left_to_do(stored: dict, fetched: dict, gone: list[str]) -> None:  # type: ignore[type-arg]
    first = plan(stored, fetched, gone)
    again = plan(first.after, {key: first.after[key] for key in fetched if key in first.after}, gone)
    assert (again.added, again.changed, again.removed) == ((), (), ())


@given(members, members)
def test_what_is_added_and_removed_adds_up(stored: dict, fetched: dict) -> None:  # type: ignore[type-arg]
    done = plan(stored, fetched, [])
    before, after = set(by_meeting(stored)), set(by_meeting(done.after))
    assert len(after) == len(before) + len(done.added) - len(done.removed)


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
