"""Read: unread first, search, and one takeaway with its answers."""

from dataclasses import dataclass
from datetime import datetime

from companion.basics.query import parse
from companion.customers.model import Customer
from companion.people.model import Person
from companion.programme.model import House
from companion.programme.search import eyes_of
from companion.programme.views.ground import Ground, my_ground
from companion.takeaways.audience import may_hold
from companion.takeaways.model import Answer, Takeaway
from companion.takeaways.state import State


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
    state: State = "out"  # other than that only for its author
    stops: bool = False  # whether I may hold it, let it go, and see where it went


@dataclass(frozen=True)
class ReadView:
    """What this person may read; unread first, then newest first."""

    rows: tuple[ReadRow, ...]
    unread: int
    me: Person | None
    zone: str
    now: datetime
    withdrawn: tuple[ReadRow, ...] = ()  # the own ones that were taken back; not searched


def reading(house: House, search: str = "") -> ReadView:
    """Read the Read page; `search` keeps what holds all its words."""
    facts = my_ground(house)
    with house.device(write=False) as device:
        marks = device.notes.read_marks()
    found = None
    if search.strip():
        with house.workspace(write=False) as tx:
            eyes = eyes_of(house, tx, facts.customers.values())
            found = {one.id for one in tx.search.find(parse(search), eyes, 200, frozenset({"takeaway"}))}
    mine = facts.me.id if facts.me else ""
    unread = {t.id for t in facts.unread(marks)}
    shared = house.workspace_shared
    shown = [t for t in facts.readable() if found is None or t.id in found]
    rows = [_row(facts, t, unread=t.id in unread, shared=shared) for t in shown]
    rows.sort(key=lambda row: not row.unread)
    gone = [t for t in facts.takeaways if mine and t.author_id == mine and t.withdrawn and t.told_on is None]
    withdrawn = tuple(_row(facts, t, unread=False, shared=shared) for t in gone) if found is None else ()
    return ReadView(tuple(rows), len(unread), facts.me, facts.zone, facts.now, withdrawn)


def _row(facts: Ground, takeaway: Takeaway, *, unread: bool, shared: bool) -> ReadRow:
    author = facts.person(takeaway.author_id)
    return ReadRow(
        takeaway, facts.author(takeaway.author_id), author.team if author else "",
        facts.customer(takeaway.customer_id), unread, bool(facts.me and takeaway.author_id == facts.me.id),
        facts.answers_to(takeaway.id), facts.state(takeaway), _stops(facts, takeaway, shared=shared),
    )  # fmt: skip


def _stops(facts: Ground, takeaway: Takeaway, *, shared: bool) -> bool:
    customer, meeting = facts.customers.get(takeaway.customer_id), facts.meetings.get(takeaway.meeting_id)
    return bool(facts.me and may_hold(facts.me, customer, meeting, takeaway.author_id, shared=shared))
