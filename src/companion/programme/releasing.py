"""What becomes of a takeaway that goes out now: at once, a day after its host saw it, or after a yes."""

from dataclasses import dataclass
from datetime import date, datetime

from companion.basics.clock import day_of
from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme import letters
from companion.programme.model import Programme, WorkspaceTx
from companion.takeaways.audience import hosts_of, judges
from companion.takeaways.letters import Letter
from companion.takeaways.model import MAILS, Takeaway
from companion.takeaways.release import Asked, Terms, Why, release


@dataclass(frozen=True)
class Foreseen:
    """A takeaway as it would be kept, and who is told or asked: `host` by name or address, `asked` by address."""

    takeaway: Takeaway
    letter: Asked
    why: tuple[Why, ...]
    untold: bool  # somebody should hear of it, and the programme has no way to write
    host: str
    asked: tuple[str, ...]


@dataclass(frozen=True)
class Around:
    """What is known of a takeaway's surroundings."""

    programme: Programme
    people: tuple[Person, ...]
    customer: Customer | None
    meeting: Meeting | None

    def person_at(self, address: str) -> Person | None:
        """Which of our people an address belongs to; of two the first counts."""
        return next((person for person in self.people if address in person.addresses), None)


def around(tx: WorkspaceTx, takeaway: Takeaway) -> Around:
    """Read what a takeaway's release and rights depend on."""
    customer = tx.customers.get(takeaway.customer_id) if takeaway.customer_id else None
    meeting = tx.meetings.get(takeaway.meeting_id) if takeaway.meeting_id else None
    return Around(tx.programme.get(), tuple(tx.people.all()), customer, meeting)


def foresee(tx: WorkspaceTx, takeaway: Takeaway, now: datetime, *, review: bool = False) -> Foreseen:
    """What becomes of a takeaway that is published now."""
    facts = around(tx, takeaway)
    today = day_of(now, facts.programme.zone)
    host = _host(facts, takeaway.author_id, today)
    terms = Terms(
        now, today, bool(host), has_post(tx, facts.programme), bool(facts.customer and facts.customer.nda),
        facts.programme.host_hours, facts.programme.expiry_months, review,
    )  # fmt: skip
    made = release(takeaway, tx.takeaways.get(takeaway.id), terms)
    asked: tuple[str, ...] = (host,) if host else ()
    if made.letter == "host_yes" and not host:
        able = judges(facts.people, facts.customer, facts.meeting, takeaway.author_id, today)
        asked = tuple(person.email for person in able if person.id != takeaway.author_id)
    known = facts.person_at(host)
    return Foreseen(
        made.takeaway, made.letter, made.why, made.untold, known.name if known else host,
        asked if made.letter else (),
    )  # fmt: skip


def has_post(tx: WorkspaceTx, programme: Programme) -> bool:
    """Whether the programme can write letters: its post is set, and is a mail channel that is still there."""
    return any(channel.id == programme.post and channel.kind in MAILS for channel in tx.takeaways.channels())


def letters_of(foreseen: Foreseen, now: datetime) -> list[Letter]:
    """The letters that go with it; none where the programme has no way to write."""
    takeaway = foreseen.takeaway
    if foreseen.untold:
        return []
    if foreseen.letter == "host_copy":
        return [letters.host_copy(takeaway, address, now) for address in foreseen.asked]
    if foreseen.letter == "host_notice":
        return [letters.host_notice(takeaway, address, now) for address in foreseen.asked]
    if foreseen.letter == "host_yes":
        return [letters.host_yes(takeaway, address, now, foreseen.why) for address in foreseen.asked]
    return []


def _host(facts: Around, author_id: str, today: date) -> str:
    """The address of who is told first: the customer's host, else the meeting's, never the author or one who left."""
    for address in hosts_of(facts.customer, facts.meeting):
        person = facts.person_at(address)
        gone = person is not None and person.end is not None and person.end < today
        if not gone and (person is None or person.id != author_id):
            return address
    return ""
