"""Signing in at a firm's identity provider: what the rooms know of it. Tokens never leave the connectors."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from companion.basics.errors import Problem
from companion.basics.progress import Ticket

APP = "app"  # `Account.user` of a mailbox that the collector reads as itself, for nobody who signed in


@dataclass(frozen=True)
class Registration:
    """How the firm's Microsoft knows this app, and how to get there; from settings or the firm's policy file."""

    client_id: str = ""  # "" means: not set up
    authority: str = "https://login.microsoftonline.com/organizations"
    graph_url: str = "https://graph.microsoft.com"  # of another cloud: another root
    proxy: str = ""  # "" follows the system
    ca_bundle: str = ""  # a PEM file to trust as well; "" means the system's certificates alone
    device_code: bool = False  # only a policy file allows it
    collector_id: str = ""  # the app that reads as itself, with a certificate
    certificate: str = ""  # PEM file with the collector's key and certificate
    free_busy: bool = True  # whether Microsoft is asked who is free for an open review; only a policy file says no
    firm: str = ""  # how the policy file calls the firm
    fixed: frozenset[str] = field(default_factory=frozenset)  # what the policy file decides and nobody else may
    unclear: Problem | None = None  # why nobody knows what the policy file decides: then Microsoft stays closed


@dataclass(frozen=True)
class SignedIn:
    """Somebody who signed in. `id` is what all is kept under; an address may change."""

    id: str
    address: str
    name: str


@dataclass(frozen=True)
class Code:
    """A code to type at an address, for a machine without a browser."""

    url: str
    code: str
    until: datetime


class Identity(Protocol):
    """Who signed in on this device. Every call may take minutes: never from the window's thread.

    Problems have codes that begin with `ms_`; `scopes` are names of `connectors.microsoft.scopes`.
    """

    def sign_in(
        self, ticket: Ticket, show: Callable[[str], None], *, hint: str = "", needs: tuple[str, ...] = ()
    ) -> SignedIn:
        """Sign in by the browser that `show` opens at an address. Cancelled at once when the ticket is."""
        ...

    def sign_in_by_code(self, ticket: Ticket, show: Callable[[Code], None], *, needs: tuple[str, ...] = ()) -> SignedIn:
        """Sign in with a code typed elsewhere; Problem `ms_code_not_allowed` where no policy file allows it."""
        ...

    def people(self) -> list[SignedIn]: ...
    def sign_out(self, person_id: str) -> None: ...


class GateStore(Protocol):
    """Until when a server wants to be left alone, by name of app and host; outlives a restart."""

    def until(self, name: str) -> datetime | None: ...
    def put(self, name: str, until: datetime) -> None: ...
