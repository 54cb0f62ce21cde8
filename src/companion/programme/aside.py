"""What is set aside of a calendar: single items that could not be read. Of their words nothing is kept."""

from collections.abc import Iterable
from typing import Any

from companion.basics.errors import Problem

UNFETCHED = "entry_unfetched"
MOST = 100  # kept of one member; the ledger counts them all
_ITEMS = frozenset({"entry_broken", "entry_cut", "series_too_large", "calendar_cut", "calendar_unreadable"})


def of_one_item(problems: Iterable[Problem]) -> list[Problem]:
    """Those problems of a member that stand for something in it that could not be read, fit to be stored."""
    found = (Problem(problem.code, **harmless(problem)) for problem in problems if problem.code in _ITEMS)
    return [problem for problem, _ in zip(found, range(MOST), strict=False)]


def harmless(problem: Problem) -> dict[str, Any]:
    """A problem's facts without the name of an entry, which may not have passed the gate."""
    return {name: value for name, value in problem.facts.items() if name != "uid"}
