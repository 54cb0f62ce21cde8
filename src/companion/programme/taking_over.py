"""Who could take a seat at a meeting, who needs one most first."""

from dataclasses import dataclass
from typing import Literal

from companion.attendance.availability import Free, believed
from companion.attendance.days import period
from companion.attendance.seating import Table, refusal
from companion.attendance.seats import seats_of
from companion.attendance.standing import standing
from companion.attendance.target import aimed
from companion.people.model import Person
from companion.programme.model import WorkspaceTx
from companion.programme.offer_ground import elsewhere


@dataclass(frozen=True)
class Taker:
    """Somebody who may be offered the seat."""

    person: Person
    needs: int  # seats that this year still wants of them
    never_heard: bool  # this customer
    word: Free | Literal[""]  # whether they are free then, as far as it is known


def best_for(tx: WorkspaceTx, table: Table, giver_id: str, *, first: Person | None = None) -> Person | None:
    """Who is to be asked for somebody's seat: `first` if they may sit there, else the best; None where nobody may."""
    found = [one.person for one in takers(tx, table, giver_id)]
    wished = [one for one in found if first and one.id == first.id]
    return next(iter(wished or found), None)


def takers(tx: WorkspaceTx, table: Table, giver_id: str = "") -> list[Taker]:
    """Who may be offered a seat there, best first: who needs one, is free, and never heard that customer.

    `giver_id`: whose seat it is, in a swap.
    """
    programme, targets = tx.programme.get(), tx.seats.targets()
    meetings = [one for one in tx.meetings.everything() if one.verdict != "no"]
    seats = seats_of(meetings, tx.seats.evidence(), table.now, zone=programme.zone)
    customers = {one.id: one.customer_id for one in meetings}
    heard = {(one.person_id, customers[one.meeting_id]) for one in seats if one.state == "attended"}
    listened = {person_id for person_id, _ in heard}
    words = {word.person_id: word.word for word in believed(tx.availability.of([table.meeting.id]), table.now)}
    out = {one.person_id for one in table.offers if one.state in ("declined", "vetoed")} | {giver_id}
    out |= {key for key, word in words.items() if word != "free"}
    new, span, told = frozenset(table.people) - listened, period("", table.today, programme.year), tx.takeaways.all()
    found = []
    for person in table.people.values():
        if person.id in out or not aimed(person, targets, programme.targets):
            continue
        if refusal(table, person, elsewhere(tx, person.id, table.now), new, instead_of=giver_id):
            continue
        stands = standing(
            person, meetings, seats, told, targets, table.leaves, programme, span, table.now, open_meetings=()
        )
        never = (person.id, table.meeting.customer_id) not in heard
        found.append(Taker(person, stands.needs, never, words.get(person.id, "")))
    return sorted(found, key=_rank)


def _rank(one: Taker) -> tuple[bool, int, bool, bool, str, str]:
    return (one.needs == 0, -one.needs, one.word != "free", not one.never_heard, one.person.name, one.person.id)
