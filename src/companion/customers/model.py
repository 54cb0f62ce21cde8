"""A specific customer, never "the customer"."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from companion.customers.erased import Erased


@dataclass(frozen=True)
class Customer:
    """A firm that buys from us: how calendars know it, and who it is."""

    id: str
    name: str
    domains: tuple[str, ...] = ()  # kestrel.example; subdomains count
    addresses: tuple[str, ...] = ()  # whole addresses, for customers that write from a public mail service
    aliases: tuple[str, ...] = ()  # other names in titles
    host_email: str = ""  # our account owner
    tier: str = ""
    segment: str = ""
    story: str = ""  # what they make, who runs them, what their day is like; Markdown
    public_name: str = ""  # how takeaways for everyone call them, "" for the name
    nda: bool = False  # nothing about them goes out without a yes of the host or ops
    off_limits: tuple[str, ...] = ()  # words that never stand in a takeaway about them
    visits: int | None = None  # listeners a year it is to bear; None: what the programme says


@dataclass(frozen=True)
class Contact:
    """A person of a customer, known from a meeting's guest list."""

    id: str
    customer_id: str
    address: str
    name: str = ""
    role: str = ""
    last_met: datetime | None = None
    may_quote: str = ""  # yes, ask or no; "" where nobody was asked
    line: str = ""  # one human line: what to know before one sits opposite them


class CustomerStore(Protocol):
    """The slice of a workspace transaction that holds customers."""

    def all(self) -> list[Customer]: ...
    def get(self, customer_id: str) -> Customer | None: ...
    def by_name(self, name: str) -> Customer | None: ...  # name or alias, case folded
    def put(self, customer: Customer) -> None: ...
    def merge(self, kept_id: str, gone_id: str) -> None: ...
    def now_at(self, customer_id: str) -> str: ...  # the id of whoever it was merged into, else its own
    def ids_of(self, customer_id: str) -> tuple[str, ...]: ...  # its own, and those of whoever was merged into it
    def contacts(self, customer_id: str) -> list[Contact]: ...
    def put_contact(self, contact: Contact) -> None: ...  # adds to what is known, and takes nothing away
    def change_contact(self, contact: Contact) -> None: ...  # what it says counts, an empty text too; last_met stays
    def remove_contact(self, customer_id: str, address: str) -> None: ...
    def erased(self) -> Erased: ...
    def erasings(self) -> dict[str, datetime]: ...  # when somebody of a customer was erased last, by the customer's id
    def add_erased(self, address: str, at: datetime) -> None: ...
