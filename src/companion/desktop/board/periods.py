"""Which periods the board offers: the year, the firm's own year, the one before, the last months, closed ones."""

from collections.abc import Sequence
from datetime import date

from companion.attendance.days import period
from companion.words import board as words
from companion.words.language import t

CALENDAR = ""


def offered(own: str, today: date, closed: Sequence[str]) -> list[tuple[str, str]]:
    """Spans with their names; `own` is `Programme.year`, `closed` the labels of closed periods."""
    fiscal = own if own.isdecimal() else ""
    spans = [str(today.year)]
    if fiscal:
        spans = [fiscal_year(int(fiscal), today), before(fiscal_year(int(fiscal), today)), *spans]
    spans += [str(today.year - 1), "rolling"]
    named = [(span, said(span, today)) for span in dict.fromkeys(spans)]
    listed = {span for span, _name in named}
    named += [(label, said(label, today)) for label in closed if label not in listed]
    return [(span, t("{period}, closed", period=name) if span in closed else name) for span, name in named]


def said(span: str, today: date) -> str:
    """A span in words."""
    found = period(span, today)
    return words.period(found.label, found.first, found.last)


def fiscal_year(month: int, today: date) -> str:
    """The year from that month on in which a day lies, as `2026-04..2027-03`."""
    first = today.year if today.month >= month else today.year - 1
    return _year_from(first, month)


def before(span: str) -> str:
    """The year before one that `fiscal_year` gave."""
    return _year_from(int(span[:4]) - 1, int(span[5:7]))


def _year_from(year: int, month: int) -> str:
    last = (year, 12) if month == 1 else (year + 1, month - 1)
    return f"{year:04}-{month:02}..{last[0]:04}-{last[1]:02}"
