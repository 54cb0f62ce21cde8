"""Where are this account's calendars? Any address on the server will do (RFC 6764, RFC 4791 section 7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from companion.basics.errors import Problem
from companion.connectors.caldav import bodies
from companion.connectors.caldav.multistatus import Item, UnreadableError, key_of, parse
from companion.connectors.caldav.talk import Talk
from companion.connectors.http import Reply, origin

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
    """Look at the address itself, then at what the server says of us; Problem `no_calendars` where there is none."""
    url = talk.client.url
    last: Problem | None = None
    for start in dict.fromkeys((url, urljoin(url, "/.well-known/caldav"), urljoin(url, "/"))):
        try:
            found = _from(talk, start)
        except Problem as problem:
            # A guess of ours that fails says nothing about the address the user gave.
            if start == url or problem.code in ("signin_refused", "password_missing"):
                raise
            last = last or problem
            continue
        if found:
            return found
    if not talk.client.signs_in:
        raise Problem("password_missing", account=talk.client.account, host=talk.client.host)
    raise last or Problem("no_calendars", account=talk.client.account, host=talk.client.host)


def list_again(talk: Talk, homes: Iterable[str]) -> Found | None:
    """The calendars in folders found earlier; None where those are no longer there."""
    known = tuple(homes)
    calendars = _calendars_in(talk, known)
    return Found(known, calendars) if calendars else None


def _from(talk: Talk, start: str) -> Found | None:
    items, url = _look(talk, start, "0")
    if not items:
        return None
    here, url = items[0], talk.at_home(url)
    if _is_calendar(here):
        return Found((), (_calendar(here, url),))
    if urlsplit(url).path.strip("/"):
        inside = _calendars_in(talk, (url,))
        if inside:
            return Found((url,), inside)
    homes = _absolute(url, here.homes)
    if not homes and here.principal:
        person, where = _look(talk, talk.at_home(urljoin(url, here.principal)), "0")
        homes = _absolute(where, person[0].homes) if person else ()
    homes = tuple(talk.at_home(home) for home in homes)
    calendars = _calendars_in(talk, homes)
    return Found(homes, calendars) if calendars else None


def _look(talk: Talk, href: str, depth: str) -> tuple[tuple[Item, ...], str]:
    """PROPFIND; no items where the answer is no multistatus, as with a web page."""
    reply: Reply = talk.ask("PROPFIND", href, bodies.about_place(), depth, fine=_NO_PLACE)
    if reply.status != 207:
        return (), reply.url
    try:
        return parse(reply.body).items, reply.url
    except UnreadableError:
        return (), reply.url


def _calendars_in(talk: Talk, homes: Iterable[str]) -> tuple[Calendar, ...]:
    found: dict[str, Calendar] = {}
    for home in homes:
        items, url = _look(talk, home, "1")
        for item in items:
            href = urljoin(url, item.href)
            if _is_calendar(item) and origin(href) == origin(talk.client.url):
                calendar = _calendar(item, url)
                found.setdefault(calendar.key, calendar)
    return tuple(found.values())


def _is_calendar(item: Item) -> bool:
    holds_events = item.components is None or "VEVENT" in item.components
    return "calendar" in item.kinds and "deleted-calendar" not in item.kinds and holds_events


def _calendar(item: Item, url: str) -> Calendar:
    href = urljoin(url, item.href)
    name = item.name or key_of(href).rstrip("/").rpartition("/")[2]
    return Calendar(href, name, item.reports is None or "sync-collection" in item.reports)


def _absolute(url: str, hrefs: Iterable[str]) -> tuple[str, ...]:
    return tuple(urljoin(url, href) for href in hrefs)
