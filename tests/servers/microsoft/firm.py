"""A whole Microsoft 365 on loopback: one firm, its people, and every fault one can ask for."""

import contextlib
import ssl
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import trustme

from companion.calendars.signin import Registration
from servers.microsoft import browser
from servers.microsoft.authority import Authority
from servers.microsoft.faults import Faults
from servers.microsoft.graph import Graph
from servers.microsoft.mailbox import Count, User
from servers.microsoft.meetings import Meetings, Row, Session
from servers.microsoft.outgoing import Outgoing, Sent
from servers.microsoft.serving import Answer, Asked, Server
from servers.microsoft.signing import Signer, collector_pem
from servers.microsoft.tokens import FakeTokens, Ledger

TENANT = "6f1c6f0e-3d58-4b0a-9c11-2f6b7d3a9e01"
CLIENT = "2b8f0c9a-5a57-4a3e-8f6d-0c4d1e2f3a4b"
COLLECTOR = "9d3e7c55-1b7e-4a0c-8d2a-6b5f4e3d2c1b"
ROLES = {"Calendars.Read", "OnlineMeetings.Read.All", "OnlineMeetingArtifact.Read.All"}


class Microsoft365:
    """The stand-in. Its authority and its Graph are two ports; `elsewhere` is a third that nobody may ever ask."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, Count()
        self.ca, context = _certificates(folder)
        self.tenant, self.client_id = TENANT, CLIENT
        self.users: dict[str, User] = {}
        self.ledger, self.faults = Ledger(), Faults()
        self.meetings, self.outgoing = Meetings(), Outgoing()
        self.signin = Authority(TENANT, CLIENT, self.ledger, Signer(), self.users)
        self.at_graph = Graph(self.ledger, self.faults, self.users, self.meetings, self.outgoing)
        self.signin_server = Server(context, self.signin.reply)
        self.graph_server = Server(context, self.at_graph.reply)
        self.elsewhere = Server(context, lambda _asked: Answer(200, b"{}", {"Content-Type": "application/json"}))
        self.signin.root = self.signin_server.url
        self.graph = self.graph_server.url
        self.authority = f"{self.signin_server.url}/{TENANT}"
        self.faults.elsewhere = self.elsewhere.url

    def close(self) -> None:
        """End all three ports."""
        for server in (self.signin_server, self.graph_server, self.elsewhere):
            server.close()

    def registration(self, **more: object) -> Registration:
        """How an app of this firm knows it."""
        told = {"client_id": CLIENT, "authority": self.authority, "graph_url": self.graph, "ca_bundle": str(self.ca)}
        return Registration(**{**told, **more})  # type: ignore[arg-type]

    def collector(self, *, days: int = 30, mailboxes: Iterable[str] | None = None) -> Registration:
        """The same with a collector, whose certificate holds for some days and who may read some mailboxes (all)."""
        path = self.folder / "collector.pem"
        self.signin.collector_pem = collector_pem(path, days=days)
        self.signin.collector_id, self.signin.collector_roles = COLLECTOR, set(ROLES)
        self.at_graph.app_mailboxes = None if mailboxes is None else set(mailboxes)
        return self.registration(collector_id=COLLECTOR, certificate=str(path))

    def user(self, address: str, name: str = "", *, mailbox: bool = True) -> User:
        """Somebody of the firm; the first one also sits at the browser."""
        made = User(address, name or address, TENANT, self.count, mailbox)
        made.add_calendar("Calendar")
        self.users[address] = made
        self.signin.who = self.signin.who or made
        return made

    def share(self, owner: User, to: User) -> None:
        """Somebody's calendar may be read by another."""
        owner.shared_with.add(to.address)

    def tokens(self, *users: User) -> FakeTokens:
        """Tokens that need no sign-in."""
        return FakeTokens(self.ledger, users)

    def browse(self, url: str) -> str:
        """Play the system browser; the text of the last page."""
        return browser.browse(self.ca, url)

    @property
    def browser(self) -> str:
        """A command for BROWSER."""
        return f"{sys.executable} {browser.__file__} {self.ca} %s"

    @property
    def asked(self) -> list[Asked]:
        """Every request to Graph."""
        return self.graph_server.asked

    @property
    def most_in_flight(self) -> int:
        """How many requests Graph had at once."""
        return self.graph_server.most_at_once

    @property
    def sent_mails(self) -> list[Sent]:
        """Mail that was sent."""
        return self.outgoing.sent

    @property
    def secrets(self) -> set[str]:
        """Texts that must be in no file, log or answer: tokens, codes, verifiers."""
        return self.ledger.secrets

    def asked_for(self, path: str) -> list[Asked]:
        """The requests to Graph whose path ends so."""
        return [asked for asked in self.asked if asked.path.endswith(path)]

    def report(
        self, organiser: User, event_id: str, start: datetime, end: datetime, rows: Iterable[Row] = ()
    ) -> Session:
        """The online meeting of an event (or of a series) was held, and these joined."""
        entry = next(calendar.entries[event_id] for calendar in organiser.calendars if event_id in calendar.entries)
        return self.meetings.report(organiser, entry.join, start, end, rows)

    def reports_off(self, why: str) -> None:
        """No reports from now on: policy, forbidden, external; "" for reports again."""
        self.meetings.off = why

    def revoke(self, user: User) -> None:
        """IT ended all sessions of somebody: neither their access tokens nor their refresh tokens are good."""
        self.expire(user)
        for grant in self.ledger.refresh.values():
            grant.good = grant.good and grant.user is not user
        self.ledger.revoked.add(user.address)

    def welcome(self, user: User) -> None:
        """They may sign in again; what was revoked stays so."""
        self.ledger.revoked.discard(user.address)

    def ahead(self, seconds: int) -> None:
        """Let the clocks of the firm's servers be ahead of ours."""
        self.signin.skew = self.signin_server.ahead = self.graph_server.ahead = seconds

    def expire(self, user: User) -> None:
        """The access tokens of somebody are over before their time."""
        self.ledger.spoil(user)

    def require_claims(self, user: User) -> None:
        """Graph wants tokens with more claims of somebody, from the next request on."""
        self.ledger.needs_claims.add(user.address)


@contextlib.contextmanager
def running_microsoft(folder: Path) -> Iterator[Microsoft365]:
    """A Microsoft 365 for one test; its certificates lie in a folder of it."""
    made = Microsoft365(folder)
    try:
        yield made
    finally:
        made.close()


def _certificates(folder: Path) -> tuple[Path, ssl.SSLContext]:
    folder.mkdir(parents=True, exist_ok=True)
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    path = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path, context
