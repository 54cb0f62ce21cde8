"""Graph without a network between: the line's requests go straight to the stand-in, so that machines run fast."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Account, Window
from companion.calendars.signin import Registration
from companion.connectors.http import Reply
from companion.connectors.microsoft.graph.bearer import Bearer
from companion.connectors.microsoft.graph.gate import Gate
from companion.connectors.microsoft.graph.line import GraphLine
from companion.connectors.microsoft.graph.source import GraphSource
from servers.microsoft.faults import Faults
from servers.microsoft.firm import TENANT
from servers.microsoft.graph import Graph
from servers.microsoft.mailbox import Count, User
from servers.microsoft.meetings import Meetings
from servers.microsoft.outgoing import Outgoing
from servers.microsoft.serving import Answer, Asked
from servers.microsoft.tokens import FakeTokens, Ledger

ROOT = "https://graph.example"
REGISTRATION = Registration(client_id="app", graph_url=ROOT)


@dataclass
class Firm:
    """A Microsoft 365 without ports. `tick` is called at each request; `asked` remembers (account, path)."""

    users: dict[str, User] = field(default_factory=dict)
    faults: Faults = field(default_factory=lambda: Faults(elsewhere="https://elsewhere.example"))
    ledger: Ledger = field(default_factory=Ledger)
    count: Count = field(default_factory=Count)
    asked: list[tuple[str, str]] = field(default_factory=list)
    tick: Callable[[str], None] = lambda _where: None

    def __post_init__(self) -> None:
        self.graph = Graph(self.ledger, self.faults, self.users, Meetings(), Outgoing())

    def user(self, address: str) -> User:
        """Somebody of the firm with a mailbox and one calendar."""
        made = User(address, address.partition("@")[0].title(), TENANT, self.count)
        made.add_calendar("Calendar")
        self.users[address] = made
        return made

    def open(self, account: Account, window: Window, gate: Gate) -> GraphSource:
        """The real source on the real line, whose requests come here."""
        tokens = FakeTokens(self.ledger, list(self.users.values()))
        line = GraphLine(account, REGISTRATION, tokens, gate)
        line._client = _Wire(self, account, line._bearer)  # type: ignore[assignment]
        return GraphSource(account, window, line)


class _Wire:
    """In the place of the HTTP client: the same answers, at once."""

    def __init__(self, firm: Firm, account: Account, bearer: Bearer) -> None:
        self._firm, self._account, self._bearer = firm, account, bearer
        self.host = urlsplit(ROOT).netloc

    def ask(
        self, method: str, url: str, ticket: Ticket, *, headers: dict[str, str] | None = None,
        body: bytes | None = None, fine: Collection[int] = (), again: bool = True,
    ) -> Reply:  # fmt: skip
        """One exchange, its sign-in walked like the client walks it."""
        ticket.step()
        flow = self._bearer.auth_flow(httpx.Request(method, url, headers=headers or {}, content=body))
        request = next(flow)
        while True:
            told = self._reply(request)
            response = httpx.Response(told.status, headers=told.headers)
            try:
                request = flow.send(response)
            except StopIteration:
                return Reply(told.status, response.headers, told.body, url)

    def close(self) -> None:
        """Nothing to hang up."""

    def _reply(self, request: httpx.Request) -> Answer:
        raw = request.url.raw_path.decode()
        parts = urlsplit(raw)
        path = unquote(parts.path)
        self._firm.tick(f"asked {path}")
        self._firm.asked.append((self._account.name, path))
        headers: dict[str, Any] = {name.lower(): value for name, value in request.headers.items()}
        headers.setdefault("prefer", "")
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        asked = Asked(request.method, self.host, path, query, headers, request.content, raw)
        told = self._firm.graph.reply(asked)
        if told.how:
            raise Problem("server_silent", account=self._account.name, host=self.host, seconds=30)
        return told
