"""One meeting in four calendars: two copies at Graph, an Outlook .ics and one by CalDAV have one id and are one."""

from itertools import permutations
from typing import Any

import pytest

from companion.basics.ids import meeting_id
from companion.calendars.model import Event
from companion.connectors.ics.reading import read
from companion.connectors.microsoft.graph.translate import member
from companion.meetings.merge import merge
from companion.meetings.model import Copy
from connectors.ics.calendar_text import RULES, YEAR, calendar
from connectors.microsoft.graph.graph_made import GOID, event, occurrence, person, told
from meetings.made import find, host_of

GUESTS = ("ATTENDEE;PARTSTAT=ACCEPTED:mailto:jan@kestrel.example\nATTENDEE;PARTSTAT=ACCEPTED:mailto:dana@ours.example\n"
          "ORGANIZER;CN=Rosa Neri:mailto:rosa@ours.example\nSUMMARY:Kestrel review\n")  # fmt: skip
WEEKLY = "DTSTART;TZID=%s:20260302T090000\nDTEND;TZID=%s:20260302T100000\nRRULE:FREQ=WEEKLY;COUNT=2\n"
MOVED = "RECURRENCE-ID;TZID=%s:20260309T090000\nDTSTART;TZID=%s:20260310T140000\nDTEND;TZID=%s:20260310T150000\n"
DAYS = "DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260303\n"
OUTLOOK, DAVMAIL = "W. Europe Standard Time", "Europe/Berlin"
DATED = f"{GOID[:32]}07EA0309{GOID[40:]}"


def vevent(when: str, zone: str, uid: str) -> str:
    return f"BEGIN:VEVENT\nUID:{uid}\n{when.replace('%s', zone)}{GUESTS}END:VEVENT\n"


def guests_copy(item: dict[str, Any]) -> dict[str, Any]:
    """The same event in Dana's mailbox, who knows no other answer than her own."""
    listed = [
        person("rosa@ours.example", answer="organizer"),
        person("jan@kestrel.example"),
        person("dana@ours.example"),
    ]
    return {**item, "id": f"{item['id']}-dana", "attendees": listed, "responseStatus": {"response": "accepted"}}


def made(kind: str) -> tuple[list[dict[str, Any]], list[str]]:
    """The meeting at Graph, and its entries in the words of RFC 5545."""
    if kind == "single":
        return [event()], ["DTSTART;TZID=%s:20260302T090000\nDTEND;TZID=%s:20260302T100000\n"]
    if kind == "all day":
        whole = event(isAllDay=True, start=told("2026-03-02T00:00:00"), end=told("2026-03-03T00:00:00"))
        return [whole], [DAYS]
    if kind == "orphan":
        alone = event(iCalUId=DATED, start=told("2026-03-09T08:00:00"), end=told("2026-03-09T09:00:00"))
        here = MOVED.replace("20260310T14", "20260309T09").replace("20260310T15", "20260309T10")
        return [alone], [here]
    moved = occurrence("2026-03-10", 13, id="AAMkS.2026-03-09", type="exception", originalStart="2026-03-09T08:00:00Z",
                       iCalUId=DATED)  # fmt: skip
    return [occurrence("2026-03-02"), moved], [WEEKLY, MOVED]


def told_by(data: bytes) -> dict[str, Event]:
    reading = read(data, RULES, YEAR)
    assert reading.problems == ()
    return {meeting_id(item.uid, item.rec_key): item for item in reading.events}


@pytest.mark.case(1, 3, 29, 30, 42)
@pytest.mark.parametrize("kind", ["single", "all day", "orphan", "series with a moved occurrence"])
def test_four_copies_are_one_meeting(kind: str) -> None:
    graph, rfc = made(kind)
    copies = {
        "rosa@ours.example": told_by(member(graph, "rosa@ours.example")),
        "dana@ours.example": told_by(member([guests_copy(item) for item in graph], "dana@ours.example")),
        "lev@ours.example": told_by(calendar(*(vevent(when, OUTLOOK, GOID) for when in rfc))),
        "ann@ours.example": told_by(calendar(*(vevent(when, DAVMAIL, DATED.lower()) for when in rfc))),
    }
    ids = [frozenset(told) for told in copies.values()]
    assert len(set(ids)) == 1
    assert len(ids[0]) == len(graph)
    for key in ids[0]:
        told = [Copy(owner, owner, False, some[key]) for owner, some in copies.items()]
        whole = {merge(key, order, None, host_of, find) for order in permutations(told)}
        assert len(whole) == 1, "the order of the calendars matters"
        (meeting,) = whole
        assert len({(copy.event.start, copy.event.end, copy.event.all_day, copy.event.zone) for copy in told}) == 1
        answers = {guest.address: guest.answer for guest in meeting.guests}
        assert answers["jan@kestrel.example"] == "accepted"  # as the organiser's copy knows


@pytest.mark.case(62)
def test_a_guests_own_answer_is_known_from_their_copy_alone() -> None:
    (own,) = told_by(member([guests_copy(event())], "dana@ours.example")).values()
    assert {guest.address: guest.answer for guest in own.guests} == {
        "dana@ours.example": "accepted", "jan@kestrel.example": "none", "rosa@ours.example": "accepted",
    }  # fmt: skip
