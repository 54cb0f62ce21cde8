"""What hosts and leaders said of who was there, by mail or at Home: taken, or waiting for somebody to look at it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

Act = Literal["sat", "there", "missed", "instead"]  # who sat in, by the host; the rest a leader says of oneself
PresenceState = Literal[
    "taken",  # all of it is evidence
    "review",  # something in it could not be read, or it is not sure who wrote it
    "settled",  # somebody looked
]


@dataclass(frozen=True)
class Told:
    """One such word. What was read in it is evidence; here stands what was not, until somebody has looked."""

    id: str  # made of the mail's own id, so that it comes in once
    meeting_id: str
    person_id: str  # who was asked
    act: Act
    at: datetime
    state: PresenceState
    text: str = field(default="", repr=False)  # the lines nobody could read
    sender: str = ""  # the address it came from, where that is not surely who was asked
    by: str = ""  # who looked: an address


class PresenceStore(Protocol):
    """The slice of a workspace transaction that holds such words."""

    def add(self, told: Told) -> bool: ...  # False: it was taken in before
    def get(self, told_id: str) -> Told | None: ...
    def put(self, told: Told) -> None: ...
    def of(self, meeting_ids: Iterable[str]) -> list[Told]: ...  # oldest first
    def waiting(self) -> list[Told]: ...  # in review, oldest first
