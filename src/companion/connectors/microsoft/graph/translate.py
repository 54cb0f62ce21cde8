"""Events of Graph as iCalendar: so that one gate, one reader and one merge serve them like every other calendar."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from companion.basics.ids import canonical_uid, day_in_uid
from companion.connectors.microsoft.graph.translate_people import people_lines
from companion.connectors.microsoft.graph.translate_text import property_line, text_of
from companion.connectors.microsoft.graph.translate_times import is_of_series, of_whole_days, time_lines

SELECT = (  # no body and no preview of it: what is not fetched cannot leak
    "id,type,seriesMasterId,iCalUId,subject,sensitivity,isCancelled,isAllDay,start,end,originalStart,"
    "originalStartTimeZone,organizer,attendees,responseStatus,showAs,location,locations,onlineMeeting,onlineMeetingUrl"
)
_OPEN = ("", "normal")
_CONFIDENTIAL = "confidential"
_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Companion//Graph//EN")
_BROKEN = ("BEGIN:VEVENT", "END:VEVENT")  # the reader counts it and says where it stood


def member(events: Sequence[Mapping[str, Any]], owner: str = "") -> bytes:
    """The events of one member, a single event or some occurrences of one series, as one calendar.

    Never raises: what cannot be read becomes an entry that the reader tells as broken. `owner` is the address of
    the mailbox's owner, whose own answer an event tells apart from the list. The same content has the same bytes,
    whatever the order it came in; of an event that came twice the later counts. A series' master is no occurrence
    and is left out.
    """
    newest = {_identity(event, at): event for at, event in enumerate(events)}
    present = [event for event in newest.values() if text_of(event, "type") != "seriesMaster"]
    days = of_whole_days(present)
    entries = sorted({"\r\n".join(_entry(event, owner, days)) for event in present})
    return "\r\n".join((*_HEAD, *entries, "END:VCALENDAR", "")).encode("utf-8", "replace")


def version(data: bytes) -> str:
    """The version of a member: it changes with what the app would read, and with nothing else."""
    return hashlib.sha256(data).hexdigest()[:32]


def is_private(event: Mapping[str, Any]) -> bool:
    """Whether an event is not for all; a sensitivity nobody knows counts as one."""
    told = event.get("sensitivity") if isinstance(event, dict) else None
    return told is not None and (not isinstance(told, str) or told.strip().lower() not in _OPEN)


def _identity(event: Mapping[str, Any], at: int) -> str:
    return text_of(event, "id") or f"no id: {at}"


def _entry(event: Any, owner: str, days: bool | None) -> Sequence[str]:
    if not isinstance(event, dict):
        return _BROKEN
    return ("BEGIN:VEVENT", f"UID:{_uid(event)}", *time_lines(event, days), *_told(event, owner), "END:VEVENT")


def _uid(event: Mapping[str, Any]) -> str:
    """The UID that every copy of the meeting has; without one, that of the series or the event in this mailbox."""
    told = canonical_uid(text_of(event, "iCalUId")) or canonical_uid(text_of(event, "uid"))
    if day_in_uid(text_of(event, "iCalUId")) and not is_of_series(event):
        told = text_of(event, "iCalUId")  # of one occurrence by itself no more is known than the day that stands there
    if told:
        return property_line("UID", told).partition(":")[2]
    mine = text_of(event, "seriesMasterId") or text_of(event, "id") or repr(sorted(event.items(), key=str))
    return f"graph-{hashlib.sha256(mine.encode('utf-8', 'replace')).hexdigest()[:32]}"


def _told(event: Mapping[str, Any], owner: str) -> Iterator[str]:
    """Everything but when. Of what is private nothing: no title, no people and no place ever become bytes."""
    if event.get("isCancelled") is True:
        yield "STATUS:CANCELLED"
    if _takes_no_time(event):
        yield "TRANSP:TRANSPARENT"
    if is_private(event):
        confidential = str(event.get("sensitivity")).strip().lower() == _CONFIDENTIAL
        yield "CLASS:CONFIDENTIAL" if confidential else "CLASS:PRIVATE"
        return
    title = text_of(event, "subject")
    if title:
        yield property_line("SUMMARY", title)
    yield from people_lines(event, owner)
    yield from _places(event)


def _takes_no_time(event: Mapping[str, Any]) -> bool:
    """Whether its owner is free meanwhile, or said no: of a private event nothing else tells."""
    declined = text_of(event.get("responseStatus"), "response").lower() == "declined"
    return declined or text_of(event, "showAs").lower() in ("free", "workingelsewhere")


def _places(event: Mapping[str, Any]) -> Iterator[str]:
    """The links to join by, under the names the reader trusts, and where it is."""
    meant = text_of(event.get("onlineMeeting"), "joinUrl")
    if meant:
        yield property_line("X-MICROSOFT-SKYPETEAMSMEETINGURL", meant)
    other = text_of(event, "onlineMeetingUrl")
    if other:
        yield property_line("X-MICROSOFT-ONLINEMEETINGEXTERNALLINK", other)
    listed = event.get("locations")
    places = [event.get("location"), *(listed if isinstance(listed, list) else ())]
    names = (text_of(place, key) for place in places for key in ("displayName", "locationUri"))
    for name in dict.fromkeys(filter(None, names)):
        yield property_line("LOCATION", name)
