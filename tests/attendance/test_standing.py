"""Figures of one person: heard, completed, coming, needs, and the flag with its reasons."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.made import ANNA, BEN, NOW, Story, Terms, at, meeting, person, said, sits
from companion.attendance.days import period
from companion.attendance.model import Seat
from companion.attendance.seats import seats_of
from companion.attendance.standing import Standing, open_reviews, standing
from companion.calendars.model import Reason
from companion.meetings.model import Meeting
from companion.people.model import Leave

YEAR = period("2026", date(2026, 11, 21))
FIRST = meeting(at("2026-03-04T10:00"), "first")
SECOND = meeting(at("2026-11-18T10:00"), "second", "orchard")
SOON = meeting(at("2026-12-03T10:00"), "soon", "mill")
LATER = meeting(at("2026-12-10T10:00"), "later", "quarry")
ALL = (FIRST, SECOND, SOON, LATER)


def stand(
    seats: list[Seat], stories: tuple[Story, ...] = (), meetings: tuple[Meeting, ...] = ALL,
    leaves: tuple[Leave, ...] = (), when: datetime = NOW, **more: object,
) -> Standing:  # fmt: skip
    return standing(person(**more), meetings, seats, stories, [], leaves, Terms(), YEAR, when)


def codes(found: Standing) -> list[str]:
    return [reason.code for reason in found.why]


def test_two_heard_are_done() -> None:
    found = stand([sits(FIRST, "attended"), sits(SECOND, "attended")])
    assert (found.heard, found.expected, found.needs, found.flag) == (2, 2, 0, "done")
    assert found.last == SECOND
    assert codes(found) == ["target", "heard", "heard", "untold", "tell_by"]


def test_heard_and_coming_are_on_track() -> None:
    found = stand([sits(FIRST, "attended"), sits(SOON, "accepted")])
    assert (found.heard, found.coming, found.needs, found.flag, found.next) == (1, 1, 0, "on_track", SOON)


def test_what_is_still_needed() -> None:
    found = stand([sits(FIRST, "attended")])
    assert (found.needs, found.flag) == (1, "needs_seat")
    assert found.why[-1] == Reason(
        "needs_seat", (("needs", "1"), ("open", "2"), ("until", "2026-12-31"), ("by", "2026-12-10"))
    )
    assert stand([sits(FIRST, "attended"), sits(SOON, "offered")]).flag == "waiting"
    beside = stand([sits(FIRST, "attended"), sits(SOON, "accepted", BEN), sits(LATER, "offered", BEN)])
    assert (beside.flag, beside.only_beside) == ("needs_seat", True)  # Ben is there for the first time
    heard = sits(SECOND, "attended", BEN)
    alone = stand([sits(FIRST, "attended"), heard, sits(SOON, "accepted", BEN), sits(LATER, "offered", BEN)])
    assert (alone.flag, alone.only_beside) == ("cannot_reach", False)


def test_nothing_expected_is_exempt_and_keeps_its_credit() -> None:
    found = stand([sits(SECOND, "attended")], start=date(2026, 10, 20))
    assert (found.expected, found.heard, found.flag) == (0, 1, "exempt")


def test_outside_the_role_nothing_is_credited() -> None:
    assert stand([sits(FIRST, "attended")], start=date(2026, 3, 5)).heard == 0
    assert stand([sits(FIRST, "attended")], start=date(2026, 3, 4)).heard == 1
    assert stand([sits(FIRST, "attended")], end=date(2026, 3, 3)).heard == 0


@pytest.mark.parametrize(
    "state", ["unknown", "disputed", "missed", "excused", "delegated", "cancelled", "declined", "offered"]
)
def test_only_attended_counts(state: str) -> None:
    assert stand([sits(FIRST, state)]).heard == 0  # type: ignore[arg-type]


def test_unknown_and_disputed_are_work_to_do() -> None:
    found = stand([sits(FIRST, "unknown"), sits(SECOND, "disputed")])
    assert found.unknown == 2
    assert {"unknown", "disputed"} <= set(codes(found))


def test_one_credit_per_customer_and_day() -> None:
    again = meeting(at("2026-03-04T15:00"), "again")
    elsewhere = meeting(at("2026-03-04T17:00"), "elsewhere", "orchard")
    every = (FIRST, again, elsewhere)
    found = stand([sits(item, "attended") for item in every], meetings=every)
    assert found.heard == 2
    assert "same_day" in codes(found)


def test_a_coming_meeting_on_a_day_already_heard_adds_nothing() -> None:
    again = meeting(at("2026-11-21T15:00"), "again", "orchard")
    today = meeting(at("2026-11-21T08:00"), "today", "orchard")
    found = stand([sits(today, "attended"), sits(again, "accepted")], meetings=(today, again))
    assert (found.heard, found.coming) == (1, 0)


def test_one_coming_or_asked_per_customer_and_day() -> None:
    twice = meeting(at("2026-12-03T15:00"), "twice", "mill")
    found = stand([sits(SOON, "accepted"), sits(twice, "offered")], meetings=(SOON, twice))
    assert (found.coming, found.offered, found.flag) == (1, 0, "cannot_reach")
    found = stand([sits(FIRST, "attended"), sits(SOON, "offered")], meetings=(FIRST, SOON, twice))
    assert found.why[-1].facts[1] == ("open", "0")  # the open review is with the customer they are asked to that day


def test_nothing_is_heard_before_its_day() -> None:
    assert stand([sits(SOON, "attended")]).heard == 0


@pytest.mark.parametrize(
    "change",
    [
        {"customer_id": ""},
        {"verdict": "no"},
        {"why": (Reason("internal_word", (("word", "prep"),)), Reason("name_in_title"))},
        {"why": (Reason("internal_only"),)},
    ],
)
def test_internal_and_dismissed_never_count(change: dict[str, object]) -> None:
    inside = replace(FIRST, **change)  # type: ignore[arg-type]
    assert stand([sits(inside, "attended")], meetings=(inside,)).heard == 0
    soon = replace(SOON, **change)  # type: ignore[arg-type]
    assert open_reviews([soon], [], NOW, at("2027-01-01T00:00")) == []


def test_a_rehearsal_somebody_said_yes_to_counts() -> None:
    kept = replace(FIRST, verdict="yes", why=(Reason("internal_word"),))
    assert stand([sits(kept, "attended")], meetings=(kept,)).heard == 1


def test_other_periods_do_not_count() -> None:
    old = meeting(at("2025-12-31T10:00"), "old")
    eve = meeting(at("2025-12-31T23:30"), "eve")  # already 2026 in Rome
    found = stand([sits(old, "attended"), sits(eve, "attended")], meetings=(old, eve))
    assert found.heard == 1


@pytest.mark.parametrize(
    ("published", "counts"),
    [
        ("2026-03-04T12:00", True),
        ("2026-03-11T20:00", True),  # the fifth working day after a Wednesday
        ("2026-03-12T08:00", False),
        ("2026-03-03T08:00", False),
    ],
)
def test_completed_within_five_working_days(published: str, counts: bool) -> None:
    found = stand([sits(FIRST, "attended")], (Story(ANNA, "first", at(published)),))
    assert found.completed == counts
    assert ("untold" in codes(found)) is not counts


def test_leave_gives_more_time_to_tell() -> None:
    leave = Leave(ANNA, date(2026, 3, 5), date(2026, 3, 6), "x")
    story = (Story(ANNA, "first", at("2026-03-13T08:00")),)
    assert stand([sits(FIRST, "attended")], story).completed == 0
    assert stand([sits(FIRST, "attended")], story, leaves=(leave,)).completed == 1


def test_a_telling_needs_a_headline_and_a_quote() -> None:
    seats, day = [sits(FIRST, "attended")], date(2026, 3, 9)
    assert stand(seats, (Story(ANNA, "first", told_on=day),)).completed == 1
    assert stand(seats, (Story(ANNA, "first", told_on=day, quote=" "),)).completed == 0


@pytest.mark.parametrize(
    "story",
    [
        Story(BEN, "first", at("2026-03-05T08:00")),
        Story(ANNA, "second", at("2026-03-05T08:00")),
        Story(ANNA, "first", at("2026-03-05T08:00"), audience="me"),
        Story(ANNA, "first", at("2026-03-05T08:00"), withdrawn=at("2026-03-06T08:00")),
        Story(ANNA, "first"),
    ],
)
def test_what_completes_nothing(story: Story) -> None:
    assert stand([sits(FIRST, "attended")], (story,)).completed == 0


def test_what_was_told_but_not_heard_completes_nothing() -> None:
    assert stand([sits(FIRST, "unknown")], (Story(ANNA, "first", at("2026-03-05T08:00")),)).completed == 0


def test_as_of_freezes_evidence_and_publications() -> None:
    told = said(FIRST, "attended", when=at("2026-03-20T08:00"))
    seats = seats_of([FIRST], [told], NOW)
    story = (Story(ANNA, "first", at("2026-03-06T08:00")),)
    assert stand(seats, story).heard == 1
    assert stand(seats, story, when=at("2026-03-19T08:00")).heard == 0
    early = [sits(FIRST, "attended")]
    assert stand(early, story, when=at("2026-03-05T08:00")).completed == 0
    assert stand(early, story, when=at("2026-03-07T08:00")).completed == 1


def test_open_reviews_are_those_nobody_sits_at() -> None:
    seats = [sits(SOON, "accepted"), sits(LATER, "proposed")]
    assert open_reviews(ALL, seats, NOW, at("2027-01-01T00:00")) == [LATER]
    assert open_reviews(ALL, [], NOW, at("2026-12-05T00:00")) == [SOON]
    assert open_reviews([replace(SOON, status="cancelled")], [], NOW, at("2027-01-01T00:00")) == []


def test_open_reviews_on_leave_or_after_leaving_help_nobody() -> None:
    seats = [sits(FIRST, "attended")]
    away = Leave(ANNA, date(2026, 12, 1), date(2026, 12, 31), "x")
    assert stand(seats, leaves=(away,)).flag == "cannot_reach"
    assert stand(seats, end=date(2026, 12, 1)).flag == "cannot_reach"


STATES = st.sampled_from(["attended", "missed", "unknown", "accepted", "offered", "declined", "disputed"])
PLAN = st.lists(
    st.tuples(st.integers(0, 364), st.integers(0, 21), st.sampled_from(["kestrel", "orchard", ""]), STATES), max_size=8
)


@given(PLAN, st.randoms(), st.integers(0, 21))
def test_order_and_hour_never_change_the_count(
    plan: list[tuple[int, int, str, str]], chance: object, hour: int
) -> None:
    zone = Terms(zone="UTC")
    meetings, seats = [], []
    for number, (day, at_hour, customer, state) in enumerate(plan):
        made = meeting(at("2026-01-01T00:00") + timedelta(days=day, hours=at_hour), str(number), customer)
        meetings.append(made)
        seats.append(sits(made, state))  # type: ignore[arg-type]
    first = standing(person(), meetings, seats, [], [], [], zone, YEAR, NOW)
    chance.shuffle(meetings)  # type: ignore[attr-defined]
    chance.shuffle(seats)  # type: ignore[attr-defined]
    assert standing(person(), meetings, seats, [], [], [], zone, YEAR, NOW) == first
    moved = [replace(m, start=m.start.replace(hour=hour), end=m.end.replace(hour=hour, minute=30)) for m in meetings]
    later = standing(person(), moved, seats, [], [], [], zone, YEAR, NOW)
    assert (later.heard, later.completed) == (first.heard, first.completed)
    assert first.heard <= len({(m.customer_id, m.start.date()) for m in meetings if m.customer_id})
