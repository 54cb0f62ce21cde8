"""A mailbox of the stand-in behind the source, and what an engine would hold of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from companion.basics.progress import Ticket
from companion.calendars.model import Account, Window
from companion.calendars.signin import Registration
from companion.connectors.microsoft.graph.gate import Gate
from companion.connectors.microsoft.graph.line import GraphLine
from companion.connectors.microsoft.graph.source import GraphSource
from connectors.sources.engine import Mirror
from fakes.graph_lines import Gates, account_of
from servers.microsoft import Microsoft365, User
from servers.microsoft.serving import Asked
from servers.microsoft.tokens import FakeTokens

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DAYS = Window(date(2025, 10, 18), date(2027, 12, 27))


@dataclass
class Mirrored:
    """One account; `asked` of the last round only."""

    microsoft: Microsoft365
    account: Account
    tokens: FakeTokens
    registration: Registration
    gates: Gates = field(default_factory=Gates)
    mirror: Mirror = field(default_factory=Mirror)
    time: list[datetime] = field(default_factory=lambda: [NOW])
    window: Window = DAYS
    seen: int = 0

    @contextmanager
    def begin(self, *, write: bool = True) -> Iterator[Any]:
        yield self.gates

    def line(self) -> GraphLine:
        gate = Gate(self.registration, self.begin, lambda: self.time[0])
        return GraphLine(self.account, self.registration, self.tokens, gate)

    def source(self) -> GraphSource:
        return GraphSource(self.account, self.window, self.line())

    def sync(self, ticket: Ticket | None = None) -> list[Asked]:
        """One round; what was asked in it."""
        self.seen = len(self.microsoft.asked)
        self.mirror.sync(self.source(), ticket)
        return self.asked

    @property
    def asked(self) -> list[Asked]:
        return self.microsoft.asked[self.seen :]

    @property
    def titles(self) -> list[str]:
        """Every title that is held, as often as it is."""
        held = b"\n".join(self.mirror.data[key] for key in self.mirror.versions)
        return sorted(line[8:].decode() for line in held.splitlines() if line.startswith(b"SUMMARY:"))

    @property
    def starts(self) -> list[str]:
        """Every start that is held."""
        held = b"\n".join(self.mirror.data[key] for key in self.mirror.versions)
        return sorted(line.partition(b":")[2].decode() for line in held.splitlines() if line.startswith(b"DTSTART"))

    def tomorrow(self, days: int = 1) -> None:
        """So many days later."""
        self.time[0] += timedelta(days=days)


def mirrored(microsoft: Microsoft365, user: User, mailbox: str = "") -> Mirrored:
    """The account of somebody on their own mailbox, or on another."""
    account = account_of(microsoft, user, mailbox)
    return Mirrored(microsoft, account, microsoft.tokens(*microsoft.users.values()), microsoft.registration())
