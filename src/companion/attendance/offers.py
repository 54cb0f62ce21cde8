"""A seat on its way to a leader: the host is asked first, then the leader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Came = Literal["ask", "ops", "plan", "swap", "handover"]
OfferState = Literal[
    "host",  # the host is asked whether somebody may sit in
    "vetoed",  # the host said no; a reason is not asked for
    "offered",  # the leader is asked
    "accepted",
    "declined",
    "withdrawn",  # by ops, or by who asked, or because the meeting is not to be
]
Entry = Literal["", "sent", "cancelled"]
OPEN: frozenset[OfferState] = frozenset({"host", "offered"})


@dataclass(frozen=True)
class Offer:
    """One seat at one meeting, offered to one leader. What comes of it is evidence; this is how far it is."""

    id: str
    meeting_id: str
    person_id: str
    came: Came
    by: str  # who set it going: an address
    made: datetime
    state: OfferState
    since: datetime  # when it came into that state
    instead_of: str = ""  # id of the person whose seat it takes over, in a swap
    reason: str = ""  # of the last no, or of a withdrawal
    entry: Entry = ""  # whether a calendar entry of ours stands with the leader
    sequence: int = 0  # of the last entry that went out, RFC 5545


class OfferStore(Protocol):
    """The slice of a workspace transaction that holds offers."""

    def all(self) -> list[Offer]: ...  # oldest first
    def of(self, meeting_ids: Iterable[str]) -> list[Offer]: ...
    def get(self, offer_id: str) -> Offer | None: ...
    def put(self, offer: Offer) -> None: ...
