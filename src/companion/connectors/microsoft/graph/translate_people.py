"""The people of a Graph event as ORGANIZER and ATTENDEE."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from companion.connectors.microsoft.graph.translate_text import parameter, text_of
from companion.people.addresses import normal

_ANSWERS = {
    "accepted": ";PARTSTAT=ACCEPTED",
    "organizer": ";PARTSTAT=ACCEPTED",
    "tentativelyaccepted": ";PARTSTAT=TENTATIVE",
    "declined": ";PARTSTAT=DECLINED",
    "notresponded": "",
}
_KINDS = {"resource": ";CUTYPE=RESOURCE", "optional": ";ROLE=OPT-PARTICIPANT"}
_PLAIN = "@!#$&'*+/=^_`{|}~.-"  # signs of an address that need no encoding


def people_lines(event: Mapping[str, Any], owner: str) -> Iterator[str]:
    """ORGANIZER, then the guests in the order of their addresses.

    In a guest's copy the list knows nobody's answer: the owner's own stands beside it (`responseStatus`).
    """
    host = _mailbox(event.get("organizer"))
    if host[1]:
        yield f"ORGANIZER{parameter('CN', host[0])}:{host[1]}"
    listed = event.get("attendees")
    own, me = _answer(event.get("responseStatus")), _address(normal(owner)) if owner else ""
    lines = set()
    for guest in listed if isinstance(listed, list) else ():
        try:
            mail, status = guest["emailAddress"], guest["status"]
            told = _guest(mail["name"], mail["address"], guest["type"], status["response"])
        except (LookupError, TypeError, AttributeError):  # not as Graph writes them: looked at piece by piece
            told = (*_mailbox(guest), text_of(guest, "type").lower(), _answer(_of(guest, "status")))
        name, address, kind, said = told
        if name or address:
            lines.add(_line(name, address, kind, own if address and address == me and own in _ANSWERS else said))
    yield from sorted(lines)


@lru_cache(maxsize=8192)  # the same few hundred people are on every guest list
def _guest(name: str, address: str, kind: str, answer: str) -> tuple[str, str, str, str]:
    """(name, address as a URI, kind, answer) of a guest as Graph writes them; AttributeError for what is no text."""
    return name.strip(), _address(address.strip()), kind.strip().lower(), answer.strip().lower()


def _of(guest: Any, key: str) -> Any:
    return guest.get(key) if isinstance(guest, dict) else None


def _answer(status: Any) -> str:
    return text_of(status, "response").lower()


def _mailbox(person: Any) -> tuple[str, str]:
    """(name, address as a URI) of somebody; either may be ""."""
    told = person.get("emailAddress") if isinstance(person, dict) else None
    return text_of(told, "name"), _address(text_of(told, "address"))


@lru_cache(maxsize=8192)
def _address(told: str) -> str:
    """The address as `mailto:`, "" where it is none: Exchange writes places in its directory, too."""
    address = normal(told)
    written = f"mailto:{quote(address, safe=_PLAIN, errors='replace')}" if address else ""
    return written if normal(written) == address else ""


@lru_cache(maxsize=8192)
def _line(name: str, address: str, kind: str, answer: str) -> str:
    known = parameter("CN", name)
    return f"ATTENDEE{known}{_KINDS.get(kind, '')}{_ANSWERS.get(answer, '')}:{address or 'invalid:nomail'}"
