"""Accounts, and what a source tells of one calendar entry before and after the gate."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol
from urllib.parse import unquote

from companion.basics.errors import Problem
from companion.basics.progress import Ticket

Answer = Literal["accepted", "declined", "tentative", "none"]
Status = Literal["confirmed", "tentative", "cancelled"]
Decision = Literal["kept", "private", "not_customer", "held_back", "outside", "forgotten"]


@dataclass(frozen=True)
class Account:
    """A calendar account and whose it is. `hosts`: it holds reviews of our account owners."""

    id: str
    name: str
    kind: Literal["ics", "caldav", "microsoft365"]
    url: str  # https://…, http://… or a file's path; never with a password in it. Microsoft 365: the mailbox at Graph
    user: str = ""  # of Microsoft 365: the id of who signed in, or "app" for the collector; never an address
    owner: str = ""  # address of the person whose calendar it is
    hosts: bool = False
    created: datetime | None = None


@dataclass(frozen=True)
class Window:
    """The days in which occurrences are taken in, both ends included."""

    first: date
    last: date


@dataclass(frozen=True)
class Guest:
    """Somebody on a guest list; groups and rooms are never counted as persons."""

    address: str
    name: str = ""
    kind: Literal["person", "group", "room"] = "person"
    answer: Answer = "none"


@dataclass(frozen=True)
class Reason:
    """One reason for a judgement: a code that `words` turns into a sentence, its facts and its weight."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()
    points: int = 0


@dataclass(frozen=True)
class Glimpse:
    """What the gate looks at: scanned from the bytes of one entry (VEVENT), never stored, never logged."""

    uid: str
    rec: str  # the raw RECURRENCE-ID, "" for a master or a single event
    title: str
    private: bool
    organiser: str  # normalised address, "" for none
    guests: tuple[str, ...]  # normalised addresses, organiser left out unless listed as a guest
    minutes: int | None  # length; None where it cannot be told
    all_day: bool
    cancelled: bool
    repeats: str  # FREQ of the RRULE in lower case, "" for none
    interval: int = 1
    first: date | None = None  # day of DTSTART as written
    until: date | None = None  # last day a cheap look can vouch for; None: unknown or endless


@dataclass(frozen=True)
class Judgement:
    """Whether an entry is a customer meeting, of which customer, and why."""

    decision: Decision
    customer_id: str = ""
    score: int = 0
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Event:
    """One occurrence that passed the gate, with nobody in it but our own people and the customer's.

    Instants are aware UTC; `zone` is the IANA name the entry was written in. All-day events start and end
    (exclusive) at midnight UTC of their days and have no zone.
    """

    uid: str  # as the source wrote it; ids are made of `basics.ids.canonical_uid`
    rec_key: str  # "-" single, U:<epoch> zoned, D:YYYYMMDD all-day, F:YYYYMMDDTHHMMSS floating
    start: datetime
    end: datetime
    all_day: bool
    zone: str
    title: str
    status: Status
    organiser: Guest | None
    guests: tuple[Guest, ...]
    others: int  # guests who are neither ours nor the customer's: counted, not kept
    link: str  # join link, "" for none
    sequence: int
    customer_id: str
    score: int
    why: tuple[Reason, ...]
    guests_known: bool = True  # False: the calendar tells no guests at all (published feeds)
    place: str = ""  # where it is, one line without links, see `calendars.place`

    @property
    def key(self) -> tuple[str, str]:
        """What makes the occurrence the same one in the same calendar."""
        return (self.uid, self.rec_key)


@dataclass(frozen=True)
class Ledger:
    """How many entries were seen and what became of them: counts, and nothing else of what was dropped.

    seen = private + not_customer + held_back + outside + forgotten + kept + broken + own.
    """

    seen: int = 0
    private: int = 0
    not_customer: int = 0
    held_back: int = 0
    outside: int = 0
    forgotten: int = 0
    kept: int = 0
    broken: int = 0
    own: int = 0  # entries of ours for a seat, see `basics.ids.SEAT_UID`

    def __add__(self, other: "Ledger") -> "Ledger":
        return Ledger(*(a + b for a, b in zip(_counts(self), _counts(other), strict=True)))


def _counts(ledger: Ledger) -> tuple[int, ...]:
    return (
        ledger.seen,
        ledger.private,
        ledger.not_customer,
        ledger.held_back,
        ledger.outside,
        ledger.forgotten,
        ledger.kept,
        ledger.broken,
        ledger.own,
    )


@dataclass(frozen=True)
class Inspected:
    """One line of `inspect`: what the app sees in a calendar and would do with it. Nothing of it is stored."""

    uid: str
    recurrence_id: str  # a recurrence key, as in `Event`
    start: datetime | None
    end: datetime | None
    all_day: bool
    title: str | None  # None where the entry is private
    judgement: Judgement


@dataclass(frozen=True)
class Reading:
    """What came out of some calendar bytes: counts, kept occurrences, and what could not be read."""

    ledger: Ledger = Ledger()
    events: tuple[Event, ...] = ()
    problems: tuple[Problem, ...] = ()
    inspected: tuple[Inspected, ...] = ()  # only where asked for
    busy: tuple[tuple[str, int], ...] = ()  # minutes by month (2026-11), only where asked for whose they are


@dataclass(frozen=True)
class Blob:
    """Bytes of one member of a calendar (a file, or one CalDAV object) and their version (ETag or hash)."""

    key: str
    version: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Page:
    """One answer of a source. A source reports; it never deletes and never touches a store.

    `present` are members listed but not fetched, since their version is known; `unread` those among them that the
    source could not have. The sweep of what is no longer there happens only after a page with `complete` and
    `full_round`, which also tells how many entries each calendar listed whole has (`counted`, by the calendar's key).
    """

    blobs: tuple[Blob, ...]
    removed: tuple[str, ...]
    present: tuple[str, ...]
    cursor: str  # opaque; saved in the transaction that takes this page in
    complete: bool
    full_round: bool
    total: int = 0  # members in this round, 0 where not known
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()
    counted: tuple[tuple[str, int], ...] = ()


Known = Callable[[str], str]  # key of a member -> the version we hold, "" for none


class CalendarSource(Protocol):
    """One calendar account to read from. Raises Problem where nothing can be had, Cancelled where told to."""

    def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]: ...
    def close(self) -> None: ...


class CalendarReader(Protocol):
    """Turns bytes into what passed the gate, away from this thread; bounded in time and memory.

    `warm` says that there will be much to read, so that whatever has to start does so meanwhile. `busy_of`: the
    addresses of whom the busy minutes are counted for; none are without.
    """

    def warm(self) -> None: ...
    def read(
        self, data: list[bytes], rules: Any, window: Window, *, inspect: bool = False,
        busy_of: frozenset[str] = frozenset(),
    ) -> list[Reading]: ...  # fmt: skip
    def close(self) -> None: ...


def is_microsoft(account: Account) -> bool:
    """Whether somebody signs in to it at Microsoft, or an app does: it has neither a password nor an address here."""
    return account.kind == "microsoft365"


def mailbox_of(account: Account) -> str:
    """Whose calendar a Microsoft 365 account reads: an address, "" for the one of who signed in."""
    _, found, mailbox = account.url.rpartition("/users/")
    return unquote(mailbox) if found else ""
