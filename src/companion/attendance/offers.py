"""A seat on its way to a leader: the host is asked first, then the leader."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal, Protocol

from companion.attendance.model import Source
from companion.basics.clock import working_days_after
from companion.basics.errors import Problem

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
Move = Literal["allow", "veto", "take", "cannot", "withdraw"]
Who = Literal["host", "leader", "ops", "asker", "desk"]  # asker: who asked for it, or gives it up
OPEN: frozenset[OfferState] = frozenset({"host", "offered"})
STANDING: frozenset[OfferState] = OPEN | {"accepted"}
REASONS = ("workload", "clash", "conflict", "leave")  # of a leader's no; any other text is a reason as well
REMIND_DAYS = 3  # working days after which a host is reminded, once
LATE_DAYS = 7  # working days after which ops see a host who has not answered
ANSWER_DAYS = 7  # days a leader has for an answer
BEFORE_DAYS = 5  # working days before the meeting by which a leader has answered
LEAST_DAYS = 2  # working days that a leader has in any case, where the meeting is not sooner

_HOST_SIDE: frozenset[Who] = frozenset({"host", "ops"})
_LEADER_SIDE: frozenset[Who] = frozenset({"leader", "ops"})  # whom a leader told by telephone, too
MOVES: dict[tuple[OfferState, Move], tuple[OfferState, frozenset[Who]]] = {
    ("host", "allow"): ("offered", _HOST_SIDE),  # of a leader who asked for it: accepted at once
    ("host", "veto"): ("vetoed", _HOST_SIDE),
    ("host", "withdraw"): ("withdrawn", frozenset({"ops", "asker", "desk"})),
    ("offered", "take"): ("accepted", _LEADER_SIDE),
    ("offered", "cannot"): ("declined", _LEADER_SIDE),
    ("offered", "veto"): ("vetoed", _HOST_SIDE),  # a host may think again
    ("offered", "withdraw"): ("withdrawn", frozenset({"ops", "asker", "desk"})),
    ("accepted", "cannot"): ("declined", _LEADER_SIDE),
    ("accepted", "veto"): ("vetoed", _HOST_SIDE),
    ("accepted", "withdraw"): ("withdrawn", frozenset({"ops", "desk"})),
}
_BROUGHT: dict[Move, frozenset[OfferState]] = {  # where a move leads: made once more, it changes nothing
    "allow": frozenset({"offered", "accepted"}),
    "veto": frozenset({"vetoed"}),
    "take": frozenset({"accepted"}),
    "cannot": frozenset({"declined"}),
    "withdraw": frozenset({"withdrawn"}),
}


_BY_WORD: dict[str, OfferState] = {  # what a word on the seat, said in another way, makes of an offer for it
    "accepted": "accepted", "attended": "accepted", "declined": "declined",
    "missed": "withdrawn", "excused": "withdrawn", "delegated": "withdrawn",
}  # fmt: skip


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


def moved(offer: Offer, move: Move, who: Iterable[Who], at: datetime, reason: str = "") -> Offer:
    """The offer one step on; as it is where that step was made before.

    `who`: all that the mover is to it. Problems: `offer_over`, `offer_host_first`, `offer_not_yours`.
    """
    found = MOVES.get((offer.state, move))
    if found is None:
        if offer.state in _BROUGHT[move]:
            return offer
        if offer.state == "host":
            raise Problem("offer_host_first", offer=offer.id[:8])
        raise Problem("offer_over", offer=offer.id[:8])
    state, may = found
    if may.isdisjoint(who):
        raise Problem("offer_not_yours", offer=offer.id[:8])
    if move == "allow" and offer.came == "ask":
        state = "accepted"  # who asked for it is not asked again
    return replace(offer, state=state, since=at, reason=reason)


def said(offer: Offer, move: Move, who: Iterable[Who]) -> tuple[Source, str] | None:
    """What a step says of the seat, and as whose word; None where it only takes back what was said."""
    if move == "allow":
        source: Source = "host" if "host" in set(who) else "ops"
        return source, "accepted" if offer.came == "ask" else "offered"
    if move not in ("take", "cannot"):
        return None
    source = "self" if "leader" in set(who) else "ops"
    return source, "accepted" if move == "take" else "declined"


def answered_by(offer: Offer, source: Source, says: str) -> OfferState | None:
    """What a word on the seat, said in another way, makes of an offer for it; None where it leaves it as it is.

    A leader's own yes does not stand for that of a host who is still asked.
    """
    after = _BY_WORD.get(says)
    if after is None or offer.state not in STANDING or offer.state == after:
        return None
    if offer.state == "host" and source == "self" and after == "accepted":
        return None
    return None if offer.state == "accepted" and after == "withdrawn" else after


def host_is_late(offer: Offer, asked: date, today: date, free: Iterable[date] = ()) -> bool:
    """Whether a host has owed an answer for so long that ops see to it. `asked`: the day; `free`: nobody works."""
    return offer.state == "host" and working_days_between(asked, today, free) >= LATE_DAYS


def begun(offer: Offer) -> tuple[Source, str]:
    """What a new offer says of the seat, and as whose word."""
    return ("self" if offer.came == "ask" else "ops"), "proposed"


def answer_by(since: date, meeting: date, free: Iterable[date] = ()) -> date:
    """The last day of a leader's answer: a week, and five working days before the meeting, but two days in any case.

    `free`: days on which nobody works.
    """
    holidays = set(free)
    before, left = meeting, BEFORE_DAYS
    while left:
        before -= timedelta(days=1)
        left -= before.weekday() < 5 and before not in holidays
    wanted = min(since + timedelta(days=ANSWER_DAYS), before)
    least = working_days_after(since, LEAST_DAYS, lambda day: day in holidays)
    return min(max(wanted, least), meeting)


def working_days_between(first: date, last: date, free: Iterable[date] = ()) -> int:
    """How many working days lie after `first`, up to `last`."""
    holidays, day, count = set(free), first, 0
    while day < last:
        day += timedelta(days=1)
        count += day.weekday() < 5 and day not in holidays
    return count
