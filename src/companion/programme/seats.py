"""What people say of seats: I was there, she was there, it was someone else."""

from datetime import datetime
from typing import Literal, get_args

from companion.attendance.model import Evidence, Source, State
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.crossing.model import Command
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.apply import cross
from companion.programme.assistants import SAYABLE as BY_ASSISTANT
from companion.programme.codec import to_json
from companion.programme.meetings import find
from companion.programme.model import House, WorkspaceTx
from companion.programme.seat_rights import check_instead, check_word, is_host

SAYABLE = tuple(state for state in get_args(State) if state not in ("open", "cancelled", "disputed"))


def set_state(
    house: House, meeting: str, person: str, state: str, by: Source | Literal["assistant"] | None = None,
    reason: str = "", to: str = "", at: datetime | None = None,
) -> Evidence:  # fmt: skip
    """Say what is true of a seat. Without `by`: oneself for one's own seat, the host of the meeting, ops for the rest.

    `to`: who went instead, with state delegated. `by` assistant: it counts as the leader's own word, and says who
    gave it. Problems: meeting_unknown, person_unknown, state_unknown, not_over_yet, not_open_to_staff,
    assistant_not_allowed, instead_oneself, instead_host.
    """
    sayable = BY_ASSISTANT if by == "assistant" else SAYABLE
    if state not in sayable:
        raise Problem("state_unknown", value=state, known=", ".join(sayable))
    with house.workspace(write=False) as tx:
        seat_of = find(tx, meeting)
        who = person_of(tx, person)
        instead = person_of(tx, to).id if to else ""
        me = tx.people.by_address(house.me) if house.me else None
        shared = house.workspace_shared or tx.programme.get().shared
        source = _source(by, me, who, seat_of, shared=shared)
        evidence = Evidence(
            new_id(), seat_of.id, who.id, source, state, house.me or source, at or house.clock(), reason, instead
        )
        check_word(tx, evidence, seat_of, house.clock(), shared=shared, assistant=by == "assistant")
        check_instead(tx, who.id, instead, seat_of)
    if state in ("attended", "missed", "delegated") and seat_of.start > house.clock():
        raise Problem("not_over_yet", title=seat_of.title)
    say(house, evidence, by_assistant=by == "assistant")
    return evidence


def say(house: House, evidence: Evidence, *, by_assistant: bool = False) -> None:
    """Put a statement on its way; it is safe on the device before it crosses."""
    body = {**to_json(evidence), **({"assistant": True} if by_assistant else {})}
    with house.device() as device:
        device.queue.put(Command(new_id(), "evidence", body, house.clock()))
    cross(house)


def _source(
    by: Source | Literal["assistant"] | None, me: Person | None, who: Person, meeting: Meeting, *, shared: bool
) -> Source:  # fmt: skip
    """Whose word it is, where nobody said."""
    if by:
        return "self" if by == "assistant" else by
    if me is not None and me.id == who.id:
        return "self"
    return "host" if shared and me is not None and me.kind != "ops" and is_host(me, meeting) else "ops"


def person_of(tx: WorkspaceTx, text: str) -> Person:
    """Our person with that address, id or name; Problem `person_unknown` otherwise."""
    person = tx.people.by_address(normal(text)) if "@" in text else tx.people.get(text)
    if person is None:
        hits = [item for item in tx.people.all() if item.name.casefold() == text.strip().casefold()]
        person = hits[0] if len(hits) == 1 else None
    if person is None:
        raise Problem("person_unknown", address=text)
    if person.kind == "group":
        raise Problem("person_is_group", name=person.name)
    return person
