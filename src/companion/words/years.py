"""Years, closed ones and what changed since, in words."""

from datetime import date

from companion.words.dates import MONTHS, full_day, month_year
from companion.words.language import mark, t

FIGURES: dict[str, str] = {
    "heard": mark("heard"),
    "completed": mark("completed"),
    "expected": mark("expected"),
}
CELLS: dict[str, str] = {
    **FIGURES,
    "coming": mark("coming"),
    "needs": mark("needs"),
    "state": mark("state"),
}


def period_name(label: str, first: date, last: date) -> str:
    """2026; April 2026 to March 2027; the last twelve months."""
    if label == "rolling":
        return t("the last twelve months")
    if label == f"{first.year:04}" and (first.month, last.month) == (1, 12):
        return label
    return t("{first} to {last}", first=month_year(first), last=month_year(last))


def year_name(year: str) -> str:
    """What the programme's own year is: the calendar year; from April to March; the last twelve months."""
    if year == "rolling":
        return t("the last twelve months")
    if not year:
        return t("the calendar year")
    first = int(year)
    return t("from {first} to {last}", first=t(MONTHS[first - 1]), last=t(MONTHS[first - 2]))


def figure_name(cell: str) -> str:
    """What a cell of the board holds."""
    return t(CELLS[cell])


def closed_line(name: str, day: date, by: str, reason: str) -> str:
    """2026, closed on 11 January 2027 by Dana Okafor: agreed."""
    return t("{year}, closed on {day} by {name}: {reason}", year=name, day=full_day(day), name=by or t("somebody"),
             reason=reason)  # fmt: skip


def amended(cell: str, old: str, new: str) -> str:
    """heard 1, now 2. A row that was not there, or is no more, has no figure."""
    return t("{figure} {old}, now {new}", figure=t(FIGURES[cell]), old=old or "–", new=new or "–")
