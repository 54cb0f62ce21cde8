"""What waits for a yes keeps in step with its calendar; a day that was read stays in; nothing is let go in silence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from companion.attendance.model import Evidence
from companion.basics.ids import meeting_id, new_id
from companion.calendars.model import Window
from companion.crossing.model import Command
from companion.programme import meetings as verbs
from companion.programme.apply import cross
from companion.programme.codec import to_json
from companion.programme.sync import sync
from companion.programme.views.meetings import meetings
from fakes.house import Made
from fakes.ics import NOW, calendar, event
from fakes.killing import Fate, KilledError, fated


def test_what_left_the_calendar_waits_no_more(made: Made) -> None:
    shared = replace(made.house, workspace_shared=True)
    src = made.account("Work", "dana@ferro.example")
    src.members = {"a": calendar(event("a", "20261212T130000Z")), "b": calendar(event("b", "20261213T130000Z"))}
    sync(shared)
    src.members = {"b": src.members["b"]}
    sync(shared)
    verbs.release(shared, [meeting_id("a", "-")])
    assert [r.meeting.uid for r in meetings(shared).rows] == []


def test_what_waits_leaves_no_word_behind_once_it_is_private(made: Made) -> None:
    shared = replace(made.house, workspace_shared=True)
    src = made.account("Work", "dana@ferro.example")
    src.members = {"a": calendar(event("a", "20261212T130000Z", title="Kestrel CANARY review"))}
    sync(shared)
    src.members = {"a": calendar(event("a", "20261212T130000Z", "CLASS:PRIVATE", title="Kestrel CANARY review"))}
    sync(shared)
    made.house.close()
    assert b"CANARY" not in b"".join(p.read_bytes() for p in made.house.paths.home.iterdir() if p.is_file())


def test_what_the_hosts_know_waits_for_nobody_whichever_was_read_first(made: Made) -> None:
    shared = replace(made.house, workspace_shared=True)
    made.account("Work", "dana@ferro.example").members = {
        "a": calendar(event("a", "20261212T130000Z", answer="DECLINED"))
    }
    made.account("Hosts", hosts=True).members = {"b": calendar(event("a", "20261212T130000Z"))}
    sync(shared)
    sync(shared)
    assert [s.state for s in meetings(shared).rows[0].seats] == ["declined"]


def test_a_yes_lets_the_newest_form_cross_and_all_later_ones(made: Made) -> None:
    shared = replace(made.house, workspace_shared=True)
    src = made.account("Work", "dana@ferro.example")
    src.members = {"a": calendar(event("a", "20261212T130000Z"))}
    sync(shared)
    src.members = {"a": calendar(event("a", "20261213T130000Z"))}
    sync(shared)
    verbs.release(shared, [meeting_id("a", "-")])
    assert [r.meeting.start.day for r in meetings(shared).rows] == [13]
    src.members = {"a": calendar(event("a", "20261214T130000Z"))}
    sync(shared)
    assert [r.meeting.start.day for r in meetings(shared).rows] == [14], "a yes holds for the whole series"


def test_days_asked_for_by_hand_stay_in(made: Made) -> None:
    src = made.account("Hosts", hosts=True)
    src.members = {"a": calendar(event("a", "20240612T130000Z"))}
    sync(made.house, window=Window(date(2024, 1, 1), date(2026, 1, 1)))
    made.time[0] += timedelta(days=31)
    sync(made.house)
    assert [r.meeting.status for r in meetings(made.house).rows] == ["confirmed"]


def test_a_review_of_more_than_a_year_ago_is_not_gone(made: Made) -> None:
    src = made.account("Hosts", hosts=True)
    src.members = {"a": calendar(event("a", "20251112T130000Z"))}
    sync(made.house)
    made.time[0] += timedelta(days=45)
    sync(made.house)
    assert [r.meeting.status for r in meetings(made.house).rows] == ["confirmed"]


@pytest.mark.parametrize("point", range(1, 12))
def test_a_word_that_is_let_go_has_its_line_wherever_the_process_ends(made: Made, point: int) -> None:
    word = Evidence(new_id(), meeting_id("none", "-"), "dana", "self", "declined", "dana@ferro.example", NOW)
    with made.house.device() as device:
        device.queue.put(Command(new_id(), "evidence", to_json(word), NOW))
    try:
        cross(fated(made.house, Fate(dies_at=point)))
    except KilledError:
        cross(made.house)
    with made.house.workspace() as tx:
        assert [entry.what for entry in tx.programme.entries()] == ["command.refused"]
