"""The stand-in itself: the facts about Graph and Entra that the other tests lean on, each with its source."""

from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from connectors.microsoft.asking import WINDOW, Ask, asking
from servers.microsoft import Microsoft365, User, uid_of_day

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
GUEST = ("anna@kestrel.example", "Anna Kowal", "accepted")


@pytest.fixture
def dana(microsoft: Microsoft365) -> User:
    return microsoft.user("dana@ferro.example", "Dana Okafor")


@pytest.fixture
def ask(microsoft: Microsoft365, dana: User) -> Ask:
    """Ask as Dana, who let the app read her calendar."""
    return asking(microsoft, microsoft.tokens(dana).token(dana.id, ("Calendars.Read",), "test"))


def ids(page: dict[str, Any]) -> list[str]:
    return [item["id"] for item in page["value"]]


def test_a_page_without_the_headers_has_other_ids_and_another_zone(ask: Ask, dana: User) -> None:
    # Prefer is not remembered: pipeshub-ai/pipeshub-ai/pull/2576; ids: concepts/outlook-immutable-id.md
    event_id = dana.calendar.add("Kestrel review", MONDAY)
    good, poor = ask("me/calendarView", **WINDOW), ask("me/calendarView", prefer="", **WINDOW)
    assert (ids(good), good["value"][0]["start"]["dateTime"]) == ([event_id], "2026-11-23T09:00:00.0000000")
    assert poor["value"][0]["start"]["dateTime"] == "2026-11-23T10:00:00.0000000"
    assert ids(poor) != [event_id]
    assert ask(f"me/events/{ids(poor)[0]}")["id"] == event_id


def test_ids_differ_by_case_alone(ask: Ask, dana: User) -> None:
    # concepts/outlook-immutable-id.md
    first, second, third = (dana.calendar.add(f"Review {n}", MONDAY) for n in range(3))
    assert first.lower() == second.lower() or second.lower() == third.lower()
    assert ask(f"me/events/{second}")["subject"] == "Review 1"


def test_pages_of_a_view_are_ten_unless_told_otherwise(ask: Ask, dana: User) -> None:
    for n in range(12):
        dana.calendar.add(f"Review {n}", MONDAY)
    first = ask("me/calendarView", **WINDOW)
    rest = ask(first["@odata.nextLink"])
    assert (len(ids(first)), len(ids(rest)), "@odata.nextLink" in rest) == (10, 2, False)
    assert len(ids(ask("me/calendarView", prefer="odata.maxpagesize=100", **WINDOW))) == 12
    assert ask("me/calendarView", select="subject", **WINDOW)["value"][0].keys() == {"@odata.etag", "id", "subject"}


def test_occurrences_in_delta_are_bare(ask: Ask, dana: User) -> None:
    # microsoft-graph-docs/issues/7632
    series = dana.calendar.series("Kestrel review", MONDAY, count=3)
    master, *days = ask("me/calendarView/delta", **WINDOW)["value"]
    assert (master["id"], master["type"], len(days)) == (series, "seriesMaster", 3)
    assert all(day.keys() == {"id", "type", "seriesMasterId", "start", "end"} for day in days)


def test_delta_refuses_what_it_does_not_know(ask: Ask, dana: User) -> None:
    # api-reference/v1.0/api/event-delta.md
    with pytest.raises(httpx.HTTPStatusError, match="400"):
        ask("me/calendarView/delta", select="id", **WINDOW)
    other = dana.add_calendar("Team plan")
    with pytest.raises(httpx.HTTPStatusError, match="400"):
        ask(f"me/calendars/{other.id}/calendarView/delta", **WINDOW)


def test_delta_says_nothing_of_a_deleted_occurrence(ask: Ask, dana: User) -> None:
    # microsoft-graph-docs/issues/2963
    series = dana.calendar.series("Kestrel review", MONDAY, count=3)
    link = ask("me/calendarView/delta", **WINDOW)["@odata.deltaLink"]
    dana.calendar.delete_occurrence(series, 1)
    assert ask(link)["value"] == []
    assert len(ids(ask("me/calendarView", **WINDOW))) == 2
    master = ask(f"me/events/{series}", select="id,cancelledOccurrences")
    assert master["cancelledOccurrences"] == [f"OID.{series}.2026-11-30"]


def test_delta_tells_what_lies_outside_as_removed(ask: Ask, dana: User) -> None:
    # microsoft-graph-docs/issues/6599
    link = ask("me/calendarView/delta", **WINDOW)["@odata.deltaLink"]
    far = dana.calendar.add("In two years", MONDAY.replace(year=2028))
    near = dana.calendar.add("Soon", MONDAY)
    told = {item["id"]: "@removed" in item for item in ask(link)["value"]}
    assert told == {far: True, near: False}


def test_a_series_on_another_day_has_other_occurrences(ask: Ask, dana: User) -> None:
    # AvengeMedia/dankcalendar/issues/95
    series = dana.calendar.series("Kestrel review", MONDAY, count=2)
    first = ask("me/calendarView/delta", **WINDOW)
    dana.calendar.reschedule(series, MONDAY.replace(day=24))
    second = ask(first["@odata.deltaLink"])
    assert ids(second)[0] == ids(first)[0] == series
    assert not set(ids(first)[1:]) & set(ids(second)[1:])
    assert not any("@removed" in item for item in second["value"])


def test_the_hour_of_a_series_follows_the_clock_of_its_zone(ask: Ask, dana: User) -> None:
    series = dana.calendar.series("Kestrel review", datetime(2026, 10, 19, 7, tzinfo=UTC), count=2)
    told = ask(f"me/events/{series}/instances", **WINDOW)["value"]
    assert [item["start"]["dateTime"][:16] for item in told] == ["2026-10-19T07:00", "2026-10-26T08:00"]
    assert [item["originalStart"] for item in told] == ["2026-10-19T07:00:00Z", "2026-10-26T08:00:00Z"]


def test_a_guest_knows_no_other_answer(ask: Ask, microsoft: Microsoft365, dana: User) -> None:
    # microsoft-graph-docs/issues/4579
    rosa = microsoft.user("rosa@ferro.example", "Rosa Vidal")
    guests = [GUEST, (dana.address, "Dana Okafor", "accepted"), (rosa.address, "Rosa Vidal", "accepted")]
    theirs = rosa.calendar.add("Kestrel review", MONDAY, guests=guests)
    mine = rosa.calendar.copy(theirs, dana.calendar, answer="tentativelyAccepted")
    told = ask(f"me/events/{mine}")
    answers = {guest["emailAddress"]["address"]: guest["status"]["response"] for guest in told["attendees"]}
    assert answers == {GUEST[0]: "none", dana.address: "tentativelyAccepted"}
    assert told["responseStatus"]["response"] == "tentativelyAccepted"
    assert (told["isOrganizer"], told["organizer"]["emailAddress"]["address"]) == (False, rosa.address)
    assert told["iCalUId"] == rosa.calendar.entries[theirs].uid


def test_the_uid_of_an_occurrence_holds_its_day(ask: Ask, dana: User) -> None:
    # MS-OXCICAL 2.1.3.1.1.20.26; microsoft-graph-docs/issues/17479
    series = dana.calendar.series("Kestrel review", MONDAY, count=2)
    uid = dana.calendar.entries[series].uid
    told = [item["iCalUId"] for item in ask("me/calendarView", **WINDOW)["value"]]
    assert told == [uid_of_day(uid, date(2026, 11, 23)), uid_of_day(uid, date(2026, 11, 30))]
    assert told[0][:32] + "00000000" + told[0][40:] == uid


def test_all_day_is_midnight_to_midnight_whatever_the_zone(ask: Ask, dana: User) -> None:
    # microsoft-graph-docs/issues/1802
    dana.calendar.add("Kestrel day", date(2026, 11, 25), all_day=True)
    for prefer in ('outlook.timezone="UTC"', 'outlook.timezone="Tokyo Standard Time"'):
        item = ask("me/calendarView", prefer=prefer, **WINDOW)["value"][0]
        assert item["start"]["dateTime"] == "2026-11-25T00:00:00.0000000"
        assert item["end"]["dateTime"] == "2026-11-26T00:00:00.0000000"


def refusal(ask: Ask, path: str, **params: str) -> tuple[int, str]:
    """Status and code of a refusal."""
    with pytest.raises(httpx.HTTPStatusError) as refused:
        ask(path, **params)
    return refused.value.response.status_code, refused.value.response.json()["error"]["code"]


def test_who_may_read_whom(microsoft: Microsoft365, dana: User) -> None:
    rosa, kiosk = microsoft.user("rosa@ferro.example"), microsoft.user("kiosk@ferro.example", mailbox=False)
    tokens = microsoft.tokens(dana, kiosk)
    shared = asking(microsoft, tokens.token(dana.id, ("Calendars.Read.Shared",), "test"))
    path = f"users/{rosa.address}/calendar/calendarView"
    assert refusal(shared, path, **WINDOW) == (403, "ErrorAccessDenied")
    microsoft.share(rosa, dana)
    rosa.calendar.add("Salary talk", MONDAY, sensitivity="private")
    private = shared(path, **WINDOW)["value"][0]  # a list shows it, GET refuses it: microsoft-graph-docs/issues/14494
    assert refusal(shared, f"users/{rosa.address}/events/{private['id']}") == (404, "ErrorItemNotFound")
    mail_only = asking(microsoft, tokens.token(dana.id, ("Mail.Send",), "test"))
    assert refusal(mail_only, "me/calendarView", **WINDOW) == (403, "ErrorAccessDenied")
    empty = asking(microsoft, tokens.token(kiosk.id, ("Calendars.Read",), "test"))
    assert refusal(empty, "me/calendarView", **WINDOW) == (404, "MailboxNotEnabledForRESTAPI")
    assert refusal(asking(microsoft, "stranger"), "me") == (401, "InvalidAuthenticationToken")


def test_reports_come_one_by_one_with_their_records(microsoft: Microsoft365, dana: User) -> None:
    # api/meetingattendancereport-get.md; microsoft-graph-docs-contrib/issues/8907
    event_id = dana.calendar.add("Kestrel's review", MONDAY, online=True)
    join = dana.calendar.entries[event_id].join
    spans = [(MONDAY, MONDAY.replace(minute=50))]
    microsoft.report(dana, event_id, MONDAY, MONDAY.replace(hour=10), [("", "Anna (Guest)", "Attendee", spans)])
    scopes = ("OnlineMeetings.Read", "OnlineMeetingArtifact.Read.All")
    ask = asking(microsoft, microsoft.tokens(dana).token(dana.id, scopes, "test"))
    meeting = ask("me/onlineMeetings", filter=f"JoinWebUrl eq '{join}'")["value"][0]
    path = f"me/onlineMeetings/{meeting['id']}/attendanceReports"
    (listed,) = ask(path)["value"]
    assert listed["attendanceRecords"] == []
    (record,) = ask(f"{path}/{listed['id']}", expand="attendanceRecords")["attendanceRecords"]
    assert (record["emailAddress"], record["totalAttendanceInSeconds"]) == (None, 3000)
    microsoft.reports_off("policy")
    assert ask(path)["value"] == []
    rosa = microsoft.user("rosa@ferro.example")
    guest = asking(microsoft, microsoft.tokens(rosa).token(rosa.id, scopes, "test"))
    assert refusal(guest, path)[0] == 403
