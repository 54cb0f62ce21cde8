"""Letters that are about a meeting or an offer: for each kind, who says whether it still stands, and what it tells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from companion.programme import handover, meeting_letters, presence_letters, seat_facts, seat_letters
from companion.programme.model import WorkspaceTx
from companion.takeaways.letters import Letter


@dataclass(frozen=True)
class Matter:
    """What is asked of a letter's matter just before it goes."""

    over: Callable[[WorkspaceTx, Letter, datetime], bool]  # it says nothing that is so any more, or comes too late
    its_time: Callable[[WorkspaceTx, Letter, datetime], bool]  # it may go now
    stamped: Callable[[WorkspaceTx, Letter, datetime], Letter]  # with what it tells, as that stands now


_MEETING = Matter(meeting_letters.over, meeting_letters.its_time, meeting_letters.stamped)
_WHO_SAT = Matter(presence_letters.over, presence_letters.its_time, presence_letters.stamped)
_SEAT = Matter(seat_letters.over, seat_letters.its_time, seat_facts.stamped)
_LEAVING = Matter(handover.over, handover.its_time, handover.stamped)
MATTERS: Mapping[str, Matter] = {  # by the letter's kind
    "brief": _MEETING, "after": _MEETING, "who_sat": _WHO_SAT, "leaving": _LEAVING,
    **dict.fromkeys(seat_letters.OF_SEATS, _SEAT),
}  # fmt: skip
