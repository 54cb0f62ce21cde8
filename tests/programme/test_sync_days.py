"""The days that are read: they roll on, never grow beyond four years, and what falls out of them is not gone."""

from datetime import date, timedelta

import pytest

from companion.calendars.model import Window
from companion.calendars.store import SyncState
from companion.programme.round import days_of
from companion.programme.sync import sync
from companion.programme.views.meetings import meetings
from fakes.house import Made
from fakes.ics import NOW, calendar, event

YEAR = timedelta(days=365)
TODAY = date(2026, 11, 21)


def usual(today: date) -> Window:
    return Window(today - timedelta(days=400), today + timedelta(days=400))


def after(days: Window) -> SyncState:
    return SyncState(first=days.first, last=days.last)


def test_eighty_months_of_rolling_read_four_years_and_move_once_a_month() -> None:
    days, moves = usual(TODAY), 0
    for day in range(80 * 30):
        today = TODAY + timedelta(days=day)
        new = days_of(usual(today), None, after(days))
        assert new.first <= usual(today).first + timedelta(days=30)
        assert usual(today).last - timedelta(days=30) <= new.last <= usual(today).last
        assert new.last - new.first <= 4 * YEAR + timedelta(days=1)
        moves, days = moves + (new != days), new
    assert 75 <= moves <= 80


@pytest.mark.parametrize("years", [5, 20, -5])
def test_a_clock_that_was_years_wrong_once_leaves_nothing_behind(years: int) -> None:
    wrong = days_of(usual(TODAY + years * YEAR), None, after(usual(TODAY)))
    assert wrong.last - wrong.first <= 4 * YEAR + timedelta(days=1)
    right = days_of(usual(TODAY), None, after(wrong))
    assert right.last == usual(TODAY).last
    assert right.last - right.first <= 4 * YEAR + timedelta(days=1)
    assert right.first <= usual(TODAY).first
    assert days_of(usual(TODAY), None, after(right)) == right


def test_days_asked_for_by_hand_widen_and_stay() -> None:
    given = Window(TODAY - 2 * YEAR, TODAY + timedelta(days=500))
    wide = days_of(usual(TODAY), given, after(usual(TODAY)))
    assert wide == given
    assert days_of(usual(TODAY), None, after(wide)) == given


@pytest.mark.parametrize("one_file", [True, False])
def test_what_falls_out_of_the_days_stays_a_meeting_as_it_was(made: Made, one_file: bool) -> None:
    source = made.account("Work", "dana@ferro.example")
    days = ("20251102T130000Z", "20261109T130000Z", "20270310T130000Z")
    lines = {day: event(day, day) for day in days}

    def listed(*some: str) -> dict[str, bytes]:
        return {"file": calendar(*map(lines.__getitem__, some))} if one_file else {d: calendar(lines[d]) for d in some}

    def stands() -> list[tuple[str, str]]:
        with made.house.workspace(write=False) as tx:
            return sorted((one.uid, one.status) for one in tx.meetings.everything())

    source.members = listed(*days)
    sync(made.house)
    assert stands() == [(day, "confirmed") for day in days]
    made.time[0] = NOW + 3 * YEAR
    source.members = listed(*(days if one_file else days[2:]))  # Graph lists no older month
    sync(made.house)
    source.members = listed(days[2])
    (done,) = sync(made.house)
    assert done.problems == ()
    assert stands() == [(day, "confirmed") for day in days]
    with made.house.device(write=False) as device:
        assert [held.uid for held in device.events.all(device.accounts.all()[0].id)] == [days[2]]
    made.time[0] = NOW
    source.members = listed(*days)
    (done,) = sync(made.house)
    assert (done.problems, done.removed, stands()) == ((), 0, [(day, "confirmed") for day in days])
    assert len(meetings(made.house).rows) == 3
