"""What Settings shows of me alone: what is mailed to me, who may act for me, and the copy of my notes."""

from dataclasses import dataclass
from datetime import date

from companion.basics.clock import day_of
from companion.desktop.ask import Choice
from companion.people.model import Person
from companion.programme import assisting, notes_copy
from companion.programme.assisting import Assistance
from companion.programme.model import House
from companion.programme.notes_copy import CopyState


@dataclass(frozen=True)
class Mine:
    """Of whoever works here; `me` is None while nobody said who that is, or where nobody of ours has the address."""

    me: Person | None
    assistance: Assistance
    might: tuple[Choice, ...]  # addresses and names of whom I could let act for me
    copy: CopyState


def mine(house: House) -> Mine:
    """Read it; of the copy what this computer knows, without looking into its folder."""
    copy = notes_copy.state_of(house)
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
        people, today = tx.people.all(), day_of(house.clock(), tx.programme.get().zone)
    if me is None:
        return Mine(None, Assistance((), ()), (), copy)
    return Mine(me, assisting.assistance(house), _might(me, people, today), copy)


def _might(me: Person, people: list[Person], today: date) -> tuple[Choice, ...]:
    found = (
        one for one in people
        if one.id != me.id and one.kind != "group" and (one.end is None or one.end >= today)
        and not set(one.addresses) & set(me.assistants)
    )  # fmt: skip
    in_order = sorted(found, key=lambda one: (one.team != me.team, one.name))
    return tuple((one.email, ", ".join(part for part in (one.name, one.team) if part)) for one in in_order)
