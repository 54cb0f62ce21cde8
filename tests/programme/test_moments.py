"""When somebody is told of a meeting: earlier rather than at night, never too late, each moment once."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.basics.errors import Problem
from companion.programme.moments import (
    AFTER,
    STALE,
    Coming,
    Quiet,
    after_due,
    brief_due,
    due_reminders,
    last_open,
    next_open,
    read_quiet,
)

ZONE = "Europe/Amsterdam"
NIGHT = read_quiet("19:00-07:00")


def at(text: str) -> datetime:
    """An instant by the clock on the wall."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("19:00-07:00", Quiet(time(19), time(7))), (" 9:30 – 10:00 ", Quiet(time(9, 30), time(10))),
        ("", Quiet(weekends=False)),
    ],
)  # fmt: skip
def test_quiet_hours_are_read(text: str, expected: Quiet) -> None:
    assert read_quiet(text) == expected


@pytest.mark.parametrize("text", ["19:00", "25:00-07:00", "19:00-07:60", "seven to nine", "19:00Z-07:00", "19-7"])
def test_what_are_no_quiet_hours_is_said(text: str) -> None:
    with pytest.raises(Problem) as told:
        read_quiet(text)
    assert (told.value.code, told.value.facts["value"]) == ("quiet_wrong", text)


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        ("2026-11-26T06:59", True), ("2026-11-26T07:00", False), ("2026-11-26T18:59", False),
        ("2026-11-26T19:00", True), ("2026-11-28T12:00", True), ("2026-11-29T12:00", True), ("2026-11-30T06:00", True),
    ],
)  # fmt: skip
def test_nights_and_weekends_are_quiet(text: str, quiet: bool) -> None:
    assert NIGHT.holds(at(text), ZONE) is quiet


@pytest.mark.parametrize(
    ("start", "goes"),
    [
        ("2026-11-26T10:00", "2026-11-24T10:00"),  # two days before, to the minute
        ("2026-11-26T20:00", "2026-11-24T18:00"),  # would be at night: earlier
        ("2026-11-26T06:00", "2026-11-23T18:00"),
        ("2026-11-24T10:00", "2026-11-20T18:00"),  # would be on a Sunday
        ("2026-11-30T10:00", "2026-11-27T18:00"),
    ],
)
def test_the_brief_goes_two_days_before_and_earlier_rather_than_at_night(start: str, goes: str) -> None:
    begins = at(start)
    minute = timedelta(minutes=1)
    assert not brief_due(begins, at(goes) - minute, NIGHT, ZONE)
    assert brief_due(begins, at(goes), NIGHT, ZONE)


def test_a_seat_that_came_late_has_its_brief_in_the_morning_or_at_once() -> None:
    evening = at("2026-11-25T22:00")
    assert not brief_due(at("2026-11-26T10:00"), evening, NIGHT, ZONE), "the morning is early enough"
    assert brief_due(at("2026-11-26T10:00"), at("2026-11-26T07:00"), NIGHT, ZONE)
    assert brief_due(at("2026-11-26T07:15"), evening, NIGHT, ZONE), "the morning is too late"
    assert not brief_due(evening, evening, NIGHT, ZONE), "it has begun"


@pytest.mark.parametrize(
    ("end", "goes"),
    [
        ("2026-11-26T11:00", "2026-11-26T11:10"),
        ("2026-11-26T18:55", "2026-11-27T07:00"),
        ("2026-11-27T19:30", "2026-11-30T07:00"),  # a Friday evening waits for Monday
    ],
)
def test_the_questions_come_ten_minutes_after_and_wait_for_the_morning(end: str, goes: str) -> None:
    over = at(end)
    assert not after_due(over, at(goes) - timedelta(minutes=1), NIGHT, ZONE)
    assert after_due(over, at(goes), NIGHT, ZONE)
    assert not after_due(over, over + STALE, NIGHT, ZONE)


MOMENTS = st.integers(0, 720 * 24 * 60).map(lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute))
HOURS = st.builds(
    Quiet, st.times(timezones=st.none()).map(lambda one: one.replace(second=0, microsecond=0)),
    st.times(timezones=st.none()).map(lambda one: one.replace(second=0, microsecond=0)), st.booleans(),
)  # fmt: skip


@given(MOMENTS, HOURS)
def test_the_open_moments_around_one_are_open_and_on_their_side(moment: datetime, quiet: Quiet) -> None:
    later, earlier = next_open(moment, quiet, ZONE), last_open(moment, quiet, ZONE)
    assert earlier <= moment <= later
    assert later == moment or not quiet.holds(later, ZONE)
    assert earlier == moment or not quiet.holds(earlier, ZONE)


@given(MOMENTS, st.integers(0, 14), st.sampled_from(["19:00-07:00", "12:00-13:00", "", "22:00-05:00"]))
def test_a_run_every_quarter_of_an_hour_never_misses_a_brief(start: datetime, offset: int, hours: str) -> None:
    """Before every meeting there is a run in which its brief is due, and one after it in which the questions are."""
    quiet, quarter = read_quiet(hours), timedelta(minutes=15)
    first = start - timedelta(days=6) + timedelta(minutes=offset)
    runs = [first + number * quarter for number in range(6 * 96)]
    assert any(brief_due(start, run, quiet, ZONE) for run in runs)
    later = [start + AFTER + number * quarter for number in range(4 * 96)]
    assert any(after_due(start, run, quiet, ZONE) for run in later)


def coming(start: str, minutes: int = 60, key: str = "m") -> Coming:
    return Coming(key, at(start), at(start) + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("now", "moments"),
    [
        ("2026-11-26T09:44", []), ("2026-11-26T09:45", ["before"]), ("2026-11-26T10:05", ["before"]),
        ("2026-11-26T10:10", []), ("2026-11-26T11:09", []), ("2026-11-26T11:10", ["after"]),
        ("2026-11-27T10:59", ["after"]), ("2026-11-27T11:00", []),
    ],
)  # fmt: skip
def test_the_window_reminds_before_and_after(now: str, moments: list[str]) -> None:
    found = due_reminders([coming("2026-11-26T10:00")], {}, at(now), zone_name=ZONE)
    assert [one.moment for one in found] == moments


def test_each_is_shown_once_and_again_where_the_meeting_moved() -> None:
    about = coming("2026-11-26T10:00")
    now = at("2026-11-26T09:50")
    (first,) = due_reminders([about], {}, now)
    assert due_reminders([about], {"m": [first.key]}, now) == []
    assert due_reminders([coming("2026-11-26T09:55")], {"m": [first.key]}, now) != []


def test_in_quiet_hours_nothing_comes_and_the_questions_wait() -> None:
    late = [coming("2026-11-26T19:30"), coming("2026-11-27T07:10", key="n")]
    assert due_reminders(late, {}, at("2026-11-26T20:45"), quiet=NIGHT, zone_name=ZONE) == []
    morning = due_reminders(late, {}, at("2026-11-27T07:00"), quiet=NIGHT, zone_name=ZONE)
    assert [(one.moment, one.about.meeting_id) for one in morning] == [("after", "m"), ("before", "n")]
    assert len(due_reminders(late, {}, at("2026-11-27T06:55"), minutes=15, zone_name=ZONE)) == 2
