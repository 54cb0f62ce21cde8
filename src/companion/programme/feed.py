"""A calendar file of somebody's seats ahead, to subscribe to or to open; entries have the same UIDs for ever."""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from companion.attendance.days import meeting_day
from companion.attendance.entry import SeatEntry, bare_uid, seat_uid
from companion.attendance.model import Seat
from companion.attendance.offers import STANDING, Offer
from companion.basics.errors import Problem
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.assisting import for_whom
from companion.programme.model import House, WorkspaceTx
from companion.programme.offer_ground import seats_at
from companion.programme.people import who_am_i
from companion.programme.seat_facts import entry
from companion.programme.seats import person_of
from companion.words.language import speaking
from companion.words.seats import feed_name

KIND = "feed"  # on the device's shelf, by path
_PLANNED = {"accepted": False, "offered": True}  # state -> whether nobody has said yes yet


def feed(house: House, person: Person) -> bytes:
    """Somebody's seats ahead as an .ics file: what they said yes to, and what is offered to them, tentative."""
    now = house.clock()
    with house.workspace(write=False) as tx:
        about = {one.meeting_id for one in tx.seats.about(person.id)}
        ahead = [one for one in tx.meetings.some(about) if one.end > now and one.status in ("confirmed", "tentative")]
        seats = {one.meeting_id: one for one in seats_at(tx, ahead, now) if one.person_id == person.id}
        entries = [
            _entry(tx, person, meeting, now, seats[meeting.id])
            for meeting in sorted(ahead, key=lambda one: (one.start, one.id))
            if meeting.id in seats and seats[meeting.id].state in _PLANNED and meeting.verdict != "no"
        ]
    with speaking(person.language):
        return house.render_entry(entries, feed_name(person.name))


def _entry(tx: WorkspaceTx, person: Person, meeting: Meeting, now: datetime, seat: Seat) -> SeatEntry:
    standing = [one for one in tx.offers.of([meeting.id]) if one.person_id == person.id and one.state in STANDING]
    offer: Offer | None = standing[-1] if standing else None
    customer = tx.customers.get(meeting.customer_id)
    address = normal(meeting.host_email) or normal(customer.host_email if customer else "")
    host = tx.people.by_address(address) if address else None
    facts: dict[str, Any] = {
        "start": meeting.start.isoformat(), "end": meeting.end.isoformat(), "all_day": meeting.all_day,
        "place": meeting.place, "link": meeting.link, "customer": customer.name if customer else "",
        "nda": bool(customer and customer.nda), "host": host.name if host else address,
        "day": meeting_day(meeting, tx.programme.get().zone).isoformat(),
    }  # fmt: skip
    uid = seat_uid(offer.id) if offer else bare_uid(meeting.id, person.id)
    # The moment is the day's: the same seats make the same file, and nothing is fetched anew without need.
    stamp = offer.since if offer else now.replace(hour=0, minute=0, second=0, microsecond=0)
    invited = any(one.source == "calendar" and one.says != "declined" for one in seat.evidence)
    return entry(
        uid, offer.sequence if offer else 0, facts, person.language, stamp,
        tentative=_PLANNED[seat.state], beside=invited,
    )  # fmt: skip


def whose(house: House, address: str = "") -> Person:
    """Whose seats may stand in a file: mine (""), a leader's I act for, anybody's for ops or in a local file."""
    if not address:
        return who_am_i(house)
    with house.workspace(write=False) as tx:
        person = person_of(tx, address)
        me = tx.people.by_address(house.me) if house.me else None
        shared = house.workspace_shared or tx.programme.get().shared
    if not shared or (me and (me.kind == "ops" or me.id == person.id)):
        return person
    return for_whom(house, person.email)


def write(house: House, path: Path, person: Person) -> Path:
    """The file, whole or not at all: a calendar program may read it at any moment. Problem `file_not_written`."""
    content = feed(house, person)
    target = path.expanduser().absolute()
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise Problem("file_not_written", path=str(target), reason=error.strerror or type(error).__name__) from error
    return target


def keep(house: House, path: Path, person: Person) -> None:
    """Have the desk of this computer write the file anew whenever it runs."""
    with house.device() as device:
        device.shelf.put(KIND, str(path.expanduser().absolute()), {"for": person.id})


def forget(house: House, path: Path) -> None:
    """The desk leaves the file as it is from now on."""
    with house.device() as device:
        device.shelf.drop(KIND, str(path.expanduser().absolute()))


def refresh(house: House) -> list[Problem]:
    """Write every kept file whose content changed; what was wrong."""
    with house.device(write=False) as device:
        kept = device.shelf.all(KIND)
    problems = []
    for name, body in sorted(kept.items()):
        with house.workspace(write=False) as tx:
            person = tx.people.get(str(body.get("for", "")))
        if person is None:
            forget(house, Path(name))
            continue
        try:
            write(house, Path(name), person)
        except Problem as problem:
            problems.append(problem)
    return problems
