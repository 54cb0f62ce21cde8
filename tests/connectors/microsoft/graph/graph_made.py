"""Events as Graph writes them, for the tests of this folder."""

from typing import Any

from companion.calendars.model import Event, Reading
from companion.connectors.ics.reading import read
from companion.connectors.microsoft.graph.translate import member
from companion.meetings.recognise import Rules
from connectors.ics.calendar_text import RULES, YEAR, check_ledger

GOID = (
    "040000008200E00074C5B7101A82E008"
    + "00000000"
    + "1234567890ABCDEF000000000000000010000000"
    + "0011223344556677" * 2
)
ROME = "W. Europe Standard Time"


def person(address: str, name: str = "", answer: str = "none", kind: str = "required") -> dict[str, Any]:
    """An attendee."""
    return {"type": kind, "status": {"response": answer, "time": "0001-01-01T00:00:00Z"},
            "emailAddress": {"name": name or address, "address": address}}  # fmt: skip


def told(start: str, zone: str = "UTC") -> dict[str, str]:
    """A `dateTimeTimeZone` with the seven digits Graph writes."""
    return {"dateTime": f"{start}.0000000", "timeZone": zone}


def event(**changes: Any) -> dict[str, Any]:
    """A single meeting with Kestrel on 2 March 2026, 9 to 10 in Rome, unless it is told otherwise."""
    return {
        "id": "AAMk1", "type": "singleInstance", "seriesMasterId": None, "iCalUId": GOID, "subject": "Kestrel review",
        "sensitivity": "normal", "isCancelled": False, "isAllDay": False, "start": told("2026-03-02T08:00:00"),
        "end": told("2026-03-02T09:00:00"), "originalStart": None, "originalStartTimeZone": ROME,
        "organizer": {"emailAddress": {"name": "Rosa Neri", "address": "rosa@ours.example"}},
        "attendees": [person("jan@kestrel.example", "Jan Kos", "accepted"), person("dana@ours.example", "Dana")],
        "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
        "location": {"displayName": ""}, "locations": [], "onlineMeeting": None, "onlineMeetingUrl": None,
        **changes,
    }  # fmt: skip


def occurrence(day: str, hour: int = 8, **changes: Any) -> dict[str, Any]:
    """An unchanged occurrence of a series, at this hour in UTC."""
    start = f"{day}T{hour:02}:00:00"
    fields = {"id": f"AAMkS.{day}", "type": "occurrence", "seriesMasterId": "AAMkS", "start": told(start),
              "end": told(f"{day}T{hour + 1:02}:00:00"), "originalStart": f"{start}Z"}  # fmt: skip
    return event(**{**fields, **changes})


def taken(*events: Any, owner: str = "", rules: Rules = RULES, inspect: bool = False) -> Reading:
    """What the gate lets through of some events as one member."""
    reading = read(member(events, owner), rules, YEAR, inspect=inspect)
    check_ledger(reading)
    return reading


def one(*events: Any, owner: str = "", rules: Rules = RULES) -> Event:
    """The one event that comes of it."""
    (found,) = taken(*events, owner=owner, rules=rules).events
    return found
