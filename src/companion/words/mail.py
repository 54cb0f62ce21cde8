"""What a mail of the programme is made of, and what most of them say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from companion.words.dates import day_month, weekday
from companion.words.language import t


@dataclass(frozen=True)
class Passage:
    """Somebody's words under who said them."""

    who: str
    text: str


@dataclass(frozen=True)
class Words:
    """Everything a letter says beside the takeaways in it."""

    subject: str
    lead: tuple[str, ...]
    why: str  # why you get this
    said: tuple[Passage, ...] = ()
    after: tuple[str, ...] = ()
    greeting: str = ""


@dataclass(frozen=True)
class About:
    """What the words of a letter are made of; texts cleaned for one line where they must be."""

    headline: str
    customer: str
    author: str
    who: str  # the author with the team
    audience: str  # "for Safety"
    programme: str
    name: str
    out_at: datetime | None = None
    zone: str = "UTC"
    why: tuple[str, ...] = ()
    held_by: str = ""
    held_why: str = ""
    held_address: str = ""  # where to write to who holds it, "" where nobody knows
    said: tuple[Passage, ...] = ()  # what readers answered
    private: int = 0  # how many of the answers are only for the author
    reply: str = ""
    did: str = ""
    role: str = ""
    team: str = ""
    count: int = 0  # of takeaways in a weekly mail
    todo: int = 0  # of things to do in one
    by_mail: bool = True  # whether a mail in return is read
    answer_to: str = ""  # where
    start: datetime | None = None  # of the meeting a letter is about
    day: date | None = None  # the programme's
    all_day: bool = False
    guest: str = ""  # who listens there
    moved: bool = False  # its time changed since the last one
    questions: tuple[str, ...] = ()  # the three, where ops put them otherwise
    again: bool = False  # time, place or host changed since the last one
    quiet_name: bool = False  # the customer's name is for nobody who only sees the subject
    facts: Mapping[str, Any] = field(default_factory=dict)  # of the letter, for kinds with words of their own


def moment(at: datetime, zone: str) -> str:
    """Tuesday, 24 November at 10:15, in the programme's zone."""
    local = at.astimezone(ZoneInfo(zone))
    day = day_month(local.date())
    return t("{weekday}, {day} at {time}", weekday=weekday(local.date()), day=day, time=f"{local:%H:%M}")


def sender_of(about: About) -> str:
    """Whose programme writes: the firm's, where it has a name."""
    return t("{name}'s programme", name=about.programme) if about.programme else t("The programme")


def customer_of(about: About) -> str:
    """The customer, or words for one that has no name here."""
    return about.customer or t("a customer")


def when_is(about: About) -> str:
    """When the meeting is: its day, and the time of one that has one."""
    if about.start is None or about.day is None:
        return ""
    if about.all_day:
        return t("{weekday}, {day}", weekday=weekday(about.day), day=day_month(about.day))
    return moment(about.start, about.zone)


def greeting_of(about: About) -> str:
    """How somebody known by name is greeted, "" for anybody else."""
    return t("Hello {name},", name=about.name) if about.name else ""
