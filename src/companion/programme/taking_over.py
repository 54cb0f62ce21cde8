"""Who could take a seat at a meeting, who needs one most first, and in a few words why they."""

from dataclasses import dataclass
from typing import Literal

from companion.attendance.availability import Free, believed
from companion.attendance.seating import refusal
from companion.attendance.standing import Standing
from companion.attendance.target import aimed
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.model import House
from companion.programme.offer_ground import elsewhere, table_at
from companion.programme.views.ground import Ground, whole_ground


@dataclass(frozen=True)
class Taker:
    """Somebody who may be offered the seat. `why`: codes, the strongest first."""

    person: Person
    needs: int  # seats that this year still wants of them
    new: bool  # never listened
    never_heard: bool  # this customer
    word: Free | Literal[""]  # whether they are free then, as far as it is known
    why: tuple[str, ...]


def takers(house: House, meeting: Meeting, giver_id: str = "") -> list[Taker]:
    """Who may be offered a seat there, best first. `giver_id`: whose seat it is, in a swap."""
    facts, _ = whole_ground(house)
    now = facts.now
    with house.workspace(write=False) as tx:
        table = table_at(tx, meeting, now)
        known = believed(tx.availability.of([meeting.id]), now)
        words = {word.person_id: word.word for word in known}
        refused = {one.person_id for one in table.offers if one.state in ("declined", "vetoed")}
        refused |= {key for key, word in words.items() if word != "free"} | {giver_id}
        leaders = [one for one in facts.people
                   if one.id not in refused and aimed(one, facts.targets, facts.programme.targets)]  # fmt: skip
        listened = _listened(facts)
        new = frozenset(one.id for one in facts.people) - listened
        able = [one for one in leaders
                if refusal(table, one, elsewhere(tx, one.id, now), new, instead_of=giver_id) is None]  # fmt: skip
    found = [_taker(facts, one, facts.standing(one), meeting, one.id in new, words.get(one.id, "")) for one in able]
    return sorted(found, key=_rank)


def _rank(one: Taker) -> tuple[bool, int, bool, bool, str, str]:
    return (one.needs == 0, -one.needs, not one.never_heard, one.word != "free", one.person.name, one.person.id)


def _listened(facts: Ground) -> frozenset[str]:
    return frozenset(seat.person_id for seat in facts.seats if seat.state == "attended")


def _taker(
    facts: Ground, person: Person, stands: Standing, meeting: Meeting, new: bool, word: Free | Literal[""]
) -> Taker:
    heard = {facts.meetings[s.meeting_id].customer_id for s in facts.seats_of(person.id) if s.state == "attended"}
    never = meeting.customer_id not in heard
    told = {"needs": stands.needs > 0, "new": new, "never_heard": never and not new, "free": word == "free"}
    return Taker(person, stands.needs, new, never, word, tuple(code for code, holds in told.items() if holds))
