"""What the sample company consists of; plain values, the same for the same seed and date."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from companion.sample.ics_text import join


@dataclass(frozen=True)
class SampleCalendar:
    """One person's calendar, as objects: (file name, one VCALENDAR with everything of one UID)."""

    owner: str  # address
    hosts: bool
    name: str
    served: Literal["caldav", "ics"]
    objects: tuple[tuple[str, str], ...]

    def whole(self) -> str:
        """The whole calendar as one VCALENDAR, as a published .ics file has it."""
        return join(self.name, (text for _, text in self.objects))


@dataclass(frozen=True)
class SampleAnswer:
    """What a reader answered, so many days after the takeaway was published."""

    email: str
    kind: str  # as in `takeaways.model.Answer`
    text: str
    days_later: int
    reply: str = ""  # the author's, "" where the question is still open
    only_author: bool = False


@dataclass(frozen=True)
class SampleAction:
    """What an answer set going: `answer` is its place among the takeaway's answers, days count from it."""

    answer: int
    text: str
    owner: str  # address
    days: int
    result: str = ""  # "" where it is still to be done


@dataclass(frozen=True)
class PastTakeaway:
    """A takeaway of the past year; the meeting is named by `uid` and, in a series, its original start."""

    author: str  # address
    customer_id: str
    uid: str
    occurrence: datetime | None  # aware UTC as the rule made it, None for a single meeting
    audience: str
    headline: str
    scene: str
    quote: str
    quote_role: str
    goal: str
    matters: str
    will_do: str
    question: str
    customer_name: str
    published: datetime
    told_on: date | None
    answers: tuple[SampleAnswer, ...]
    pillars: tuple[str, ...] = ()
    actions: tuple[SampleAction, ...] = ()


@dataclass(frozen=True)
class SeatStatement:
    """What somebody said about a past seat."""

    uid: str
    occurrence: datetime | None
    email: str  # of the leader whose seat it is
    source: Literal["self", "host"]
    state: Literal["attended", "missed", "delegated", "declined"]
    reason: str
    at: datetime
    by: str  # address of who said it
    to: str = ""  # address of who went instead, where delegated


@dataclass(frozen=True)
class SampleNote:
    """What Dana notes in the demo, and the takeaway that she makes of it."""

    uid: str
    occurrence: datetime | None
    customer_id: str
    audience: str
    headline: str
    expected: str
    lines: tuple[tuple[str, str], ...]  # (mark, text)
    said: str
    scene: str
    surprise: str
    quote_role: str
    goal: str
    matters: str
    will_do: str
    question: str


@dataclass(frozen=True)
class SampleReport:
    """A join report of a past meeting, as a file; `taken` by the demo, or left to be tried by hand."""

    uid: str
    occurrence: datetime | None
    file: str
    content: bytes
    taken: bool


@dataclass(frozen=True)
class SampleFact:
    """What is remembered of a customer; days as dates, people by address."""

    key: str  # the same at every run
    customer_id: str
    kind: str
    text: str
    topic: str
    role: str
    contact: str  # address of the customer's person, "" for none
    heard_on: date
    source: str
    by: str  # address of who wrote it down
    may_quote: str
    owner: str  # address of who of ours promised it
    due: date | None
    state: str
    ended: date | None
    result: str
    after: str  # key of the goal it came in place of


@dataclass(frozen=True)
class SampleContact:
    """A customer's person as the host knows them."""

    customer_id: str
    address: str
    name: str
    role: str


@dataclass(frozen=True)
class Company:
    """The sample company on one day."""

    name: str
    zone: str
    start: date  # of the programme
    our_domains: tuple[str, ...]
    people_csv: str
    customers_csv: str
    calendars: tuple[SampleCalendar, ...]
    stories: tuple[PastTakeaway, ...]
    statements: tuple[SeatStatement, ...]
    note: SampleNote
    crm_csv: str
    reports: tuple[SampleReport, ...]
    facts: tuple[SampleFact, ...]
    contacts: tuple[SampleContact, ...]
