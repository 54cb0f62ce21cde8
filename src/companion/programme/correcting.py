"""What was settled of a seat is corrected, with a reason; what is in dispute is decided. Both sides stay readable."""

from companion.attendance.model import Evidence, Seat
from companion.attendance.seats import OUTCOMES, seat, to_decide
from companion.basics.errors import Problem
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.meetings import find
from companion.programme.model import House, WorkspaceTx
from companion.programme.seat_rights import is_host
from companion.programme.seats import person_of, set_state


def correct(house: House, meeting: str, person: str, state: str, reason: str = "", *, to: str = "") -> Evidence:
    """Say what is true of a seat after all. `to`: who went instead, with state delegated.

    A reason is needed where the seat was settled. Of one's own seat oneself, of the own meeting its host, ops of any.
    The word is of whoever gives it; that of ops stands above what was said before it. Problems as for `set_state`,
    and `reason_missing`, `correct_not_yours`.
    """
    with house.workspace(write=False) as tx:
        seat_of, who = find(tx, meeting), person_of(tx, person)
        made = seat_now(house, tx, seat_of, who)
        me = tx.people.by_address(house.me) if house.me else None
        shared = house.workspace_shared or tx.programme.get().shared
    if made.state in (*OUTCOMES, "declined", "disputed") and made.state != state and not reason.strip():
        raise Problem("reason_missing")
    if not shared or (me is not None and me.kind == "ops"):
        return set_state(house, seat_of.id, who.id, state, "ops", reason.strip(), to)
    if me is not None and me.id == who.id:
        return set_state(house, seat_of.id, who.id, state, "self", reason.strip(), to)
    if is_host(me, seat_of):
        return set_state(house, seat_of.id, who.id, state, "host", reason.strip(), to)
    raise Problem("correct_not_yours", title=seat_of.title)


def decide(house: House, meeting: str, person: str, *, there: bool, reason: str = "") -> Evidence:
    """Settle a seat of which nobody has said, on which what was told does not agree, or that a report only proposes.

    Said by ops, or the owner of a local file, it stands until somebody says otherwise later; said by the meeting's
    host or the person, it answers what is only proposed, or not known yet.
    Problems `seat_not_open`, `not_open_to_staff`.
    """
    with house.workspace(write=False) as tx:
        seat_of, who = find(tx, meeting), person_of(tx, person)
        made = seat_now(house, tx, seat_of, who)
        me = tx.people.by_address(house.me) if house.me else None
        shared = house.workspace_shared or tx.programme.get().shared
    if not to_decide(made) and made.state != "unknown":
        raise Problem("seat_not_open", name=who.name, title=seat_of.title)
    state = "attended" if there else "missed"
    may_settle = not shared or (me is not None and me.kind == "ops")
    return set_state(house, seat_of.id, who.id, state, "ops" if may_settle else None, reason.strip())


def seat_now(house: House, tx: WorkspaceTx, meeting: Meeting, person: Person) -> Seat:
    """What is known of somebody's seat just now."""
    zone = tx.programme.get().zone
    return seat(meeting, person.id, tx.seats.evidence([meeting.id]), house.clock(), zone=zone)
