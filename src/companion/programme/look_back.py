"""The sentence that sells the programme: reviews of the last months, and in how many one of us sat."""

from dataclasses import dataclass
from datetime import date, timedelta

from companion.attendance.days import after_last
from companion.attendance.seats import credited
from companion.attendance.tally import counts
from companion.basics.clock import day_of, start_of
from companion.meetings.twins import one_review
from companion.programme.counting import period_of
from companion.programme.model import House
from companion.programme.views.ground import span_ground


@dataclass(frozen=True)
class LookBack:
    """How many reviews those months held, and in how many somebody sat who does not sell.

    `unknown`: in how many more somebody was to sit and nobody has said yet whether they did; they count for nothing.
    """

    reviews: int
    with_us: int
    unknown: int = 0
    months: int = 12
    until: date | None = None  # the last of those days, where it is not today


def look_back(house: House, months: int = 12, *, span: str = "", as_of: date | None = None) -> LookBack:
    """How many customer meetings the last months held, and in how many a listener sat; only attended is sitting.

    `span`, `as_of`: of a board; those months end with its period, or on the day that was asked for.
    """
    with house.workspace(write=False) as tx:
        zone = tx.programme.get().zone
        period, moment = period_of(house, tx, span, as_of)
    end = min(moment, after_last(period, zone))
    last = day_of(end - timedelta(microseconds=1), zone)
    until = None if last == day_of(house.clock(), zone) else last
    begin = start_of(before(last + timedelta(days=1) if until else last, months), zone)
    facts, _ = span_ground(house, begin, end)
    over = [item for item in facts.meetings.values() if item.end <= end and item.start >= begin
            and item.status != "cancelled" and counts(item)]  # fmt: skip
    twins = one_review(over)
    held = {item.id: twins.get(item.id, item.id) for item in over}
    sells = {person.id for person in facts.people if person.kind in ("host", "group")}
    sat: set[str] = set()
    unsaid: set[str] = set()
    for seat in facts.seats_known(moment):
        if seat.meeting_id not in held:
            continue
        if (who := credited(seat)) and who not in sells:
            sat.add(held[seat.meeting_id])
        elif seat.state in ("unknown", "disputed") and seat.person_id not in sells:
            unsaid.add(held[seat.meeting_id])
    return LookBack(len(set(held.values())), len(sat), len(unsaid - sat), months, until)


def before(day: date, months: int) -> date:
    """The day so many months earlier, or the last one of a shorter month."""
    at = day.year * 12 + day.month - 1 - months
    year, month = at // 12, at % 12 + 1
    for number in range(day.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, min(day.day, 28))
