"""All that was ever said of one seat, oldest first, what was taken back among it."""

from dataclasses import dataclass
from datetime import datetime

from companion.attendance.model import Evidence
from companion.attendance.seats import seat
from companion.basics.errors import Problem
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.meetings import find
from companion.programme.model import House
from companion.programme.names import names_shown
from companion.programme.seat_rights import is_host
from companion.programme.seats import person_of


@dataclass(frozen=True)
class History:
    """One seat's statements. `names`: by address and by id, of our people."""

    meeting: Meeting
    person: Person
    said: tuple[Evidence, ...]
    names: dict[str, str]
    zone: str
    now: datetime


def history(house: House, meeting: str, person: str) -> History:
    """Read it: one's own, the own meeting's, and everybody's for who may see names. Problem `not_open_to_staff`."""
    with house.workspace(write=False) as tx:
        found, who, programme = find(tx, meeting), person_of(tx, person), tx.programme.get()
        me = tx.people.by_address(house.me) if house.me else None
        own = me is not None and me.id == who.id
        if not (own or is_host(me, found) or names_shown(house, programme, me)):
            raise Problem("not_open_to_staff", title=found.title)
        about = tx.seats.evidence([found.id])
        names = {key: one.name for one in tx.people.all() for key in (one.id, *one.addresses)}
    mine = {item.id for item in about if item.person_id == who.id}
    went = seat(found, who.id, about, house.clock(), zone=programme.zone).evidence  # and where they went for another
    said = {item.id: item for item in (*went, *(item for item in about if item.id in mine))}
    ordered = sorted(said.values(), key=lambda item: (item.at, item.id))
    return History(found, who, tuple(ordered), names, programme.zone, house.clock())
