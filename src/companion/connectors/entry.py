"""Our own entries for a leader's calendar, as iCalendar: nobody is invited, so that nobody is mailed.

METHOD:PUBLISH throughout, also to take an entry back: a CANCEL needs an organiser (RFC 5546, 3.2.5), and one would
make a meeting of it. STATUS:CANCELLED with a higher SEQUENCE says it to every program that reads one (RFC 5545,
3.8.1.11 and 3.8.7.4).
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from icalendar import Calendar, Event
from icalendar.prop import vText

from companion.attendance.entry import SeatEntry
from companion.basics.ids import SEAT_MARK

_PRODUCT = "-//Companion//Seats//EN"


def render_entry(entries: Iterable[SeatEntry], name: str = "") -> bytes:
    """A calendar of these entries, lines ended by CRLF and folded at 75 octets. `name`: of one to subscribe to."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", vText(name))
    for entry in entries:
        calendar.add_component(_event(entry))
    made: bytes = calendar.to_ical()
    return made


def _event(entry: SeatEntry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add(SEAT_MARK, vText(entry.uid))
    event.add("dtstamp", _whole(entry.stamp))
    event.add("sequence", entry.sequence)
    first, last = (_day(at) if entry.all_day else _whole(at) for at in (entry.start, entry.end))
    event.add("dtstart", first)
    if last > first:  # an end must be later than its start (RFC 5545, 3.8.2.2)
        event.add("dtend", last)
    event.add("summary", entry.summary)
    for key, text in (("description", entry.description), ("location", entry.place)):
        if text:
            event.add(key, text)
    if entry.link.startswith(("https://", "http://")) and entry.link.split() == [entry.link]:
        event.add("url", entry.link)
    event.add("status", "CANCELLED" if entry.cancelled else "TENTATIVE" if entry.tentative else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.cancelled or entry.beside else "OPAQUE")
    return event


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()


def _whole(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
