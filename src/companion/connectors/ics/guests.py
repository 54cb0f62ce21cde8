"""Who an entry names: the organiser and the guests, with one line for each however often they stand there."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from companion.calendars.model import Answer, Guest
from companion.connectors.ics.lines import Line, unescape
from companion.people.addresses import is_calendar, normal

Kind = Literal["person", "group", "room"]
_KINDS: dict[str, Kind] = {"GROUP": "group", "ROOM": "room", "RESOURCE": "room"}
_ANSWERS: dict[str, Answer] = {
    "ACCEPTED": "accepted",
    "DECLINED": "declined",
    "TENTATIVE": "tentative",
    "DELEGATED": "declined",  # whoever sends somebody else does not come
}
_LONGEST_NAME = 120
_MAILBOX = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_CARET = re.compile(r"\^([n'^])")  # RFC 6868
_EACH = re.compile(r'[^",]+')
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def address_of(line: Line) -> str:
    """The address of an ATTENDEE or ORGANIZER: its value, else its EMAIL, else a CN that is one; "" for none."""
    told = normal(line.params.get("EMAIL", ""))
    if told and line.value[:3].lower() == "sip":
        return told
    return normal(line.value) or told or _mailbox(line.params.get("CN", ""))


def organiser_of(lines: Iterable[Line]) -> Guest | None:
    """The first ORGANIZER with an address that is a person's; whoever sent it for them (SENT-BY) is not meant."""
    told = (guest_of(line) for line in lines if line.name == "ORGANIZER")
    return next((guest for guest in told if guest.address and not is_calendar(guest.address)), None)


def guests_of(lines: Iterable[Line]) -> tuple[Guest, ...]:
    """The guests, each address once and those without an address last; who was only sent a copy is left out.

    Two different answers of one guest are none. Whom a guest sends instead is a guest.
    """
    invited = [line for line in lines if line.name == "ATTENDEE" and not _only_told(line)]
    found: dict[str, list[Guest]] = {}
    nameless: list[Guest] = []
    for line in invited:
        guest = guest_of(line)
        if guest.address:
            found.setdefault(guest.address, []).append(guest)
        else:
            nameless.append(guest)
    for line in (line for line in invited if "DELEGATED-TO" in line.params):
        for sent in _EACH.findall(line.params["DELEGATED-TO"]):
            if normal(sent):
                found.setdefault(normal(sent), [Guest(normal(sent))])
    return (*map(_together, found.values()), *nameless)


def guest_of(line: Line) -> Guest:
    """The person, group or room of one line, with its answer."""
    address = address_of(line)
    kind: Kind = _KINDS.get(line.params.get("CUTYPE", "").upper(), "person")
    if is_calendar(address):
        kind = "room" if ".resource." in f".{address.rpartition('@')[2]}" else "group"
    answer = _ANSWERS.get(line.params.get("PARTSTAT", "").strip().upper(), "none")
    return Guest(address, _name(line.params.get("CN", "")), kind, answer)


def _only_told(line: Line) -> bool:
    """Whether somebody got a copy and gave no answer: the role says that they need not come."""
    if line.params.get("ROLE", "").upper() != "NON-PARTICIPANT":
        return False
    return line.params.get("PARTSTAT", "").strip().upper() not in _ANSWERS and guest_of(line).kind == "person"


def _together(same: list[Guest]) -> Guest:
    first = same[0]
    if len(same) == 1:
        return first
    answers = {guest.answer for guest in same} - {"none"}
    return Guest(
        first.address,
        next((guest.name for guest in same if guest.name), ""),
        next((guest.kind for guest in same if guest.kind != "person"), "person"),
        answers.pop() if len(answers) == 1 else "none",
    )


@lru_cache(maxsize=8192)  # the same few hundred people are on every guest list
def _name(told: str) -> str:
    """The name a CN tells; "" where it is but an address."""
    text = _CARET.sub(lambda found: {"n": "\n", "'": '"', "^": "^"}[found[1]], told)
    text = plain(unescape(text), _LONGEST_NAME).strip("\"' ")
    return "" if _mailbox(text) else text


def _mailbox(text: str) -> str:
    address = normal(text.strip("\"' "))
    return address if _MAILBOX.fullmatch(address) and "<" not in text else ""


def plain(text: str, most: int) -> str:
    """One line of text without control signs and without signs that turn the direction of writing."""
    kept = text[: most * 4]
    if not kept.isprintable():  # nearly all are, which is quickly told
        kept = "".join(" " if sign in "\n\t\r" else sign for sign in kept if _is_shown(sign))
    return " ".join(unicodedata.normalize("NFC", kept).split())[:most].rstrip()


def _is_shown(sign: str) -> bool:
    return sign in "\n\t\r" or (sign not in _BIDI and unicodedata.category(sign) not in ("Cc", "Cs"))
