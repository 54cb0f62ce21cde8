"""Letters: what the programme itself writes to one person by mail, each exactly once."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from companion.takeaways.model import DeliveryState, Parcel, Shown

LetterKind = Literal[
    "host_copy",  # a team's takeaway, as it goes out
    "host_notice",  # one for everyone, before it goes out
    "host_yes",  # one that waits for a yes
    "held",  # to the author: held, by whom, and why
    "answers",  # to the author: what readers answered, to be answered back
    "replied",  # to a reader: the author's answer
    "did",  # to readers and the host: you said, we did
    "digest",  # to a team: what was told since the last one
    "brief",  # to a listener and the host: the brief, as text and PDF; about a meeting
    "after",  # to a listener: three questions, ten minutes after the end; about a meeting
    "who_sat",  # to the host, the next day: who sat in? about a meeting
    "seat_host",  # to the host: may somebody sit in? about an offer
    "seat_offer",  # to a leader: a seat, with an entry for the calendar; about an offer
    "seat_over",  # to a leader: the seat is not to be, or stands in the host's invitation now; about an offer
    "leaving",  # to somebody who leaves: what is theirs alone; about a person
    "seat_taken",  # to the host: who is coming, a line for the invitation, a paragraph for the customer; of an offer
]
_LETTERS = uuid.UUID("0c3bb0e2-6f5a-5b5e-9d53-5a0f2f8b7c11")


@dataclass(frozen=True)
class Letter:
    """One mail to one person. Its id is made of what it is about, so that it is written once."""

    id: str
    kind: LetterKind
    recipient: str  # an address
    about: str  # a takeaway's or a meeting's id; for a digest its team and week, "Finance 2026-W47"
    made: datetime
    due: datetime  # not before
    facts: dict[str, Any] = field(default_factory=dict)  # what it says beside the takeaways in it: plain JSON
    takeaways: tuple[str, ...] = ()  # ids of those it shows
    state: DeliveryState = "pending"
    since: datetime | None = None
    tries: int = 0
    trouble: str = ""  # problem code
    trouble_facts: dict[str, str] = field(default_factory=dict)


TodoKind = Literal[
    "offer",  # a seat is offered to them
    "may_sit",  # somebody wants to sit in their meeting
    "who_sat",  # who sat in at their meeting?
    "joined",  # were they there?
    "tell",  # they heard a customer and have not told of it
    "reply",  # what readers wrote waits for an answer
    "promise",  # something they promised a customer is due
    "seat",  # they need a seat, and there are open reviews
    "disputes",  # for ops: seats that somebody has to decide
    "unknowns",  # for ops: past seats nobody has spoken of
    "reviews",  # for ops: open reviews of the next six weeks
]


@dataclass(frozen=True)
class Todo:
    """One thing that is theirs to do, for a line of the weekly mail; nobody else's matters, names only theirs."""

    kind: TodoKind
    about: tuple[str, ...] = ()  # ids: of a meeting, an offer, takeaways, a promise, open reviews
    by: date | None = None  # the day to have it done by
    customer: str = ""
    who: str = ""  # who wants to sit in
    what: str = ""  # what was promised
    start: datetime | None = None  # of its meeting
    day: date | None = None  # the same, the programme's
    all_day: bool = False
    count: int = 0  # of seats needed, of answers, of what ops look after
    private: int = 0  # how many of the answers are for them alone
    asked: Letter | None = None  # the letter that asked already: its token lets a reply do it


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    media_type: str  # application/pdf, text/calendar
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class LetterParcel:
    """A letter with everything it shows."""

    letter: Letter
    name: str = ""  # of whom it is written to, "" where nobody is known by the address
    language: str = "en"
    programme: str = ""  # the firm's name
    parcels: tuple[Parcel, ...] = ()
    zone: str = "UTC"  # the programme's, for moments that it names
    answer_to: str = ""  # where a reply to it is read; "" leaves the links out
    held_address: str = ""  # of who holds what the letter is about
    questions: tuple[str, ...] = ()  # the three, as ops put them, in the reader's language; () as they ship
    page: Shown | None = None  # a brief, as text and HTML
    attachments: tuple[Attachment, ...] = ()
    todo: tuple[Todo, ...] = ()  # of a weekly mail: what is theirs to do, most pressing first
    more: int = 0  # how many there are beside these


def letter_id(kind: LetterKind, about: str, recipient: str, *parts: object) -> str:
    """The id of the one letter of this kind about this to this person; `parts` (a revision, an action) tell apart."""
    return str(uuid.uuid5(_LETTERS, "\n".join((kind, about, recipient, *map(str, parts)))))


class LetterStore(Protocol):
    """The slice of a workspace transaction that holds letters."""

    def all(self) -> list[Letter]: ...  # longest in its state first
    def of(self, about: str) -> list[Letter]: ...
    def of_any(self, about: Iterable[str], to: Iterable[str] = ()) -> list[Letter]: ...  # oldest first; only to them
    def get(self, letter_id: str) -> Letter | None: ...
    def add(self, letters: Iterable[Letter]) -> int: ...  # those that are not there yet; how many
    def put(self, letter: Letter) -> None: ...
    def claim(self, letter: Letter, at: datetime) -> bool: ...  # pending|failed -> sending, once
