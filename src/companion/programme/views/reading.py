"""Read: unread first, search, and one takeaway with its answers."""

from dataclasses import dataclass

from companion.customers.model import Customer
from companion.people.model import Person
from companion.programme.model import House
from companion.programme.views.ground import my_ground
from companion.takeaways.model import Answer, Takeaway


@dataclass(frozen=True)
class ReadRow:
    """One takeaway as a reader sees it."""

    takeaway: Takeaway
    author: str
    team: str  # the author's
    customer: Customer
    unread: bool
    mine: bool
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class ReadView:
    """What this person may read; unread first, then newest first."""

    rows: tuple[ReadRow, ...]
    unread: int
    me: Person | None
    zone: str


def reading(house: House, search: str = "") -> ReadView:
    """Read the Read page; `search` keeps what holds all its words."""
    facts = my_ground(house)
    with house.device(write=False) as device:
        marks = device.notes.read_marks()
    found = None
    if search.strip():
        with house.workspace(write=False) as tx:
            found = set(tx.takeaways.search(search, 200))
    mine = facts.me.id if facts.me else ""
    unread = {t.id for t in facts.unread(marks)}
    people = {person.id: person for person in facts.people}
    rows = []
    for takeaway in facts.readable():
        if found is not None and takeaway.id not in found:
            continue
        author = people.get(takeaway.author_id)
        own = takeaway.author_id == mine
        answers = tuple(a for a in facts.answers if a.takeaway_id == takeaway.id and (a.name or own))
        rows.append(
            ReadRow(
                takeaway, author.name if author else "", author.team if author else "",
                facts.customer(takeaway.customer_id), takeaway.id in unread, own, answers,
            )
        )  # fmt: skip
    rows.sort(key=lambda row: not row.unread)
    return ReadView(tuple(rows), len(unread), facts.me, facts.zone)
