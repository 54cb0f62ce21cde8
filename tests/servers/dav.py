"""A small CalDAV server that a test gives habits: it answers for one person's calendars as real ones do, or nearly."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from servers.hostile import Answer, Asked
from servers.radicale import event

_OPEN = '<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">'
CALENDAR = "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>"
STRANGER = "<d:current-user-principal><d:unauthenticated/></d:current-user-principal>"


def item(href: str, props: str, status: int = 200) -> str:
    """One address and its properties."""
    return (
        f"<d:response><d:href>{escape(href)}</d:href><d:propstat><d:prop>{props}</d:prop>"
        f"<d:status>HTTP/1.1 {status} X</d:status></d:propstat></d:response>"
    )


def status(href: str, code: int = 404) -> str:
    """One address and what became of it."""
    return f"<d:response><d:href>{escape(href)}</d:href><d:status>HTTP/1.1 {code} X</d:status></d:response>"


def multistatus(*items: str, token: str = "") -> Answer:
    """The 207 around them."""
    end = f"<d:sync-token>{token}</d:sync-token>" if token else ""
    return Answer(207, f"{_OPEN}{''.join(items)}{end}</d:multistatus>".encode(), {"Content-Type": "application/xml"})


def asked_for(asked: Asked) -> str:
    """What a request is after: place, list, sync, query, multiget or get."""
    if asked.method == "GET":
        return "get"
    names = {b"sync-collection": "sync", b"calendar-query": "query", b"calendar-multiget": "multiget"}
    names[b"getcontenttype"] = "list"
    return next((name for sign, name in names.items() if sign in asked.body), "place")


@dataclass
class Dav:
    """A server with one calendar, /cal/, whose habits a test changes. `entries`: address -> ETag."""

    entries: dict[str, str] = field(default_factory=lambda: {f"/cal/{n}.ics": f'"{n}"' for n in range(5)})
    titles: dict[str, str] = field(default_factory=dict)
    syncs: bool = True
    no_sync: int = 403  # status of a report it does not know
    etags: bool = True
    page: int = 0  # members in one sync page, 0 for all
    most: int = 1000  # entries in one multiget
    too_much: int = 507
    hides_data: bool = False  # multiget leaves calendar-data out
    href: Callable[[str], str] = str
    tag: Callable[[str, str], str] = lambda _what, tag: tag  # what is asked for, the ETag -> as it is written
    calendars: dict[str, int] = field(default_factory=lambda: {"/cal/": 207})  # address -> status of its reports
    broken: set[str] = field(default_factory=set)  # entries that answer 500
    lost: int = 0  # status to a token
    snapshots: dict[str, dict[str, str]] = field(default_factory=dict)  # what whoever has a token knows
    signed_in: bool = True
    asked: list[str] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answer:
        what = asked_for(asked)
        self.asked.append(what)
        assert b"limit" not in asked.body
        assert b"nresults" not in asked.body
        if what == "place":
            return self._place(asked.path)
        if what == "get":
            return self._get(asked.path)
        if self.calendars.get(asked.path, 404) != 207:
            return Answer(self.calendars.get(asked.path, 404))
        if what in ("list", "query"):
            members = [self._listed(path, tag) for path, tag in self._in(asked.path).items()]
            return multistatus(*([item(asked.path, CALENDAR)] if what == "list" else []), *members)
        if what == "sync":
            return self._sync(asked)
        hrefs = re.findall(r"<d:href>(.*?)</d:href>", asked.body.decode())
        if len(hrefs) > self.most:
            return Answer(self.too_much)
        return multistatus(*(self._entry(href) for href in hrefs if href not in self.broken))

    def put(self, path: str, title: str) -> None:
        """Put or change one entry."""
        self.titles[path] = title
        self.entries[path] = f'"{path}-{title}"'

    def remove(self, path: str) -> None:
        """Take one entry away."""
        del self.entries[path]

    def _in(self, calendar: str) -> dict[str, str]:
        return {path: tag for path, tag in self.entries.items() if path.startswith(calendar) and self.signed_in}

    def _place(self, path: str) -> Answer:
        if path == "/":
            person = "<d:current-user-principal><d:href>/me/</d:href></d:current-user-principal>"
            return multistatus(item("/", person if self.signed_in else STRANGER))
        if path == "/me/":
            return multistatus(item("/me/", "<c:calendar-home-set><d:href>/home/</d:href></c:calendar-home-set>"))
        if path == "/home/":
            return multistatus(item("/home/", ""), *(item(one, CALENDAR) for one in self.calendars if self.signed_in))
        if path in self.calendars:
            return multistatus(item(path, CALENDAR + ("" if self.signed_in else STRANGER)))
        return Answer(404)

    def _listed(self, path: str, tag: str) -> str:
        written = f"<d:getetag>{escape(self.tag('list', tag))}</d:getetag>" if self.etags else "<d:resourcetype/>"
        return item(self.href(path), written)

    def _get(self, path: str) -> Answer:
        if path in self.broken:
            return Answer(500)
        if path not in self.entries:
            return Answer(404)
        headers = {"ETag": self.tag("get", self.entries[path])} if self.etags else {}
        return Answer(200, self._text(path).encode(), headers)

    def _entry(self, href: str) -> str:
        if href not in self.entries:
            return status(href)
        tag = f"<d:getetag>{escape(self.tag('multiget', self.entries[href]))}</d:getetag>" if self.etags else ""
        data = "" if self.hides_data else f"<c:calendar-data>{escape(self._text(href))}</c:calendar-data>"
        return item(self.href(href), tag + data)

    def _text(self, path: str) -> str:
        return event(path.rpartition("/")[2].removesuffix(".ics"), self.titles.get(path, "Review"))

    def _sync(self, asked: Asked) -> Answer:
        assert asked.headers["depth"] == "1"
        if not self.syncs:
            return Answer(self.no_sync, b'<d:error xmlns:d="DAV:"><d:supported-report/></d:error>')
        found = re.search(r"<d:sync-token>(.*?)</d:sync-token>", asked.body.decode())
        token = found.group(1) if found else ""
        if token and (self.lost or token not in self.snapshots):
            return Answer(self.lost or 403, b'<d:error xmlns:d="DAV:"><d:valid-sync-token/></d:error>')
        knows = dict(self.snapshots[token]) if token else {}
        now = self._in(asked.path)
        changes = [path for path in (now | knows) if now.get(path) != knows.get(path)]
        told = changes[: self.page] if self.page else changes
        for path in told:
            knows.pop(path, None)
            knows |= {path: now[path]} if path in now else {}
        items = [self._listed(path, now[path]) if path in now else status(self.href(path)) for path in told]
        more = [status(asked.path, 507)] if len(told) < len(changes) else []
        new = next((name for name, snapshot in self.snapshots.items() if snapshot == knows), f"t{len(self.snapshots)}")
        self.snapshots[new] = knows
        return multistatus(*items, *more, token=new)
