"""My time with customers: private, of this device alone. Nothing of it crosses."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from companion.attendance.seats import seats_of
from companion.basics.clock import day_of, start_of
from companion.basics.errors import Problem
from companion.meetings.form import Form, form_of
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.meetings import find
from companion.programme.model import House, WorkspaceTx
from companion.programme.people import who_am_i
from companion.reflection.time import Sitting, TimeWithCustomers, months_before, reckon

MOST_MONTHS = 48
_DAY = timedelta(days=1)


def my_time(house: House, months: int = 12) -> TimeWithCustomers:
    """The last months, this one included: the meetings I was in by form, beside my busy time.

    Problems: `months_wrong`, `me_unset`, `me_unknown`, and those of the workspace.
    """
    _check(months)
    now, me = house.clock(), who_am_i(house)
    with house.workspace(write=False) as tx:
        zone = tx.programme.get().zone
        days = months_before(day_of(now, zone), months)
        mine = _sat_in(tx, me, start_of(days[0], zone), now, zone)
    with house.device(write=False) as device:
        told = device.time.forms()
        own = [account.id for account in device.accounts.all() if not account.hosts and _is_mine(account.owner, me)]
        read = [device.events.state(account) for account in own]
        busy = device.time.busy(own)
    sittings = [Sitting(one.id, one.start, one.end, told.get(one.id) or form_of(one.link, one.place)) for one in mine]
    since = min((state.first for state in read if state.first and state.last_ok), default=None)
    return reckon(sittings, busy, days, zone, since)


@dataclass(frozen=True)
class MySitting:
    """One customer meeting I was in, and how it was held; `form` "" where nothing tells."""

    meeting_id: str
    customer: str
    day: date  # the programme's
    minutes: int
    form: Form


def my_sittings(house: House, months: int = 12) -> tuple[MySitting, ...]:
    """The customer meetings I was in, newest first. Problems: as `my_time`."""
    _check(months)
    now, me = house.clock(), who_am_i(house)
    with house.workspace(write=False) as tx:
        zone = tx.programme.get().zone
        since = start_of(months_before(day_of(now, zone), months)[0], zone)
        mine = _sat_in(tx, me, since, now, zone)
        names = {customer.id: customer.name for customer in tx.customers.all()}
    with house.device(write=False) as device:
        told = device.time.forms()
    return tuple(
        MySitting(
            one.id, names.get(one.customer_id, one.title), day_of(one.start, zone),
            round((one.end - one.start).total_seconds() / 60), told.get(one.id) or form_of(one.link, one.place),
        )
        for one in sorted(mine, key=lambda item: (item.start, item.id), reverse=True)
    )  # fmt: skip


def say_form(house: House, meeting: str, form: Form) -> str:
    """Say how a meeting was held, on this device alone; "" takes that back. Its id. Problem `meeting_unknown`."""
    with house.workspace(write=False) as tx:
        found = find(tx, meeting)
    with house.device() as device:
        device.time.put_form(found.id, form)
    return found.id


def _check(months: int) -> None:
    if not 1 <= months <= MOST_MONTHS:
        raise Problem("months_wrong", value=months, most=MOST_MONTHS)


def _is_mine(owner: str, me: Person) -> bool:
    return not owner or normal(owner) in me.addresses


def _sat_in(tx: WorkspaceTx, me: Person, since: datetime, now: datetime, zone: str) -> list[Meeting]:
    """The meetings somebody was in since then; those of whole days have no hours."""
    ids = {item.meeting_id for item in tx.seats.about(me.id)}
    known = {one.id: one for one in tx.meetings.some(ids) if one.verdict != "no" and since <= one.start <= now}
    seats = seats_of(known.values(), tx.seats.evidence(known), now, zone=zone)
    was = {seat.meeting_id for seat in seats if seat.person_id == me.id and seat.state == "attended"}
    return [one for key, one in known.items() if key in was and not one.all_day and one.end - one.start < _DAY]
