"""A seat is a leader at a meeting; what is known of it is evidence, kept apart and never collapsed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

State = Literal[
    "open",
    "proposed",
    "offered",
    "accepted",
    "declined",
    "attended",
    "missed",
    "excused",
    "delegated",
    "cancelled",
    "disputed",
    "unknown",
]
Source = Literal["calendar", "self", "host", "ops", "report"]
Word = Literal["open", "asked", "coming", "was_there", "was_not_there"]  # what the screen says


@dataclass(frozen=True)
class Evidence:
    """One statement about one seat.

    `calendar` says invited, accepted, declined or tentative, and is replaced by each sync; people and reports
    say a `State`, and are only ever added to.
    """

    id: str
    meeting_id: str
    person_id: str
    source: Source
    says: str
    by: str  # who said it: an address, or an account's name
    at: datetime
    reason: str = ""
    to: str = ""  # person id of who went instead
    batch: str = ""  # id of the import that brought it, "" for none
    withdrawn: datetime | None = None  # when it was taken back; from then on it says nothing


@dataclass(frozen=True)
class Seat:
    """What the evidence adds up to for one leader at one meeting."""

    meeting_id: str
    person_id: str
    state: State
    evidence: tuple[Evidence, ...]  # strongest first
    reason: str = ""


@dataclass(frozen=True)
class Target:
    """How many meetings a year are expected from a day on. `who`: a person's id, or `role:NAME`."""

    who: str
    count: int
    since: date
    reason: str
    entered: datetime | None = None  # when it was written down; None: from the start
    dropped: datetime | None = None  # when another took its place; None: it stands


class SeatStore(Protocol):
    """The slice of a workspace transaction that holds seats."""

    def evidence(self, meeting_ids: Iterable[str] | None = None) -> list[Evidence]: ...
    def about(self, person_id: str) -> list[Evidence]: ...  # of this person, or naming it as who went
    def since(self, start: datetime, before: datetime | None = None) -> list[Evidence]: ...  # about meetings from then
    def in_question(self) -> list[str]: ...  # ids of meetings at which people may have to say who was there
    def coming_from(  # by person: meetings, next first
        self, start: datetime, most: int, people: Iterable[str]
    ) -> dict[str, list[str]]: ...
    def sat_before(  # by person: meetings, latest first
        self, start: datetime, most: int, people: Iterable[str]
    ) -> dict[str, list[str]]: ...
    def add(self, evidence: Evidence) -> None: ...
    def withdraw(self, batch: str, at: datetime) -> int: ...  # what one import brought; how many
    def replace_calendar(self, told: Mapping[str, Iterable[Evidence]]) -> None: ...  # by meeting id
    def targets(self) -> list[Target]: ...  # that stand
    def targets_ever(self) -> list[Target]: ...  # and those that stood until they were replaced
    def put_target(self, target: Target) -> None: ...
