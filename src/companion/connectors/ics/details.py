"""All that is wanted of an entry that passed the gate: when, who, what, by which link. Its text is never kept."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from companion.calendars.links import join_link
from companion.calendars.model import Answer, Guest, Status
from companion.connectors.ics.lines import Line, split_line, unescape
from companion.connectors.ics.scan import Entry, address_of

_KINDS: dict[str, Literal["group", "room"]] = {"GROUP": "group", "ROOM": "room", "RESOURCE": "room"}
_ANSWERS: dict[str, Answer] = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}
_LONGEST_TITLE = 300
_LONGEST_NAME = 120
_CANCELLED = re.compile(  # Outlook tells a cancelled occurrence by its title alone, in the sender's language
    r"^\s*(?:cancell?ed|abgesagt|annullat[oa]|odwołan[eyoa]|anulowan[eyoa]|(?:đã|bị) (?:hủy|huỷ)|annulée?|cancelad[oa]"
    r"|geannuleerd|zrušeno|inställt|avlyst|aflyst|peruutettu|отменено)\s*[:：]\s*",
    re.IGNORECASE,
)
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@dataclass(frozen=True)
class Details:
    """What an entry says about people and place, before anybody is left out."""

    title: str
    status: Status
    organiser: Guest | None
    guests: tuple[Guest, ...]  # people without an address have an empty one
    link: str


def lines_of(entry: Entry) -> list[Line]:
    """The content lines of an entry, alarms left out."""
    return [line for line in map(split_line, entry.raw.split(b"\n")) if line]


def read_details(entry: Entry, lines: list[Line]) -> Details:
    """People, title, status and link of an entry."""
    one = {line.name: line for line in reversed(lines)}

    def text(name: str) -> str:
        return unescape(one[name].value) if name in one else ""

    raw_title = plain(text("SUMMARY"), _LONGEST_TITLE + 40)
    title = _CANCELLED.sub("", raw_title)
    cancelled = entry.glimpse.cancelled or title != raw_title
    places = [unescape(line.value) for line in lines if line.name in ("X-GOOGLE-CONFERENCE", "CONFERENCE")]
    places += [text("X-MICROSOFT-SKYPETEAMSMEETINGURL"), text("LOCATION"), text("URL")]
    organiser = next((_guest(line) for line in lines if line.name == "ORGANIZER"), None)
    tentative = text("STATUS").strip().upper() == "TENTATIVE"
    return Details(
        title[:_LONGEST_TITLE].rstrip(),
        "cancelled" if cancelled else "tentative" if tentative else "confirmed",
        organiser if organiser and organiser.address else None,
        _guests(lines),
        join_link(places, text("DESCRIPTION")),
    )


def _guests(lines: list[Line]) -> tuple[Guest, ...]:
    found: dict[str, Guest] = {}
    nameless: list[Guest] = []
    for line in lines:
        if line.name != "ATTENDEE":
            continue
        guest = _guest(line)
        if not guest.address:
            nameless.append(guest)
        elif guest.address not in found or found[guest.address].answer == "none":
            found[guest.address] = guest
    return (*found.values(), *nameless)


def _guest(line: Line) -> Guest:
    return Guest(
        address_of(line),
        plain(line.params.get("CN", ""), _LONGEST_NAME),
        _KINDS.get(line.params.get("CUTYPE", "").upper(), "person"),
        _ANSWERS.get(line.params.get("PARTSTAT", "").upper(), "none"),
    )


def plain(text: str, most: int) -> str:
    """One line of text without control signs and without signs that turn the direction of writing."""
    kept = text[: most * 4]
    if not kept.isprintable():  # nearly all are, which is quickly told
        kept = "".join(" " if sign in "\n\t\r" else sign for sign in kept if _is_shown(sign))
    return " ".join(unicodedata.normalize("NFC", kept).split())[:most].rstrip()


def _is_shown(sign: str) -> bool:
    return sign in "\n\t\r" or (sign not in _BIDI and unicodedata.category(sign) not in ("Cc", "Cs"))


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
