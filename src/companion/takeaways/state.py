"""Where a takeaway stands: out, waiting, held back, or gone."""

from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from companion.takeaways.audience import same_audience
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
    if takeaway.unannounced or (takeaway.out_at and takeaway.out_at > now):
        return "waiting"
    return "expired" if takeaway.expires and takeaway.expires < today else "out"


def is_out(takeaway: Takeaway, now: datetime, today: date) -> bool:
    """Whether readers may see it, and channels carry it."""
    return state_of(takeaway, now, today) == "out"


def same_content(known: Takeaway, new: Takeaway) -> bool:
    """Whether a new takeaway says the same to a reader as a known one, whatever became of them on the way out.

    Without a correction it keeps the known one's; another correction is something else to read.
    """
    return _content(known) == _content(new) and new.correction in ("", known.correction)


def same_readers(known: Takeaway, new: Takeaway) -> bool:
    """Whether a new takeaway is the next revision of one that stands: of its author and meeting, for its readers."""
    standing = known.withdrawn is None and known.told_on is None and new.told_on is None
    alike = (known.author_id, known.meeting_id) == (new.author_id, new.meeting_id)
    return standing and alike and same_audience(known.audience, new.audience)


def unsent(takeaway: Takeaway) -> Takeaway:
    """The takeaway as it was written, without anything that became of it on the way out."""
    return replace(
        takeaway, published=None, revised=None, out_at=None, unannounced=False, needs_yes=False, held=None, held_by="",
        held_by_id="", held_why="", withdrawn=None, withdrawn_why="",
    )  # fmt: skip


def _content(takeaway: Takeaway) -> Takeaway:
    return replace(unsent(takeaway), id="", revision=0, expires=None, correction="", origins=_origins(takeaway))


def _origins(takeaway: Takeaway) -> tuple[tuple[str, str], ...]:
    """Where the texts that are there come from: readers see whether it was said, seen or made of it."""
    return tuple(sorted((name, origin) for name, origin in takeaway.origins if getattr(takeaway, name, "")))
