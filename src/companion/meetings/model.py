"""A customer meeting, the copies it is merged from, and what people decided about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from companion.calendars.model import Event, Guest, Reason

MeetingStatus = Literal["confirmed", "tentative", "cancelled", "gone"]


@dataclass(frozen=True)
class Copy:
    """One owner's copy of an occurrence, as it crossed."""

    account_id: str
    owner: str  # address of the calendar's owner
    hosts: bool  # the calendar is of the hosts' side
    event: Event


@dataclass(frozen=True)
class Verdict:
    """What a person said about a meeting; it outlives every later sync."""

    meeting_id: str
    says: Literal["yes", "no", "forget"]
    customer_id: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Meeting:
    """One recognised occurrence. Times as in `calendars.model.Event`."""

    id: str
    uid: str
    rec_key: str
    title: str
    start: datetime
    end: datetime
    all_day: bool
    zone: str
    status: MeetingStatus  # gone: it left the calendars after it took place
    customer_id: str
    score: int
    why: tuple[Reason, ...]
    organiser: Guest | None = None
    host_email: str = ""  # our account owner of this meeting
    guests: tuple[Guest, ...] = ()  # the customer's people and ours, from the copy that speaks for the meeting
    others: int = 0
    link: str = ""
    verdict: Literal["", "yes", "no"] = ""
    source: Literal["calendar", "import"] = "calendar"
    place: str = ""  # where it is, one line without links


class MeetingStore(Protocol):
    """The slice of a workspace transaction that holds meetings."""

    def get(self, meeting_id: str) -> Meeting | None: ...
    def between(self, start: datetime, end: datetime, *, dismissed: bool = False) -> list[Meeting]: ...
    def during(self, start: datetime, end: datetime) -> list[Meeting]: ...  # of which a part lies there; dismissed too
    def over(self, by: datetime, most: int) -> list[Meeting]: ...  # the latest by then, by time
    def everything(self) -> list[Meeting]: ...  # dismissed ones too
    def some(self, meeting_ids: Iterable[str]) -> list[Meeting]: ...
    def count(self) -> int: ...
    def of_customer(self, customer_id: str) -> list[Meeting]: ...
    def put(self, meeting: Meeting) -> None: ...
    def put_all(self, meetings: Iterable[Meeting]) -> None: ...
    def remove(self, meeting_id: str, *, wholly: bool = False) -> None: ...  # wholly: people's words too
    def copies(self, meeting_ids: Iterable[str]) -> dict[str, list[Copy]]: ...
    def put_copies(self, copies: Iterable[tuple[str, Copy]]) -> None: ...  # (meeting id, copy)
    def drop_copies(self, account_id: str, meeting_ids: Iterable[str]) -> None: ...
    def of_account(self, account_id: str) -> list[str]: ...  # meeting ids
    def uids(self) -> set[str]: ...  # of all copies, as their sources wrote them
    def of_uids(self, uids: Iterable[str]) -> list[tuple[str, Copy]]: ...  # (meeting id, copy)
    def known_uids(self) -> set[str]: ...
    def verdicts(self) -> list[Verdict]: ...
    def put_verdict(self, verdict: Verdict) -> None: ...
