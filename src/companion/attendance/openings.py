"""Open reviews: who could take one, until when, and whether there are enough for all who need one."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import merge

from companion.attendance.days import meeting_day
from companion.attendance.planner.check import in_year
from companion.attendance.planner.model import BUFFER, CAP
from companion.attendance.target import Run
from companion.basics.clock import day_of
from companion.meetings.model import Meeting
from companion.people.model import Person

_NEAR = timedelta(days=1)  # what an all-day entry, or a zone, may reach into the next day
Key = tuple[str, date]  # customer and day: what gives one credit
Place = tuple[date, Meeting, bool]  # False: as somebody's first seat alone


@dataclass(frozen=True)
class Burden:
    """How many listeners customers bear in a running year, and the days on which they had or will have one."""

    bears: Mapping[str, int] = field(default_factory=dict)  # customer -> listeners; who is not named bears any number
    visits: Mapping[str, tuple[date, ...]] = field(default_factory=dict)

    def bear(self, customer: str, days: Collection[date]) -> bool:
        """Whether a customer bears one more listener on each of these days."""
        most = self.bears.get(customer)
        if most is None:
            return True
        every = [*self.visits.get(customer, ()), *days]
        years = (last for last in set(every) if any(in_year(day, last) for day in days))
        return all(sum(in_year(day, last) for day in every) <= most for last in years)


@dataclass(frozen=True)
class Openings:
    """Open reviews by customer and day, in the order of days."""

    keys: tuple[Key, ...]
    days: tuple[date, ...]  # of each key
    reviews: dict[Key, tuple[Meeting, ...]]
    where: Mapping[str, Key] = field(default_factory=dict)  # id -> key
    burden: Burden = field(default_factory=Burden)
    hosted: Mapping[str, tuple[Meeting, ...]] = field(default_factory=dict)  # by address, those ahead
    # Second chairs: where the one listener is there for the first time, and where only somebody new may sit beside.
    beside_new: "Openings | None" = None
    beside: "Openings | None" = None


@dataclass(frozen=True)
class Could:
    """The open reviews one person could take: those from `start` to `stop`, but some."""

    all: Openings
    start: int
    stop: int
    but: frozenset[Key]  # all of them lie between
    out: frozenset[str] = frozenset()  # ids of reviews that cannot be, of a day whose other review can
    room: int = CAP  # seats they can still be given at most
    chairs: tuple["Could", ...] = ()  # beside somebody who is new
    first: "Could | None" = None  # beside anybody, as somebody new: at their earliest seat alone
    earliest: datetime | None = None  # of the seats they have
    anywhere: bool = True  # not as their first seat alone

    def __len__(self) -> int:
        return self.stop - self.start - len(self.but)

    def __iter__(self) -> Iterator[Key]:
        return (key for key in self.all.keys[self.start : self.stop] if key not in self.but)

    def latest(self, number: int) -> date | None:
        """The day by which somebody who needs so many has to take the first of the last ones; None: too few."""
        if not 0 < number <= self.room:
            return None
        sources = [could.backwards() for could in (self, *self.chairs)]
        if self.first is not None:
            sources.append(one for one in self.first.backwards() if self._before(one[1]))
        later: list[Place] = []
        days = set[date]()
        for day, review, anywhere in merge(*sources, key=lambda place: place[0], reverse=True):
            enough = len(days - {day}) >= number - 1  # one seat a day
            if enough and _together([(day, review, anywhere)], later, 0, number - 1, self.all.burden):
                return day
            if anywhere:
                later.append((day, review, anywhere))
                days.add(day)
        return None

    def backwards(self) -> Iterator[Place]:
        """Every single review they could take, the last day first."""
        for at in range(self.stop - 1, self.start - 1, -1):
            if (key := self.all.keys[at]) not in self.but:
                yield from ((key[1], one, self.anywhere) for one in self.all.reviews[key] if one.id not in self.out)

    def _before(self, review: Meeting) -> bool:
        return self.earliest is None or review.start < self.earliest


def openings(meetings: Iterable[Meeting], zone: str, burden: Burden | None = None) -> Openings:
    """Reviews by customer and day; two of one customer on one day are one credit, and two seats.

    What its customer does not bear any more is left out.
    """
    found: dict[Key, list[Meeting]] = {}
    for meeting in meetings:
        found.setdefault((meeting.customer_id, meeting_day(meeting, zone)), []).append(meeting)
    borne = burden or Burden()
    keys = tuple(sorted((key for key in found if borne.bear(key[0], key[1:])), key=lambda key: (key[1], key[0])))
    where = {review.id: key for key in keys for review in found[key]}
    return Openings(keys, tuple(key[1] for key in keys), {key: tuple(found[key]) for key in keys}, where, borne)


def could_take(
    reviews: Openings, person: Person, first: date, last: date, away: Iterable[Run], mine: Iterable[Meeting],
    has: Collection[Key], barred: Collection[str], zone: str, *, room: int = CAP, on: Collection[date] = (),
) -> Could:  # fmt: skip
    """What a person could take between two days, by the planner's rules: in their role, not on leave, one seat a day,
    half an hour from any other and from what they host.

    `mine`: seats of theirs ahead; `has`: credits they have or are asked for; `on`: further days on which they had a
    seat; `barred`: ids of meetings at which they are not to sit, or cannot; `room`: seats they may be given at most.
    """
    start = bisect_left(reviews.days, max(filter(None, (first, person.start))))
    stop = max(start, bisect_right(reviews.days, min(filter(None, (last, person.end)))))
    seats = list(mine)
    but = {key for key in has if key in reviews.reviews}
    runs = [*away, *((day, day) for day in {*on, *(meeting_day(seat, zone) for seat in seats)})]
    for begins, ends in runs:
        but.update(reviews.keys[bisect_left(reviews.days, begins) : bisect_right(reviews.days, ends)])
    out = set[str]()
    hosted = (one for address in person.addresses for one in reviews.hosted.get(address, ()))
    for seat in (*seats, *hosted):
        begins, ends = day_of(seat.start - _NEAR, zone), day_of(seat.end + _NEAR, zone)
        for key in reviews.keys[bisect_left(reviews.days, begins) : bisect_right(reviews.days, ends)]:
            out.update(review.id for review in reviews.reviews[key] if clash(seat, review))
    out.update(one for one in barred if one in reviews.where)
    for key in {reviews.where[one] for one in out}:
        if all(review.id in out for review in reviews.reviews[key]):
            but.add(key)
    inside = frozenset(key for key in but if start <= _at(reviews, key) < stop)
    return Could(reviews, start, stop, inside, frozenset(out), room)


def clash(one: Meeting, other: Meeting) -> bool:
    """Whether nobody can sit in both: half an hour lies between two seats, as for the planner."""
    return one.start < other.end + BUFFER and other.start < one.end + BUFFER


def _together(chosen: list[Place], places: Sequence[Place], at: int, number: int, burden: Burden) -> bool:
    """Whether so many more of the places from one on go together with those chosen, for one person."""
    customer = chosen[-1][1].customer_id
    if not burden.bear(customer, [day for day, review, _ in chosen if review.customer_id == customer]):
        return False
    if number == 0:
        return True
    for place in range(at, len(places) - number + 1):
        day, review, _ = places[place]
        if any(day == other or clash(review, two) for other, two, _ in chosen):
            continue
        if _together([*chosen, places[place]], places, place + 1, number - 1, burden):
            return True
    return False


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
