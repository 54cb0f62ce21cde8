"""A question as a linear programme in whole numbers: columns, rows, and one objective for each pair of levels."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from companion.attendance.planner.instance import Pair, Question
from companion.attendance.planner.model import APART
from companion.attendance.planner.objective import too_close

Terms = tuple[tuple[int, int], ...]  # column, coefficient
Begun = dict[int, dict[int, int]]  # by person, by review: a column


@dataclass(frozen=True)
class Row:
    """At most `most` of a weighted sum of columns."""

    terms: Terms
    most: int


@dataclass(frozen=True)
class Aim:
    """What is made small in one go. Two levels share it, `radix` apart, so that neither is worth the other."""

    names: tuple[str, ...]
    terms: Terms
    radix: int = 1


@dataclass
class Linear:
    """The programme. Columns are whole numbers from 0 to their `upper`; the first are the possible seats."""

    pairs: tuple[Pair, ...]
    upper: list[int]
    rows: list[Row] = field(default_factory=list)
    aims: list[Aim] = field(default_factory=list)
    parts: set[int] = field(default_factory=set)  # columns that come out whole once the seats are

    def column(self, upper: int = 1) -> int:
        """A further column."""
        self.upper.append(upper)
        return len(self.upper) - 1

    def at_most(self, most: int, terms: Iterable[tuple[int, int]]) -> None:
        """A further row; what is told of one column twice is added up."""
        added: dict[int, int] = {}
        for column, factor in terms:
            added[column] = added.get(column, 0) + factor
        self.rows.append(Row(tuple((column, factor) for column, factor in added.items() if factor), most))


def linear(asked: Question, *, first_once: bool = True) -> Linear:
    """The programme of a question; what is fixed is no part of it.

    Without `first_once` somebody new counts as new wherever they are planned: far quicker, and never a worse plan.
    """
    pairs = tuple((person, review) for person, theirs in enumerate(asked.choices) for review in theirs)
    made = Linear(pairs, [1] * len(pairs))
    place = {pair: at for at, pair in enumerate(pairs)}
    _hard(asked, made, place, _begun(asked, made, place) if first_once else {})
    short, missing = _missing(asked, made, place)
    _aim(made, ("short", "missing"), short, missing, sum(asked.lacks) + 1)
    drafted = tuple((place[pair], -1) for pair in sorted(asked.drafted))
    if drafted:
        made.aims.append(Aim(("redrawn",), drafted))
    again = _repeated(asked, made, place, by_team=False)
    _aim(made, ("unheard", "again"), _unheard(asked, made, place), again, len(pairs) + 1)
    alike, close = _repeated(asked, made, place, by_team=True), _close(asked, made, place)
    _aim(made, ("alike", "close"), alike, close, len(asked.people) + 1)
    if pairs:
        made.aims.append(Aim(("later",), tuple((place[pair], value) for pair, value in asked.weights.items())))
    return made


def _aim(made: Linear, names: tuple[str, str], first: list[int], second: list[int], radix: int) -> None:
    terms: dict[int, int] = {}
    for column in first:
        terms[column] = terms.get(column, 0) + radix
    for column in second:
        terms[column] = terms.get(column, 0) + 1
    if terms:
        made.aims.append(Aim(names, tuple(sorted(terms.items())), radix))


def _hard(asked: Question, made: Linear, place: dict[Pair, int], begun: Begun) -> None:
    for person, theirs in enumerate(asked.choices):
        if len(theirs) > asked.room[person]:
            made.at_most(asked.room[person], ((place[person, review], 1) for review in theirs))
        if asked.room[person] > 1:
            for group in _cliques(asked, theirs):
                made.at_most(1, ((place[person, review], 1) for review in group))
    _chairs(asked, made, place, begun)
    for limit in asked.limits:
        seats = [(place[person, review], 1) for review in limit.reviews for person in asked.takers[review]]
        if len(seats) > limit.most:
            made.at_most(limit.most, seats)


def _chairs(asked: Question, made: Linear, place: dict[Pair, int], begun: Begun) -> None:
    """One listens, two where one of them is there for the first time; that depends on what is planned before it."""
    for review, people in enumerate(asked.takers):
        seats = [(place[person, review], 1) for person in people]
        # Of somebody who is new in a seat that stands nothing earlier may be planned: 1 less what they have begun.
        there = [last for person in asked.fresh[review] if (last := _last(begun.get(person), review)) is not None]
        sure = asked.reviews[review].sitting_new or len(there) < len(asked.fresh[review])
        if asked.hangs[review] and there and not sure:
            made.at_most(len(there) - 1, [(column, 1) for column in there])
        if len(seats) + asked.seated[review] < 2 or not seats:
            continue
        made.at_most(2 - asked.seated[review], seats)
        if sure:
            continue
        firsts: list[tuple[int, int]] = [(column, 1) for column in there]
        for person in people:
            if not asked.people[person].new or asked.first[person] < review:
                continue
            firsts.append((begun[person][review] if person in begun else place[person, review], -1))
            if (before := _last(begun.get(person), review)) is not None:
                firsts.append((before, 1))
        made.at_most(1 - asked.seated[review] + len(there), [*seats, *firsts])


def _begun(asked: Question, made: Linear, place: dict[Pair, int]) -> Begun:
    """By person who is new, by review they may be planned for: a column that is 1 once they sat there or before."""
    found: Begun = {}
    for person, theirs in enumerate(asked.choices):
        early = [review for review in theirs if review < asked.first[person]]
        alone = asked.room[person] == 1 and asked.first[person] == len(asked.reviews)
        if not asked.people[person].new or not early or alone:
            continue  # with a single seat to plan, that seat is the first
        columns: dict[int, int] = {}
        before: int | None = None
        for review in early:
            now, seat = made.column(), place[person, review]
            made.parts.add(now)
            made.at_most(0, [(seat, 1), (now, -1)])
            grown = [(now, 1), (seat, -1)]
            if before is not None:
                made.at_most(0, [(before, 1), (now, -1)])
                grown.append((before, -1))
            made.at_most(0, grown)
            columns[review] = before = now
        found[person] = columns
    return found


def _last(columns: dict[int, int] | None, review: int) -> int | None:
    """The column of the last review before this one, None where there is none."""
    earlier = [at for at in columns or () if at < review]
    return (columns or {})[max(earlier)] if earlier else None


def _cliques(asked: Question, theirs: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Reviews of which one person can have one: each pair that clashes is in one of these groups."""
    found: list[tuple[int, ...]] = []
    covered: set[tuple[int, int]] = set()
    mine = set(theirs)
    for one in theirs:
        for two in sorted(asked.clashes[one] & mine):
            if two < one or (one, two) in covered:
                continue
            group = [one, two]
            group += [at for at in sorted(mine & asked.clashes[one] & asked.clashes[two])
                      if at > two and all(at in asked.clashes[other] for other in group)]  # fmt: skip
            covered |= {(a, b) for a in group for b in group if a < b}
            found.append(tuple(group))
    return found


def _missing(asked: Question, made: Linear, place: dict[Pair, int]) -> tuple[list[int], list[int]]:
    short, missing = [], []
    for person, lacks in enumerate(asked.lacks):
        if not lacks:
            continue
        lack = made.column(lacks)
        # Each seat still to plan brings a credit: no two of them clash, none is credited already.
        made.at_most(-lacks, [(lack, -1), *((place[person, review], -1) for review in asked.choices[person])])
        missing.append(lack)
        if lacks == 1:
            short.append(lack)
        else:
            short.append(made.column())
            made.at_most(0, [(lack, 1), (short[-1], -lacks)])
    return short, missing


def _unheard(asked: Question, made: Linear, place: dict[Pair, int]) -> list[int]:
    found = []
    theirs: dict[str, list[int]] = {}
    for (_, review), column in place.items():
        theirs.setdefault(asked.reviews[review].customer, []).append(column)
    for customer in sorted(asked.unheard & theirs.keys()):
        found.append(made.column())
        made.at_most(-1, [(found[-1], -1), *((column, -1) for column in theirs[customer])])
    return found


def _repeated(asked: Question, made: Linear, place: dict[Pair, int], *, by_team: bool) -> list[int]:
    """Columns that count seats with a customer whom that leader, or that team, has heard or hears in this plan."""
    before: set[tuple[str, str]] = set()
    for person, review in asked.fixed:
        who = asked.people[person]
        before.add((who.team if by_team else who.id, asked.reviews[review].customer))
    if by_team:
        before |= {(team, customer) for customer, teams in asked.given.teams.items() for team in teams}
    else:
        before |= {(person.id, customer) for person in asked.people for customer in person.heard}
    groups: dict[tuple[str, str], list[int]] = {}
    for (person, review), column in place.items():
        who = asked.people[person]
        groups.setdefault((who.team if by_team else who.id, asked.reviews[review].customer), []).append(column)
    found: list[int] = []
    for key, columns in sorted(groups.items()):
        if key in before:
            found += columns
        elif len(columns) > 1:
            found.append(made.column(len(columns)))
            made.at_most(1, [(found[-1], -1), *((column, 1) for column in columns)])
    return found


def _close(asked: Question, made: Linear, place: dict[Pair, int]) -> list[int]:
    """Columns that are 1 for who has two seats less than six weeks apart."""
    found = []
    fixed: dict[int, list[int]] = {}
    for person, review in asked.fixed:
        fixed.setdefault(person, []).append(review)
    for person, theirs in enumerate(asked.choices):
        if not theirs:
            continue
        there = [asked.reviews[review].day for review in fixed.get(person, ())]
        known = [*there, *asked.people[person].days]
        if any(too_close(day, other) for at, day in enumerate(there) for other in known[at + 1 :]):
            continue  # by what is fixed already
        near = [review for review in theirs if any(too_close(asked.reviews[review].day, day) for day in known)]
        windows = _windows(asked, theirs) if asked.room[person] > 1 else []
        if not near and not windows:
            continue
        close = made.column()
        found.append(close)
        room = asked.room[person]
        if near:
            made.at_most(0, [(close, -room), *((place[person, review], 1) for review in near)])
        for window in windows:
            made.at_most(1, [(close, 1 - room), *((place[person, review], 1) for review in window)])
    return found


def _windows(asked: Question, theirs: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The largest groups of a person's reviews that lie within six weeks."""
    by_day = sorted(theirs, key=lambda review: (asked.reviews[review].day, review))
    found: list[tuple[int, ...]] = []
    upto = 0
    for at, review in enumerate(by_day):
        end = at
        last = asked.reviews[review].day + APART - timedelta(days=1)
        while end < len(by_day) and asked.reviews[by_day[end]].day <= last:
            end += 1
        if end > upto and end - at > 1:
            found.append(tuple(by_day[at:end]))
        upto = max(upto, end)
    return found
