"""Why a figure is what it is: what counted, what did not, and why not."""

from dataclasses import dataclass
from typing import Literal

from companion.attendance.model import Evidence
from companion.calendars.model import Reason

Cell = Literal["heard", "completed", "coming", "expected", "needs", "state"]


@dataclass(frozen=True)
class Line:
    """One reason, and the meeting and the words of people it rests on."""

    reason: Reason
    counts: bool  # whether it makes the figure, or says why something does not
    meeting_id: str = ""
    evidence: tuple[Evidence, ...] = ()  # strongest first
