"""What a calendar holds, or what changed in it: by token where the server can, else member by member."""

from dataclasses import dataclass, field
from urllib.parse import urljoin

from companion.connectors.caldav import bodies
from companion.connectors.caldav.discovery import Calendar
from companion.connectors.caldav.multistatus import Item, errors, key_from
from companion.connectors.caldav.talk import Talk
from companion.connectors.http import Reply

_LOST = frozenset({400, 403, 404, 409, 410, 412})  # to a report that carries a token
_CANNOT = frozenset({400, 403, 404, 405, 409, 410, 412, 415, 422, 500, 501, 507})  # to one with an empty token
_MOST_PAGES = 1000


class TokenLostError(Exception):
    """The server no longer knows our token: everything has to be listed again."""


@dataclass(frozen=True)
class Member:
    """One entry as the server lists it. `etag` is "" where the server tells none."""

    key: str
    href: str
    etag: str


@dataclass
class Listing:
    """The members of one calendar. `full`: all of them, else only what changed since the token."""

    calendar: Calendar
    full: bool
    members: dict[str, Member] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    token: str = ""


def list_calendar(talk: Talk, calendar: Calendar, token: str) -> Listing:
    """List a calendar since `token` ("": whole). Raises TokenLostError, or Problem where nothing can be had."""
    if calendar.syncs:
        listing = _by_token(talk, calendar, token)
        if listing is not None:
            return listing
    return _by_member(talk, calendar)


def _by_token(talk: Talk, calendar: Calendar, token: str) -> Listing | None:
    """sync-collection until the server has no more pages; None where it cannot do this."""
    listing = Listing(calendar, full=not token, token=token)
    for _ in range(_MOST_PAGES):
        reply = _report(talk, calendar, listing.token)
        if reply.status != 207:
            if token and (reply.status in _LOST or "valid-sync-token" in errors(reply.body)):
                raise TokenLostError
            return None
        talk.at_home(reply.url)
        answer = talk.read(reply)
        if not answer.token:
            return None
        more = False
        for item in answer.items:
            more = more or item.status == 507
            _take(listing, item, reply, talk)
        if not more:
            listing.token = answer.token
            return listing
        if answer.token == listing.token:
            return None
        listing.token = answer.token
    return None


def _report(talk: Talk, calendar: Calendar, token: str) -> Reply:
    fine = {207, *_CANNOT}
    return talk.ask("REPORT", calendar.href, bodies.changes_since(token), "1", fine)


def _by_member(talk: Talk, calendar: Calendar) -> Listing:
    reply = talk.ask("PROPFIND", calendar.href, bodies.about_members(), "1")
    talk.at_home(reply.url)
    listing = Listing(calendar, full=True)
    for item in talk.read(reply).items:
        _take(listing, item, reply, talk)
    return listing


def _take(listing: Listing, item: Item, reply: Reply, talk: Talk) -> None:
    key = key_from(reply.url, item.href)
    collection = key.rstrip("/") + "/" == listing.calendar.key
    if not item.href or collection or key.endswith("/") or "collection" in item.kinds or item.status == 507:
        return
    if not item.href.startswith("/") or item.href.startswith("//"):
        talk.at_home(urljoin(reply.url, item.href))
    if item.status in (404, 410):
        listing.members.pop(key, None)
        listing.removed.add(key)
    elif item.status < 300 and not ("component=" in item.content_type and "vevent" not in item.content_type):
        listing.removed.discard(key)
        listing.members[key] = Member(key, item.href, item.etag)
