"""Times in which nothing is expected of somebody: two days and a category, never a diagnosis."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from companion.basics.errors import Problem
from companion.people.addresses import normal
from companion.people.model import Leave, Person
from companion.programme.audits import note
from companion.programme.model import House, WorkspaceTx
from companion.programme.ops import only_ops

Category = Literal["leave", "role_change", "other"]  # what is behind it is nobody's business here
KINDS: tuple[str, ...] = get_args(Category)


@dataclass(frozen=True)
class LeaveLine:
    """One leave and whose it is."""

    leave: Leave
    person: Person


def put(house: House, address: str, start: date, end: date, kind: str = "leave") -> Leave:
    """Write a leave down; on the same first day it takes the place of the one before.

    Problems: only_ops, days_reversed, leave_wrong, person_unknown, leave_overlaps.
    """
    wanted = kind.strip().lower().replace(" ", "_").replace("-", "_")
    if wanted not in KINDS:
        raise Problem("leave_wrong", value=kind, known=", ".join(KINDS))
    if end < start:
        raise Problem("days_reversed", start=start.isoformat(), end=end.isoformat())
    with house.workspace() as tx:
        only_ops(house, tx)
        person = _person(tx, address)
        mine = [one for one in tx.people.leaves() if one.person_id == person.id]
        old = next((one for one in mine if one.start == start), None)
        for one in mine:
            if one is not old and one.start <= end and start <= one.end:
                raise Problem("leave_overlaps", name=person.name, start=one.start.isoformat(), end=one.end.isoformat())
        leave = Leave(person.id, start, end, wanted, house.clock())
        if old and (old.end, old.kind) == (end, wanted):
            return old
        tx.people.put_leave(leave)
        before = f"{old.start}–{old.end}" if old else ""
        note(tx, house, "leave", before, f"{start}–{end}", about=(person.id,))
    return leave


def drop(house: House, address: str, start: date) -> None:
    """Take a leave back that was written down wrongly; Problems only_ops, person_unknown, leave_unknown."""
    with house.workspace() as tx:
        only_ops(house, tx)
        person = _person(tx, address)
        old = next((one for one in tx.people.leaves() if (one.person_id, one.start) == (person.id, start)), None)
        if old is None:
            raise Problem("leave_unknown", name=person.name, day=start.isoformat())
        tx.people.drop_leave(person.id, start, house.clock())
        note(tx, house, "leave", f"{old.start}–{old.end}", "", about=(person.id,))


def all_of(house: House) -> list[LeaveLine]:
    """Every leave, latest first; only ops and oneself see whose: others' are left out."""
    with house.workspace(write=False) as tx:
        people = {person.id: person for person in tx.people.all()}
        me = tx.people.by_address(house.me) if house.me else None
        every = not house.workspace_shared or (me is not None and me.kind == "ops")
        found = [LeaveLine(one, people[one.person_id]) for one in tx.people.leaves() if one.person_id in people]
    shown = [line for line in found if every or (me is not None and line.person.id == me.id)]
    return sorted(shown, key=lambda line: (-line.leave.start.toordinal(), line.person.name.casefold()))


def _person(tx: WorkspaceTx, address: str) -> Person:
    person = tx.people.by_address(normal(address)) or tx.people.get(address)
    if person is None:
        raise Problem("person_unknown", address=address)
    return person
