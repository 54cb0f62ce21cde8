"""All that is wanted of an entry that passed the gate: when, who, what, by which link. Its text is never kept."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from companion.calendars.links import join_link
from companion.calendars.model import Guest, Status
from companion.calendars.place import place_of
from companion.connectors.ics.cancelled import without_prefix
from companion.connectors.ics.guests import guests_of, organiser_of, plain
from companion.connectors.ics.lines import Line, split_line, unescape
from companion.connectors.ics.scan import Entry

_MEANT = (  # made for the link to join by
    "X-GOOGLE-CONFERENCE",
    "CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
)
_TEXTS = ("LOCATION", "URL", "DESCRIPTION", "X-ALT-DESC")  # a link may stand in them, in the order of trust
_LONGEST_TITLE = 300
_LONGEST_PLACE = 4000  # signs that are looked at: links of thousands stand in it
_LONGEST_LINE = 200_000  # bytes of a line that are looked at: mails are pasted into descriptions, pictures and all


def _lines_named(*names: str) -> re.Pattern[bytes]:
    return re.compile(rb"\n((?i:%s)(?![A-Za-z0-9-])[^\n]*)" % "|".join(names).encode())


_TIMES = _lines_named("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "EXRULE", "RDATE", "EXDATE")
_DETAILS = _lines_named("SUMMARY", "STATUS", "ORGANIZER", "ATTENDEE", *_MEANT, *_TEXTS)


@dataclass(frozen=True)
class Details:
    """What an entry says about people and place, before anybody is left out."""

    title: str
    status: Status
    organiser: Guest | None
    guests: tuple[Guest, ...]  # people without an address have an empty one
    link: str
    place: str = ""


def times_of(entry: Entry) -> list[Line]:
    """The content lines of an entry that tell when."""
    return [line for line in map(split_line, _TIMES.findall(entry.raw)) if line]


def read_details(entry: Entry) -> Details:
    """People, title, status, link and place of an entry."""
    told = (line[:_LONGEST_LINE] for line in _DETAILS.findall(entry.raw))
    lines = [line for line in map(split_line, told) if line]
    one = {line.name: line for line in reversed(lines)}

    def text(name: str) -> str:
        return unescape(one[name].value) if name in one else ""

    raw_title = plain(text("SUMMARY"), _LONGEST_TITLE + 40)
    title = without_prefix(raw_title)
    cancelled = entry.glimpse.cancelled or title != raw_title
    tentative = text("STATUS").strip().upper() == "TENTATIVE"
    return Details(
        title[:_LONGEST_TITLE].rstrip(),
        "cancelled" if cancelled else "tentative" if tentative else "confirmed",
        organiser_of(lines),
        guests_of(lines),
        join_link(_told(lines, _MEANT), _told(lines, _TEXTS)),
        place_of(plain(text("LOCATION"), _LONGEST_PLACE)),
    )


def _told(lines: list[Line], names: tuple[str, ...]) -> Iterator[str]:
    """What the lines of these names say, name by name, and what other form of it they carry along (ALTREP)."""
    for name in names:
        for line in (line for line in lines if line.name == name):
            yield unescape(line.value)
            other = line.params.get("ALTREP", "")
            if other:
                yield unquote(other) if other[:5].lower() == "data:" else other


def belonging(details: Details, keeps: Callable[[str], bool]) -> tuple[Guest | None, tuple[Guest, ...], int]:
    """(organiser, guests, others): those whose address `keeps` says yes to, and how many people it does not.

    The organiser's own answer is the one of the guest list, where it stands.
    """
    guests = tuple(guest for guest in details.guests if guest.address and keeps(guest.address))
    others = sum(1 for guest in details.guests if guest.kind == "person" and guest not in guests)
    organiser = details.organiser
    if organiser is None or not keeps(organiser.address):
        return None, guests, others
    own = next((guest for guest in guests if guest.address == organiser.address), None)
    if own is not None:
        organiser = Guest(organiser.address, organiser.name or own.name, "person", own.answer)
    return organiser, guests, others
