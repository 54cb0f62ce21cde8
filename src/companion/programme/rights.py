"""Whether a takeaway is still for somebody when it leaves: people change teams, and leave."""

from collections.abc import Callable, Collection
from datetime import date

from companion.people.model import Person
from companion.programme.model import WorkspaceTx
from companion.programme.readers import listeners_of
from companion.takeaways.audience import LISTENERS, may_read
from companion.takeaways.model import Takeaway

LEFT, NOT_FOR_THEM = "reader_left", "reader_elsewhere"


def has_left(person: Person | None, today: date) -> bool:
    """Whether somebody we know is with us no more. `today`: the programme's day."""
    return person is not None and person.end is not None and person.end < today


def why_not(tx: WorkspaceTx, takeaway: Takeaway, address: str, today: date) -> str:
    """Why its text may no longer go to an address, as a problem's code; "" where it may."""
    person = tx.people.by_address(address)
    return why_not_them(takeaway, person, today, lambda: listeners_of(tx, takeaway.customer_id, tx.people.all()))


def why_not_them(
    takeaway: Takeaway, person: Person | None, today: date, listeners: Callable[[], Collection[str]]
) -> str:
    """As `why_not`, of whom that address is. `listeners`: who listens to its customer, asked where that matters.

    Of addresses that nobody knows, and of groups, only its author could say for whom they are.
    """
    if has_left(person, today):
        return LEFT
    if person is None or person.kind == "group":
        return ""
    heard = listeners() if takeaway.audience == LISTENERS else ()
    return "" if may_read(takeaway, person, heard) else NOT_FOR_THEM
