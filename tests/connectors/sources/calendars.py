"""The same few calendars behind every kind of source, and the hand that changes them from the other side."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.utils import formatdate
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from companion.calendars.model import Account, CalendarSource
from companion.connectors import sources
from connectors.microsoft.graph.mirrored import NOW, Mirrored, mirrored
from connectors.sources.engine import caldav, ics
from servers.dav import Dav
from servers.hostile import Answer, Asked, Hostile
from servers.microsoft import Calendar as Agenda
from servers.microsoft import Microsoft365
from servers.radicale import PASSWORD, Radicale, events
from servers.xandikos import Xandikos


class Calendar(Protocol):
    """One calendar of one account: an entry is put, changed (the same name) or removed by its name."""

    account: Account
    password: str | None

    def put(self, name: str, title: str) -> None: ...
    def remove(self, name: str) -> None: ...
    def source(self) -> CalendarSource: ...


@dataclass
class Opened:
    """An account, and the source it opens."""

    account: Account
    password: str | None = None

    def source(self) -> CalendarSource:
        return sources.open_source(self.account, self.password)


@dataclass
class OneFile(Opened):
    """An .ics file with all entries in it."""

    entries: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, title: str) -> None:
        self.entries[name] = title
        self._write()

    def remove(self, name: str) -> None:
        del self.entries[name]
        self._write()

    def _write(self) -> None:
        Path(self.account.url).write_text(events(self.entries), newline="")


@dataclass
class Folder(Opened):
    """A folder with one .ics file an entry."""

    def put(self, name: str, title: str) -> None:
        (Path(self.account.url) / f"{name}.ics").write_text(events({name: title}), newline="")

    def remove(self, name: str) -> None:
        (Path(self.account.url) / f"{name}.ics").unlink()


@dataclass
class Feed(Opened):
    """An .ics address that tells an ETag, a date, or neither."""

    tells: str = ""
    entries: dict[str, str] = field(default_factory=dict)
    version: int = 0

    def put(self, name: str, title: str) -> None:
        self.entries[name] = title
        self.version += 1

    def remove(self, name: str) -> None:
        del self.entries[name]
        self.version += 1

    def __call__(self, asked: Asked) -> Answer:
        tag, day = f'"v{self.version}"', formatdate(1_790_000_000 + self.version, usegmt=True)
        if self.tells == "etag" and asked.headers.get("if-none-match") == tag:
            return Answer(304, b"", {"ETag": tag})
        if self.tells == "date" and asked.headers.get("if-modified-since") == day:
            return Answer(304)
        told = {"etag": {"ETag": tag}, "date": {"Last-Modified": day}, "": {}}[self.tells]
        return Answer(200, events(self.entries).encode(), told)


@dataclass
class OnServer(Opened):
    """A calendar on a real CalDAV server."""

    server: Radicale | Xandikos | None = None
    calendar: str = ""

    def put(self, name: str, title: str) -> None:
        assert self.server
        self.server.put(self.calendar, name, title)

    def remove(self, name: str) -> None:
        assert self.server
        self.server.delete(f"{self.calendar}{name}.ics")


@dataclass
class OnFake(Opened):
    """A calendar on a small server with habits of its own."""

    dav: Dav = field(default_factory=Dav)

    def put(self, name: str, title: str) -> None:
        self.dav.put(f"/cal/{name}.ics", title)

    def remove(self, name: str) -> None:
        self.dav.remove(f"/cal/{name}.ics")


@dataclass
class OnGraph:
    """A calendar of a Microsoft 365 mailbox."""

    account: Account
    mailbox: Mirrored
    agenda: Agenda
    password: str | None = None
    ids: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, title: str) -> None:
        if name in self.ids:
            self.agenda.change(self.ids[name], title=title)
        else:
            start = NOW + timedelta(days=3 * len(self.ids))
            self.ids[name] = self.agenda.add(title, start, ical_uid=name)

    def remove(self, name: str) -> None:
        self.agenda.delete(self.ids.pop(name))

    def source(self) -> CalendarSource:
        there = urlsplit(self.account.url)
        root = f"{there.scheme}://{there.netloc}"
        registration = replace(self.mailbox.registration, graph_url=root)
        return replace(self.mailbox, account=self.account, registration=registration).source()


KINDS = (
    "file", "folder", "address with an ETag", "address with a date", "address with neither", "radicale", "xandikos",
    "caldav without sync-collection", "caldav without ETags", "caldav with neither", "caldav in small pages",
    "graph", "graph secondary", "graph shared",
)  # fmt: skip
_FAKES: dict[str, Callable[[], Dav]] = {
    "caldav without sync-collection": lambda: Dav({}, syncs=False),
    "caldav without ETags": lambda: Dav({}, etags=False),
    "caldav with neither": lambda: Dav({}, etags=False, syncs=False),
    "caldav in small pages": lambda: Dav({}, page=2),
}


@contextlib.contextmanager
def calendar(kind: str, folder: Path, ask: Callable[[str], object]) -> Iterator[Calendar]:
    """An empty calendar of a kind; `ask` gives a server of the test's by its name."""
    if kind == "file":
        yield OneFile(ics(str(folder / "reviews.ics")))
    elif kind == "folder":
        (folder / "reviews").mkdir()
        yield Folder(ics(str(folder / "reviews")))
    elif kind in ("radicale", "xandikos"):
        server = ask(kind)
        assert isinstance(server, (Radicale, Xandikos))
        yield OnServer(caldav(server.home(), server.user), PASSWORD, server, server.make_calendar("work"))
    elif kind.startswith("graph"):
        microsoft = ask("microsoft")
        assert isinstance(microsoft, Microsoft365)
        yield _on_graph(microsoft, kind)
    else:
        hostile = ask("hostile")
        assert isinstance(hostile, Hostile)
        if kind in _FAKES:
            dav = hostile.answer = _FAKES[kind]()
            yield OnFake(caldav(hostile.url), PASSWORD, dav)
        else:
            tells = {"an ETag": "etag", "a date": "date", "neither": ""}[kind.removeprefix("address with ")]
            feed = hostile.answer = Feed(ics(f"{hostile.url}reviews.ics"), tells=tells)
            yield feed


def _on_graph(microsoft: Microsoft365, kind: str) -> OnGraph:
    """Her own calendar, one beside it of which Graph tells no changes, or that of somebody who shared theirs."""
    alba = microsoft.user("alba@ferro.example", "Alba Reyes")
    whose = microsoft.user("reviews@ferro.example", "Reviews") if kind == "graph shared" else alba
    microsoft.share(whose, alba)
    agenda = alba.add_calendar("Reviews") if kind == "graph secondary" else whose.calendar
    mailbox = mirrored(microsoft, alba, whose.address if whose is not alba else "")
    return OnGraph(replace(mailbox.account, name="Alba"), mailbox, agenda)
