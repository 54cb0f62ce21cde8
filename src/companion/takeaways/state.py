"""Where a takeaway stands: out, waiting, held back, or gone."""

from datetime import date, datetime
from typing import Literal

from companion.takeaways.model import Takeaway

State = Literal["out", "waiting", "asked", "held", "withdrawn", "expired"]


def state_of(takeaway: Takeaway, now: datetime, today: date) -> State:
    """How it stands just now; the strongest reason against showing it decides. `today`: the programme's day."""
    if takeaway.withdrawn:
        return "withdrawn"
    if takeaway.held:
        return "held"
    if takeaway.needs_yes:
        return "asked"
    if takeaway.out_at and takeaway.out_at > now:
        return "waiting"
    return "expired" if takeaway.expires and takeaway.expires < today else "out"


def is_out(takeaway: Takeaway, now: datetime, today: date) -> bool:
    """Whether readers may see it, and channels carry it."""
    return state_of(takeaway, now, today) == "out"
