"""What the planner is given and what it answers: plain values, the same for every way of solving."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from companion.calendars.model import Reason

CAP = 3  # customer meetings a year that nobody is planned beyond
BUFFER = timedelta(minutes=30)  # between two seats of one person: to get there, and to write a line
APART = timedelta(weeks=6)  # what lies between a person's seats where it can be had
YEAR = timedelta(days=365)  # the running year of a customer's visits
Seat = tuple[str, str]  # review id, person id


@dataclass(frozen=True)
class Sitter:
    """Somebody who may be seated. `needs` and `most` are of the period; agreed seats are not taken off them."""

    id: str
    needs: int  # credits wanted
    most: int  # seats at most, whoever asks
    spare: int = 0  # seats beyond the need that may go to customers nobody has heard
    team: str = ""
    new: bool = False  # never listened before
    first: date | None = None  # first and last day in the role
    last: date | None = None
    away: tuple[tuple[date, date], ...] = ()  # days of leave, both ends included
    taken: tuple[tuple[datetime, datetime], ...] = ()  # what else they sit in or host
    busy: frozenset[str] = frozenset()  # reviews at which their calendar says busy or away
    free: frozenset[str] = frozenset()  # reviews at which it says free
    said_no: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()  # reviews of their own
    heard: frozenset[str] = frozenset()  # customers, ever
    credits: frozenset[tuple[str, date]] = frozenset()  # customer and day: what counts already
    days: tuple[date, ...] = ()  # of what they heard lately and of seats outside these reviews


@dataclass(frozen=True)
class Review:
    """One customer meeting ahead. `sitting`: listeners who are nobody's to plan, `sitting_new`: one of them is new."""

    id: str
    customer: str
    start: datetime
    end: datetime
    day: date  # the programme's
    tier: str = ""
    sitting: int = 0
    sitting_new: bool = False
    counts: bool = True  # as `standing.counts`, and it is to take place


@dataclass(frozen=True)
class PlanInput:
    """All that decides a plan. The order of what it holds never matters."""

    people: tuple[Sitter, ...]
    reviews: tuple[Review, ...]
    agreed: frozenset[Seat] = frozenset()  # said yes to, or on their way
    draft: frozenset[Seat] = frozenset()  # an earlier proposal that nobody has been asked about
    pins: tuple[Seat, ...] = ()  # oldest first
    not_here: frozenset[Seat] = frozenset()
    never: frozenset[tuple[str, str]] = frozenset()  # person, customer
    closed: frozenset[str] = frozenset()  # reviews
    visits: Mapping[str, tuple[date, ...]] = field(default_factory=dict)  # customer -> days listeners sat or will sit
    bears: Mapping[str, int] = field(default_factory=dict)  # customer -> listeners in a running year
    teams: Mapping[str, frozenset[str]] = field(default_factory=dict)  # customer -> teams that heard them
    span: tuple[date, date] | None = None  # the days in which a further review would help


@dataclass(frozen=True)
class Objective:
    """How good a plan is, in the order in which it matters; fewer is better everywhere, a tuple compares as told."""

    changes: int = 0  # agreed seats that cannot stand
    short: int = 0  # people who would miss their target
    missing: int = 0  # seats they lack between them
    redrawn: int = 0  # seats of the earlier proposal that are not in this one
    unheard: int = 0  # customers with a review whom nobody of ours has heard and nobody will
    again: int = 0  # seats with a customer whom that leader has heard
    alike: int = 0  # seats with a customer whom that team has heard
    close: int = 0  # people with two seats less than six weeks apart
    later: int = 0  # the sooner the better; among equals the seed decides

    @property
    def vector(self) -> tuple[int, ...]:
        """The levels, weightiest first."""
        return (self.changes, self.short, self.missing, self.redrawn, self.unheard, self.again, self.alike,
                self.close, self.later)  # fmt: skip

    @property
    def told(self) -> tuple[int, ...]:
        """The levels people are told of: all but the last, which only breaks ties."""
        return self.vector[:-1]

    @property
    def number(self) -> int:
        """The told levels in one number, one decimal place of a thousand each: it compares as they do below 1,000."""
        total = 0
        for level in self.told:
            total = total * 1000 + min(level, 999)
        return total


@dataclass(frozen=True)
class PlannedSeat:
    """One seat of a plan. `kind`: agreed | pinned | draft | new."""

    meeting_id: str
    person_id: str
    kind: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Help:
    """What would seat somebody who is short; tried out before it is said.

    `kind`: open (lift the closing of a review) | never (lift that rule) | visits (let the customer bear one more)
    | review (one more review with that customer between two days).
    """

    kind: str
    customer_id: str
    meeting_id: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Short:
    """Somebody the plan leaves short, why, and what would help."""

    person_id: str
    needs: int  # seats still missing
    why: tuple[Reason, ...]
    would_help: tuple[Help, ...] = ()


@dataclass(frozen=True)
class Refused:
    """A pin or an agreed seat that cannot stand, and the rule it breaks (codes of `Fault`)."""

    meeting_id: str
    person_id: str
    kind: str  # pin | agreed
    code: str


@dataclass(frozen=True)
class Plan:
    """A proposal. `proven`: nothing better exists; else `bound` says how good anything could be at most."""

    seats: tuple[PlannedSeat, ...]  # by day
    short: tuple[Short, ...]
    objective: Objective
    bound: Objective
    proven: bool
    seed: int
    refused: tuple[Refused, ...] = ()
    solver: str = ""  # "highs", or "search"

    @property
    def gap(self) -> tuple[str, int]:
        """The first level at which the bound is better than the plan, and by how much; ("", 0) where none is."""
        for name, have, least in zip(vars(self.objective), self.objective.told, self.bound.told, strict=False):
            if have != least:
                return name, have - least
        return "", 0
