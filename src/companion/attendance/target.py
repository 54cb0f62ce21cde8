"""How many customer meetings are expected of a person in a period: dated targets, leave, joiners and leavers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Protocol, TypeVar

from companion.attendance.closing import Carried
from companion.attendance.days import Period
from companion.attendance.model import Target
from companion.people.model import Leave, Person

FEWEST_DAYS = 90  # with fewer eligible days nothing is expected; what was heard still counts
_DAY = timedelta(days=1)
Dated = TypeVar("Dated", Target, Leave)
Run = tuple[date, date]  # first and last day


class Terms(Protocol):
    """What of the programme decides the counting."""

    @property
    def zone(self) -> str: ...
    @property
    def start(self) -> date | None: ...
    @property
    def targets(self) -> dict[str, int]: ...
    @property
    def part_time(self) -> bool: ...
    @property
    def holidays(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Expectation:
    """What is expected and what it was made of. `target` is a year's, as of the last eligible day."""

    target: int
    expected: int  # with what was carried into it
    eligible: int  # days
    leave: int  # days of the span that were leave
    first: date | None  # the eligible span, None where there is no such day
    last: date | None
    of: int  # days of the period
    span: Period  # the period, and for a rolling one how far back it reaches for this person
    reaches: bool = False  # whether it is longer than the period
    set_by: Target | None = None  # the dated target that stands on the last eligible day
    share: int = 100  # percent of full time, where that changes what is expected
    carried: int = 0


def aimed(person: Person, targets: Iterable[Target], by_role: Mapping[str, int]) -> bool:
    """Whether a target was ever set for a person, by itself or by its role: that is what makes a leader."""
    role = f"role:{_role(person)}"
    if person.kind == "group":
        return False
    return bool(by_role.get(role.removeprefix("role:"))) or any(
        item.count and (item.who == person.id or item.who.lower() == role) for item in targets
    )


def target_on(person: Person, day: date, targets: Iterable[Target], by_role: Mapping[str, int]) -> int:
    """A year's target on a day: the person's dated one, then the one they came with, then the role's, then 0."""
    found = in_force(person, day, targets)
    if found:
        return found.count
    return by_role.get(_role(person), 0) if person.target is None else person.target


def in_force(person: Person, day: date, targets: Iterable[Target]) -> Target | None:
    """The dated target that stands for a person on a day; None where the one they came with, or their role's, does."""
    role = f"role:{_role(person)}"
    mine: list[Target] = []
    roles: list[Target] = []
    for item in targets:
        if item.since <= day and item.who == person.id:
            mine.append(item)
        elif item.since <= day and item.who.lower() == role:
            roles.append(item)
    if mine:
        return max(mine, key=_since)
    return max(roles, key=_since) if roles and person.target is None else None


def _role(person: Person) -> str:
    return person.role.strip().lower() or person.kind


def expectation(
    person: Person, period: Period, targets: Iterable[Target], leaves: Iterable[Leave], terms: Terms, *,
    carried: Iterable[Carried] = (), as_of: datetime | None = None,
) -> Expectation:  # fmt: skip
    """What is expected of a person in a period: each eligible day brings its share of that day's target.

    A rolling year reaches back further for days of leave, as far as the role and the programme go. `as_of`: what was
    written down later is not known yet.
    """
    targets = stood(targets, as_of)
    away = spans(person.id, stood(leaves, as_of))
    span = _reached(person, period, away, terms)
    first = max(filter(None, (span.first, person.start, terms.start)))
    last = min(filter(None, (span.last, person.end)))
    left = without(first, last, away)
    eligible = sum(_days(*run) for run in left)
    owed = _owed(person, left, targets, terms)
    share = max(0, min(100, person.share)) if terms.part_time else 100
    exact = Fraction(owed * period.months * share, 12 * period.days * 100)
    expected = half_up(exact) if eligible >= FEWEST_DAYS else 0
    whole = period.months == 12 and not period.rolling  # half a year owes nothing of what was carried into the year
    more = sum(item.count for item in carried if whole
               and (item.person_id, item.first) == (person.id, period.first) and known_by(item.at, as_of))  # fmt: skip
    shown = left[-1][1] if left else period.last
    return Expectation(
        target_on(person, shown, targets, terms.targets), expected + more if expected else 0, eligible,
        within(away, first, last), first if first <= last else None, last if first <= last else None, period.days,
        span, span.first < period.first, in_force(person, shown, targets), share, more if expected else 0,
    )  # fmt: skip


def known_by(entered: datetime | None, as_of: datetime | None) -> bool:
    """Whether something written down then (None: from the start) was known at an instant (None: now)."""
    return entered is None or as_of is None or entered <= as_of


def stood(items: Iterable[Dated], as_of: datetime | None) -> list[Dated]:
    """Those targets or leaves that were written down by an instant (None: now), and not replaced or taken back."""
    return [
        item for item in items
        if known_by(item.entered, as_of) and (item.dropped is None or (as_of is not None and as_of < item.dropped))
    ]  # fmt: skip


def spans(person_id: str, leaves: Iterable[Leave]) -> tuple[Run, ...]:
    """A person's leaves as first and last days, earliest first; those that touch or overlap are one."""
    found: list[Run] = []
    for start, end in sorted((one.start, one.end) for one in leaves if one.person_id == person_id):
        if found and start <= found[-1][1] + _DAY:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start <= end:
            found.append((start, end))
    return tuple(found)


def within(away: Iterable[Run], first: date, last: date) -> int:
    """How many days between two days lie in those spans."""
    return sum(max(0, _days(max(start, first), min(end, last))) for start, end in away)


def without(first: date, last: date, away: Iterable[Run]) -> list[Run]:
    """The spans between two days that are left when those are taken out, earliest first."""
    found: list[Run] = []
    for start, end in away:
        if start > last:
            break
        if end >= first:
            if start > first:
                found.append((first, start - _DAY))
            first = end + _DAY
    return [*found, (first, last)] if first <= last else found


def _days(first: date, last: date) -> int:
    return (last - first).days + 1


def _reached(person: Person, period: Period, away: tuple[Run, ...], terms: Terms) -> Period:
    """A rolling year with as many days before it as the leave in it took, where the role had begun."""
    floor = max(filter(None, (person.start, terms.start)), default=period.first - _DAY * 731)
    missing = within(away, max(period.first, floor), period.last) if period.rolling else 0
    first = period.first
    for start, end in reversed(without(floor, period.first - _DAY, away) if missing else []):
        first = max(start, end - _DAY * (missing - 1))
        missing -= _days(first, end)
        if missing == 0:
            break
    return replace(period, first=first)


def _owed(person: Person, left: list[Run], targets: list[Target], terms: Terms) -> int:
    """The year's target of every eligible day, added up."""
    steps = sorted({item.since for item in targets if item.who == person.id or item.who.startswith("role:")})
    owed = 0
    for first, last in left:
        cuts = [first, *(step for step in steps if first < step <= last), last + _DAY]
        for start, after in pairwise(cuts):
            owed += (after - start).days * target_on(person, start, targets, terms.targets)
    return owed


def half_up(number: Fraction) -> int:
    """Rounded to a whole number, halves up."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def _since(target: Target) -> tuple[date, int]:
    return (target.since, target.count)
