"""How many listeners a customer has within a year, beside how many it is to bear: told to who proposes one more."""

from dataclasses import dataclass
from datetime import date, datetime

from companion.attendance.days import meeting_day
from companion.attendance.offers import OPEN
from companion.attendance.planner.model import YEAR
from companion.attendance.tally import counts
from companion.meetings.model import Meeting
from companion.programme.model import WorkspaceTx
from companion.programme.offer_ground import seats_at
from companion.takeaways.audience import hosts_of


@dataclass(frozen=True)
class Burden:
    """Listeners within the fullest year around a review, its own among them; `bears`: how many are to be."""

    customer: str
    listeners: int
    bears: int

    @property
    def full(self) -> bool:
        """Whether one more is more than the customer is to bear."""
        return self.listeners >= self.bears


def burden_of(tx: WorkspaceTx, meeting: Meeting, now: datetime) -> Burden | None:
    """Of a review's customer; None where it has none. Who was there, is coming, or is being asked counts."""
    customer = tx.customers.get(meeting.customer_id) if meeting.customer_id else None
    if customer is None:
        return None
    programme = tx.programme.get()
    met = {one.id: one for one in tx.meetings.of_customer(customer.id) if one.verdict != "no" and counts(one)}
    people = {person.id: person for person in tx.people.all()}
    found = {
        (one.meeting_id, one.person_id) for one in seats_at(tx, met.values(), now)
        if one.state in ("attended", "accepted", "offered", "unknown")
    }  # fmt: skip
    found |= {(one.meeting_id, one.person_id) for one in tx.offers.of(met) if one.state in OPEN}
    days = []
    for key, person_id in found:
        person, hosts = people.get(person_id), set(hosts_of(customer, met[key]))
        if person and person.kind not in ("host", "group") and not hosts & set(person.addresses):
            days.append(meeting_day(met[key], programme.zone))
    here = meeting_day(meeting, programme.zone)
    bears = programme.visits if customer.visits is None else customer.visits
    return Burden(customer.name, fullest(days, here), bears)


def fullest(days: list[date], here: date) -> int:
    """The most of these days in one running year that holds `here`."""
    ends = [day for day in {*days, here} if here <= day < here + YEAR]
    return max(sum(end - YEAR < day <= end for day in days) for end in ends)
