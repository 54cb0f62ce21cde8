"""All that may stand on one person's brief, as it was read: nothing they may not read is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from companion.customers.memory import Fact
from companion.customers.model import Contact, Customer
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.takeaways.model import Takeaway


@dataclass(frozen=True)
class Known:
    """What a brief is made of."""

    now: datetime
    zone: str  # the programme's
    person: Person  # whom it is for
    meeting: Meeting
    customer: Customer
    host: Person | None  # who holds the meeting, None where nobody is known by the address
    contacts: tuple[Contact, ...] = ()  # the customer's, whether they are coming or not
    ours: tuple[Person, ...] = ()  # who of ours listens, without the host
    not_theirs: frozenset[str] = frozenset()  # of the guests' addresses those of our own people, and of groups
    facts: tuple[Fact, ...] = field(default=(), repr=False)  # of the customer
    takeaways: tuple[Takeaway, ...] = field(default=(), repr=False)  # about the customer that this person may read
    heard_on: Mapping[str, date] = field(default_factory=dict)  # meeting id -> its day
    names: Mapping[str, str] = field(default_factory=dict)  # person id -> name
    last: datetime | None = None  # when we met the customer last
