"""Events and calendars as Graph writes them; a header forgotten shows in every field."""

import base64
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from servers.microsoft.entries import Entry, Person, Shown, day_of, uid_of_day, zone_of
from servers.microsoft.mailbox import Calendar

NEVER = "0001-01-01T00:00:00Z"


@dataclass(frozen=True)
class Prefer:
    """What a request prefers; nothing of it is remembered for the next page."""

    zone: str = ""
    immutable: bool = False
    page: int = 0

    def id(self, immutable: str) -> str:
        """The id in the form that was asked for."""
        return immutable if self.immutable else "AAMkAGI2" + immutable.removeprefix("AAkALg")


def read_prefer(header: str) -> Prefer:
    """The Prefer headers of a request, joined by commas."""
    zone = re.search(r'outlook\.timezone\s*=\s*"([^"]+)"', header)
    page = re.search(r"odata\.maxpagesize\s*=\s*(\d+)", header)
    return Prefer(zone[1] if zone else "", 'IdType="ImmutableId"' in header, int(page[1]) if page else 0)


def immutable_id(told: str) -> str:
    """The immutable form of an id; a path may hold either."""
    return "AAkALg" + told.removeprefix("AAMkAGI2") if told.startswith("AAMkAGI2") else told


def event(one: Shown, calendar: Calendar, prefer: Prefer) -> dict[str, Any]:
    """An event with all of its fields, as the owner of the calendar sees it."""
    entry, mine = one.entry, one.entry.organiser.address == calendar.owner.address
    zone = prefer.zone or calendar.owner.zone
    return {
        "@odata.etag": f'W/"{_key(entry)}"',
        **bare(one, prefer, zone),
        "createdDateTime": "2026-01-05T08:00:00.1234567Z",
        "lastModifiedDateTime": f"2026-01-05T08:{entry.edition % 60:02d}:00.1234567Z",
        "changeKey": _key(entry),
        "iCalUId": _uid(one),
        "subject": entry.title,
        "bodyPreview": "Agenda: all of it.",
        "body": {"contentType": "html", "content": f"<html><body>Agenda of {entry.title}</body></html>"},
        "originalStartTimeZone": entry.zone,
        "originalEndTimeZone": entry.zone,
        **({"originalStart": f"{one.original:%Y-%m-%dT%H:%M:%SZ}"} if one.original else {}),
        "isAllDay": entry.all_day,
        "isCancelled": entry.cancelled,
        "isOrganizer": mine,
        "responseStatus": {"response": _own(entry, calendar, mine), "time": NEVER},
        "sensitivity": entry.sensitivity,
        "showAs": entry.show_as,
        "importance": "normal",
        "recurrence": _recurrence(entry) if one.kind == "seriesMaster" else None,
        "location": {"displayName": entry.location, "locationType": "default"},
        "locations": [{"displayName": entry.location}] if entry.location else [],
        "organizer": {"emailAddress": _mail(entry.organiser)},
        "attendees": [_guest(guest, entry, calendar, mine) for guest in entry.guests],
        "isOnlineMeeting": bool(entry.join),
        "onlineMeetingProvider": "teamsForBusiness" if entry.join else "unknown",
        "onlineMeeting": {"joinUrl": entry.join} if entry.join else None,
        "onlineMeetingUrl": None,
        "hideAttendees": False,
        "webLink": "https://outlook.office365.com/owa/?itemid=1",
    }


def bare(one: Shown, prefer: Prefer, zone: str) -> dict[str, Any]:
    """All that delta tells of an occurrence (microsoft-graph-docs/issues/7632)."""
    master = {"seriesMasterId": prefer.id(one.entry.id)} if one.original else {"seriesMasterId": None}
    start, end = (_time(when, one.entry, zone) for when in (one.entry.start, one.end))
    return {"id": prefer.id(one.id), "type": one.kind, **master, "start": start, "end": end}


def calendar_shape(calendar: Calendar) -> dict[str, Any]:
    """A calendar in the list of calendars."""
    whose = calendar.calendar_owner or calendar.owner.person
    return {
        "id": calendar.id,
        "name": calendar.name,
        "isDefaultCalendar": calendar.default,
        "canEdit": whose.address == calendar.owner.address,
        "canShare": whose.address == calendar.owner.address,
        "canViewPrivateItems": whose.address == calendar.owner.address,
        "owner": _mail(whose),
    }


def selected(shape: dict[str, Any], select: str) -> dict[str, Any]:
    """What $select leaves; id and etag always stay."""
    if not select:
        return shape
    names = {"@odata.etag", "id", *(name.strip() for name in select.split(","))}
    return {name: value for name, value in shape.items() if name in names}


def _time(when: datetime, entry: Entry, zone: str) -> dict[str, str]:
    """All-day events are midnight to midnight whatever the zone (microsoft-graph-docs/issues/1802)."""
    wall = when if entry.all_day else when.astimezone(zone_of(zone))
    return {"dateTime": f"{wall:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": zone}


def _key(entry: Entry) -> str:
    return base64.b64encode(f"{entry.id}/{entry.edition}".encode()).decode()


def _uid(one: Shown) -> str:
    return uid_of_day(one.entry.uid, day_of(one.entry, one.original)) if one.original else one.entry.uid


def _own(entry: Entry, calendar: Calendar, mine: bool) -> str:
    if mine:
        return "organizer"
    told = (guest.answer for guest in entry.guests if guest.address == calendar.owner.address)
    return entry.answer or next(told, "notResponded")


def _mail(person: Person) -> dict[str, str]:
    return {"name": person.name or person.address, "address": person.address}


def _guest(guest: Person, entry: Entry, calendar: Calendar, mine: bool) -> dict[str, Any]:
    """A copy that is not the organiser's knows its owner's answer only (microsoft-graph-docs/issues/4579)."""
    own = guest.address == calendar.owner.address
    answer = guest.answer if mine else _own(entry, calendar, mine) if own else "none"
    return {"type": guest.kind, "status": {"response": answer, "time": NEVER}, "emailAddress": _mail(guest)}


def _recurrence(entry: Entry) -> dict[str, Any]:
    first = day_of(entry, entry.start)
    kind = {"daily": "daily", "weekly": "weekly", "monthly": "absoluteMonthly"}[entry.every]
    pattern = {
        "type": kind,
        "interval": entry.interval,
        "month": 0,
        "dayOfMonth": first.day,
        "firstDayOfWeek": "monday",
    }
    if entry.every == "weekly":
        pattern["daysOfWeek"] = [f"{first:%A}".lower()]
    last = first + timedelta(days=400)
    ends = {"type": "numbered", "startDate": str(first), "endDate": str(last), "numberOfOccurrences": entry.count}
    return {"pattern": pattern, "range": {**ends, "recurrenceTimeZone": entry.zone}}
