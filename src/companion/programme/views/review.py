"""The review list: seats on which people and reports do not agree, and what reports leave to people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from companion.attendance.model import Evidence, Seat
from companion.attendance.seats import in_force, proposed, to_decide
from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.model import House
from companion.programme.names import names_shown
from companion.programme.seat_rights import is_host
from companion.programme.views.ground import Ground, ground


@dataclass(frozen=True)
class ReviewItem:
    """One seat somebody has to decide. `said`: the last word of each source, strongest first."""

    meeting: Meeting
    customer: Customer
    person_id: str
    name: str
    email: str
    kind: Literal["disputed", "proposed"]
    said: tuple[Evidence, ...]
    report: Evidence | None  # the statement that only asks


@dataclass(frozen=True)
class Review:
    """What waits for a decision, latest meeting first; `hidden` seats are only for who may see names."""

    items: tuple[ReviewItem, ...]
    hidden: int
    zone: str
    now: datetime
    names: dict[str, str]  # address -> name of our people


def review(house: House) -> Review:
    """Read what waits for a decision: the own seats, at the own meetings what reports propose, and all for ops.

    Others' names only where the board may show them.
    """
    facts = ground(house)
    allowed = names_shown(house, facts.programme, facts.me)
    found = [item for seat in facts.seats if (item := _item(facts, seat))]
    found.sort(key=lambda item: (-item.meeting.start.timestamp(), item.name.casefold(), item.person_id))
    shown = [item for item in found if allowed or _mine(facts.me, item)]
    names = {address: person.name for person in facts.people for address in person.addresses}
    return Review(tuple(shown), len(found) - len(shown), facts.zone, facts.now, names)


def _mine(me: Person | None, item: ReviewItem) -> bool:
    """Whether somebody may look at it without looking after the programme."""
    if me is None:
        return False
    return me.id == item.person_id or (item.kind == "proposed" and is_host(me, item.meeting))


def _item(facts: Ground, seat: Seat) -> ReviewItem | None:
    meeting, person = facts.meetings[seat.meeting_id], facts.person(seat.person_id)
    if person is None or meeting.end > facts.now or not to_decide(seat):
        return None
    kind: Literal["disputed", "proposed"] = "disputed" if seat.state == "disputed" else "proposed"
    return ReviewItem(
        meeting, facts.customer(meeting.customer_id), person.id, person.name, person.email, kind, in_force(seat),
        proposed(seat.evidence),
    )  # fmt: skip
