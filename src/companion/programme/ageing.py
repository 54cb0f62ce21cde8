"""What is older than the policy keeps it: a preview that counts and deletes nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from companion.attendance.days import meeting_day, period
from companion.basics.clock import day_of, start_of
from companion.programme.data_sheet import AUDIT_YEARS
from companion.programme.model import House
from companion.programme.ops import only_ops

PERIODS = 2  # before the running one
_EVERY = 2_000_000_000  # lines of the audit


@dataclass(frozen=True)
class Aged:
    """What of one kind is from before a day: how many rows, and of how many people."""

    what: Literal["attendance", "audit"]
    before: date
    count: int
    people: int


def aged(house: House) -> tuple[Aged, ...]:
    """Statements about seats from before the last two periods, and lines of the audit from before three years.

    Problem `only_ops`.
    """
    with house.workspace(write=False) as tx:
        only_ops(house, tx)
        programme = tx.programme.get()
        today = day_of(house.clock(), programme.zone)
        first = _earlier(period("", today, programme.year).first, PERIODS)
        old = {one.id for one in tx.meetings.everything() if meeting_day(one, programme.zone) < first}
        said = tx.seats.evidence(old)
        limit = _earlier(today, AUDIT_YEARS)
        lines = tx.programme.entries(_EVERY, None, start_of(limit, programme.zone))
    return (
        Aged("attendance", first, len(said), len({item.person_id for item in said})),
        Aged("audit", limit, len(lines), len({entry.who for entry in lines if entry.who})),
    )


def _earlier(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
