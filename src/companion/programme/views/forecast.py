"""What comes of a period if nobody does anything: who is on track, who needs a seat, who cannot make it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from companion.attendance.board import Board, Row

GroupKey = Literal["on_track", "waiting", "needs_seat", "cannot_reach", "exempt"]
GROUPS: tuple[GroupKey, ...] = ("on_track", "waiting", "needs_seat", "cannot_reach", "exempt")


@dataclass(frozen=True)
class Group:
    """Leaders of whom the same is to be said; the board lists them by `group_of`."""

    key: GroupKey
    leaders: int
    needs: int  # seats that they still want, all together


@dataclass(frozen=True)
class Forecast:
    """Whole numbers, no odds: nothing is weighed by what somebody did in another year."""

    groups: tuple[Group, ...]  # in the order of `GROUPS`, all of them
    leaders: int  # of whom something is expected: the n of every figure
    reviews: tuple[datetime, ...]  # when the reviews start that are open, earliest first
    until: date


def group_of(row: Row) -> GroupKey:
    """What is to be said of one leader; who has heard enough is on track."""
    flag = row.standing.flag
    return "on_track" if flag == "done" else flag


def forecast_of(found: Board) -> Forecast:
    """The forecast of a board that was read."""
    held: dict[GroupKey, list[Row]] = {key: [] for key in GROUPS}
    for row in found.rows:
        held[group_of(row)].append(row)
    groups = tuple(Group(key, len(rows), _needs(rows)) for key, rows in held.items())
    reviews = tuple(meeting.start for meeting in found.open_reviews)
    return Forecast(groups, found.facts.leaders, reviews, found.period.last)


def _needs(rows: Iterable[Row]) -> int:
    return sum(row.standing.needs for row in rows)
