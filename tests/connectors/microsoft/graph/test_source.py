"""Graph as a source: what each kind of round asks, and what it finds."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Window
from companion.connectors.microsoft.graph.calendars import calendar_names
from companion.connectors.microsoft.graph.steady import MOST
from connectors.microsoft.graph.mirrored import NOW, Mirrored, mirrored
from servers.microsoft import Calendar, Microsoft365, Person, User
from servers.microsoft.serving import Asked

pytestmark = pytest.mark.server
DAY, WEEK = timedelta(days=1), timedelta(days=7)
START = NOW + 3 * DAY  # Wednesday, 25 November


@pytest.fixture
def dana(microsoft: Microsoft365) -> User:
    return microsoft.user("dana@ferro.example", "Dana Okafor")


@pytest.fixture
def cal(dana: User) -> Calendar:
    return dana.calendar


@pytest.fixture
def box(microsoft: Microsoft365, dana: User) -> Mirrored:
    return mirrored(microsoft, dana)


def ends(asked: list[Asked]) -> list[str]:
    """The last word of each request's path."""
    return [one.path.rpartition("/")[2] if "/events/" not in one.path else "event" for one in asked]


def test_the_nearest_weeks_come_with_the_second_request(box: Mirrored, cal: Calendar) -> None:
    cal.add("Far", NOW + 200 * DAY)
    cal.add("Near", START)
    cal.add("Past", NOW - 30 * DAY)
    source = box.source()
    pages = source.pages("", lambda _key: "", Ticket())
    first = next(pages)
    assert ends(box.asked) == ["calendars", "calendarView"]
    titles = b"".join(blob.data for blob in first.blobs)
    assert b"Near" in titles
    assert b"Past" in titles
    assert b"Far" not in titles
    assert not first.complete
    list(pages)
    source.close()


def test_a_first_round_reads_every_month_and_the_nearest_once_more(box: Mirrored, cal: Calendar) -> None:
    cal.series("Weekly", NOW - 300 * DAY, every="weekly", count=80)
    asked = box.sync()
    assert ends(asked) == ["calendars", "calendarView", "delta", *["calendarView"] * 5, "delta"]
    views = [
        (one.query["startDateTime"][:7], one.query["endDateTime"][:7]) for one in asked if "startDateTime" in one.query
    ]
    assert views[0] == views[-1] == ("2026-10", "2027-01")
    assert views[1] == ("2025-10", "2028-01")  # what delta watches
    assert views[2:-1] == [
        ("2027-01", "2027-07"), ("2026-04", "2026-10"), ("2027-07", "2028-01"), ("2025-10", "2026-04")
    ]  # fmt: skip
    assert len(box.titles) == 80
    last = box.mirror.seen[-1]
    assert last.complete
    assert last.full_round
    assert dict(last.counted) == {cal.id: len(box.mirror.versions)}


def test_a_round_without_news_is_one_request_for_each_calendar(box: Mirrored, dana: User, cal: Calendar) -> None:
    cal.series("Weekly", NOW - 300 * DAY, every="weekly", count=80)
    team, other = dana.add_calendar("Team", delta=True), dana.add_calendar("Other", delta=False)
    for one in (team, other):
        one.add(f"In {one.name}", START)
    box.sync()
    cursor = box.mirror.cursor
    for _ in range(3):
        assert Counter(ends(box.sync())) == {"delta": 2, "calendarView": 1}
        assert [(page.blobs, page.removed, page.complete) for page in box.mirror.seen] == [((), (), True)]
        assert box.mirror.cursor == cursor


CHANGES: dict[str, Any] = {
    "new": lambda cal, _one, _series: cal.add("New", START + DAY),
    "title": lambda cal, one, _series: cal.change(one, title="Other"),
    "moved": lambda cal, one, _series: cal.move(one, START + 70 * DAY),
    "moved out": lambda cal, one, _series: cal.move(one, START + 4000 * DAY),
    "deleted": lambda cal, one, _series: cal.delete(one),
    "cancelled": lambda cal, one, _series: cal.cancel(one),
    "new series": lambda cal, _one, _series: cal.series("Daily", START, every="daily", count=45),
    "series title": lambda cal, _one, series: cal.change(series, title="Other"),
    "series longer": lambda cal, _one, series: cal.change(series, count=90),
    "series deleted": lambda cal, _one, series: cal.delete(series),
    "other weekday": lambda cal, _one, series: cal.reschedule(series, NOW - 198 * DAY),
    "series moved out": lambda cal, _one, series: cal.reschedule(series, NOW + 4000 * DAY),
    "occurrence moved": lambda cal, _one, series: cal.move_occurrence(series, 30, NOW + 5 * DAY),
    "occurrence to another month": lambda cal, _one, series: cal.move_occurrence(series, 30, NOW + 75 * DAY),
    "occurrence moved out": lambda cal, _one, series: cal.move_occurrence(series, 30, NOW + 4000 * DAY),
    "occurrence cancelled": lambda cal, _one, series: cal.cancel_occurrence(series, 30),
    "split": lambda cal, _one, series: cal.split(series, 30, title="From here"),
    "single becomes series": lambda cal, one, _series: cal.change(one, every="monthly", count=9),
    "series becomes single": lambda cal, _one, series: cal.change(series, every="", count=0),
    "private": lambda cal, one, _series: cal.change(one, sensitivity="private"),
}


@pytest.mark.case(18, 20)
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_costs_few_requests_and_is_the_truth(
    microsoft: Microsoft365, box: Mirrored, dana: User, cal: Calendar, change: str
) -> None:
    one = cal.add("Review", START)
    series = cal.series("Weekly", NOW - 200 * DAY, every="weekly", count=60)
    box.sync()
    CHANGES[change](cal, one, series)
    asked = box.sync()
    assert len(asked) <= (4 if change != "split" else 5)
    assert not box.mirror.seen[-1].full_round
    fresh = mirrored(microsoft, dana)
    fresh.sync()
    assert box.mirror.versions == fresh.mirror.versions
    assert box.titles == fresh.titles
    assert box.starts == fresh.starts
    assert ends(box.sync()) == ["delta"]


@pytest.mark.case(19)
@pytest.mark.parametrize("every", ["weekly", "monthly"])
def test_a_deleted_occurrence_is_found_within_a_day(box: Mirrored, cal: Calendar, every: str) -> None:
    series = cal.series("Review", NOW - 60 * DAY, every=every, count=12)
    box.sync()
    cal.delete_occurrence(series, 2)
    assert ends(box.sync()) == ["delta"]
    assert len(box.titles) == 12  # Graph does not tell
    box.tomorrow()
    box.sync()
    assert len(box.titles) == 11
    assert ends(box.sync()) == ["delta"]


@pytest.mark.case(19)
@pytest.mark.parametrize("every", ["weekly", "monthly"])
def test_a_deleted_occurrence_that_is_told_is_gone_at_once(box: Mirrored, cal: Calendar, every: str) -> None:
    cal.tells_deleted_days = True
    series = cal.series("Review", NOW - 60 * DAY, every=every, count=12)
    box.sync()
    cal.delete_occurrence(series, 2)
    assert ends(box.sync())[:2] == ["delta", "calendarView"]
    assert len(box.titles) == 11
    assert ends(box.sync()) == ["delta"]


@pytest.mark.case(58)
def test_what_was_never_in_our_days_may_be_removed(microsoft: Microsoft365, box: Mirrored, cal: Calendar) -> None:
    cal.add("Review", START)
    box.sync()
    cal.add("In ten years", NOW + 3650 * DAY)
    microsoft.faults.next("removed_outside", path="delta", times=9)
    assert ends(box.sync()) == ["delta", "calendarView"]  # it might have been an occurrence of these weeks
    assert box.titles == ["Review"]
    assert not box.mirror.seen[-1].full_round


def test_many_changes_at_once_are_read_as_a_whole(box: Mirrored, cal: Calendar) -> None:
    ids = [cal.add(f"Review {number}", START + number * DAY) for number in range(MOST + 1)]
    box.sync()
    for name in ids:
        cal.change(name, title="Changed")
    assert len(box.sync()) <= 10
    assert box.mirror.seen[-1].full_round
    assert box.titles == ["Changed"] * len(ids)
    assert ends(box.sync()) == ["delta"]


def test_a_day_is_read_once_for_all_that_changed_in_it(box: Mirrored, cal: Calendar) -> None:
    ids = [cal.add(f"Review {number}", START) for number in range(5)]
    box.sync()
    for name in ids:
        cal.change(name, title="Changed")
    assert ends(box.sync()) == ["delta", "calendarView"]
    assert box.titles == ["Changed"] * 5


@pytest.mark.case(67)
def test_of_the_own_mailbox_only_what_is_one_s_own(microsoft: Microsoft365, box: Mirrored, dana: User) -> None:
    dana.add_calendar("Team plan").add("Mine", START)
    dana.add_calendar("Rosa", of=("rosa@ferro.example", "Rosa Vidal")).add("Hers", START)
    assert calendar_names(box.account, box.line(), Ticket()) == ["Calendar", "Team plan"]
    box.sync()
    assert box.titles == ["Mine"]


@pytest.mark.case(67)
def test_a_mailbox_that_is_shared_is_an_account_of_its_own(microsoft: Microsoft365, dana: User) -> None:
    rosa = microsoft.user("rosa@ferro.example", "Rosa Vidal")
    rosa.calendar.add("Review", START)
    hers = mirrored(microsoft, dana, "rosa@ferro.example")
    with pytest.raises(Problem) as caught:
        hers.sync()
    assert caught.value.code == "ms_not_shared"
    microsoft.share(rosa, dana)
    hers.sync()
    assert hers.titles == ["Review"]
    assert {scopes for _, scopes, _ in hers.tokens.asked} == {("Calendars.Read.Shared",)}
    assert all("/users/rosa@ferro.example/" in one.path for one in hers.asked)


def test_an_answer_of_its_owner_s_own_is_believed(microsoft: Microsoft365, box: Mirrored, cal: Calendar) -> None:
    cal.add("Review", START, organiser=Person("rosa@ferro.example", "Rosa"), answer="accepted",
            guests=[Person("dana@ferro.example", "Dana")])  # fmt: skip
    box.sync()
    (data,) = box.mirror.data.values()
    assert b"PARTSTAT=ACCEPTED" in data.replace(b"\r\n ", b"")


def test_a_calendar_that_comes_is_seen_within_a_day_and_one_that_goes_too(box: Mirrored, dana: User) -> None:
    box.sync()
    team = dana.add_calendar("Team plan")
    team.add("Plan", START)
    box.sync()
    assert box.titles == []
    box.tomorrow()
    box.sync()
    assert box.titles == ["Plan"]
    dana.calendars.remove(team)
    box.tomorrow()
    box.sync()
    assert box.titles == []
    assert box.mirror.seen[-1].full_round


def test_a_calendar_without_delta_tells_what_vanished_by_its_number(
    microsoft: Microsoft365, box: Mirrored, dana: User
) -> None:
    team = dana.add_calendar("Team plan", delta=False)
    ids = [team.add(f"Plan {number}", START + number * WEEK) for number in range(4)]
    box.sync()
    team.delete(ids[1])
    team.add("Plan 9", START)
    team.change(ids[2], title="Plan 2 changed")
    box.sync()
    assert box.titles == ["Plan 0", "Plan 2 changed", "Plan 3", "Plan 9"]
    assert Counter(ends(box.sync())) == {"delta": 1, "calendarView": 1}


@pytest.mark.parametrize("refusal", [(400, "ErrorInvalidRequest"), (404, "ErrorItemNotFound"), (501, "NotSupported"),
                                     (403, "ErrorAccessDenied")])  # fmt: skip
def test_who_refuses_delta_once_is_not_asked_again(box: Mirrored, dana: User, refusal: tuple[int, str]) -> None:
    team = dana.add_calendar("Team plan", delta=False)
    team.refusal = refusal
    box.sync()
    assert sum("delta" in one.path for one in box.sync()) == 1  # of her own calendar


def test_when_the_days_move_on_all_is_read_and_nothing_lost(box: Mirrored, cal: Calendar) -> None:
    cal.series("Review", NOW - 300 * DAY, every="monthly", count=40)
    box.sync()
    before = len(box.titles)
    box.tomorrow(40)
    box.window = Window(box.window.first, box.window.last + 40 * DAY)
    asked = box.sync()
    assert box.mirror.seen[-1].full_round
    assert len(box.titles) == before + 2
    begun = [one.query for one in asked if one.path.endswith("delta") and "endDateTime" in one.query]
    assert [query["endDateTime"][:10] for query in begun] == ["2028-03-01"]
    assert ends(box.sync()) == ["delta"]


def test_every_request_prefers_the_same_and_delta_is_asked_plainly(
    microsoft: Microsoft365, box: Mirrored, dana: User, cal: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.connectors.microsoft.graph.pages.PAGE", 7)
    monkeypatch.setattr("companion.connectors.microsoft.graph.delta.PAGE", 5)
    series = cal.series("Weekly", NOW - 300 * DAY, every="weekly", count=80)
    dana.add_calendar("Team plan").add("Plan", START)
    one = cal.add("Review", START)
    box.sync()
    cal.change(series, title="Other")
    cal.delete(one)
    box.sync()
    box.tomorrow()
    box.sync()
    asked = [one for one in microsoft.asked if not one.path.endswith("/calendars")]
    assert len(asked) > 40
    for request in asked:
        assert 'IdType="ImmutableId"' in request.headers["prefer"]
        assert 'outlook.timezone="UTC"' in request.headers["prefer"]
        assert "body" not in request.query.get("$select", "")
        if "delta" in request.path:
            assert not {"$select", "$filter", "$top", "$orderby", "$expand", "$search"} & request.query.keys()
            assert "odata.maxpagesize=5" in request.headers["prefer"]
        elif not request.path.endswith(one):
            assert "odata.maxpagesize=7" in request.headers["prefer"]
            assert request.query["$select"]
    assert len(box.titles) == 81


def test_a_big_calendar_takes_few_requests(box: Mirrored, cal: Calendar, monkeypatch: pytest.MonkeyPatch) -> None:
    """10,000 events with pages of 500, on a tenth of the scale."""
    monkeypatch.setattr("companion.connectors.microsoft.graph.pages.PAGE", 50)
    monkeypatch.setattr("companion.connectors.microsoft.graph.delta.PAGE", 100)
    for number in range(12):
        cal.series(f"Weekly {number}", NOW - 280 * DAY + number * timedelta(minutes=7), every="weekly", count=84)
    asked = box.sync()
    assert len(box.titles) == 1008
    views = Counter(one.query["startDateTime"] for one in asked if one.path.endswith("calendarView"))
    assert sum(views.values()) - views["2026-10-01T00:00:00Z"] // 2 <= 25  # the nearest ones are read twice
    assert len([one for one in asked if one.path.endswith("delta")]) <= 12
    assert len(asked) <= 42


@pytest.mark.parametrize("days", [date(2026, 11, 30), date(2028, 2, 29), date(2026, 1, 31)])
def test_today_may_be_any_day(box: Mirrored, cal: Calendar, days: date) -> None:
    cal.series("Weekly", NOW - 290 * DAY, every="weekly", count=80)
    box.time[0] = box.time[0].replace(year=days.year, month=days.month, day=days.day)
    box.sync()
    assert len(box.titles) == 80
