"""The programme itself, and the house its verbs work in."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from companion.attendance.availability import AvailabilityStore, Schedules
from companion.attendance.closing import CarriedStore, ClosingStore
from companion.attendance.entry import SeatEntry
from companion.attendance.model import SeatStore
from companion.attendance.offers import OfferStore
from companion.attendance.planner.instance import Solver
from companion.attendance.presence import PresenceStore
from companion.attendance.report import LookStore, ReportSource
from companion.attendance.rules import PlanRuleStore
from companion.basics.clock import Clock
from companion.basics.errors import Problem
from companion.basics.paths import Paths
from companion.basics.progress import Ticket
from companion.briefs.model import Brief, BriefStore, Page, ReminderStore
from companion.calendars.model import Account, CalendarReader, CalendarSource, Window
from companion.calendars.signin import GateStore, Identity, Registration
from companion.calendars.store import AccountStore, EventStore
from companion.crossing.model import Applied, Queue
from companion.customers.erased import DeviceErasingStore, ErasingStore
from companion.customers.memory import FactStore
from companion.customers.model import CustomerStore
from companion.meetings.model import MeetingStore
from companion.meetings.recognise import Rules
from companion.notes.copying import CopyBox
from companion.notes.model import NoteStore, TemplateStore
from companion.notes.stores import KeptTemplates, NotesCopyStore, VersionStore
from companion.people.model import PeopleStore
from companion.programme.data_map import HoldingStore
from companion.programme.document import Document
from companion.programme.sight import NoteSearchStore, SearchStore
from companion.reflection.time import TimeStore
from companion.takeaways.driver import OpenChannel
from companion.takeaways.inbox import InboxStore, OpenInbox, Reply
from companion.takeaways.letters import LetterParcel, LetterStore
from companion.takeaways.mailed import MailedStore
from companion.takeaways.model import Parcel, Shown, TakeawayStore
from companion.takeaways.slide import Slide

Tx = TypeVar("Tx", covariant=True)


@dataclass(frozen=True)
class Programme:
    """The programme of one firm: when it began, whose days count, which words tell a review."""

    name: str = ""
    zone: str = "UTC"
    start: date | None = None  # nobody owes for the time before
    our_domains: tuple[str, ...] = ()
    review_words: tuple[str, ...] = ()  # () means the words that ship with the app
    hold_words: tuple[str, ...] = ()
    threshold: int = 50
    targets: dict[str, int] = field(default_factory=lambda: {"leader": 2})
    shared: bool = False  # more than one person writes here
    names_agreed: str = ""  # the agreement or policy under which names show
    min_client: int = 1
    answers_to: str = ""  # the mailbox that takes readers' answers; "" sends them to each author
    post: str = ""  # id of the mail channel through which the programme writes its letters; "" writes none
    host_hours: int = 24  # how long before everyone else the host sees what is for the whole company
    expiry_months: int = 12  # how long a takeaway is shown
    digest: str = ""  # the weekly slot, "mon 09:00"; "" sends none
    ops_words: tuple[str, ...] = ()  # words that never stand in any takeaway
    names_agreed_on: date | None = None  # since when that agreement or policy holds
    names_agreed_by: str = ""  # who recorded it: an address
    year: str = ""  # the period shown at first: "" the calendar year, "04" a year from that month, "rolling"
    part_time: bool = False  # whether less is expected of who works part time
    visits: int = 2  # listeners a year that a customer is to bear
    holidays: tuple[str, ...] = ()  # days on which nobody works, ISO 8601
    who_sat: bool = True  # whether hosts are asked the next day who sat in
    weekly_yes: bool = False  # whether the weekly mails wait until ops send them
    quiet: str = "19:00-07:00"  # when no brief and no question is mailed; nor on Saturday and Sunday; "" for always


@dataclass(frozen=True)
class AuditEntry:
    """One change of a fact people are counted by."""

    at: datetime
    who: str
    what: str
    old: str
    new: str
    why: str
    about: str = ""  # ids of whom and what it is about: people, meetings, customers; a space between


class ProgrammeStore(Protocol):
    """The slice of a workspace transaction that holds the programme and its audit."""

    def get(self) -> Programme: ...
    def put(self, programme: Programme) -> None: ...
    def audit(self, entry: AuditEntry) -> None: ...
    def entries(
        self, most: int = 100, since: datetime | None = None, until: datetime | None = None, what: str = ""
    ) -> list[AuditEntry]: ...  # newest first; `until` is not among them; `what` and all below it: seat, seat.host


class KeptStore(Protocol):
    """The slice of a device transaction that keeps what somebody set aside by name: views of the board, a plan."""

    def all(self, kind: str) -> dict[str, dict[str, Any]]: ...  # by name
    def get(self, kind: str, name: str) -> dict[str, Any] | None: ...
    def put(self, kind: str, name: str, body: dict[str, Any]) -> None: ...  # plain JSON
    def drop(self, kind: str, name: str) -> None: ...


class LeaseStore(Protocol):
    """The slice of a workspace transaction that says which machine is the desk just now."""

    def take(self, name: str, holder: str, now: datetime, until: datetime) -> bool: ...  # False: another one has it
    def drop(self, name: str, holder: str) -> None: ...
    def held(self, name: str, now: datetime) -> tuple[str, datetime] | None: ...  # by whom, and until when


class DeviceTx(Protocol):
    """A transaction on the device store."""

    @property
    def accounts(self) -> AccountStore: ...
    @property
    def events(self) -> EventStore: ...
    @property
    def queue(self) -> Queue: ...
    @property
    def notes(self) -> NoteStore: ...
    @property
    def versions(self) -> VersionStore: ...
    @property
    def notes_copy(self) -> NotesCopyStore: ...
    @property
    def templates(self) -> KeptTemplates: ...
    @property
    def gates(self) -> GateStore: ...
    @property
    def looks(self) -> LookStore: ...
    @property
    def briefs(self) -> BriefStore: ...
    @property
    def reminders(self) -> ReminderStore: ...
    @property
    def shelf(self) -> KeptStore: ...
    @property
    def search(self) -> NoteSearchStore: ...
    @property
    def time(self) -> TimeStore: ...
    @property
    def erasing(self) -> DeviceErasingStore: ...
    @property
    def holding(self) -> HoldingStore: ...


class WorkspaceTx(Protocol):
    """A transaction on the workspace store."""

    @property
    def programme(self) -> ProgrammeStore: ...
    @property
    def people(self) -> PeopleStore: ...
    @property
    def customers(self) -> CustomerStore: ...
    @property
    def facts(self) -> FactStore: ...
    @property
    def erasing(self) -> ErasingStore: ...
    @property
    def holding(self) -> HoldingStore: ...
    @property
    def templates(self) -> TemplateStore: ...
    @property
    def meetings(self) -> MeetingStore: ...
    @property
    def seats(self) -> SeatStore: ...
    @property
    def presence(self) -> PresenceStore: ...
    @property
    def offers(self) -> OfferStore: ...
    @property
    def plan_rules(self) -> PlanRuleStore: ...
    @property
    def closings(self) -> ClosingStore: ...
    @property
    def carried(self) -> CarriedStore: ...
    @property
    def availability(self) -> AvailabilityStore: ...
    @property
    def takeaways(self) -> TakeawayStore: ...
    @property
    def letters(self) -> LetterStore: ...
    @property
    def mailed(self) -> MailedStore: ...
    @property
    def inboxes(self) -> InboxStore: ...
    @property
    def leases(self) -> LeaseStore: ...
    @property
    def search(self) -> SearchStore: ...
    @property
    def applied(self) -> Applied: ...


class Secrets(Protocol):
    """Where passwords are. `lasting` is False where they live in memory only; the user is told.

    `change` replaces a secret by what it turns into (None: none); no thread or process comes in between.
    `alone` is for work of that name that only one thread of one process is to do: it waits that many seconds for
    whoever is at it, and yields whether they are done.
    """

    @property
    def lasting(self) -> bool: ...
    def get(self, name: str) -> str | None: ...
    def put(self, name: str, value: str) -> None: ...
    def drop(self, name: str) -> None: ...
    def change(self, name: str, turn: Callable[[str | None], str | None]) -> None: ...
    def alone(self, name: str, seconds: float) -> AbstractContextManager[bool]: ...


class RenderPdf(Protocol):
    """Makes a PDF, in a process of its own, of `Page.paper` or other simple HTML. `size`: A4 or Letter.

    Letters this computer has no font for are boxes, and a brief says so at its foot.
    Problems `paper_unusable`, `paper_late`; Cancelled, and the process is gone then.
    """

    def __call__(self, html: str, size: str = "A4", ticket: Ticket | None = None) -> bytes: ...


class RenderEntry(Protocol):
    """Makes a calendar of our own entries, as bytes of an .ics file; `name`: of one to subscribe to."""

    def __call__(self, entries: Iterable[SeatEntry], name: str = "") -> bytes: ...


class Begin(Protocol[Tx]):
    """Begins a transaction that commits at the end of its block, or rolls back; `write=False` only reads."""

    def __call__(self, *, write: bool = True) -> AbstractContextManager[Tx]: ...


@dataclass(frozen=True)
class House:
    """Everything a verb may need, wired by `bootstrap`; nobody asks a registry."""

    paths: Paths
    clock: Clock
    device: Begin[DeviceTx]
    workspace: Begin[WorkspaceTx]
    secrets: Secrets
    open_source: Callable[[Account, Window], CalendarSource]  # some servers are asked for the window's days alone
    open_reader: Callable[[], CalendarReader]
    open_channel: OpenChannel
    open_inbox: OpenInbox
    read_mails: Callable[[Path], list[Reply]]  # of an .eml or .mbox file; Problem where it is none
    read_text: Callable[[str], str]  # all that can be read of Markdown once it is shown, where its links lead too
    render_letter: Callable[[LetterParcel], tuple[str, Shown]]  # its subject, and what it says
    outside_domains: Callable[[bytes, Rules, Window], Mapping[str, int]]  # domain -> entries, of bytes in memory
    test_account: Callable[[Account], list[str]]  # names of the calendars it can read, asked now
    read_table: Callable[[Path], str]  # a CSV or XLSX file as text
    write_csv: Callable[..., None]
    write_xlsx: Callable[..., None]
    render_copy: Callable[[Parcel], tuple[str, str]]  # rich and plain text for the clipboard
    render_card: Callable[[Parcel, str, str, date], Slide]  # who the customer is, whose meeting it opens, its week
    render_brief: Callable[[Brief, str], Page]  # in a language
    render_report: Callable[[Document], Page]
    render_pdf: RenderPdf
    render_entry: RenderEntry
    check_stores: Callable[[], list[Any]]  # what `doctor` finds wrong, as Problems
    close: Callable[[], None]
    seal: Callable[[str], str]  # HMAC of a member's key, with a key of this device
    identity: Identity  # who signed in at Microsoft
    open_reports: Callable[[Account], ReportSource]  # reports of the meetings that the account's owner organised
    open_schedules: Callable[[Account], Schedules]
    registered: Callable[["House", Registration], "House"]  # the same house, known to Microsoft by that registration
    notes_copy: CopyBox  # the files of the encrypted copy of the notes
    registration: Registration = field(default_factory=Registration)
    workspace_shared: bool = False
    open_solver: Callable[[], Solver | None] = lambda: None  # of the planner; None: the search of its own
    me: str = ""  # the address of who works here
    notices: tuple[Problem, ...] = ()  # what every start must say until it is mended
    collector: bool = False  # whether mailboxes are read that an app reads as itself; never in the window
    secrets_mode: str = "keyring"  # keyring, passphrase or session, as chosen
