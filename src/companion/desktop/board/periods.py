"""Which periods the board offers: the programme's own year, the one before, others, and the closed ones."""

from collections.abc import Sequence
from datetime import date

from companion.attendance.days import period
from companion.words.language import t
from companion.words.years import period_name

SPANS = ("", "last", "calendar", "rolling")  # in words, so that a view that is kept means next year what it says


def offered(own: str, today: date, closed: Sequence[str]) -> list[tuple[str, str]]:
    """Spans with their names; `own` is `Programme.year`, `closed` the labels of closed periods."""
    found: dict[str, tuple[str, str]] = {}
    for span in (*SPANS, *closed):
        one = period(span, today, own)
        name = period_name(one.label, one.first, one.last)
        found.setdefault(one.label, (span, t("{period}, closed", period=name) if one.label in closed else name))
    return list(found.values())
