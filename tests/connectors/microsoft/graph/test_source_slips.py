"""Graph as a source while the calendar changes under the reader, and after what was only out of order for a while."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from companion.connectors.http import Limits
from connectors.microsoft.graph.mirrored import NOW, Mirrored, mirrored
from servers.microsoft import Calendar, Microsoft365, User
from servers.microsoft.serving import Answer, Asked

pytestmark = pytest.mark.server
DAY = timedelta(days=1)


@pytest.fixture
def dana(microsoft: Microsoft365) -> User:
    return microsoft.user("dana@ferro.example", "Dana Okafor")


@pytest.fixture
def box(microsoft: Microsoft365, dana: User) -> Mirrored:
    return mirrored(microsoft, dana)


def during(microsoft: Microsoft365, path: str, number: int, change: Callable[[], object]) -> list[int]:
    """Let something happen before one of the requests whose path ends so is answered; what is left is the count."""
    whole, left = microsoft.graph_server._reply, [number]

    def changing(asked: Asked) -> Answer:
        if asked.path.endswith(path):
            left[0] -= 1
            if left[0] == 0:
                change()
        return whole(asked)

    microsoft.graph_server._reply = changing  # type: ignore[method-assign]
    return left


def ends(asked: list[Asked]) -> list[str]:
    return [one.path.rpartition("/")[2] for one in asked]


@pytest.mark.parametrize("when", range(1, 7))
@pytest.mark.parametrize("way", [(290, 100), (100, 290), (2, 290), (290, 2), (-200, 100)])
@pytest.mark.parametrize("known", [True, False])
def test_what_moves_between_two_runs_of_days_is_never_gone(
    microsoft: Microsoft365, box: Mirrored, dana: User, when: int, way: tuple[int, int], known: bool
) -> None:
    cal = dana.calendar
    moving = cal.add("Moving", NOW + way[0] * DAY)
    for number in range(3):
        cal.add(f"Review {number}", NOW + 40 * number * DAY)
    box.sync()
    if not known:  # as every week: all is read without looking at where the last round ended
        box.mirror.cursor = ""
    else:
        box.mirror.cursor = json.dumps({**json.loads(box.mirror.cursor), "full": True})
    left = during(microsoft, "calendarView", when, lambda: cal.move(moving, NOW + way[1] * DAY))
    box.sync()
    assert left[0] <= 0
    assert "Moving" in box.titles
    for _ in range(2):
        box.sync()
        assert box.titles == ["Moving", "Review 0", "Review 1", "Review 2"]
    assert ends(box.sync()) == ["delta"]


@pytest.mark.parametrize("when", range(1, 8))
@pytest.mark.parametrize("way", [(290, 100), (100, 290), (2, 290), (290, 2)])
def test_without_delta_a_second_listing_has_to_agree(
    microsoft: Microsoft365, box: Mirrored, dana: User, when: int, way: tuple[int, int]
) -> None:
    team = dana.add_calendar("Team plan", delta=False)
    moving, going = team.add("Moving", NOW + way[0] * DAY), team.add("Going", NOW + 9 * DAY)
    team.add("Plan", NOW + DAY)
    box.sync()
    box.mirror.cursor = ""
    team.delete(going)
    during(microsoft, f"{team.id}/calendarView", when, lambda: team.move(moving, NOW + way[1] * DAY))
    box.sync()
    assert "Moving" in box.titles
    for _ in range(3):
        box.sync()
    assert box.titles == ["Moving", "Plan"]


def test_another_graph_is_read_from_the_start(microsoft: Microsoft365, box: Mirrored, dana: User) -> None:
    dana.calendar.add("Review", NOW)
    box.sync()
    there = microsoft.graph.replace("localhost", "127.0.0.1")
    box.registration = replace(box.registration, graph_url=there)
    dana.calendar.add("New", NOW)
    box.sync()
    assert box.titles == ["New", "Review"]
    assert ends(box.sync()) == ["delta"]


def test_a_stored_link_that_leads_elsewhere_is_a_lost_thread(
    microsoft: Microsoft365, box: Mirrored, dana: User
) -> None:
    dana.calendar.add("Review", NOW)
    box.sync()
    stored = json.loads(box.mirror.cursor)
    for spot in stored["spots"]:
        spot[4] = f"{microsoft.elsewhere.url}/v1.0/me/calendarView/delta?$deltatoken=x"
    box.mirror.cursor = json.dumps(stored)
    dana.calendar.add("New", NOW)
    box.sync()
    assert box.titles == ["New", "Review"]
    assert not microsoft.elsewhere.asked


@pytest.mark.case(61)
def test_a_delta_that_was_out_of_order_is_asked_for_again_the_next_day(
    microsoft: Microsoft365, box: Mirrored, dana: User
) -> None:
    cal = dana.calendar
    cal.add("Review", NOW)
    microsoft.faults.next("504", path="delta", times=2)
    box.sync()
    assert ends(box.sync()) == ["calendarView"]
    box.tomorrow()
    changed = during(microsoft, "calendarView", 1, lambda: cal.add("While it is read", NOW))
    assert ends(box.sync()) == ["calendars", "delta", "calendarView"]
    assert changed[0] == 0
    cal.add("New", NOW)
    assert "delta" in ends(box.sync())
    assert box.titles == ["New", "Review", "While it is read"]
    assert ends(box.sync()) == ["delta"]


@pytest.mark.case(19)
@pytest.mark.parametrize("told", [True, False])
def test_a_deleted_occurrence_of_a_far_month_is_found(box: Mirrored, dana: User, told: bool) -> None:
    cal: Calendar = dana.calendar
    cal.tells_deleted_days = told
    series = cal.series("Review", NOW - 60 * DAY, every="monthly", count=14)
    box.sync()
    cal.delete_occurrence(series, 9)
    if not told:
        box.tomorrow()
    box.sync()
    assert len(box.titles) == 13
    assert ends(box.sync()) == ["delta"]


def test_days_that_are_too_much_for_us_are_asked_in_halves(
    microsoft: Microsoft365, box: Mirrored, dana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana.calendar.delta = False
    for number in range(40):
        dana.calendar.add(f"Review {number}", NOW + number * 3 * DAY)
    monkeypatch.setattr("companion.connectors.http.Limits", lambda: Limits(size=20_000))
    box.sync()
    assert len(box.titles) == 40
    assert {one.query["startDateTime"][8:10] for one in box.asked if one.path.endswith("View")} - {"01"}
