"""Assistants: who may confirm seats and print briefs for a leader who allows it. Notes stay with the leader."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from companion.attendance.model import Evidence, Seat
from companion.attendance.seats import seat
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.crossing.model import Command
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.apply import cross
from companion.programme.assistants import SAYABLE as SAYABLE
from companion.programme.assistants import is_by_assistant
from companion.programme.assistants import may_act as may_act
from companion.programme.model import House, WorkspaceTx
from companion.programme.people import who_am_i
from companion.programme.seats import person_of


@dataclass(frozen=True)
class Acted:
    """Something an assistant said of one of my seats, as I look at it."""

    by: str  # the name, or the address of whom nobody knows any more
    at: datetime
    says: str
    meeting: Meeting


@dataclass(frozen=True)
class Assistance:
    """Who may act for me, and what they and those before them did, newest first."""

    may: tuple[Person | str, ...]  # an address where nobody of ours has it
    did: tuple[Acted, ...]


@dataclass(frozen=True)
class SeatFor:
    """A seat of one person as its list shows it."""

    meeting: Meeting
    customer: str
    seat: Seat


def allow(house: House, address: str) -> Person:
    """Let somebody of ours confirm my seats and print my briefs. Problems: `person_unknown`, `assistant_self`, …"""
    me = who_am_i(house)
    with house.workspace(write=False) as tx:
        person = tx.people.by_address(normal(address))
        if person is None or person.kind == "group" or _left(person, _today(house, tx)):
            raise Problem("person_unknown", address=address)
    if person.id == me.id:
        raise Problem("assistant_self")
    _do(house, "assistants", {"by": me.email, "add": person.email})
    return person


def withdraw(house: House, address: str) -> None:
    """Somebody may act for me no more; what they said stays said. Problem `assistant_unknown`."""
    me = who_am_i(house)
    with house.workspace(write=False) as tx:
        person = tx.people.by_address(normal(address))
    gone = sorted(set(person.addresses if person else (normal(address),)) & set(me.assistants))
    if not gone:
        raise Problem("assistant_unknown", address=address)
    _do(house, "assistants", {"by": me.email, "remove": gone})


def want_reminders(house: House, *, wanted: bool) -> Person:
    """Whether I get briefs and the questions afterwards by mail."""
    me = who_am_i(house)
    _do(house, "reminders", {"by": me.email, "wanted": wanted})
    return replace(me, reminders=wanted)


def assistance(house: House) -> Assistance:
    """Who may act for me, and what was said of my seats in my name."""
    me = who_am_i(house)
    with house.workspace(write=False) as tx:
        today = _today(house, tx)
        found = [(address, tx.people.by_address(address)) for address in me.assistants]
        may = tuple(person or address for address, person in found if person is None or not _left(person, today))
        said = [one for one in tx.seats.about(me.id) if is_by_assistant(one, me)]
        meetings = {meeting.id: meeting for meeting in tx.meetings.some(one.meeting_id for one in said)}
        did = [
            Acted(_name(tx, one.by), one.at, one.says, meetings[one.meeting_id])
            for one in said if one.meeting_id in meetings
        ]  # fmt: skip
    return Assistance(may, tuple(sorted(did, key=lambda one: one.at, reverse=True)))


def leaders_of(house: House) -> tuple[Person, ...]:
    """For whom I may act, by name."""
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
        if me is None:
            return ()
        today = _today(house, tx)
        return tuple(person for person in tx.people.all() if may_act(me, person, today))


def for_whom(house: House, leader: str) -> Person:
    """The leader I act for, by address, id or name; Problems `person_unknown`, `assistant_not_allowed`."""
    with house.workspace(write=False) as tx:
        person = person_of(tx, leader)
        me = tx.people.by_address(house.me) if house.me else None
        if me is None or not may_act(me, person, _today(house, tx)):
            raise Problem("assistant_not_allowed", name=person.name)
    return person


def seats_of(house: House, leader: str = "", *, since: datetime | None = None) -> list[SeatFor]:
    """The seats of a leader I act for ("" for mine), earliest first; `since`: of meetings that end after then."""
    person = for_whom(house, leader) if leader else who_am_i(house)
    now = house.clock()
    with house.workspace(write=False) as tx:
        zone = tx.programme.get().zone
        about = {one.meeting_id for one in tx.seats.about(person.id)}
        said: dict[str, list[Evidence]] = {}
        for one in tx.seats.evidence(about) if about else ():
            said.setdefault(one.meeting_id, []).append(one)
        names = {customer.id: customer.name for customer in tx.customers.all()}
        found = [
            SeatFor(one, names.get(one.customer_id, ""), seat(one, person.id, said[one.id], now, zone=zone))
            for one in tx.meetings.some(about)
            if one.verdict != "no" and (since is None or one.end > since)
        ]  # fmt: skip
    shown = [one for one in found if one.seat.evidence]
    return sorted(shown, key=lambda one: (one.meeting.start, one.meeting.id))


def _name(tx: WorkspaceTx, address: str) -> str:
    person = tx.people.by_address(address)
    return person.name if person else address


def _left(person: Person, today: date) -> bool:
    return person.end is not None and person.end < today


def _today(house: House, tx: WorkspaceTx) -> date:
    return day_of(house.clock(), tx.programme.get().zone)


def _do(house: House, kind: str, body: dict[str, Any]) -> None:
    with house.device() as device:
        device.queue.put(Command(new_id(), kind, body, house.clock()))
    cross(house)
