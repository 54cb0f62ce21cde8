"""What changed in a closed year since: the figure as it was told, as it is now, and because of what."""

from dataclasses import dataclass
from typing import Literal

from companion.calendars.model import Reason

Amended = Literal["heard", "completed", "expected", "needs", "flag"]


@dataclass(frozen=True)
class Amendment:
    """One figure that is another than it was when the year was closed. `old` "" for a row that was not there."""

    person_id: str
    cell: Amended
    old: str
    new: str
    because: tuple[Reason, ...]
