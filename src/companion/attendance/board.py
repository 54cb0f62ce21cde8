"""The board: every leader's standing by team, and the facts of the one sentence above it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from companion.attendance.amending import Amendment
from companion.attendance.closing import Carried, Closing
from companion.attendance.days import Period, after_last
from companion.attendance.model import Seat, Target
from companion.attendance.openings import Burden, Could, unmet, usable
from companion.attendance.reach import looking_ahead
from companion.attendance.standing import Standing, listening, open_reviews, stand
from companion.attendance.tally import Told
from companion.attendance.target import Terms, aimed, stood
from companion.basics.clock import day_of
from companion.meetings.model import Meeting
from companion.people.model import Leave, Person

T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """One leader on the board."""

    person: Person
    standing: Standing


@dataclass(frozen=True)
class Sums:
    """A team's figures, or everybody's. `leaders` are those of whom something is expected: the n of each figure."""

    team: str
    leaders: int
    on_track: int  # done ones too
    expected: int
    heard: int
    completed: int
    coming: int
    needs: int
    within: int = 0  # of what was heard, what is no more than was expected of each


@dataclass(frozen=True)
class SentenceFacts:
    """What the directors' sentence is made of; `words.attendance.directors` says it."""

    leaders: int
    on_track: int
    waiting: int
    needing: int
    seats_needed: int
    open_reviews: int  # those that somebody who needs one could take
    cannot: int
    until: date
    over: bool  # the period has ended
    missing: int = 0  # reviews still to be found, however well the open ones are shared out
    rolling: bool = False
    expected: int = 0  # meetings, of all these leaders
    heard: int = 0  # of those: what somebody heard beyond what was expected of them is nobody else's
    beside: int = 0  # people for whom what is left is a seat beside a colleague; not among `needing`


@dataclass(frozen=True)
class Board:
    """Everything the board shows. `teams` and `rows` are in the order of team, then name."""

    period: Period
    as_of: datetime
    facts: SentenceFacts
    rows: tuple[Row, ...]
    teams: tuple[Sums, ...]
    totals: Sums
    unknown_count: int  # past seats nobody has spoken of, and disputed ones
    open_reviews: tuple[Meeting, ...]
    closing: Closing | None = None  # where the period is closed: the rows are those of then
    amendments: tuple[Amendment, ...] = ()  # what is another figure now


def board(
    people: Iterable[Person],
    meetings: Iterable[Meeting],
    seats: Iterable[Seat],
    takeaways: Iterable[Told],
    targets: Iterable[Target],
    leaves: Iterable[Leave],
    programme: Terms,
    period: Period,
    as_of: datetime,
    *,
    carried: Iterable[Carried] = (),
    barred: Mapping[str, frozenset[str]] | None = None,
    burden: Burden | None = None,
) -> Board:
    """The board of all leaders who were in their role in the period, as it was known at `as_of`.

    `barred`: person id -> ids of meetings at which they cannot or are not to sit; `burden`: what customers bear.
    """
    targets, carried = stood(targets, as_of), list(carried)
    people, seats = list(people), list(seats)
    leaders = [person for person in people if leads_in(person, targets, programme.targets, period)]
    ids = {person.id for person in leaders}
    known = {item.id: item for item in meetings}
    mine = _by(ids, seats, lambda item: item.person_id)
    told = _by(ids, takeaways, lambda item: item.author_id)
    away = _by(ids, leaves, lambda item: item.person_id)
    own = _by(ids, (item for item in targets if not item.who.startswith("role:")), lambda item: item.who)
    roles = [item for item in targets if item.who.startswith("role:")]
    taken = listening(seats, people, targets, programme.targets)
    free = open_reviews(known.values(), taken, as_of, after_last(period, programme.zone))
    reviews = looking_ahead(free, known, taken, as_of, programme.zone, burden)
    rows, could = [], {}
    for person in sorted(leaders, key=lambda person: (person.team.casefold(), person.name.casefold(), person.id)):
        key = person.id
        figures, could[key] = stand(
            person, known, mine[key], told[key], [*roles, *own[key]], away[key], programme, period, as_of, reviews,
            carried, (barred or {}).get(key, ()),
        )  # fmt: skip
        rows.append(Row(person, figures))
    return Board(
        period, as_of, _facts(rows, could, period, period.over(day_of(as_of, programme.zone))), tuple(rows),
        sums_by_team(rows), sums("", rows), sum(row.standing.unknown for row in rows), tuple(free),
    )  # fmt: skip


def sums_by_team(rows: Iterable[Row]) -> tuple[Sums, ...]:
    """Each team's figures, in the order in which the rows name them."""
    rows = list(rows)
    teams: dict[str, list[Row]] = {}
    for row in rows:
        teams.setdefault(row.person.team, []).append(row)
    return tuple(sums(team, some) for team, some in teams.items())


def sums(team: str, rows: Iterable[Row]) -> Sums:
    """The figures of some rows together, and of how many people something is expected."""
    everyone = [row.standing for row in rows]  # what the exempt heard is kept
    due = [item for item in everyone if item.flag != "exempt"]
    return Sums(
        team,
        len(due),
        sum(item.flag in ("done", "on_track") for item in due),
        sum(item.expected for item in due),
        sum(item.heard for item in everyone),
        sum(item.completed for item in everyone),
        sum(item.coming for item in everyone),
        sum(item.needs for item in due),
        sum(min(item.heard, item.expected) for item in due),
    )


def _by(ids: set[str], items: Iterable[T], whose: Callable[[T], str]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {key: [] for key in ids}
    for item in items:
        if whose(item) in found:
            found[whose(item)].append(item)
    return found


def leads_in(person: Person, targets: Sequence[Target], by_role: Mapping[str, int], period: Period) -> bool:
    """Whether somebody stands on the board of a period: a leader, in their role for at least a day of it."""
    here = (person.start is None or person.start <= period.last) and (person.end is None or person.end >= period.first)
    return here and (person.kind == "leader" or aimed(person, targets, by_role))


def _facts(rows: list[Row], could: Mapping[str, Could], period: Period, over: bool) -> SentenceFacts:
    flags, whole = [row.standing.flag for row in rows if row.standing.flag != "exempt"], sums("", rows)
    wanting = [row.standing for row in rows if row.standing.flag == "needs_seat" and not row.standing.only_beside]
    needed = [(max(0, item.needs - item.offered - item.proposed), could[item.person_id]) for item in wanting]
    return SentenceFacts(
        len(flags),
        sum(flag in ("done", "on_track") for flag in flags),
        flags.count("waiting"),
        len(wanting),
        sum(number for number, _ in needed),
        usable(one for _, one in needed),
        flags.count("cannot_reach"),
        period.last,
        over,
        unmet(needed),
        period.rolling,
        whole.expected,
        whole.within,
        sum(row.standing.only_beside for row in rows),
    )
