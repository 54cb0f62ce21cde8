"""Whether somebody may be offered a seat at a meeting, and who of many first. Pure: no store is read here."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from companion.attendance.model import Seat
from companion.attendance.offers import OPEN, STANDING, Offer
from companion.attendance.rules import PlanRule
from companion.attendance.tally import counts
from companion.basics.errors import Problem
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Leave, Person

MOST, MOST_WITH_A_NEW_ONE = 1, 2  # listeners at one meeting
_SITTING = frozenset({"accepted", "offered", "attended"})


@dataclass(frozen=True)
class Table:
    """One meeting as who is seated there needs it. `day`, `today`: the programme's."""

    meeting: Meeting
    day: date
    today: date
    now: datetime
    hosts: tuple[str, ...]  # addresses
    people: Mapping[str, Person]
    seats: tuple[Seat, ...]
    offers: tuple[Offer, ...]  # for this meeting
    leaves: tuple[Leave, ...]
    rules: tuple[PlanRule, ...]

    def seated(self) -> frozenset[str]:
        """Who sits there or is asked to: person ids, the hosts left out."""
        found = {seat.person_id for seat in self.seats if seat.state in _SITTING}
        found |= {offer.person_id for offer in self.offers if offer.state in OPEN}
        return frozenset(key for key in found if not self._is_host(key))

    def _is_host(self, person_id: str) -> bool:
        person = self.people.get(person_id)
        return person is None or bool(set(person.addresses) & set(self.hosts)) or person.kind in ("host", "group")


def not_to_be(meeting: Meeting, now: datetime) -> str:
    """Why nobody is offered a seat at a meeting, as a problem's code; "" where somebody may be."""
    if meeting.start <= now:
        return "review_over"
    if meeting.status not in ("confirmed", "tentative") or not counts(meeting):
        return "seat_no_review"
    return ""


def refusal(
    table: Table, person: Person, elsewhere: Iterable[Meeting], new: Collection[str], *, instead_of: str = ""
) -> Problem | None:
    """Why this person may not be offered a seat here; None where they may.

    `elsewhere`: the other meetings they sit in or are asked for; `new`: who of the people never listened;
    `instead_of`: whose seat it would take over.
    """
    meeting, name = table.meeting, person.name
    if code := not_to_be(meeting, table.now):
        return Problem(code, title=meeting.title)
    gone = (person.end and person.end < table.day) or (person.start and person.start > table.day)
    if person.kind == "group" or gone:
        return Problem("seat_not_here", name=name)
    if any(one.person_id == person.id and one.start <= table.day <= one.end for one in table.leaves):
        return Problem("seat_on_leave", name=name)
    if set(person.addresses) & set(table.hosts):
        return Problem("seat_own_meeting", name=name)
    if any(offer.person_id == person.id and offer.state in OPEN for offer in table.offers):
        return Problem("seat_asked", name=name)
    if any(seat.person_id == person.id and seat.state in _SITTING for seat in table.seats):
        return Problem("seat_had", name=name)
    if _ruled_out(table, person.id):
        return Problem("seat_ruled_out", name=name)
    if any(one.id != meeting.id and one.start < meeting.end and meeting.start < one.end for one in elsewhere):
        return Problem("seat_clash", name=name)
    there = table.seated() - {instead_of, person.id}
    most = MOST_WITH_A_NEW_ONE if there & set(new) or person.id in new else MOST
    return Problem("seat_taken", title=meeting.title) if len(there) >= most else None


def _ruled_out(table: Table, person_id: str) -> bool:
    """Whether somebody decided against it. By whom and why is nobody's business: a host owes no reason."""
    here, customer = table.meeting.id, table.meeting.customer_id
    return any(
        (rule.kind == "closed" and rule.meeting_id == here)
        or (rule.kind == "not_here" and rule.meeting_id == here and rule.person_id == person_id)
        or (rule.kind == "never" and rule.customer_id == customer and rule.person_id == person_id)
        for rule in table.rules
    )


def sitting(seats: Iterable[Seat], offers: Iterable[Offer]) -> frozenset[tuple[str, str]]:
    """(meeting id, person id) of every seat that is taken or asked for."""
    found = {(seat.meeting_id, seat.person_id) for seat in seats if seat.state in _SITTING}
    return frozenset(found | {(one.meeting_id, one.person_id) for one in offers if one.state in STANDING})


def hosts_at(meeting: Meeting, customer_host: str) -> tuple[str, ...]:
    """Whose word a seat needs: the meeting's host, else who looks after the customer; () where nobody is known."""
    for address in (normal(meeting.host_email), normal(customer_host)):
        if address:
            return (address,)
    return ()
