"""A plan's question made ready for solving: what is fixed, who may still go where, and what goes together."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Protocol

from companion.attendance.planner.check import LASTING, bars, by_id, clashing, faults, in_year, overfull
from companion.attendance.planner.model import BUFFER, Objective, PlanInput, Refused, Review, Seat, Sitter
from companion.attendance.planner.objective import first_day, unheard, weight
from companion.basics.progress import Ticket

_SAME_DAY = timedelta(days=2)  # what starts later is on another day, in whatever zone
Pair = tuple[int, int]  # index of a person, index of a review


@dataclass(frozen=True)
class Answer:
    """What a solver found: every seat of the plan, fixed ones too, and how good anything could be at most."""

    seats: frozenset[Seat]
    bound: Objective
    proven: bool


@dataclass(frozen=True)
class Limit:
    """At most so many more seats in these reviews of one customer: one running year of visits."""

    reviews: tuple[int, ...]
    most: int


@dataclass(frozen=True)
class Question:
    """An instance by index. People are in the order of their ids, reviews by start, then id."""

    given: PlanInput
    seed: int
    people: tuple[Sitter, ...]
    reviews: tuple[Review, ...]
    fixed: tuple[Pair, ...]  # what was agreed and pinned, where it can stand
    refused: tuple[Refused, ...]
    choices: tuple[tuple[int, ...], ...]  # by person: reviews they may still be planned for
    room: tuple[int, ...]  # by person: seats still to plan at most
    lacks: tuple[int, ...]  # by person: credits still wanted
    clashes: tuple[frozenset[int], ...]  # by review: those one person cannot have beside it
    limits: tuple[Limit, ...]

    @cached_property
    def takers(self) -> tuple[tuple[int, ...], ...]:
        """By review: who may still be planned for it."""
        found: list[list[int]] = [[] for _ in self.reviews]
        for person, theirs in enumerate(self.choices):
            for review in theirs:
                found[review].append(person)
        return tuple(tuple(item) for item in found)

    @cached_property
    def seated(self) -> tuple[int, ...]:
        """By review: how many sit there beyond question."""
        count = [review.sitting for review in self.reviews]
        for _, review in self.fixed:
            count[review] += 1
        return tuple(count)

    @cached_property
    def first(self) -> tuple[int, ...]:
        """By person: the earliest review in which they sit beyond question; past the last one where there is none."""
        found = [len(self.reviews)] * len(self.people)
        for person, review in self.fixed:
            found[person] = min(found[person], review)
        return tuple(found)

    @cached_property
    def fresh(self) -> tuple[tuple[int, ...], ...]:
        """By review: those of who sits there beyond question who are new, if nothing earlier is planned for them."""
        found: list[list[int]] = [[] for _ in self.reviews]
        for person, review in enumerate(self.first):
            if review < len(self.reviews) and self.people[person].new:
                found[review].append(person)
        return tuple(tuple(item) for item in found)

    @cached_property
    def hangs(self) -> tuple[bool, ...]:
        """By review: whether what sits there already is one too many once nobody of them is new any more."""
        pinned = [False] * len(self.reviews)
        for person, review in self.fixed:
            pinned[review] |= (self.reviews[review].id, self.people[person].id) not in self.given.agreed
        return tuple(
            pinned[at] and overfull(count, False) and not self.reviews[at].sitting_new
            for at, count in enumerate(self.seated)
        )

    @cached_property
    def weights(self) -> dict[Pair, int]:
        """What each possible seat weighs among equals."""
        first = first_day(self.given)
        return {
            (person, review): weight(
                self.reviews[review].day, first, self.seed, self.reviews[review].id, self.people[person].id
            )
            for person, theirs in enumerate(self.choices)
            for review in theirs
        }

    @cached_property
    def drafted(self) -> frozenset[Pair]:
        """Possible seats that an earlier proposal held."""
        draft = self.given.draft
        return frozenset(
            (person, review)
            for person, theirs in enumerate(self.choices)
            for review in theirs
            if (self.reviews[review].id, self.people[person].id) in draft
        )

    @cached_property
    def unheard(self) -> frozenset[str]:
        """Customers nobody has heard, and nobody will by what is fixed."""
        return unheard(self.given) - {self.reviews[review].customer for _, review in self.fixed}

    def seats(self, pairs: Iterable[Pair]) -> frozenset[Seat]:
        """Pairs, and what is fixed, by their ids."""
        everything = {*self.fixed, *pairs}
        return frozenset((self.reviews[review].id, self.people[person].id) for person, review in everything)


class Solver(Protocol):
    """Finds the best seats; the same for the same question and seed. Raises Cancelled."""

    @property
    def name(self) -> str: ...
    def solve(self, asked: Question, ticket: Ticket) -> Answer: ...


def question(given: PlanInput, seed: int = 0) -> Question:
    """Make a question of values, whatever order they come in."""
    people = tuple(sorted((_teamed(person) for person in given.people), key=lambda person: person.id))
    reviews = tuple(sorted(given.reviews, key=lambda review: (review.start, review.id)))
    given = replace(given, people=people, reviews=reviews)
    kept, refused = _fix(given)
    index_of = {person.id: at for at, person in enumerate(people)}
    place_of = {review.id: at for at, review in enumerate(reviews)}
    fixed = tuple(sorted((index_of[person], place_of[review]) for review, person in kept))
    clashes = _clashes(reviews)
    mine: list[list[int]] = [[] for _ in people]
    for sitter, place in fixed:
        mine[sitter].append(place)
    room, lacks = [], []
    for at, person in enumerate(people):
        credits_ = {(reviews[review].customer, reviews[review].day) for review in mine[at]} - person.credits
        lacks.append(max(0, person.needs - len(credits_)))
        room.append(max(0, min(person.most - len(mine[at]), lacks[-1] + person.spare)))
    made = Question(given, seed, people, reviews, fixed, refused, ((),) * len(people), tuple(room), tuple(lacks),
                    clashes, ())  # fmt: skip
    limits, shut = _limits(given, reviews, fixed)
    choices = tuple(_choices(made, at, set(mine[at]), shut) for at in range(len(people)))
    return replace(made, choices=choices, limits=limits)


def _teamed(person: Sitter) -> Sitter:
    # Who has no team is a function of their own.
    return person if person.team else replace(person, team=f"\n{person.id}")


def _fix(given: PlanInput) -> tuple[frozenset[Seat], tuple[Refused, ...]]:
    """What stands beyond question, and which pins and agreed seats cannot, with the first rule each breaks."""
    people, reviews = by_id(given)
    kept: set[Seat] = set()
    refused: list[Refused] = []
    for seat in sorted(given.agreed):
        if seat[0] not in reviews or seat[1] not in people:
            refused.append(Refused(*seat, "agreed", "unknown"))
            continue
        codes = [code for code in bars(given, people[seat[1]], reviews[seat[0]]) if code in LASTING]
        if codes:
            refused.append(Refused(*seat, "agreed", codes[0]))
        else:
            kept.add(seat)
    for pin in given.pins:
        broken = [] if pin in kept else faults(given, {*kept, pin})
        if broken:
            refused.append(Refused(*pin, "pin", broken[0].code))
        else:
            kept.add(pin)
    return frozenset(kept), tuple(refused)


def _clashes(reviews: tuple[Review, ...]) -> tuple[frozenset[int], ...]:
    found: list[set[int]] = [set() for _ in reviews]
    for at, one in enumerate(reviews):
        for other in range(at + 1, len(reviews)):
            two = reviews[other]
            if two.start >= one.end + BUFFER and two.start > one.start + _SAME_DAY:
                break  # by start: nothing later overlaps, nor lies on that day
            if clashing(one, two):
                found[at].add(other)
                found[other].add(at)
    return tuple(frozenset(item) for item in found)


def _limits(
    given: PlanInput, reviews: tuple[Review, ...], fixed: tuple[Pair, ...]
) -> tuple[tuple[Limit, ...], frozenset[int]]:
    """How many more listeners each customer bears, by running years, and the reviews at which none is left."""
    theirs: dict[str, list[int]] = {}
    for at, review in enumerate(reviews):
        theirs.setdefault(review.customer, []).append(at)
    visits = {key: list(days) for key, days in given.visits.items()}
    for _, at in fixed:
        visits.setdefault(reviews[at].customer, []).append(reviews[at].day)
    limits: dict[tuple[int, ...], int] = {}
    shut: set[int] = set()
    for customer, places in theirs.items():
        if customer not in given.bears:
            continue
        for last in sorted({reviews[at].day for at in places} | set(visits.get(customer, ()))):
            year = tuple(at for at in places if in_year(reviews[at].day, last))
            left = max(0, given.bears[customer] - _visited(visits.get(customer, []), last))
            if year and left == 0:
                shut |= set(year)
            elif year and 2 * len(year) > left:
                limits[year] = min(left, limits.get(year, left))
    return tuple(Limit(year, most) for year, most in sorted(limits.items())), frozenset(shut)


def _visited(days: list[date], last: date) -> int:
    return sum(in_year(day, last) for day in days)


def _choices(made: Question, at: int, mine: set[int], shut: frozenset[int]) -> tuple[int, ...]:
    if not made.room[at]:
        return ()
    person = made.people[at]
    found = []
    for review, there in enumerate(made.reviews):
        fresh = bool(there.sitting_new or made.fresh[review] or (person.new and review < made.first[at]))
        if review in shut or review in mine or overfull(made.seated[review] + 1, fresh):
            continue
        if made.clashes[review] & mine or bars(made.given, person, there):
            continue
        found.append(review)
    return tuple(found)
