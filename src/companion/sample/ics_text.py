"""Calendar entries as RFC 5545 text, written by hand so that what is read was not written by the reader's library."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

# European zones all change at 01:00 UTC: (standard offset in hours, its name, the summer name).
_ZONES = {
    "Europe/Amsterdam": (1, "CET", "CEST"),
    "Europe/Lisbon": (0, "WET", "WEST"),
    "Europe/Warsaw": (1, "CET", "CEST"),
}
_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ferro Building Supply//Sample//EN", "CALSCALE:GREGORIAN")


@dataclass(frozen=True)
class Attendee:
    """Somebody on a guest list, with the parameters of RFC 5545 section 3.2."""

    address: str
    name: str
    answer: Literal["ACCEPTED", "DECLINED", "TENTATIVE", "NEEDS-ACTION"] = "NEEDS-ACTION"
    role: Literal["CHAIR", "REQ-PARTICIPANT", "OPT-PARTICIPANT", "NON-PARTICIPANT"] = "REQ-PARTICIPANT"
    kind: Literal["INDIVIDUAL", "GROUP", "ROOM"] = "INDIVIDUAL"


@dataclass(frozen=True)
class Entry:
    """One VEVENT. Times are naive and local to `zone`; all-day entries have dates, the end exclusive."""

    uid: str
    start: datetime | date
    end: datetime | date
    title: str
    stamp: datetime  # aware UTC
    zone: str = ""  # "" for all-day entries
    organiser: Attendee | None = None
    guests: tuple[Attendee, ...] = ()
    rule: str = ""
    added: tuple[datetime, ...] = ()  # RDATE
    left_out: tuple[datetime, ...] = ()  # EXDATE
    occurrence: datetime | None = None  # RECURRENCE-ID
    cancelled: bool = False
    privacy: Literal["", "PRIVATE", "CONFIDENTIAL"] = ""
    place: str = ""
    body: str = ""
    link: str = ""
    sequence: int = 0
    free: bool = False


def instant(local: datetime, zone: str) -> datetime:
    """A local time of a zone as aware UTC."""
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def utc(moment: datetime) -> str:
    """An aware instant in the form 20261121T130000Z."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escape(text: str) -> str:
    """TEXT as section 3.3.11 wants it."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> str:
    """A content line in pieces of at most 75 octets, never inside a character."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > 75:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    return "\r\n".join([*pieces, piece])


def calendar(entries: Iterable[Entry]) -> str:
    """One VCALENDAR with the entries and the zones that they need."""
    entries = tuple(entries)
    zones = sorted({entry.zone for entry in entries if entry.zone})
    lines = [*_HEAD]
    for zone in zones:
        lines += _timezone(zone)
    for entry in entries:
        lines += _event(entry)
    return _text([*lines, "END:VCALENDAR"])


def join(name: str, objects: Iterable[str]) -> str:
    """Many calendars as one, each zone defined once."""
    zones: dict[str, None] = {}
    events: list[str] = []
    for text in objects:
        zones.update(dict.fromkeys(re.findall(r"BEGIN:VTIMEZONE\r\n.*?END:VTIMEZONE\r\n", text, re.DOTALL)))
        events += re.findall(r"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", text, re.DOTALL)
    head = _text([*_HEAD, f"X-WR-CALNAME:{escape(name)}"])
    return head + "".join(zones) + "".join(events) + "END:VCALENDAR\r\n"


def _text(lines: Iterable[str]) -> str:
    return "".join(fold(line) + "\r\n" for line in lines)


def _timezone(zone: str) -> list[str]:
    hours, standard, summer = _ZONES[zone]
    plain, ahead = f"+{hours:02d}00", f"+{hours + 1:02d}00"
    return [
        "BEGIN:VTIMEZONE",
        f"TZID:{zone}",
        "BEGIN:DAYLIGHT",
        f"TZNAME:{summer}",
        f"TZOFFSETFROM:{plain}",
        f"TZOFFSETTO:{ahead}",
        f"DTSTART:19970330T{hours + 1:02d}0000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        f"TZNAME:{standard}",
        f"TZOFFSETFROM:{ahead}",
        f"TZOFFSETTO:{plain}",
        f"DTSTART:19961027T{hours + 2:02d}0000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def _when(name: str, moments: tuple[datetime | date, ...], zone: str) -> list[str]:
    if not moments:
        return []
    if not isinstance(moments[0], datetime):
        return [f"{name};VALUE=DATE:" + ",".join(day.strftime("%Y%m%d") for day in moments)]
    return [f"{name};TZID={zone}:" + ",".join(moment.strftime("%Y%m%dT%H%M%S") for moment in moments)]


def _event(entry: Entry) -> list[str]:
    made = entry.stamp - timedelta(days=30)
    lines = ["BEGIN:VEVENT", f"UID:{entry.uid}", f"DTSTAMP:{utc(entry.stamp)}", f"CREATED:{utc(made)}"]
    lines += [f"LAST-MODIFIED:{utc(entry.stamp)}", f"SEQUENCE:{entry.sequence}"]
    if entry.occurrence:
        lines += _when("RECURRENCE-ID", (entry.occurrence,), entry.zone)
    lines += _when("DTSTART", (entry.start,), entry.zone) + _when("DTEND", (entry.end,), entry.zone)
    lines += [f"RRULE:{entry.rule}"] if entry.rule else []
    lines += _when("RDATE", entry.added, entry.zone) + _when("EXDATE", entry.left_out, entry.zone)
    lines.append(f"SUMMARY:{escape(entry.title)}")
    lines += [f"LOCATION:{escape(entry.place)}"] if entry.place else []
    lines += [f"DESCRIPTION:{escape(entry.body)}"] if entry.body else []
    if entry.link:
        lines += [f"X-MICROSOFT-SKYPETEAMSMEETINGURL:{entry.link}", f"URL:{entry.link}"]
    lines += [f"CLASS:{entry.privacy}"] if entry.privacy else []
    lines.append("STATUS:CANCELLED" if entry.cancelled else "STATUS:CONFIRMED")
    lines.append("TRANSP:TRANSPARENT" if entry.free else "TRANSP:OPAQUE")
    if entry.organiser:
        lines.append(f"ORGANIZER;CN={_param(entry.organiser.name)}:mailto:{entry.organiser.address}")
    lines += [_attendee(guest) for guest in entry.guests]
    if not entry.free and not entry.cancelled:
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Reminder", "TRIGGER:-PT15M", "END:VALARM"]
    return [*lines, "END:VEVENT"]


def _attendee(guest: Attendee) -> str:
    return (
        f"ATTENDEE;CN={_param(guest.name)};CUTYPE={guest.kind};ROLE={guest.role};"
        f"PARTSTAT={guest.answer};RSVP=TRUE:mailto:{guest.address}"
    )


def _param(text: str) -> str:
    return f'"{text}"' if re.search(r"[,;:]", text) else text
