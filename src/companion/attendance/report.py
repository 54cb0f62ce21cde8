"""What a meeting's own report tells of who joined; held in memory, of which met or not met is all that stays."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from companion.basics.progress import Ticket

System = Literal["teams", "zoom", "meet"]
Outcome = Literal["taken", "none_yet", "policy", "not_allowed", "elsewhere", "unmatched"]  # of a look for a report


@dataclass(frozen=True)
class Joined:
    """One line of a report; `spans` are the times of coming and going, aware UTC, () where only a length is told."""

    address: str  # normalised, "" where the report tells none
    name: str
    seconds: int
    spans: tuple[tuple[datetime, datetime], ...] = ()
    kind: Literal["person", "room", "phone", "anonymous"] = "person"


@dataclass(frozen=True)
class Report:
    """One session of a meeting, as Teams, Zoom or Google Meet tell it.

    `undated`: it does not say for certain on which day it was.
    """

    system: System
    title: str
    start: datetime | None
    end: datetime | None
    rows: tuple[Joined, ...]
    undated: bool = False


@dataclass(frozen=True)
class Look:
    """That a report of a meeting was looked for, what came of it, and when to look again (None: never)."""

    meeting_id: str
    at: datetime
    outcome: Outcome
    tries: int = 1
    next_at: datetime | None = None


class LookStore(Protocol):
    """The slice of a device transaction that holds the looks for reports."""

    def all(self) -> list[Look]: ...
    def put(self, look: Look) -> None: ...


class ReportSource(Protocol):
    """Where an organiser's reports are read. Raises Problem where nothing can be had, Cancelled where told to.

    Every session of the meeting behind the link is told; its rows only where a part of it lies in `during`.
    """

    def reports(
        self, link: str, organiser: str, ticket: Ticket, during: tuple[datetime, datetime] | None = None
    ) -> list[Report]: ...
    def close(self) -> None: ...
