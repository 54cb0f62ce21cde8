"""How many customer meetings are expected of a person in a period: dated targets, leave, joiners and leavers."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Protocol

from companion.attendance.days import Period
from companion.attendance.model import Target
from companion.people.model import Leave, Person

FEWEST_DAYS = 90  # with fewer eligible days nothing is expected; what was heard still counts
_DAY = timedelta(days=1)


class Terms(Protocol):
    """What of the programme decides the counting."""

    @property
    def zone(self) -> str: ...
    @property
    def start(self) -> date | None: ...
    @property
    def targets(self) -> dict[str, int]: ...


@dataclass(frozen=True)
class Expectation:
    """What is expected and what it was made of. `target` is a year's, as of the last eligible day."""

    target: int
    expected: int
    eligible: int  # days
    leave: int  # days of the span that were leave
    first: date | None  # the eligible span, None where there is no such day
    last: date | None


def aimed(person: Person, targets: Iterable[Target], by_role: Mapping[str, int]) -> bool:
    """Whether a target was ever set for a person, by itself or by its role: that is what makes a leader."""
    role = f"role:{person.role.strip().lower() or person.kind}"
    if person.kind == "group":
        return False
    return bool(by_role.get(role.removeprefix("role:"))) or any(
        item.count and (item.who == person.id or item.who.lower() == role) for item in targets
    )


def target_on(person: Person, day: date, targets: Iterable[Target], by_role: Mapping[str, int]) -> int:
    """A year's target on a day: the person's dated one, then the one they came with, then the role's, then 0."""
    role = person.role.strip().lower() or person.kind
    mine: list[Target] = []
    roles: list[Target] = []
    for item in targets:
        if item.since <= day and item.who == person.id:
            mine.append(item)
        elif item.since <= day and item.who.lower() == f"role:{role}":
            roles.append(item)
    if mine:
        return max(mine, key=_since).count
    if person.target is not None:
        return person.target
    return max(roles, key=_since).count if roles else by_role.get(role, 0)


def expectation(
    person: Person, period: Period, targets: Iterable[Target], leaves: Iterable[Leave], terms: Terms
) -> Expectation:
    """What is expected of a person in a period: each eligible day brings its share of that day's target."""
    first = max(filter(None, (period.first, person.start, terms.start)))
    last = min(filter(None, (period.last, person.end)))
    days = [first + _DAY * step for step in range((last - first).days + 1)]
    away = leave_days(person.id, leaves, first, last) if days else frozenset()
    eligible = [day for day in days if day not in away]
    steps = _steps(person, targets)
    by_step: dict[int, int] = {}
    owed = 0
    for day in eligible:
        step = bisect_right(steps, day)
        if step not in by_step:
            by_step[step] = target_on(person, day, targets, terms.targets)
        owed += by_step[step]
    shown = target_on(person, eligible[-1] if eligible else period.last, targets, terms.targets)
    share = Fraction(owed * period.months, 12 * period.days)
    expected = half_up(share) if len(eligible) >= FEWEST_DAYS else 0
    return Expectation(shown, expected, len(eligible), len(away), days[0] if days else None, days[-1] if days else None)


def leave_days(person_id: str, leaves: Iterable[Leave], first: date, last: date) -> frozenset[date]:
    """The days between two days on which the person is on leave; overlapping leaves count once."""
    return frozenset(
        max(leave.start, first) + _DAY * step
        for leave in leaves
        if leave.person_id == person_id
        for step in range((min(leave.end, last) - max(leave.start, first)).days + 1)
    )


def half_up(number: Fraction) -> int:
    """Rounded to a whole number, halves up."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def _since(target: Target) -> tuple[date, int]:
    return (target.since, target.count)


def _steps(person: Person, targets: Iterable[Target]) -> list[date]:
    return sorted({item.since for item in targets if item.who == person.id or item.who.startswith("role:")})
