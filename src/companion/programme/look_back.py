"""The sentence that sells the programme: reviews of the last months, and in how many one of us sat."""

from dataclasses import dataclass
from datetime import date

from companion.attendance.seats import credited
from companion.attendance.tally import counts
from companion.basics.clock import day_of, start_of
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


def look_back(house: House, months: int = 12) -> LookBack:
    """How many customer meetings the last months held, and in how many a listener sat; only attended is sitting."""
    now = house.clock()
    with house.workspace(write=False) as tx:
        zone = tx.programme.get().zone
    facts, _ = span_ground(house, start_of(before(day_of(now, zone), months), zone), now)
    held = {item.id for item in facts.meetings.values() if item.end <= now and item.start >= start_of(
        before(facts.today, months), zone) and item.status != "cancelled" and counts(item)}  # fmt: skip
    sells = {person.id for person in facts.people if person.kind in ("host", "group")}
    sat: set[str] = set()
    unsaid: set[str] = set()
    for seat in facts.seats:
        if seat.meeting_id not in held:
            continue
        if (who := credited(seat)) and who not in sells:
            sat.add(seat.meeting_id)
        elif seat.state in ("unknown", "disputed") and seat.person_id not in sells:
            unsaid.add(seat.meeting_id)
    return LookBack(len(held), len(sat), len(unsaid - sat), months)


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
