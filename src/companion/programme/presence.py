"""Who sat in, by the host's word: who is asked, and what the answer does, whether it comes by mail or from Home."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from companion.attendance.days import meeting_day
from companion.attendance.model import Evidence
from companion.attendance.presence import Told
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.crossing.model import Command
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.audits import note
from companion.programme.model import House
from companion.programme.sat import asks_for, evidence_id
from companion.programme.sat_lines import Said
from companion.programme.seat_rights import check_instead, is_host

AT_HOME = timedelta(days=14)  # so long Home asks a host
SAYABLE = ("attended", "missed", "delegated")


@dataclass(frozen=True)
class HostAsk:
    """A meeting of mine of which nobody knows who sat in. `listeners`: who was to come; () where nobody is noted."""

    meeting: Meeting
    customer: str
    listeners: tuple[Person, ...]


def ask_host(house: House) -> tuple[HostAsk, ...]:
    """The meetings I host, of yesterday and the two weeks before, that need my word; the last first."""
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
        programme, now = tx.programme.get(), house.clock()
        if me is None or not programme.who_sat:
            return ()
        around = [one for one in tx.meetings.during(now - AT_HOME, now) if is_host(me, one)]
        found = [
            HostAsk(meeting, customer.name if customer else "", tuple(listeners))
            for meeting in around
            if meeting_day(meeting, programme.zone) < day_of(now, programme.zone)
            and (listeners := asks_for(tx, meeting, me, now)) is not None
            for customer in (tx.customers.get(meeting.customer_id),)
        ]
    return tuple(sorted(found, key=lambda one: (one.meeting.start, one.meeting.id), reverse=True))


def sat(
    house: House, meeting: str, said: Mapping[str, str], *, instead: Mapping[str, str] | None = None, reason: str = ""
) -> tuple[Evidence, ...]:
    """Say as the host who sat in: by person attended, missed or delegated; nobody of ours where `said` is empty.

    `instead`: by person who came instead. Problems: `sat_not_host`, `state_unknown`, `not_over_yet`, `instead_oneself`,
    `instead_host`.
    """
    # Lists ask only what waits: what saying it needs comes with it.
    from companion.programme.apply import cross
    from companion.programme.meetings import find
    from companion.programme.seats import person_of

    now = house.clock()
    with house.workspace(write=False) as tx:
        known = find(tx, meeting)
        me = tx.people.by_address(house.me) if house.me else None
        shared = house.workspace_shared or tx.programme.get().shared
        if shared and not (is_host(me, known) or (me is not None and me.kind == "ops")):
            raise Problem("sat_not_host", title=known.title)
        if known.start > now:
            raise Problem("not_over_yet", title=known.title)
        made = []
        for key, state in said.items():
            if state not in SAYABLE:
                raise Problem("state_unknown", value=state, known=", ".join(SAYABLE))
            who, to = person_of(tx, key).id, (instead or {}).get(key, "")
            went = person_of(tx, to).id if to else ""
            check_instead(tx, who, went, known)
            made.append(Said(who, state, went, reason))
    name = new_id()
    body: dict[str, Any] = {
        "id": name, "meeting": known.id, "by": house.me, "at": now.isoformat(), "said": [vars(one) for one in made],
    }  # fmt: skip
    with house.device() as device:
        device.queue.put(Command(name, "sat", body, now))
    cross(house)
    with house.workspace(write=False) as tx:
        ours = {evidence_id(name, one.person_id) for one in made}
        return tuple(one for one in tx.seats.evidence([known.id]) if one.id in ours)


@dataclass(frozen=True)
class Waiting:
    """A mail about who was there that somebody has to look at: of which meeting, who was asked, and what is left."""

    told: Told
    meeting: Meeting
    person: str  # the name of who was asked
    lines: tuple[str, ...]


def waiting(house: House) -> tuple[Waiting, ...]:
    """The mails to look at, oldest first: all for ops and a file's owner, else those about meetings one hosts."""
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
        everything = not house.workspace_shared or (me is not None and me.kind == "ops")
        found = []
        for told in tx.presence.waiting():
            meeting, person = tx.meetings.get(told.meeting_id), tx.people.get(told.person_id)
            if meeting and (everything or is_host(me, meeting)):
                lines = tuple(line for line in told.text.splitlines() if line.strip())
                found.append(Waiting(told, meeting, person.name if person else "", lines))
    return tuple(found)


def settle(house: House, told_id: str) -> Told:
    """Somebody looked at a mail, and said of its seats what is to be said. Problem `told_unknown`."""
    hits = [one for one in waiting(house) if len(told_id) >= 4 and one.told.id.startswith(told_id)]
    if len(hits) != 1:
        raise Problem("told_unknown", told=told_id[:8])
    done = replace(hits[0].told, state="settled", text="", by=house.me)
    with house.workspace() as tx:
        tx.presence.put(done)
        note(tx, house, "seat.looked", "", "", "", (done.person_id, done.meeting_id))
    return done
