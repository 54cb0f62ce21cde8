"""The list of meetings is read as far as it is shown."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.attendance.model import Evidence
from companion.programme import people, seats
from companion.programme.views import meetings as rows_of
from companion.programme.views.meeting_list import meeting_list
from companion.programme.views.meetings import meetings
from desktop.made import ME, NOW, build, lay_out

ROSA = "rosa.vidal@ferro.example"


@pytest.fixture
def house(tmp_path):
    """Twelve meetings that are over, a week apart, beside those of the company; the first was mine."""
    lay_out(tmp_path / "home")
    made = build(tmp_path / "home")
    with made.workspace() as tx:
        known = next(one for one in tx.meetings.everything() if one.end < NOW)
        for week in range(12):
            start = NOW - timedelta(weeks=40 - week)
            tx.meetings.put(
                replace(known, id=f"old{week:02}", uid=f"old{week:02}", start=start, end=start + timedelta(hours=1))
            )
    yield people.set_me(made, ME)
    made.close()


def keys(view, *, apart=False):
    return [row.meeting.id for row in view.rows if row.apart == apart]


def old(view):
    return [key for key in keys(view) if key.startswith("old")]


def test_what_is_ahead_and_the_latest_that_are_over_are_read_and_no_row_is_made_of_the_rest(house, monkeypatch):
    made = []
    row_of = rows_of.row_of
    monkeypatch.setattr(rows_of, "row_of", lambda *said, **more: made.append(1) or row_of(*said, **more))
    all_of = meetings(house)
    made.clear()
    view = meeting_list(house, 5)
    over = [row.meeting.id for row in all_of.rows if row.past]
    ahead = [row.meeting.id for row in all_of.rows if not row.past]
    assert view.earlier
    assert keys(view) == over[-5:] + ahead
    assert len(made) == len(view.rows) < len(all_of.rows)


def test_all_of_a_small_programme_is_the_list_as_ever(house):
    assert meeting_list(house) == meetings(house)


def test_a_meeting_that_is_sought_is_listed_with_all_that_came_after_it(house):
    view = meeting_list(house, 5, "old04")
    assert old(view) == [f"old{week:02}" for week in range(4, 12)]
    assert view.earlier
    assert not meeting_list(house, 5, "old00").earlier


def test_from_before_there_are_those_that_concern_who_works_here(house):
    seats.set_state(house, "old00", ME, "attended", "self")
    seats.set_state(house, "old01", ROSA, "attended", "self")
    seats.set_state(house, "old02", ROSA, "attended", "host")
    seats.set_state(house, "old02", ROSA, "missed", "self")
    with house.workspace() as tx:
        rosa = tx.people.by_address(ROSA)
        tx.seats.add(Evidence("r1", "old03", rosa.id, "report", "unknown", "report", NOW))
        tx.seats.add(Evidence("r2", "old04", rosa.id, "host", "delegated", ROSA, NOW, to=tx.people.by_address(ME).id))
        tx.seats.add(Evidence("r3", "old05", rosa.id, "host", "attended", ROSA, NOW))
        tx.seats.add(Evidence("r4", "old05", rosa.id, "self", "missed", ROSA, NOW, withdrawn=NOW))
    view = meeting_list(house, 5)
    assert keys(view, apart=True) == ["old00", "old02", "old03", "old04"]
    told = {row.meeting.id: row for row in meetings(house).rows}
    assert all(replace(row, apart=False) == told[row.meeting.id] for row in view.rows)
    assert [key for key, row in told.items() if row.waits] == [row.meeting.id for row in view.rows if row.waits]


def test_a_dismissed_one_takes_nobodys_place(house):
    with house.workspace() as tx:
        one = tx.meetings.everything()
        latest = [item for item in one if item.end <= NOW][-1]
        tx.meetings.put(replace(latest, verdict="no"))
    assert latest.id not in keys(meeting_list(house, 5))
    assert sum(row.past for row in meeting_list(house, 5).rows) == 5
