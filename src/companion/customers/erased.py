"""People of customers who wanted to be forgotten: known again by a seal, never by their address."""

import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Erased:
    """Whom a workspace must not take in again, by seals made with its own `salt`.

    Sealed are addresses (normal), and names as `programme.erased_names` writes them; `since`: when, by seal.
    """

    salt: str = ""
    seals: frozenset[str] = frozenset()
    since: Mapping[str, datetime] = field(default_factory=dict, compare=False)

    def holds(self, address: str) -> bool:
        """Whether that address was erased; for none it costs nothing."""
        return bool(self.seals) and seal(self.salt, address) in self.seals

    def seal_of(self, text: str) -> str:
        """The seal of a text in this workspace."""
        return seal(self.salt, text)


def seal(salt: str, address: str) -> str:
    """The HMAC-SHA256 of an address (normal), as hex."""
    return hmac.new(salt.encode(), address.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Found:
    """Where somebody is named: how many rows of each place, and which facts and takeaways are among them."""

    counts: Mapping[str, int] = field(default_factory=dict)  # place, as `words.memory.PLACES` says it -> rows
    facts: tuple[str, ...] = ()
    takeaways: tuple[str, ...] = ()


class ErasingStore(Protocol):
    """The slice of a transaction that walks everything that is kept of one customer, and takes somebody out of it."""

    def find(self, customer_id: str, address: str, clean: Callable[[str], str]) -> Found: ...  # changes nothing
    def clean(self, customer_id: str, address: str, clean: Callable[[str], str]) -> Found: ...
    def wipe(self) -> None: ...  # what a search still holds of words that are gone


class DeviceErasingStore(Protocol):
    """The same on a device; `notes` names the tables of its owner's own notes, which are asked for apart.

    `customers`: every id that a customer ever had here, for rows keep the one they were written with.
    """

    def find(self, customers: Sequence[str], address: str, clean: Callable[[str], str], *, notes: bool) -> Found: ...
    def clean(self, customers: Sequence[str], address: str, clean: Callable[[str], str], *, notes: bool) -> Found: ...
    def wipe(self) -> None: ...
