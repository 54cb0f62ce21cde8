"""Open reviews: who could take one, until when, and whether there are enough for all who need one."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from companion.attendance.days import meeting_day
from companion.attendance.target import Run
from companion.meetings.model import Meeting
from companion.people.model import Person

Key = tuple[str, date]  # customer and day: what gives one credit


@dataclass(frozen=True)
class Openings:
    """Open reviews by customer and day, in the order of days."""

    keys: tuple[Key, ...]
    days: tuple[date, ...]  # of each key
    reviews: dict[Key, tuple[Meeting, ...]]


@dataclass(frozen=True)
class Could:
    """The open reviews one person could take: those from `start` to `stop`, but some."""

    all: Openings
    start: int
    stop: int
    but: frozenset[Key]  # all of them lie between

    def __len__(self) -> int:
        return self.stop - self.start - len(self.but)

    def __iter__(self) -> Iterator[Key]:
        return (key for key in self.all.keys[self.start : self.stop] if key not in self.but)

    def latest(self, number: int) -> date | None:
        """The day by which somebody who needs so many has to take the first of the last ones; None: too few."""
        if not 0 < number <= len(self):
            return None
        for at in range(self.stop - 1, self.start - 1, -1):
            number -= self.all.keys[at] not in self.but
            if number == 0:
                return self.all.days[at]
        return None


def openings(meetings: Iterable[Meeting], zone: str) -> Openings:
    """Reviews by customer and day; two of one customer on one day are one credit, and two seats."""
    found: dict[Key, list[Meeting]] = {}
    for meeting in meetings:
        found.setdefault((meeting.customer_id, meeting_day(meeting, zone)), []).append(meeting)
    keys = tuple(sorted(found, key=lambda key: (key[1], key[0])))
    return Openings(keys, tuple(key[1] for key in keys), {key: tuple(found[key]) for key in keys})


def could_take(
    reviews: Openings, person: Person, first: date, last: date, away: Iterable[Run], mine: Iterable[Meeting],
    has: Collection[Key], barred: Collection[str], zone: str,
) -> Could:  # fmt: skip
    """What a person could take between two days: in their role, not on leave, with no seat of their own at that time.

    `has`: credits they have or are asked for; `barred`: ids of meetings at which they are not to sit, or cannot.
    """
    start = bisect_left(reviews.days, max(filter(None, (first, person.start))))
    stop = max(start, bisect_right(reviews.days, min(filter(None, (last, person.end)))))
    but = {key for key in has if key in reviews.reviews}
    for begins, ends in away:
        but.update(reviews.keys[bisect_left(reviews.days, begins) : bisect_right(reviews.days, ends)])
    for seat in mine:
        day = meeting_day(seat, zone)
        for key in reviews.keys[bisect_left(reviews.days, day) : bisect_right(reviews.days, day)]:
            if all(clash(seat, review) for review in reviews.reviews[key]):
                but.add(key)
    if barred:
        but.update(key for key, all_of in reviews.reviews.items() if all(review.id in barred for review in all_of))
    inside = frozenset(key for key in but if start <= _at(reviews, key) < stop)
    return Could(reviews, start, stop, inside)


def clash(one: Meeting, other: Meeting) -> bool:
    """Whether nobody can sit in both. An entry for the whole day says nothing of the hour."""
    return not one.all_day and not other.all_day and one.start < other.end and other.start < one.end


def unmet(wanting: Iterable[tuple[int, Could]]) -> int:
    """How many of the seats that people need stay without a review, shared out as well as can be."""
    people = sorted(wanting, key=lambda one: len(one[1]) - one[0])  # who has least choice goes first
    left: dict[Key, int] = {}
    seats: dict[Key, set[int]] = {}
    reach = [_lists(could, left, seats) for _, could in people]
    dead: set[Key] = set()  # from where no seat is free any more
    missing = 0
    for at, (needs, _) in enumerate(people):
        for _ in range(needs):
            if not _seated(at, reach, left, seats, dead):
                missing += 1
    return missing


def usable(wanting: Iterable[Could]) -> int:
    """How many open reviews at least one of these people could take."""
    found: set[Key] = set()
    reviews: Openings | None = None
    for could in wanting:
        reviews = could.all
        if len(found) < len(reviews.keys):
            found.update(could)
    return sum(len(reviews.reviews[key]) for key in found) if reviews else 0


def _at(reviews: Openings, key: Key) -> int:
    at = bisect_left(reviews.days, key[1])
    while at < len(reviews.keys) and reviews.keys[at] != key:
        at += 1
    return at


def _lists(could: Could, left: dict[Key, int], seats: dict[Key, set[int]]) -> Sequence[Key]:
    found = tuple(could)
    for key in found:
        if key not in left:
            left[key] = len(could.all.reviews[key])
            seats[key] = set()
    return found


def _seated(
    who: int, reach: Sequence[Sequence[Key]], left: dict[Key, int], seats: dict[Key, set[int]], dead: set[Key]
) -> bool:
    """Find a seat for somebody, and let others move to another where that makes one free."""
    seen: dict[Key, tuple[Key | None, int]] = {}  # key -> by which key and for whom it was reached
    waiting: list[tuple[Key | None, int]] = [(None, who)]
    for came, person in waiting:
        for key in reach[person]:
            if key in seen or key in dead or person in seats[key]:
                continue
            seen[key] = (came, person)
            if left[key]:
                left[key] -= 1
                _move(key, seen, seats)
                return True
            waiting += [(key, other) for other in sorted(seats[key])]
    dead.update(seen)
    return False


def _move(key: Key, seen: dict[Key, tuple[Key | None, int]], seats: dict[Key, set[int]]) -> None:
    at: Key | None = key
    while at is not None:
        came, person = seen[at]
        seats[at].add(person)
        if came is not None:
            seats[came].discard(person)
        at = came
