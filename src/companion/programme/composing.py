"""The takeaway before it goes out: begun from a note, and found again."""

from dataclasses import replace

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.notes.model import Note
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.kept_briefs import kept_here
from companion.programme.listening import get as get_note
from companion.programme.model import House, WorkspaceTx
from companion.programme.people import who_am_i
from companion.programme.readers import listeners_of
from companion.takeaways.audience import COMPANY, LISTENERS, ME, may_read
from companion.takeaways.compose import draft
from companion.takeaways.gate import called
from companion.takeaways.model import Takeaway
from companion.takeaways.state import is_out

_WORDS = ("scene", "quote", "quote_role", "goal", "matters", "will_do", "question")


def begin(house: House, note_id: str) -> Takeaway:
    """A takeaway filled from a note's lines; nothing leaves the device.

    With the workspace away it is begun from what the kept brief of the meeting says, as long as there is one.
    """
    note = get_note(house, note_id)
    try:
        return _drawn(house, note)
    except Problem as problem:
        brief = kept_here(house, note.meeting_id, problem)
        if brief is None:
            raise
    if brief.start > house.clock():
        raise Problem("not_over_yet", title=brief.title)
    return draft(note, brief.person_id, brief.called or brief.customer, customer_id=brief.customer_id)


def _drawn(house: House, note: Note) -> Takeaway:
    author = who_am_i(house)
    with house.workspace(write=False) as tx:
        meeting = tx.meetings.get(note.meeting_id)
        if meeting and meeting.start > house.clock():
            raise Problem("not_over_yet", title=meeting.title)
        # The note remembers the customer of its day; two customers may have become one since.
        customer = tx.customers.get(meeting.customer_id if meeting else note.customer_id)
    name = called(customer) if customer else ""
    return draft(note, author.id, name, customer_id=customer.id if customer else note.customer_id)


def find(house: House, text: str) -> Takeaway:
    """The takeaway with that id or the beginning of it, as who works here may see it.

    Problem `takeaway_unknown` otherwise, and also for what is not theirs to see.
    """
    with house.workspace(write=False) as tx:
        known = tx.takeaways.get(text)
        hits = [known] if known else [t for t in tx.takeaways.all() if len(text) >= 4 and t.id.startswith(text)]
        shown = _visible(house, tx, hits) if len(hits) == 1 else []
    if not shown:
        raise Problem("takeaway_unknown", takeaway=text)
    return shown[0]


def all_of(house: House) -> list[Takeaway]:
    """Every takeaway that who works here may know of, newest first, withdrawn ones too.

    The own ones in every state; ops and a customer's host all but the text of what is only for its author.
    """
    with house.workspace(write=False) as tx:
        return _visible(house, tx, tx.takeaways.all())


def _visible(house: House, tx: WorkspaceTx, takeaways: list[Takeaway]) -> list[Takeaway]:
    me = tx.people.by_address(house.me) if house.me else None
    now, today = house.clock(), day_of(house.clock(), tx.programme.get().zone)
    knows = {t.id for t in takeaways} if not house.workspace_shared else _looked_after(tx, takeaways, me)
    people = tx.people.all()
    listeners: dict[str, frozenset[str]] = {}
    found = []
    for takeaway in takeaways:
        if me and me.id == takeaway.author_id:
            found.append(takeaway)
        elif takeaway.id in knows:
            found.append(headline_only(takeaway) if takeaway.audience == ME else takeaway)
        elif is_out(takeaway, now, today):
            if takeaway.audience == LISTENERS and takeaway.customer_id not in listeners:
                listeners[takeaway.customer_id] = listeners_of(tx, takeaway.customer_id, people)
            sat = listeners.get(takeaway.customer_id, frozenset())
            may = may_read(takeaway, me, sat) if me else takeaway.audience == COMPANY
            found += [takeaway] if may else []
    return found


def _looked_after(tx: WorkspaceTx, takeaways: list[Takeaway], me: Person | None) -> set[str]:
    """Ids of those that a person answers for: all of them for ops, those of their customers and meetings for a host."""
    if me is None:
        return set()
    if me.kind == "ops":
        return {takeaway.id for takeaway in takeaways}
    customers = {customer.id for customer in tx.customers.all() if normal(customer.host_email) in me.addresses}
    meetings = {
        meeting.id for meeting in tx.meetings.some({takeaway.meeting_id for takeaway in takeaways})
        if normal(meeting.host_email) in me.addresses
    }  # fmt: skip
    return {t.id for t in takeaways if t.customer_id in customers or t.meeting_id in meetings}


def headline_only(takeaway: Takeaway) -> Takeaway:
    """What ops see of a takeaway that is only for its author: that there is one."""
    return replace(takeaway, **dict.fromkeys(_WORDS, ""), origins=())  # type: ignore[arg-type]
