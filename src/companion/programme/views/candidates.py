"""Who might sit in a review: who needs a seat first, and whose first time with that customer it would be."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from companion.attendance.availability import Free
from companion.attendance.board import board
from companion.attendance.days import meeting_day, period
from companion.attendance.offers import Offer
from companion.attendance.rules import PlanRule
from companion.attendance.seating import Table, hosts_at, refusal, sitting
from companion.attendance.target import aimed
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.meetings import find
from companion.programme.model import House
from companion.programme.names import names_shown
from companion.programme.views.ground import Ground, ground
from companion.programme.views.joining import free_states

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


def candidates(house: House, meeting_id: str, *, instead_of: str = "") -> Candidates:
    """Read it. `instead_of`: whose seat is to be taken over. Problem `meeting_unknown`."""
    facts = ground(house)
    with house.workspace(write=False) as tx:
        meeting = find(tx, meeting_id)
        offers, rules = tx.offers.all(), tx.plan_rules.all()
    named = names_shown(house, facts.programme, facts.me)
    table = _table(facts, meeting, offers, rules)
    unable, able = Counter[str](), []
    new = _never_heard(facts)
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
    made = _known(house, facts, meeting, able) if named else [_plain(one) for one in able]
    return Candidates(meeting, tuple(made), tuple(sorted(unable.items())), named)


def _plain(person: Person) -> Candidate:
    return Candidate(person.id, person.name, person.team)


def _known(house: House, facts: Ground, meeting: Meeting, able: list[Person]) -> list[Candidate]:
    """With their figures: who needs a seat and is free, whoever has not heard this customer, the longest wait."""
    found = board(
        facts.people, facts.meetings.values(), facts.seats, facts.takeaways, facts.targets, facts.leaves,
        facts.programme, period("", facts.today), facts.now,
    )  # fmt: skip
    standings = {row.person.id: row.standing for row in found.rows}
    free = free_states(house, facts, [meeting], whole=True).get(meeting.id)
    words = {name: word for word, name in free.names} if free else {}
    made = []
    for person in able:
        standing = standings.get(person.id)
        if standing is None:  # of whom nothing is expected: nobody looks for a seat for them
            continue
        heard = {facts.meetings[s.meeting_id].customer_id for s in facts.seats_of(person.id) if s.state == "attended"}
        made.append(Candidate(
            person.id, person.name, person.team, standing.needs, meeting.customer_id not in heard,
            words.get(person.name, ""), meeting_day(standing.last, facts.zone) if standing.last else None,
        ))  # fmt: skip
    return sorted(made, key=_rank)


def _rank(one: Candidate) -> tuple[bool, int, bool, int, date, str, str]:
    return (not one.needs, WORDS[one.word], not one.new, -(one.needs or 0), one.last or date.min,
            one.name.casefold(), one.person_id)  # fmt: skip


def _table(facts: Ground, meeting: Meeting, offers: list[Offer], rules: list[PlanRule]) -> Table:
    return Table(
        meeting, meeting_day(meeting, facts.zone), facts.today, facts.now,
        hosts_at(meeting, facts.customer(meeting.customer_id).host_email),
        {person.id: person for person in facts.people}, tuple(facts.seats_at(meeting.id)),
        tuple(one for one in offers if one.meeting_id == meeting.id), facts.leaves, tuple(rules),
    )  # fmt: skip


def _never_heard(facts: Ground) -> frozenset[str]:
    """Who has never listened to any customer."""
    heard = {seat.person_id for seat in facts.seats if seat.state == "attended"}
    return frozenset(person.id for person in facts.people if person.id not in heard)


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
