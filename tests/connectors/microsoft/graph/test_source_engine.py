"""A Microsoft 365 mailbox through the whole house: meetings come, move and go, and nothing else is written."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from companion.calendars.model import Account, CalendarSource, Window
from companion.connectors.microsoft.graph.gate import Gate
from companion.connectors.microsoft.graph.line import GraphLine
from companion.connectors.microsoft.graph.source import GraphSource
from companion.programme.sync import Synced, sync
from companion.programme.views.meetings import meetings
from companion.words.problems import sentence
from fakes.desk import dump, written
from fakes.graph_lines import account_of
from fakes.house import Made, laid_out, made
from fakes.ics import NOW
from servers.microsoft import Calendar, Microsoft365, Person, User

__all__ = ["laid_out", "made"]
pytestmark = pytest.mark.server
DAY = timedelta(days=1)
START = NOW + 18 * DAY  # 9 December, 9:00
KEN, DANA, ROSA = Person("ken@kestrel.example", "Ken"), Person("dana@ferro.example"), Person("rosa@ferro.example")


@pytest.fixture
def dana(microsoft: Microsoft365) -> User:
    return microsoft.user("dana@ferro.example", "Dana Okafor")


@pytest.fixture
def cal(dana: User) -> Calendar:
    return dana.calendar


@pytest.fixture
def at(made: Made, microsoft: Microsoft365, dana: User) -> Iterator[Made]:
    """The house with Dana's mailbox connected."""
    registration, tokens = microsoft.registration(), microsoft.tokens(dana)
    gate = Gate(registration, made.house.device, made.house.clock)

    def open_source(account: Account, window: Window) -> CalendarSource:
        return GraphSource(account, window, GraphLine(account, registration, tokens, gate))

    made.house = replace(made.house, open_source=open_source)
    with made.house.device() as device:
        device.accounts.put(account_of(microsoft, dana))
    yield made
    assert not microsoft.elsewhere.asked


def review(cal: Calendar, number: int, **more: object) -> str:
    told = {"title": "Kestrel review", "organiser": ROSA, "guests": [KEN, DANA], **more}
    return cal.add(start=START + number * DAY, **told)  # type: ignore[arg-type]


def told(made: Made) -> list[str]:
    return [f"{row.meeting.start:%d %b %H:%M}" for row in meetings(made.house).rows]


def clean(made: Made) -> Synced:
    done = sync(made.house)[0]
    assert not done.problems
    return done


def test_meetings_come_move_and_go(at: Made, microsoft: Microsoft365, cal: Calendar) -> None:
    ids = [review(cal, number) for number in range(4)]
    lunch = cal.add("Lunch CANARY-LUNCH", START, guests=[Person("lev@ferro.example")])
    cal.add("Doctor CANARY-DOCTOR", START, guests=[KEN], sensitivity="private")
    first = clean(at)
    assert (first.ledger.seen, first.ledger.kept, first.ledger.private, first.added) == (6, 4, 1, 4)
    assert told(at) == ["09 Dec 09:00", "10 Dec 09:00", "11 Dec 09:00", "12 Dec 09:00"]

    cal.move(ids[1], START + 40 * DAY)
    cal.delete(ids[2])
    cal.change(lunch, title="Dinner CANARY-DINNER")
    before = len(microsoft.asked)
    moved = clean(at)
    assert (moved.added, moved.changed, moved.removed) == (0, 1, 1)
    assert told(at) == ["09 Dec 09:00", "12 Dec 09:00", "18 Jan 09:00"]
    assert len(microsoft.asked) - before <= 4
    bytes_held = written(at.house)
    assert b"Kestrel" in bytes_held
    assert b"CANARY" not in bytes_held
    for secret in (*microsoft.secrets, *ids, lunch):
        assert secret.encode() not in bytes_held


def test_a_round_without_news_writes_no_row(at: Made, microsoft: Microsoft365, dana: User, cal: Calendar) -> None:
    cal.series("Kestrel review", NOW - 100 * DAY, every="weekly", count=40, organiser=ROSA, guests=[KEN, DANA])
    dana.add_calendar("Team plan").add("Kestrel review", START, organiser=ROSA, guests=[KEN, DANA])
    assert clean(at).added == 41
    before, asked = dump(at.house), len(microsoft.asked)
    assert clean(at).ledger.seen == 0
    assert dump(at.house) == before
    assert len(microsoft.asked) == asked + 2


@pytest.mark.case(20)
def test_an_occurrence_that_goes_to_another_month_is_one_meeting(at: Made, cal: Calendar) -> None:
    series = cal.series("Kestrel review", START, every="weekly", count=4, organiser=ROSA, guests=[KEN, DANA])
    clean(at)
    cal.move_occurrence(series, 1, START + 60 * DAY)
    done = clean(at)
    assert (done.added, done.changed, done.removed) == (0, 1, 0)
    assert told(at) == ["09 Dec 09:00", "23 Dec 09:00", "30 Dec 09:00", "07 Feb 09:00"]


@pytest.mark.case(18)
def test_a_series_on_another_weekday_leaves_nothing_behind(at: Made, cal: Calendar) -> None:
    series = cal.series("Kestrel review", START, every="weekly", count=4, organiser=ROSA, guests=[KEN, DANA])
    clean(at)
    cal.reschedule(series, START + 2 * DAY)
    clean(at)
    assert told(at) == ["11 Dec 09:00", "18 Dec 09:00", "25 Dec 09:00", "01 Jan 09:00"]


@pytest.mark.case(46)
def test_a_mailbox_that_turns_on_us_takes_no_meeting_away(
    at: Made, microsoft: Microsoft365, dana: User, cal: Calendar
) -> None:
    for number in range(3):
        review(cal, number)
    clean(at)
    before = told(at)
    for fault in ("html", "expired", "cut", "no_value", "foreign_link"):
        microsoft.faults.next(fault, times=5)
        done = sync(at.house)[0]
        microsoft.faults.clear()
        assert done.failed, fault
        assert "went wrong" not in sentence(done.problems[0])
        assert told(at) == before
    microsoft.revoke(dana)
    assert sync(at.house)[0].problems[0].code == "ms_signin_needed"
    assert told(at) == before


def test_what_vanished_between_the_two_looks_at_the_nearest_weeks_is_gone(
    at: Made, microsoft: Microsoft365, cal: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [review(cal, number) for number in range(3)]
    from companion.connectors.microsoft.graph import delta

    begin = delta.begin

    def gone_just_before(*told: object) -> str:
        cal.delete(ids.pop())
        return begin(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(delta, "begin", gone_just_before)
    clean(at)
    assert told(at) == ["09 Dec 09:00", "10 Dec 09:00"]


def test_a_broken_event_stays_as_it_was_and_is_told(at: Made, microsoft: Microsoft365, cal: Calendar) -> None:
    for number in range(3):
        review(cal, number)
    clean(at)
    at.time[0] += timedelta(days=8)  # everything is listed again
    microsoft.faults.next("bad_date", path="calendarView", times=9)
    done = sync(at.house)[0]
    assert done.problems
    assert all("went wrong" not in sentence(problem) for problem in done.problems)
    assert told(at) == ["09 Dec 09:00", "10 Dec 09:00", "11 Dec 09:00"]
    microsoft.faults.clear()
    clean(at)


def test_a_store_that_was_put_back_is_right_after_one_round(at: Made, cal: Calendar) -> None:
    ids = [review(cal, number) for number in range(3)]
    clean(at)
    with at.house.device(write=False) as device:
        account = device.accounts.all()[0]
        old = device.events.state(account.id)
    cal.delete(ids[0])
    review(cal, 7)
    clean(at)
    with at.house.device() as device:
        device.events.save_state(account.id, old)
    clean(at)
    assert told(at) == ["10 Dec 09:00", "11 Dec 09:00", "16 Dec 09:00"]
