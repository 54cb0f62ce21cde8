"""A plan while it is worked on: seats are put and taken, and its objective stays counted."""

from collections import Counter
from typing import TypeVar

from companion.attendance.planner.check import overfull
from companion.attendance.planner.instance import Pair, Question
from companion.attendance.planner.model import Objective
from companion.attendance.planner.objective import measure, too_close

_Key = TypeVar("_Key")
Total = tuple[int, ...]  # an objective's vector


class Sitting:
    """The seats planned so far beside the fixed ones. `total` is the vector of all of them."""

    def __init__(self, asked: Question) -> None:
        self.asked = asked
        self.mine: list[set[int]] = [set() for _ in asked.people]
        self.there: list[set[int]] = [set() for _ in asked.reviews]
        self.lacks = list(asked.lacks)
        self._levels = list(measure(asked.given, asked.seats(()), asked.seed).vector)
        self._limits: list[list[int]] = [[] for _ in asked.reviews]
        for number, limit in enumerate(asked.limits):
            for review in limit.reviews:
                self._limits[review].append(number)
        self._used = [0] * len(asked.limits)
        self._customer = [review.customer for review in asked.reviews]
        self._day = [review.day for review in asked.reviews]
        self._heard: Counter[tuple[int, str]] = Counter()
        self._alike: Counter[tuple[str, str]] = Counter()
        self._seats: Counter[str] = Counter()
        self._known = [list(person.days) for person in asked.people]
        self._base_close = [False] * len(asked.people)
        self._count_what_is_there()

    def _count_what_is_there(self) -> None:
        asked = self.asked
        for number, person in enumerate(asked.people):
            for customer in person.heard:
                self._heard[number, customer] += 1
        for customer, teams in asked.given.teams.items():
            for team in teams:
                self._alike[team, customer] += 1
        for person_at, review in sorted(asked.fixed):
            customer, day = self._customer[review], self._day[review]
            self._heard[person_at, customer] += 1
            self._alike[asked.people[person_at].team, customer] += 1
            self._base_close[person_at] |= any(too_close(day, other) for other in self._known[person_at])
            self._known[person_at].append(day)

    @property
    def total(self) -> Total:
        """The vector of the plan as it stands."""
        return tuple(self._levels)

    @property
    def pairs(self) -> list[Pair]:
        """The planned seats, fixed ones left out."""
        return [(person, review) for person, theirs in enumerate(self.mine) for review in sorted(theirs)]

    def fits(self, person: int, review: int) -> bool:
        """Whether a seat that is among the choices breaks no rule with what is planned."""
        mine = self.mine[person]
        if len(mine) >= self.asked.room[person] or review in mine or mine & self.asked.clashes[review]:
            return False
        return self.holds(person, review) and self.bears(review) and self._spares(person, review)

    def holds(self, person: int, review: int) -> bool:
        """Whether the review has a chair for this person."""
        count = self.asked.seated[review] + len(self.there[review]) + 1
        return not overfull(count, False) or not overfull(
            count, self._is_new(person, review) or self._one_is_new(review)
        )

    def _spares(self, person: int, review: int) -> bool:
        """Whether others may stay beside this person at what would be their first seat no more."""
        if not self.asked.people[person].new:
            return True
        later = min((*self.mine[person], self.asked.first[person]))
        return later <= review or later == len(self.there) or self.stands(later, person)

    def _is_new(self, person: int, review: int) -> bool:
        """Whether somebody is, or would be, there for the first time."""
        if not self.asked.people[person].new or self.asked.first[person] < review:
            return False
        return all(review <= at for at in self.mine[person])

    def _one_is_new(self, review: int, but: int = -1) -> bool:
        """Whether one of those who sit in a review is there for the first time, somebody left out of the question."""
        if self.asked.reviews[review].sitting_new:
            return True
        people = (*self.asked.fresh[review], *self.there[review])
        return any(other != but and self._is_new(other, review) for other in people)

    def bears(self, review: int) -> bool:
        """Whether the customer bears one more listener at this review."""
        return all(self._used[number] < self.asked.limits[number].most for number in self._limits[review])

    def may_leave(self, person: int, review: int) -> bool:
        """Whether those who stay in a review may stay without this person: a second one needs somebody new."""
        left = len(self.there[review] - {person})
        return not left or self._allowed(review, self.asked.seated[review] + left, person)

    def stands(self, review: int, but: int = -1) -> bool:
        """Whether those in a review may all be there, even if one of them counts as new no more."""
        there = len(self.there[review])
        if not there and not self.asked.hangs[review]:
            return True
        return self._allowed(review, self.asked.seated[review] + there, but)

    def _allowed(self, review: int, count: int, but: int) -> bool:
        return not overfull(count, False) or not overfull(count, self._one_is_new(review, but))

    def crowds(self, review: int) -> list[Pair]:
        """The planned seats that take what a seat in this review would need: its chairs, its customer's visits."""
        found = {(person, review) for person in self.there[review]}
        for number in self._limits[review]:
            if self._used[number] >= self.asked.limits[number].most:
                found |= {(p, at) for at in self.asked.limits[number].reviews for p in self.there[at]}
        return sorted(found)

    def put(self, person: int, review: int) -> None:
        """Plan a seat that fits."""
        self._step(person, review, 1)

    def take(self, person: int, review: int) -> None:
        """Take a planned seat back."""
        self._step(person, review, -1)

    def _step(self, person: int, review: int, way: int) -> None:
        levels, asked, customer = self._levels, self.asked, self._customer[review]
        close = self._close(person)
        if way > 0:
            self.mine[person].add(review)
            self.there[review].add(person)
        else:
            self.mine[person].remove(review)
            self.there[review].remove(person)
        before = self.lacks[person]
        after = self.lacks[person] = before - way
        levels[1] += (after > 0) - (before > 0)
        levels[2] += max(0, after) - max(0, before)
        levels[3] -= way * ((person, review) in asked.drafted)
        for number in self._limits[review]:
            self._used[number] += way
        levels[4] += _rest(self._seats, customer, way) if customer in asked.unheard else 0
        levels[5] += _more(self._heard, (person, customer), way)
        levels[6] += _more(self._alike, (asked.people[person].team, customer), way)
        levels[7] += self._close(person) - close
        levels[8] += way * asked.weights[person, review]

    def _close(self, person: int) -> int:
        if self._base_close[person]:
            return 1
        days = [self._day[review] for review in self.mine[person]]
        known = self._known[person]
        for at, day in enumerate(days):
            for other in (*known, *days[at + 1 :]):
                if too_close(day, other):
                    return 1
        return 0


def objective(total: Total) -> Objective:
    """A vector as an objective."""
    return Objective(*total)


def _rest(counted: Counter[str], key: str, way: int) -> int:
    """How many more customers stay unheard: one less with the first seat, one more once it is gone."""
    counted[key] += way
    return -(way > 0 and counted[key] == 1) + (way < 0 and counted[key] == 0)


def _more(counted: "Counter[_Key]", key: _Key, way: int) -> int:
    """How many more seats repeat: those beyond the first."""
    before = counted[key]
    counted[key] = before + way
    return max(0, before + way - 1) - max(0, before - 1)
