"""Attendance reports of Teams, read from the stand-in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket
from companion.connectors.microsoft.graph.reports import GraphReports, _report
from fakes.graph_lines import account_of, line_of
from servers.microsoft import Microsoft365, User

START = datetime(2026, 11, 18, 13, 0, tzinfo=UTC)
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
DURING = (START - HOUR, START + 2 * HOUR)
ROSA = ("rosa@ferro.example", "Rosa Vidal", "Organizer", [(START, START + HOUR)])
DANA = ("Dana@Ferro.example", "Dana Okafor", "Attendee", [(START, START + HOUR / 4), (START + HOUR / 2, START + HOUR)])


@contextmanager
def reports_of(microsoft: Microsoft365, user: User | None, mailbox: str = "") -> Iterator[GraphReports]:
    account = account_of(microsoft, user, mailbox)
    source = GraphReports(account, line_of(microsoft, account, *microsoft.users.values()))
    yield source
    source.close()


@pytest.fixture
def rosa(microsoft: Microsoft365) -> User:
    return microsoft.user("rosa@ferro.example", "Rosa Vidal")


def held(user: User, title: str = "Kestrel review") -> tuple[str, str]:
    """An online meeting in somebody's calendar: its id and its join link."""
    key = user.calendar.add(title, START, online=True)
    return key, user.calendar.entries[key].join


def test_a_report_is_read_with_all_that_its_lines_tell(microsoft: Microsoft365, rosa: User) -> None:
    key, link = held(rosa)
    guest = ("", "Anna Kowal", "Attendee", [(START, START + HOUR)])
    phone = ("", "+31 20 ****12", "Attendee", [(START, START + HOUR)])
    masked = ("", "", "Attendee", [(START, START + HOUR)])
    microsoft.report(rosa, key, START, START + HOUR, rows=[ROSA, DANA, guest, phone, masked])
    with reports_of(microsoft, rosa) as source:
        (report,) = source.reports(link, rosa.address, Ticket(), DURING)
    assert (report.system, report.title) == ("teams", "")
    assert report.start is not None
    assert report.start.replace(microsecond=0) == START
    assert [(row.address, row.name, row.kind, row.seconds) for row in report.rows] == [
        ("rosa@ferro.example", "Rosa Vidal", "person", 3600),
        ("dana@ferro.example", "Dana Okafor", "person", 2700),
        ("", "Anna Kowal", "person", 3600),
        ("", "+31 20 ****12", "phone", 3600),
        ("", "", "anonymous", 3600),
    ]
    assert [len(row.spans) for row in report.rows] == [1, 2, 1, 1, 1]
    assert all(moment.tzinfo is UTC for row in report.rows for span in row.spans for moment in span)


@pytest.mark.case(70)
def test_our_own_person_may_stand_there_without_an_address(microsoft: Microsoft365, rosa: User) -> None:
    key, link = held(rosa)
    microsoft.report(rosa, key, START, START + HOUR, rows=[("", "Dana Okafor", "Attendee", [(START, START + HOUR)])])
    with reports_of(microsoft, rosa) as source:
        (report,) = source.reports(link, rosa.address, Ticket())
    assert [(row.address, row.name, row.kind) for row in report.rows] == [("", "Dana Okafor", "person")]


def test_of_a_long_series_only_the_session_of_the_day_is_opened(microsoft: Microsoft365, rosa: User) -> None:
    key, link = held(rosa)
    for week in range(30):
        microsoft.report(rosa, key, START - week * WEEK, START - week * WEEK + HOUR, rows=[ROSA])
    with reports_of(microsoft, rosa) as source:
        first = source.reports(link, rosa.address, Ticket(), DURING)
        again = source.reports(link, rosa.address, Ticket(), (DURING[0] - WEEK, DURING[1] - WEEK))
    assert len(first) == len(again) == 30  # listed over two pages
    assert [len(report.rows) for report in first].count(1) == 1
    assert all(report.start and report.start < START for report in again if report.rows)
    opened = [asked for asked in microsoft.asked if asked.query.get("$expand")]
    assert len(opened) == 2
    assert len(microsoft.asked_for("onlineMeetings")) == 1  # found once for all of its occurrences
    assert len(microsoft.asked_for("attendanceReports")) == 2


def test_a_link_with_quotes_and_signs_is_found_as_it_is(microsoft: Microsoft365, rosa: User) -> None:
    link = "https://teams.microsoft.com/l/meetup-join/19%3ao'neil%20x@thread.v2/0?a=1&b=2+3#z"
    microsoft.meetings.report(rosa, link, START, START + HOUR, [ROSA])
    with reports_of(microsoft, rosa) as source:
        assert len(source.reports(link, rosa.address, Ticket())) == 1
    assert "%2526" not in microsoft.asked[0].raw
    assert "%253a" in microsoft.asked[0].raw


def test_no_report_at_all_is_an_empty_answer(microsoft: Microsoft365, rosa: User) -> None:
    key, link = held(rosa)
    microsoft.report(rosa, key, START, START + HOUR, rows=[ROSA])
    microsoft.reports_off("policy")
    with reports_of(microsoft, rosa) as source:
        assert source.reports(link, rosa.address, Ticket(), DURING) == []


def refusal(source: GraphReports, link: str, organiser: str) -> str:
    with pytest.raises(Problem) as caught:
        source.reports(link, organiser, Ticket(), DURING)
    return caught.value.code


@pytest.mark.case(70)
@pytest.mark.parametrize(
    ("off", "code"), [("forbidden", "ms_reports_not_allowed"), ("external", "ms_meeting_elsewhere")]
)
def test_a_refusal_says_which(microsoft: Microsoft365, rosa: User, off: str, code: str) -> None:
    key, link = held(rosa)
    microsoft.report(rosa, key, START, START + HOUR, rows=[ROSA])
    microsoft.reports_off(off)
    with reports_of(microsoft, rosa) as source:
        assert refusal(source, link, rosa.address) == code


def test_only_the_organiser_reads(microsoft: Microsoft365, rosa: User) -> None:
    key, link = held(rosa)
    microsoft.report(rosa, key, START, START + HOUR, rows=[ROSA])
    dana = microsoft.user("dana@ferro.example", "Dana Okafor")
    with reports_of(microsoft, dana) as source:
        assert refusal(source, link, rosa.address) == "ms_reports_not_allowed"


def test_a_link_of_another_firm_is_not_even_asked_for(microsoft: Microsoft365, rosa: User) -> None:
    link = "https://teams.microsoft.com/l/meetup-join/19%3ax/0?context=%7b%22Tid%22%3a%22another%22%2c%22Oid%22%3a%22y%22%7d"
    with reports_of(microsoft, rosa) as source:
        assert refusal(source, link, rosa.address) == "ms_meeting_elsewhere"
    assert microsoft.asked == []


@pytest.mark.case(70)
def test_the_collector_names_the_organiser_and_needs_a_policy(microsoft: Microsoft365, rosa: User) -> None:
    key, link = held(rosa)
    microsoft.report(rosa, key, START, START + HOUR, rows=[ROSA])
    with reports_of(microsoft, None, rosa.address) as source:
        assert refusal(source, link, rosa.address) == "ms_reports_not_allowed"
        microsoft.meetings.app_policy.add(rosa.address)
        assert len(source.reports(link, rosa.address, Ticket())) == 1
    assert f"/users/{rosa.oid}/onlineMeetings" in microsoft.asked[0].path


def test_a_short_link_names_nobody_so_the_collector_asks_by_address(microsoft: Microsoft365, rosa: User) -> None:
    link = "https://teams.microsoft.com/meet/2345678901?p=abc"
    microsoft.meetings.report(rosa, link, START, START + HOUR, [ROSA])
    microsoft.meetings.app_policy.add(rosa.address)
    with reports_of(microsoft, None, rosa.address) as source:
        assert len(source.reports(link, rosa.address, Ticket())) == 1
    assert f"/users/{rosa.address}/onlineMeetings" in microsoft.asked[0].path


@pytest.mark.parametrize(
    "records", [None, "x", [None, {}, {"identity": None, "attendanceIntervals": [{"joinDateTime": 5}]}]]
)
def test_odd_records_are_passed_over(records: object) -> None:
    report = _report({"attendanceRecords": records, "meetingStartDateTime": "soon"})
    assert report.start is None
    assert all(row.seconds == 0 and row.kind == "anonymous" for row in report.rows)


def test_it_can_be_stopped(microsoft: Microsoft365, rosa: User) -> None:
    _, link = held(rosa)
    ticket = Ticket()
    ticket.cancel()
    with reports_of(microsoft, rosa) as source, pytest.raises(Cancelled):
        source.reports(link, rosa.address, ticket)
