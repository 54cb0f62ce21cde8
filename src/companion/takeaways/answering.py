"""What answers are about, who reads them, and how long readers waited for the author's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from companion.takeaways.model import Answer

KINDS = ("changes", "question", "already", "differently", "more")
SEAT_ACTS = ("may", "maynot", "take", "cannot", "swap")  # a host lets somebody sit in or not, a leader takes it or not
PRESENCE_ACTS = ("sat", "there", "missed", "instead")  # a host says who sat in, a leader about oneself
LENT_ACTS = ("there", "missed")  # by the token of a weekly mail, of a seat in it that nobody asked about
# What only the recipient of one letter may ask for, by its token.
ACTS = ("yes", "hold", "reply", "stop", "after", *SEAT_ACTS, *PRESENCE_ACTS)
_DAY = 86_400  # seconds


@dataclass(frozen=True)
class Pace:
    """How soon authors answer: the median in days over those answered, and who still waits."""

    days: float | None  # None where nobody has been answered
    answered: int
    waiting: int
    longest: int  # full days the one who waits longest has waited


def for_readers(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Those that everyone who may read the takeaway may read too."""
    return tuple(one for one in answers if one.state == "taken" and not one.only_author)


def days_to_answer(answers: Iterable[Answer]) -> tuple[float | None, int]:
    """The median of days between an answer and the author's, and over how many; None where there is none."""
    days = [(one.replied - one.at).total_seconds() / _DAY for one in answers if one.replied and one.state == "taken"]
    return (round(median(max(0.0, day) for day in days), 1) if days else None), len(days)


def pace(answers: Iterable[Answer], now: datetime) -> Pace:
    """How soon authors answer, those who wait counted apart so that they make no average look better."""
    taken = [one for one in answers if one.state == "taken"]
    days, answered = days_to_answer(taken)
    waits = [max(0, int((now - one.at).total_seconds() // _DAY)) for one in taken if one.replied is None]
    return Pace(days, answered, len(waits), max(waits, default=0))
