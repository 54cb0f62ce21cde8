"""Whether a leader could sit in an open review: one word, and nothing of what else stands in the calendar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from companion.basics.progress import Ticket

Free = Literal["free", "busy", "away"]
FRESH = timedelta(days=3)  # how long a word is believed where nobody could ask again


@dataclass(frozen=True)
class Availability:
    """One person's word for the time of one meeting, and when it was asked."""

    meeting_id: str
    person_id: str
    word: Free
    at: datetime


class AvailabilityStore(Protocol):
    """The slice of a workspace transaction that holds these words."""

    def all(self) -> list[Availability]: ...
    def of(self, meeting_ids: Iterable[str]) -> list[Availability]: ...
    def put_all(self, words: Iterable[Availability]) -> None: ...
    def drop(self, meeting_ids: Iterable[str]) -> None: ...


class Schedules(Protocol):
    """Where free and busy are asked. Who cannot be asked is left out of the answer."""

    def words(self, addresses: Iterable[str], start: datetime, end: datetime, ticket: Ticket) -> Mapping[str, Free]: ...
    def close(self) -> None: ...


def believed(words: Iterable[Availability], now: datetime) -> list[Availability]:
    """The words that are young enough to be shown."""
    return [word for word in words if now - word.at < FRESH]
