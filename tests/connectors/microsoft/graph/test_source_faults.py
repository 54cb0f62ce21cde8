"""Graph as a source while it misbehaves: nothing is lost or doubled, and no token goes astray."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import unquote

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket
from companion.connectors.microsoft.graph import gate as gates
from connectors.microsoft.graph.mirrored import NOW, Mirrored, mirrored
from servers.microsoft import Calendar, Microsoft365, User
from servers.microsoft.serving import Answer, Asked, answer

pytestmark = pytest.mark.server
DAY = timedelta(days=1)
START = NOW + 3 * DAY


@pytest.fixture
def dana(microsoft: Microsoft365) -> User:
    return microsoft.user("dana@ferro.example", "Dana Okafor")


@pytest.fixture
def cal(dana: User) -> Calendar:
    made = dana.calendar
    made.series("Weekly", NOW - 100 * DAY, every="weekly", count=30)
    for number in range(5):
        made.add(f"Review {number}", START + 9 * number * DAY)
    return made


@pytest.fixture
def box(microsoft: Microsoft365, dana: User, cal: Calendar) -> Iterator[Mirrored]:
    made = mirrored(microsoft, dana)
    yield made
    assert not microsoft.elsewhere.asked


@pytest.fixture(autouse=True)
def pages_of_seven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.connectors.microsoft.graph.pages.PAGE", 7)
    monkeypatch.setattr("companion.connectors.microsoft.graph.delta.PAGE", 7)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr(gates, "pause", lambda seconds, _ticket: found.append(seconds))
    return found


def true(microsoft: Microsoft365, dana: User, box: Mirrored) -> bool:
    """Whether the mirror holds what an undisturbed one does."""
    fresh = mirrored(microsoft, dana)
    fresh.time[0] = box.time[0]
    fresh.sync()
    assert box.titles == fresh.titles
    return box.mirror.versions == fresh.mirror.versions


def problem_of(call: Callable[[], object]) -> str:
    with pytest.raises(Problem) as caught:
        call()
    return caught.value.code


SURVIVED = ("empty_page", "duplicates", "claims", "expired", "bare", "reset")


@pytest.mark.case(55, 56, 57, 59)
@pytest.mark.parametrize("fault", [*SURVIVED, "410", "loop", "sync_state_lost"])
@pytest.mark.parametrize("path", ["delta", "calendarView"])
def test_a_first_round_comes_through(
    microsoft: Microsoft365, dana: User, box: Mirrored, fault: str, path: str
) -> None:  # fmt: skip
    for after in (0, 2, 4):
        box.mirror.cursor = ""
        struck = microsoft.faults.next(fault, path=path, after=after)
        box.sync()
        assert struck.struck == 1, after
        microsoft.faults.clear()
        assert box.mirror.seen[-1].full_round
        assert len(box.titles) == 35
    if fault != "bare":  # a bare item tells less of an event than there is; the next full round mends it
        assert true(microsoft, dana, box)


@pytest.mark.case(55, 56, 57, 59)
@pytest.mark.parametrize("fault", [*SURVIVED, "410", "loop", "sync_state_lost", "removed_outside"])
def test_a_later_round_comes_through(
    microsoft: Microsoft365, dana: User, box: Mirrored, cal: Calendar, fault: str
) -> None:
    box.sync()
    one = cal.add("Moving", START)
    for after in range(3):
        for number in range(8):
            cal.change(one, title=f"Moving {number}")
            cal.add(f"New {after} {number}", START + number * DAY)
        microsoft.faults.next(fault, path="/me/", after=after)
        box.sync()
        microsoft.faults.clear()
        box.sync()
        assert len(box.titles) == 36 + 8 * (after + 1)
    if fault != "bare":
        assert true(microsoft, dana, box)


@pytest.mark.case(57)
def test_a_lost_thread_is_found_again_at_every_page(
    microsoft: Microsoft365, dana: User, box: Mirrored, cal: Calendar
) -> None:
    box.sync()
    for page in range(3):
        for number in range(21):
            cal.add(f"New {page} {number}", START + number * DAY)
        lost = microsoft.faults.next("410", path="delta", after=page, location=page % 2)
        box.sync()
        assert lost.struck == 1
        assert box.mirror.seen[-1].full_round
        assert len(box.titles) == 35 + 21 * (page + 1)
        assert [one.path.rpartition("/")[2] for one in box.sync()] == ["delta"]
    assert true(microsoft, dana, box)


@pytest.mark.case(57)
@pytest.mark.parametrize("status", [400, 404])
def test_a_state_that_is_not_found_is_begun_anew(
    microsoft: Microsoft365, box: Mirrored, cal: Calendar, status: int
) -> None:
    box.sync()
    cal.add("New", START)
    microsoft.faults.next("sync_state_lost", path="delta", status=status)
    box.sync()
    assert "New" in box.titles
    assert box.mirror.seen[-1].full_round


@pytest.mark.case(55)
@pytest.mark.parametrize("fault", ["loop", "empty_page"])
def test_a_delta_without_an_end_is_done_without(
    microsoft: Microsoft365, box: Mirrored, cal: Calendar, fault: str
) -> None:
    box.sync()
    cal.add("New", START)
    microsoft.faults.next(fault, path="delta", times=100_000)
    asked = box.sync()
    assert "New" in box.titles
    assert len(asked) < 150
    cal.add("Newer", START)
    assert box.sync()[0].path.endswith("/calendarView")
    assert "Newer" in box.titles


@pytest.mark.case(55)
def test_slices_without_an_end_are_a_problem_and_take_nothing_away(microsoft: Microsoft365, box: Mirrored) -> None:
    box.sync()
    before, box.mirror.cursor = dict(box.mirror.versions), ""
    microsoft.faults.next("loop", path="calendarView", times=100_000)
    assert problem_of(box.sync) == "pages_endless"
    assert box.mirror.versions == before


@pytest.mark.parametrize("path", ["calendars", "calendarView", "delta"])
@pytest.mark.parametrize("link", ["nextLink", "deltaLink"])
def test_a_link_to_another_host_is_not_followed(microsoft: Microsoft365, box: Mirrored, path: str, link: str) -> None:
    after = 4 if link == "deltaLink" and path == "delta" else 0  # its last page
    struck = microsoft.faults.next("foreign_link", path=path, after=after)
    assert problem_of(box.sync) == "ms_link_foreign"
    assert struck.struck == 1
    assert not microsoft.elsewhere.asked
    microsoft.faults.clear()
    box.sync()
    assert len(box.titles) == 35
    microsoft.faults.next("foreign_link", path="delta")
    assert problem_of(box.sync) == "ms_link_foreign"
    assert not microsoft.elsewhere.asked


@pytest.mark.parametrize("fault", ["html", "cut", "no_value", "expired"])
@pytest.mark.parametrize("path", ["calendars", "calendarView", "delta"])
def test_what_is_no_answer_ends_the_round_and_takes_nothing_away(
    microsoft: Microsoft365, dana: User, box: Mirrored, fault: str, path: str
) -> None:
    box.sync()
    before = dict(box.mirror.versions)
    for after in range(3):
        box.mirror.cursor = ""
        struck = microsoft.faults.next(fault, path=path, after=0 if path == "calendars" else after, times=2)
        problem_of(box.sync)
        assert struck.struck
        microsoft.faults.clear()
        assert box.mirror.versions == before
    box.sync()
    assert true(microsoft, dana, box)


@pytest.mark.case(61)
def test_days_that_are_too_much_for_the_gateway_are_asked_in_halves(
    microsoft: Microsoft365, dana: User, box: Mirrored
) -> None:
    microsoft.faults.next("504", path="calendarView", after=5, times=6)
    box.sync()
    assert true(microsoft, dana, box)
    views = [one.query for one in box.asked if one.path.endswith("/calendarView")]
    assert {query["startDateTime"][8:10] for query in views} - {"01"}


@pytest.mark.case(61)
def test_a_delta_that_is_too_much_for_the_gateway_is_done_without(microsoft: Microsoft365, box: Mirrored) -> None:
    microsoft.faults.next("504", path="delta", times=100)
    box.sync()
    assert len(box.titles) == 35
    assert box.sync()[0].path.endswith("/calendarView")


@pytest.mark.case(60)
@pytest.mark.parametrize("told", [None, "0", "2", "rubbish"])
def test_throttling_is_sat_out(
    microsoft: Microsoft365, dana: User, box: Mirrored, waits: list[float], told: str | None
) -> None:  # fmt: skip
    microsoft.faults.next("429", path="calendarView", times=2, retry_after=told, code="MailboxConcurrency")
    microsoft.faults.next("503", path="delta", times=1, retry_after=told)
    box.sync()
    assert waits
    assert true(microsoft, dana, box)


def test_a_page_cut_in_the_middle_is_taken_up_again(microsoft: Microsoft365, dana: User, box: Mirrored) -> None:
    for after in (1, 4, 8, 11):
        box.mirror = type(box.mirror)()
        microsoft.faults.next("html", path="/me/", after=after)
        problem_of(box.sync)
        kept = set(box.mirror.versions)
        microsoft.faults.clear()
        box.sync()
        handed = {blob.key for page in box.mirror.seen for blob in page.blobs}
        assert not kept & handed  # what came before is known
        assert true(microsoft, dana, box)


@pytest.mark.parametrize("after", [0, 1, 2, 5, 9])
@pytest.mark.parametrize("how", ["hang", "slow"])
def test_a_cancel_ends_it_anywhere(microsoft: Microsoft365, box: Mirrored, after: int, how: str) -> None:
    ticket, done = Ticket(), threading.Event()
    fault = microsoft.faults.next(how, path="/me/", after=after)

    def watch() -> None:
        while not fault.struck and not done.is_set():
            done.wait(0.01)
        ticket.cancel()

    watcher = threading.Thread(target=watch)
    watcher.start()
    with pytest.raises(Cancelled):
        box.sync(ticket)
    done.set()
    watcher.join()
    microsoft.faults.clear()
    microsoft.graph_server.go_on.set()
    box.sync()
    assert len(box.titles) == 35


@pytest.mark.parametrize("fault", ["bad_date", "nulls", "unknown_values"])
def test_a_broken_event_hides_nobody_else(microsoft: Microsoft365, box: Mirrored, fault: str) -> None:
    box.sync()
    keys, box.mirror.cursor = set(box.mirror.versions), ""
    for item in range(3):
        struck = microsoft.faults.next(fault, path="calendarView", item=item, times=30)
        box.mirror.cursor = ""
        box.sync()
        assert struck.struck > 3
        microsoft.faults.clear()
        assert set(box.mirror.versions) == keys
        assert len(box.titles) >= 25
        assert not box.mirror.problems


@pytest.mark.parametrize("junk", [None, 7, "text", []])
def test_an_item_that_is_no_event_takes_nothing_away(
    microsoft: Microsoft365, box: Mirrored, monkeypatch: pytest.MonkeyPatch, junk: object
) -> None:
    from servers.microsoft import graph

    box.sync()
    keys = set(box.mirror.versions)
    whole = graph.event
    monkeypatch.setattr(graph, "event", lambda one, *more: junk if one.entry.title == "Review 1" else whole(one, *more))
    monkeypatch.setattr(graph, "selected", lambda shape, _select: shape)
    box.mirror.cursor = ""
    for _ in range(2):
        box.sync()
        assert set(box.mirror.versions) == keys
        assert not box.mirror.seen[-1].full_round
        assert "entries_unread" in box.mirror.problems
    monkeypatch.undo()
    box.sync()
    assert box.mirror.seen[-1].full_round
    assert set(box.mirror.versions) == keys


@pytest.mark.case(66)
def test_a_private_event_that_is_listed_and_refused_by_itself(microsoft: Microsoft365, dana: User) -> None:
    rosa = microsoft.user("rosa@ferro.example", "Rosa Vidal")
    microsoft.share(rosa, dana)
    one, series = rosa.calendar.add("Review", START), rosa.calendar.series("Weekly", START, every="weekly", count=5)
    hers = mirrored(microsoft, dana, rosa.address)
    hers.sync()
    for name in (one, series):
        rosa.calendar.change(name, title="Secret", sensitivity="private")
    hers.sync()
    assert hers.titles == []
    assert b"Secret" not in b"".join(hers.mirror.data.values())
    assert len(hers.starts) == 6


@pytest.mark.case(21)
def test_a_series_whose_master_nobody_is_shown_is_there(
    microsoft: Microsoft365, dana: User, box: Mirrored, cal: Calendar
) -> None:
    series = cal.series("Poll", START, every="weekly", count=4)
    whole, refused = microsoft.graph_server._reply, []

    def hiding(asked: Asked) -> Answer:
        if series in unquote(asked.path):
            refused.append(asked)
            return answer(404, {"error": {"code": "ErrorItemNotFound", "message": ""}})
        return whole(asked)

    microsoft.graph_server._reply = hiding  # type: ignore[method-assign]
    box.sync()
    assert (box.titles.count("Poll"), refused) == (4, [])
    cal.move_occurrence(series, 1, START + 9 * DAY)
    box.sync()
    assert refused
    assert true(microsoft, dana, box)
    assert box.titles.count("Poll") == 4


def test_a_calendar_that_is_closed_for_now_keeps_what_it_held(
    microsoft: Microsoft365, dana: User, box: Mirrored
) -> None:
    team = dana.add_calendar("Team plan")
    team.add("Plan", START)
    box.sync()
    for fault in ("410", "html"):
        microsoft.faults.next(fault, path="AAkACAL-", times=100)
        box.mirror.cursor = ""
        if fault == "410":
            box.sync()
            assert box.mirror.problems == ["calendar_skipped"]
            assert not box.mirror.seen[-1].full_round
        else:
            problem_of(box.sync)
        assert "Plan" in box.titles
        microsoft.faults.clear()
    box.sync()
    assert true(microsoft, dana, box)


def test_what_slips_from_page_to_page_is_not_taken_for_gone(
    microsoft: Microsoft365, dana: User, box: Mirrored, cal: Calendar
) -> None:
    old = [cal.add(f"Old {number}", NOW - (200 - number) * DAY) for number in range(12)]
    box.sync()
    box.mirror.cursor = ""
    whole = microsoft.graph_server._reply

    def changing(asked: Asked) -> Answer:
        if asked.query.get("$skip") == "7" and asked.query["startDateTime"] == "2026-04-01T00:00:00Z" and old:
            cal.delete(old.pop(0))  # all that comes later moves forward by one
            old.clear()
        return whole(asked)

    microsoft.graph_server._reply = changing  # type: ignore[method-assign]
    box.sync()
    assert not old
    assert not box.mirror.seen[-1].full_round
    assert len(box.titles) == 47
    box.sync()
    assert len(box.titles) == 46
    assert true(microsoft, dana, box)
    assert [one.path.rpartition("/")[2] for one in box.sync()] == ["delta"]
