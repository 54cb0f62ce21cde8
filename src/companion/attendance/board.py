"""The board: every leader's standing by team, and the facts of the one sentence above it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from companion.attendance.days import Period, after_last
from companion.attendance.model import Seat, Target
from companion.attendance.standing import Standing, Told, open_reviews, standing
from companion.attendance.target import Terms, aimed
from companion.basics.clock import day_of
from companion.meetings.model import Meeting
from companion.people.model import Leave, Person


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


@dataclass(frozen=True)
class SentenceFacts:
    """What the directors' sentence is made of; `words.attendance.directors` says it."""

    leaders: int
    on_track: int
    waiting: int
    needing: int
    seats_needed: int
    open_reviews: int
    cannot: int
    until: date
    over: bool  # the period has ended


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
) -> Board:
    """The board of all leaders who were in their role in the period, as it was known at `as_of`."""
    meetings, takeaways, targets, leaves = list(meetings), list(takeaways), list(targets), list(leaves)
    leaders = [person for person in people if _leads(person, targets, programme.targets) and _here(person, period)]
    ids = {person.id for person in leaders}
    by_person: dict[str, list[Seat]] = {key: [] for key in ids}
    for item in seats:
        if item.person_id in ids:
            by_person[item.person_id].append(item)
    after = after_last(period, programme.zone)
    free = open_reviews(meetings, [item for mine in by_person.values() for item in mine], as_of, after)
    by_id = {item.id: item for item in meetings}
    rows = []
    for person in sorted(leaders, key=lambda person: (person.team.casefold(), person.name.casefold(), person.id)):
        mine = by_person[person.id]
        theirs = [by_id[item.meeting_id] for item in mine if item.meeting_id in by_id]
        figures = standing(
            person, theirs, mine, takeaways, targets, leaves, programme, period, as_of, open_meetings=free
        )
        rows.append(Row(person, figures))
    teams = tuple(
        _sums(team, [row for row in rows if row.person.team == team])
        for team in dict.fromkeys(row.person.team for row in rows)
    )
    over = day_of(as_of, programme.zone) > period.last
    return Board(
        period, as_of, _facts(rows, len(free), period, over), tuple(rows), teams, _sums("", rows),
        sum(row.standing.unknown for row in rows), tuple(free),
    )  # fmt: skip


def _leads(person: Person, targets: list[Target], by_role: Mapping[str, int]) -> bool:
    return person.kind == "leader" or aimed(person, targets, by_role)


def _here(person: Person, period: Period) -> bool:
    return (person.start is None or person.start <= period.last) and (person.end is None or person.end >= period.first)


def _sums(team: str, rows: list[Row]) -> Sums:
    due = [row.standing for row in rows if row.standing.flag != "exempt"]
    everyone = [row.standing for row in rows]  # what the exempt heard is kept
    return Sums(
        team,
        len(due),
        sum(item.flag in ("done", "on_track") for item in due),
        sum(item.expected for item in due),
        sum(item.heard for item in everyone),
        sum(item.completed for item in everyone),
        sum(item.coming for item in everyone),
        sum(item.needs for item in due),
    )


def _facts(rows: list[Row], free: int, period: Period, over: bool) -> SentenceFacts:
    flags = [row.standing.flag for row in rows if row.standing.flag != "exempt"]
    wanting = [row.standing for row in rows if row.standing.flag == "needs_seat"]
    return SentenceFacts(
        len(flags),
        sum(flag in ("done", "on_track") for flag in flags),
        flags.count("waiting"),
        len(wanting),
        sum(item.needs - item.offered for item in wanting),
        free,
        flags.count("cannot_reach"),
        period.last,
        over,
    )
