"""Who might sit in a review: who needs a seat first, and whose first time with that customer it would be."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from companion.attendance.availability import Free, believed
from companion.attendance.days import meeting_day
from companion.attendance.offers import Offer
from companion.attendance.seating import refusal, sitting
from companion.attendance.standing import Standing
from companion.attendance.target import aimed
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.burden import Burden, burden_of
from companion.programme.meetings import find
from companion.programme.model import House, WorkspaceTx
from companion.programme.names import names_shown
from companion.programme.offer_ground import has_listened, seats_at, table_at
from companion.programme.views.board import board
from companion.programme.views.ground import Ground, span_ground

AHEAD = timedelta(days=800)  # in which somebody may sit elsewhere
WORDS: dict[Free | Literal[""], int] = {"free": 0, "": 1, "busy": 2, "away": 3}


@dataclass(frozen=True)
class Candidate:
    """One of ours. `needs` None, `new` False and `word` "": not to be known by who asks."""

    person_id: str
    name: str
    team: str
    needs: int | None = None  # seats still wanted this year
    new: bool = False  # has never heard this customer
    word: Free | Literal[""] = ""  # whether they are free then, as far as it is known
    last: date | None = None  # when they heard anybody last


@dataclass(frozen=True)
class Candidates:
    """Who could be asked, best first; and why others cannot, as problem codes with how many."""

    meeting: Meeting
    able: tuple[Candidate, ...]
    unable: tuple[tuple[str, int], ...]
    named: bool  # whether others' figures are shown; else the order is that of the names
    burden: Burden | None = None  # of the customer


def candidates(house: House, meeting_id: str, *, instead_of: str = "") -> Candidates:
    """Read it: what is ahead, the board, and who was with this customer; the past of all others costs nothing.

    `instead_of`: whose seat is to be taken over. Problem `meeting_unknown`.
    """
    now = house.clock()
    with house.workspace(write=False) as tx:
        meeting = find(tx, meeting_id)
        offers, table = tx.offers.all(), table_at(tx, meeting, now)
        there = table.seated()
        fresh = frozenset(key for key in there if not has_listened(tx, key, now))
        heard, burden = _heard(tx, meeting, now), burden_of(tx, meeting, now)
    facts, _ = span_ground(house, now, now + AHEAD)
    standings = {row.person.id: row.standing for row in board(house, live=True).rows}
    named = names_shown(house, facts.programme, facts.me)
    unable, able = Counter[str](), []
    new = fresh | {person.id for person in facts.people
                   if person.id not in there and not _listened(standings.get(person.id))}  # fmt: skip
    ahead = _elsewhere(facts, offers)
    for person in facts.people:
        mine = facts.me is not None and person.id == facts.me.id
        if mine or person.id == instead_of or not aimed(person, facts.targets, facts.programme.targets):
            continue
        refused = refusal(table, person, ahead.get(person.id, ()), new, instead_of=instead_of)
        if refused is None:
            able.append(person)
        else:
            unable[refused.code] += 1
    made = _known(house, facts, meeting, able, standings, heard) if named else [_plain(one) for one in able]
    return Candidates(meeting, tuple(made), tuple(sorted(unable.items())), named, burden)


def _heard(tx: WorkspaceTx, meeting: Meeting, now: datetime) -> frozenset[str]:
    """Who has heard this customer."""
    past = [one for one in tx.meetings.of_customer(meeting.customer_id) if one.end <= now and one.verdict != "no"]
    return frozenset(seat.person_id for seat in seats_at(tx, past, now) if seat.state == "attended")


def _listened(standing: Standing | None) -> bool:
    return standing is not None and standing.last is not None


def _plain(person: Person) -> Candidate:
    return Candidate(person.id, person.name, person.team)


def _known(
    house: House, facts: Ground, meeting: Meeting, able: list[Person], standings: Mapping[str, Standing],
    heard: frozenset[str],
) -> list[Candidate]:  # fmt: skip
    """With their figures: who needs a seat and is free, whoever has not heard this customer, the longest wait."""
    with house.workspace(write=False) as tx:
        words = {one.person_id: one.word for one in believed(tx.availability.of([meeting.id]), facts.now)}
    made = []
    for person in able:
        standing = standings.get(person.id)
        if standing is None:  # not in the role this year
            continue
        made.append(Candidate(
            person.id, person.name, person.team, standing.needs, person.id not in heard, words.get(person.id, ""),
            meeting_day(standing.last, facts.zone) if standing.last else None,
        ))  # fmt: skip
    return sorted(made, key=_rank)


def _rank(one: Candidate) -> tuple[bool, int, bool, int, date, str, str]:
    return (not one.needs, WORDS[one.word], not one.new, -(one.needs or 0), one.last or date.min,
            one.name.casefold(), one.person_id)  # fmt: skip


def _elsewhere(facts: Ground, offers: list[Offer]) -> dict[str, list[Meeting]]:
    """The meetings ahead of each person."""
    found: dict[str, list[Meeting]] = {}
    for key, person_id in sitting(facts.seats, offers):
        meeting = facts.meetings.get(key)
        if meeting and _stands(meeting, facts.now):
            found.setdefault(person_id, []).append(meeting)
    return found


def _stands(meeting: Meeting, now: datetime) -> bool:
    return meeting.end > now and meeting.status in ("confirmed", "tentative")
