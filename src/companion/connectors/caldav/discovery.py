"""Where are this account's calendars? Any address on the server will do (RFC 6764, RFC 4791 section 7)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from companion.basics.errors import Problem
from companion.connectors.answers import is_page
from companion.connectors.caldav import bodies
from companion.connectors.caldav.multistatus import Item, UnreadableError, key_of
from companion.connectors.caldav.reading import parse
from companion.connectors.caldav.talk import Talk
from companion.connectors.http import Reply, origin

_FINAL = frozenset({"signin_refused", "signin_other", "password_missing", "server_busy_for"})
_PERHAPS_ELSEWHERE = frozenset({"answer_is_page", "not_signed_in"})  # said at the end, where nothing better is found
_MOST_ABOVE = 6
_NO_PLACE = (200, 204, 207, 400, 403, 404, 405, 410, 501)  # looked at; another address may know more


@dataclass(frozen=True)
class Calendar:
    """One calendar on the server. `syncs`: it may know sync-collection."""

    href: str
    name: str
    syncs: bool = True

    @cached_property
    def key(self) -> str:
        """Its address, written in one way, with the slash at the end."""
        return key_of(self.href).rstrip("/") + "/"


@dataclass(frozen=True)
class Found:
    """The calendars, and the folders they were listed from (none where the address is a calendar itself)."""

    homes: tuple[str, ...]
    calendars: tuple[Calendar, ...]


def discover(talk: Talk) -> Found:
    """Look at the address itself, then at what the server says of us, then at the folders above it.

    Problem `no_calendars` where there is none; `not_signed_in` where the server does not know who asks.
    """
    client = talk.client
    last: Problem | None = None
    for start in dict.fromkeys((client.url, *_guesses(client.url))):
        try:
            found = _from(talk, start)
        except Problem as problem:
            # A guess of ours that fails says nothing about the address the user gave.
            if problem.code in _FINAL or (start == client.url and problem.code not in _PERHAPS_ELSEWHERE):
                raise
            last = last or problem
            continue
        if found:
            return found
    if not client.signs_in:
        raise Problem("password_missing", account=client.account, host=client.host)
    raise last or Problem("no_calendars", account=client.account, host=client.host)


def _guesses(url: str) -> Iterator[str]:
    yield urljoin(url, "/.well-known/caldav")
    yield urljoin(url, "/")
    path = urlsplit(url).path.rstrip("/")
    for _ in range(_MOST_ABOVE):
        path = path.rpartition("/")[0]
        if not path:
            return
        yield urljoin(url, path + "/")


def list_again(talk: Talk, homes: Iterable[str]) -> Found | None:
    """The calendars in folders found earlier; None where those are no longer there."""
    known = tuple(homes)
    try:
        calendars = _calendars_in(talk, known)
    except Problem as problem:
        if problem.code != "answer_is_page":
            raise
        return None
    return Found(known, calendars) if calendars else None


def _from(talk: Talk, start: str) -> Found | None:
    items, url = _look(talk, start, "0")
    if not items:
        return None
    here = items[0]
    if _is_calendar(here):
        return Found((), (_calendar(talk, here, url),))
    if urlsplit(url).path.strip("/"):
        inside = _calendars_in(talk, (url,))
        if inside:
            return Found((url,), inside)
    homes, where = here.homes, url
    if not homes and here.principal:
        person, where = _look(talk, talk.at_home(urljoin(url, here.principal)), "0")
        homes = person[0].homes if person else ()
    homes = tuple(talk.at_home(urljoin(where, home)) for home in homes)
    calendars = _calendars_in(talk, homes)
    if not calendars and here.stranger and talk.client.signs_in:
        raise Problem("not_signed_in", account=talk.client.account, host=talk.client.host)
    return Found(homes, calendars) if calendars else None


def _look(talk: Talk, href: str, depth: str) -> tuple[tuple[Item, ...], str]:
    """PROPFIND; no items where the answer is none about a folder. Problem `answer_is_page` for a web page."""
    reply: Reply = talk.ask("PROPFIND", href, bodies.about_place(), depth, fine=_NO_PLACE)
    if reply.status in (200, 207):
        try:
            return parse(reply.body).items, reply.url
        except UnreadableError:
            if is_page(reply.body):
                raise Problem("answer_is_page", account=talk.client.account, host=talk.client.host) from None
    return (), reply.url


def _calendars_in(talk: Talk, homes: Iterable[str]) -> tuple[Calendar, ...]:
    found: dict[str, Calendar] = {}
    for home in homes:
        items, url = _look(talk, home, "1")
        for item in items:
            if _is_calendar(item) and _same_host(urljoin(url, item.href), talk.client.url):
                calendar = _calendar(talk, item, url)
                found.setdefault(calendar.key, calendar)
    return tuple(found.values())


def _same_host(one: str, other: str) -> bool:
    return origin(one)[1] == origin(other)[1]


def _is_calendar(item: Item) -> bool:
    holds_events = item.components is None or "VEVENT" in item.components
    return "calendar" in item.kinds and "deleted-calendar" not in item.kinds and holds_events


def _calendar(talk: Talk, item: Item, url: str) -> Calendar:
    href = talk.at_home(urljoin(url, item.href))
    name = item.name or key_of(href).rstrip("/").rpartition("/")[2]
    return Calendar(href, name, item.reports is None or "sync-collection" in item.reports)
