"""What a calendar holds, or what changed in it: by token where the server can, else member by member."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from urllib.parse import urljoin, urlsplit

from companion.basics.errors import Problem
from companion.connectors.answers import refuse
from companion.connectors.caldav import bodies
from companion.connectors.caldav.clocktoken import may_hide_a_change
from companion.connectors.caldav.discovery import Calendar
from companion.connectors.caldav.multistatus import Item, key_from
from companion.connectors.caldav.reading import errors
from companion.connectors.caldav.talk import Talk
from companion.connectors.http import Reply

_LOST = frozenset({400, 403, 404, 409, 410, 412})  # to a report that carries a token
_CANNOT = frozenset({400, 403, 404, 405, 409, 410, 412, 415, 422, 500, 501, 507})  # to one with an empty token
_TOO_MUCH = frozenset({413, 504, 507})  # to one question about all members
_GONE = frozenset({404, 410})
_ASK = frozenset({418})  # says of a member only that it has no properties: it went away, or it is not well
_MOST_PAGES = 1000
_BARREN = 2  # pages in a row that tell nothing new
_EVER = (date(1970, 1, 1), date(2100, 1, 1))  # who lies wholly outside is no meeting of anybody
_SHORTEST = timedelta(days=2)


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
    """The members of one calendar. `full`: all of them, else only what changed since the token.

    `calendar` is as it was found, with `syncs` false where that turned out not to be so. `refused` are
    listed and not shown to us. `token` is "" where the next round has to list all again.
    """

    calendar: Calendar
    full: bool
    members: dict[str, Member] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    token: str = ""


def list_calendar(talk: Talk, calendar: Calendar, token: str) -> Listing:
    """List a calendar since `token` ("": whole). Raises TokenLostError, or Problem where nothing can be had."""
    if calendar.syncs:
        listing = _by_token(talk, calendar, token)
        if listing is not None:
            return listing
    return _by_member(talk, replace(calendar, syncs=False))


def is_stranger(talk: Talk, calendar: Calendar) -> bool:
    """Whether the server took us for nobody, though we gave a password: then an empty calendar means nothing."""
    reply = talk.ask("PROPFIND", calendar.href, bodies.about_place(), "0")
    return any(item.stranger for item in talk.read(reply).items)


def _by_token(talk: Talk, calendar: Calendar, token: str) -> Listing | None:
    """sync-collection until the server has no more pages; None where it cannot do this."""
    listing = Listing(calendar, full=not token, token=token)
    barren = 0
    for _ in range(_MOST_PAGES):
        reply = talk.ask("REPORT", calendar.href, bodies.changes_since(listing.token), "1", {207, *_CANNOT})
        if reply.status != 207:
            if token and (reply.status in _LOST or "valid-sync-token" in errors(reply.body)):
                raise TokenLostError
            return None
        answer = talk.read(reply)
        if not answer.token:
            return None
        news = [_take(listing, item, reply, talk) for item in answer.items]
        if not any(item.status == 507 for item in answer.items):
            listing.token = "" if may_hide_a_change(answer.token, reply.headers) else answer.token
            return listing
        barren = 0 if any(news) else barren + 1
        if answer.token == listing.token or barren >= _BARREN:
            return None
        listing.token = answer.token
    return None


def _by_member(talk: Talk, calendar: Calendar) -> Listing:
    """Every member in one answer; where that is too much for the server, the events in it, by time."""
    listing = Listing(calendar, full=True)
    if not _whole(talk, listing, "PROPFIND", bodies.about_members(), must_answer=False) and not _whole(
        talk, listing, "REPORT", bodies.events_between(None, None), must_answer=False
    ):
        _by_time(talk, listing, *_EVER)
    return listing


def _by_time(talk: Talk, listing: Listing, first: date, last: date) -> None:
    """The members with an occurrence in these days; in halves of them where that is too much as well."""
    short = last - first < _SHORTEST
    if not _whole(talk, listing, "REPORT", bodies.events_between(first, last), must_answer=short):
        middle = first + (last - first) / 2
        _by_time(talk, listing, first, middle)
        _by_time(talk, listing, middle, last)


def _whole(talk: Talk, listing: Listing, method: str, body: bytes, *, must_answer: bool) -> bool:
    """Ask one question about the members. False where the answer was too much for the server, or was cut short."""
    reply = talk.ask(method, listing.calendar.href, body, "1", (207,) if must_answer else (207, *_TOO_MUCH))
    if reply.status != 207:
        return False
    items = talk.read(reply).items
    if method == "PROPFIND" and not items:
        # A folder lists itself at least: this is no answer about it.
        raise Problem("answer_unreadable", account=talk.client.account, host=talk.client.host)
    for item in items:
        _take(listing, item, reply, talk)
    cut = any(item.status == 507 for item in items)
    if cut and must_answer:
        raise refuse(507, reply.headers, talk.client.account, talk.client.host)
    return not cut


def _take(listing: Listing, item: Item, reply: Reply, talk: Talk) -> bool:
    """Take one item of an answer in; whether it told something new."""
    href = item.href
    if not href or item.status == 507 or "collection" in item.kinds:
        return False
    key = key_from(reply.url, href)
    if key.endswith("/") or key + "/" == listing.calendar.key:
        return False
    if not href.startswith("/") or href.startswith("//"):
        there = urlsplit(talk.at_home(urljoin(reply.url, href)))
        href = there._replace(scheme="", netloc="").geturl()
    if item.status in _GONE:
        listing.members.pop(key, None)
        new = key not in listing.removed
        listing.removed.add(key)
        return new
    if 400 <= item.status < 500 and item.status not in _ASK:
        new = key not in listing.refused
        listing.refused.add(key)
        return new
    if "component=" in item.content_type and "vevent" not in item.content_type:
        return False
    member = Member(key, href, item.etag)
    new = listing.members.get(key) != member
    listing.removed.discard(key)
    listing.refused.discard(key)
    listing.members[key] = member
    return new
