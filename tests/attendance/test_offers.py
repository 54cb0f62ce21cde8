"""Seats on their way, as rules: no way leads to a seat but by the host's yes, and nobody is in two places."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.attendance.model import Seat
from companion.attendance.offers import (
    MOVES,
    OPEN,
    STANDING,
    Move,
    Offer,
    Who,
    answer_by,
    begun,
    moved,
    said,
    working_days_between,
)
from companion.attendance.rules import PlanRule
from companion.attendance.seating import MOST_WITH_A_NEW_ONE, Table, hosts_at, refusal
from companion.basics.errors import Problem
from companion.meetings.model import Meeting
from companion.people.model import Leave, Person

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WAYS = ("ask", "ops", "plan", "swap", "handover")
NAMES = ("dana", "lev", "zoe", "agnes")
PEOPLE = {key: Person(key, f"{key}@ferro.example", key.title(), (), "Finance", "leader", 2) for key in NAMES}
ROSA = Person("rosa", "rosa@ferro.example", "Rosa Vidal", (), "Sales", "host")
STEPS = st.tuples(
    st.sampled_from(("allow", "veto", "take", "cannot", "withdraw")),
    st.sets(st.sampled_from(("host", "leader", "ops", "asker", "desk")), max_size=3),
)


def offer(came: str = "ops", **news: object) -> Offer:
    made = Offer("o1", "m1", "dana", "ops", "ola@ferro.example", NOW, "host", NOW)
    return replace(made, came=came, **news)  # type: ignore[arg-type]


def review(key: str = "m1", start: datetime = NOW + timedelta(days=20), **news: object) -> Meeting:
    made = Meeting(key, key, "", "Review", start, start + timedelta(hours=1), False, "UTC", "confirmed", "kestrel", 90,
                   (), host_email="rosa@ferro.example")  # fmt: skip
    return replace(made, **news)  # type: ignore[arg-type]


def table(meeting: Meeting, offers: list[Offer], **news: object) -> Table:
    made = Table(meeting, meeting.start.date(), NOW.date(), NOW, hosts_at(meeting, ""), {**PEOPLE, "rosa": ROSA}, (),
                 tuple(one for one in offers if one.meeting_id == meeting.id), (), ())  # fmt: skip
    return replace(made, **news)  # type: ignore[arg-type]


def tried(one: Offer, move: Move, who: set[Who]) -> Offer:
    try:
        return moved(one, move, who, NOW)
    except Problem:
        return one


@given(st.sampled_from(WAYS), st.lists(STEPS, max_size=12))
def test_nobody_is_offered_a_seat_before_a_host_or_ops_for_them_agreed(
    came: str, steps: list[tuple[Move, set[Who]]]
) -> None:  # fmt: skip
    one, agreed = offer(came), False
    for move, who in steps:
        after = tried(one, move, who)
        agreed = agreed or (after is not one and move == "allow" and bool(who & {"host", "ops"}))
        if after.state in ("offered", "accepted"):
            assert agreed
        if after.state == "accepted" and came != "ask" and one.state != "accepted":
            assert who & {"leader", "ops"}
        assert not (one.state in ("vetoed", "declined", "withdrawn") and after is not one)
        one = after


@given(st.sampled_from(WAYS), st.lists(STEPS, max_size=12))
def test_a_step_made_again_changes_nothing(came: str, steps: list[tuple[Move, set[Who]]]) -> None:
    one = offer(came)
    for move, who in steps:
        one = tried(one, move, who)
        assert tried(one, move, who) is one or (one.state, move) in MOVES


@given(st.lists(st.tuples(st.sampled_from(sorted(PEOPLE)), st.integers(0, 3), STEPS), max_size=40),
       st.sets(st.sampled_from(sorted(PEOPLE))))  # fmt: skip
def test_no_path_books_anybody_twice_or_a_meeting_too_full(
    acts: list[tuple[str, int, tuple[Move, set[Who]]]], new: set[str]
) -> None:
    half = timedelta(minutes=30)
    meetings = [review(f"m{n}", NOW + timedelta(days=20) + n * half) for n in range(4)]  # each overlaps the next
    offers: dict[tuple[str, str], Offer] = {}
    for person, number, (move, who) in acts:
        meeting = meetings[number]
        known = offers.get((meeting.id, person))
        if known is not None and known.state in STANDING:
            offers[meeting.id, person] = tried(known, move, who)
            continue
        elsewhere = [m for m in meetings for o in offers.values()
                     if o.person_id == person and o.meeting_id == m.id and o.state in STANDING]  # fmt: skip
        seated = table(meeting, [*offers.values()])
        accepted = tuple(_seat(o) for o in offers.values() if o.meeting_id == meeting.id and o.state == "accepted")
        if refusal(replace(seated, seats=accepted), PEOPLE[person], elsewhere, new) is None:
            offers[meeting.id, person] = offer(id=f"{meeting.id}{person}", meeting_id=meeting.id, person_id=person)
    standing = [one for one in offers.values() if one.state in STANDING]
    by_id = {one.id: one for one in meetings}
    for one in standing:
        mine = by_id[one.meeting_id]
        for other in standing:
            if other is not one and other.person_id == one.person_id:
                theirs = by_id[other.meeting_id]
                assert not (theirs.start < mine.end and mine.start < theirs.end)
    for meeting in meetings:
        there = {one.person_id for one in standing if one.meeting_id == meeting.id}
        assert len(there) <= (MOST_WITH_A_NEW_ONE if there & new else 1)


def _seat(one: Offer) -> Seat:
    return Seat(one.meeting_id, one.person_id, "accepted", ())


def test_what_each_step_says_of_the_seat() -> None:
    assert [begun(offer(came)) for came in WAYS] == [("self", "proposed")] + [("ops", "proposed")] * 4
    assert said(offer("ask"), "allow", {"host"}) == ("host", "accepted")
    assert said(offer("ops"), "allow", {"ops"}) == ("ops", "offered")
    assert said(offer(), "take", {"leader"}) == ("self", "accepted")
    assert said(offer(), "cannot", {"leader"}) == ("self", "declined")
    assert said(offer(), "veto", {"host"}) is said(offer(), "withdraw", {"ops"}) is None


@pytest.mark.parametrize(
    ("since", "meeting", "last"),
    [
        (date(2026, 11, 2), date(2026, 12, 17), date(2026, 11, 9)),  # a week
        (date(2026, 12, 7), date(2026, 12, 17), date(2026, 12, 10)),  # five working days before, a weekend between
        (date(2026, 12, 14), date(2026, 12, 17), date(2026, 12, 16)),  # two days in any case
        (date(2026, 12, 16), date(2026, 12, 17), date(2026, 12, 17)),  # but not after the meeting
    ],
)
def test_by_when_a_leader_answers(since: date, meeting: date, last: date) -> None:
    assert answer_by(since, meeting) == last


def test_holidays_are_no_working_days() -> None:
    assert answer_by(date(2026, 12, 7), date(2026, 12, 17), [date(2026, 12, 16)]) == date(2026, 12, 9)
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 24)) == 2
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 24), [date(2026, 11, 23)]) == 1


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        (PlanRule("r", "not_here", "dana", "m1"), "seat_ruled_out"), (PlanRule("r", "not_here", "lev", "m1"), ""),
        (PlanRule("r", "never", "dana", "", "kestrel"), "seat_ruled_out"),
        (PlanRule("r", "never", "dana", "", "linden"), ""), (PlanRule("r", "closed", "", "m1"), "seat_ruled_out"),
        (PlanRule("r", "pin", "lev", "m1"), ""),
    ],
)  # fmt: skip
def test_what_was_decided_beforehand_holds(rule: PlanRule, problem: str) -> None:
    found = refusal(table(review(), [], rules=(rule,)), PEOPLE["dana"], [], PEOPLE)
    assert (found.code if found else "") == problem


def test_whose_seat_is_taken_over_does_not_stand_in_the_way() -> None:
    first = offer(state="offered")
    assert first.state in OPEN
    full = table(review(), [first])
    assert refusal(full, PEOPLE["lev"], [], ()) is not None
    assert refusal(full, PEOPLE["lev"], [], (), instead_of="dana") is None


def test_nobody_on_leave_or_without_the_role_yet() -> None:
    day = review().start.date()
    away = table(review(), [], leaves=(Leave("dana", day, day, "leave"),))
    refused = refusal(away, PEOPLE["dana"], [], ())
    assert refused
    assert refused.code == "seat_on_leave"
    later = replace(PEOPLE["lev"], start=day + timedelta(days=1))
    refused = refusal(table(review(), []), later, [], ())
    assert refused
    assert refused.code == "seat_not_here"
