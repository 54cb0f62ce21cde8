"""Lines to the stand-in of Graph without a profile: gates are kept in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from companion.calendars.model import Account
from companion.calendars.signin import APP
from companion.connectors.microsoft.graph.gate import Gate
from companion.connectors.microsoft.graph.line import GraphLine
from companion.connectors.microsoft.signin.scopes import JOIN_REPORTS, OWN_CALENDAR
from servers.microsoft import Microsoft365, User
from servers.microsoft.firm import ROLES
from servers.microsoft.tokens import Grant


@dataclass
class Gates:
    """Until when servers want to be left alone; also the transaction that holds it."""

    kept: dict[str, datetime] = field(default_factory=dict)

    @property
    def gates(self) -> "Gates":
        return self

    def until(self, name: str) -> datetime | None:
        return self.kept.get(name)

    def put(self, name: str, until: datetime) -> None:
        self.kept[name] = until


def account_of(microsoft: Microsoft365, user: User | None, mailbox: str = "") -> Account:
    """The account of somebody who signed in (None: of the collector) on a mailbox ("": the own one)."""
    url = f"{microsoft.graph}/v1.0/" + (f"users/{mailbox}" if mailbox else "me")
    owner = mailbox or (user.address if user else "")
    return Account("work", "Work", "microsoft365", url, user.id if user else APP, owner)


def line_of(microsoft: Microsoft365, account: Account, *users: User) -> GraphLine:
    """A line for an account, with tokens for these people."""
    gates = Gates()

    @contextmanager
    def begin(*, write: bool = True) -> Iterator[Any]:
        yield gates

    registration, tokens = microsoft.registration(), microsoft.tokens(*users)
    if account.user == APP:  # its permissions are given once and for all, whatever is asked for
        token = microsoft.ledger.issue("access", Grant(None, frozenset(ROLES)))
        tokens.kept |= {(APP, scopes): token for scopes in (JOIN_REPORTS, OWN_CALENDAR)}
    return GraphLine(account, registration, tokens, Gate(registration, begin, lambda: datetime.now(UTC)))
