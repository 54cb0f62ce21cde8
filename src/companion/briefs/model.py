"""The brief: one page before a customer meeting, every fact with its source and date."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True)
class Stated:
    """Something that is said on the page. `text` "" is unknown, and stays visible as that."""

    text: str = field(repr=False)
    label: str = ""  # of the five lines one of `customers.memory.WHO`; of a promise who of ours made it; else a role
    source: str = ""  # "" where nobody noted it
    day: date | None = None  # None where nobody noted it
    old: bool = False  # heard longer ago than facts stay fresh
    due: date | None = None  # of a promise


@dataclass(frozen=True)
class Somebody:
    """Somebody in the room."""

    name: str
    role: str = ""  # "" is unknown
    met: date | None = None  # when one of ours met them last; None: never, as far as is known
    line: str = ""  # one human line
    may_quote: str = ""
    ours: bool = False
    host: bool = False


@dataclass(frozen=True)
class Brief:
    """All that one listener needs before one meeting, in the order of the page; kept on the device."""

    meeting_id: str
    person_id: str
    made: datetime
    title: str
    customer: str
    customer_id: str
    start: datetime
    end: datetime
    zone: str  # the listener's days are the programme's
    place: str
    link: str
    host: str
    host_address: str
    last: date | None  # when we met them last, None where it is the first time as far as is known
    room: tuple[Somebody, ...]
    customer_lines: tuple[Stated, ...]  # five
    goals: tuple[Stated, ...]  # three at most, in their words
    promises: tuple[Stated, ...]
    avoid: tuple[Stated, ...]
    team: str
    team_facts: tuple[Stated, ...]  # two
    listen_for: tuple[str, ...]  # two, in English as `words.language.t` takes them
    habit: str  # one question of the four habits, in English as well
    front_line: tuple[Stated, ...]
    quote: Stated | None = None  # what they said last
    left_out: int = 0  # facts there was no room for
    room_left_out: int = 0  # people in the room there was no room for
    nda: bool = False
    all_day: bool = False
    holds: bool = False  # whoever it is for does not listen: the meeting is theirs
    called: str = ""  # how takeaways call the customer
    person: str = ""  # the name of whom it is for
    address: str = ""  # of theirs, the one they work under here
    language: str = "en"  # in which they read
    expected: str = field(default="", repr=False)  # what the listener expects to hear; never in an assistant's copy
    fingerprint: str = ""  # of all that it says, so that a refresh without news is none


@dataclass(frozen=True)
class Page:
    """A brief in one language, in every form it is handed on in; they say the same."""

    text: str = field(repr=False)
    html: str = field(repr=False)  # for a browser or a mail
    markdown: str = field(repr=False)
    paper: str = field(repr=False)  # for `House.render_pdf`: a page and its ruled back


class BriefStore(Protocol):
    """The slice of a device transaction that holds briefs, so that they are there without a network."""

    def get(self, meeting_id: str, person_id: str) -> Brief | None: ...
    def all(self) -> list[Brief]: ...
    def put(self, brief: Brief) -> None: ...
    def drop(self, meeting_id: str, person_id: str) -> None: ...


class ReminderStore(Protocol):
    """The slice of a device transaction that says of what somebody was reminded."""

    def told(self, meeting_id: str, moment: str) -> datetime | None: ...
    def put(self, meeting_id: str, moment: str, at: datetime) -> None: ...
