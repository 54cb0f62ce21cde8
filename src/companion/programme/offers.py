"""Seats on their way: asked for, proposed, allowed by the host, answered by the leader, given up to another.

Each crosses, so that it is safe on the device first. An answer also works with the workspace away: it waits here.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from companion.attendance.offers import OPEN, Move, Offer
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.basics.storable import storable
from companion.crossing.model import Command
from companion.programme.apply import cross
from companion.programme.apply_offers import check_begin, check_step, sits
from companion.programme.burden import Burden, burden_of
from companion.programme.meetings import find
from companion.programme.memory import AWAY
from companion.programme.model import House, WorkspaceTx
from companion.programme.offer_ground import find_offer, old_asks, table_at
from companion.programme.people import who_am_i
from companion.programme.seats import person_of
from companion.programme.taking_over import best_for

LONGEST = 300  # characters of a reason


def ask(house: House, meeting: str) -> Offer:
    """Ask for a seat for oneself; the host decides. Problems: those of `attendance.seating.refusal`."""
    me = who_am_i(house)
    with house.workspace(write=False) as tx:
        wanted = find(tx, meeting)
    return _begin(house, "offer.ask", {"meeting": wanted.id, "person": me.id, "came": "ask"})


def propose(house: House, meeting: str, person: str, reason: str = "") -> Offer:
    """Have a seat offered to somebody: the host is asked first. Problems as `ask`, and `offer_propose_not_yours`."""
    with house.workspace(write=False) as tx:
        wanted, whom = find(tx, meeting), person_of(tx, person)
    return _begin(
        house, "offer.propose", {"meeting": wanted.id, "person": whom.id, "came": "ops", "reason": _short(reason)}
    )


def burden_at(house: House, meeting: str) -> Burden | None:
    """What the customer of a review has borne within a year; who proposes one more is told, and may all the same."""
    with house.workspace(write=False) as tx:
        return burden_of(tx, find(tx, meeting), house.clock())


def allow(house: House, offer_id: str, yes: bool, reason: str = "") -> Offer | None:
    """The host's word, or that of ops: whether somebody may sit in. A no needs no reason. As `answer` where away."""
    return _step(house, "offer.allow", offer_id, "allow" if yes else "veto", reason)


def answer(house: House, offer_id: str, yes: bool, reason: str = "") -> Offer | None:
    """The leader's word: whether they take the seat. None where the workspace is away: it waits here then.

    Ops may answer for a leader who told them; `reason` says how. Problems: `offer_unknown`, `offer_over`,
    `offer_host_first`, `offer_not_yours`, `offer_for_somebody`, and those of `ask`.
    """
    return _step(house, "offer.answer", offer_id, "take" if yes else "cannot", reason)


def withdraw(house: House, offer_id: str, reason: str = "") -> Offer | None:
    """An offer that is not to be: by ops, or by who asked for the seat or gives it up. As `answer` where away."""
    return _step(house, "offer.withdraw", offer_id, "withdraw", reason)


def swap(house: House, meeting: str, to: str = "") -> Offer:
    """Give my seat up to somebody (""): to who needs one most; it stays mine until they take it. The offer to them.

    Problems: `swap_no_seat`, `swap_nobody`, and those of `ask`.
    """
    me = who_am_i(house)
    with house.workspace(write=False) as tx:
        wanted = find(tx, meeting)
        table = table_at(tx, wanted, house.clock())
        if not sits(table, me.id):
            raise Problem("swap_no_seat", title=wanted.title)
        taker = person_of(tx, to) if to else best_for(tx, table, me.id)
    if taker is None:
        raise Problem("swap_nobody", title=wanted.title)
    body = {"meeting": wanted.id, "person": taker.id, "instead_of": me.id, "came": "swap"}
    return _begin(house, "offer.swap", body)


def offer_plan(
    house: House, seats: Sequence[tuple[str, str]], problems: list[Problem] | None = None
) -> list[Offer]:  # fmt: skip
    """Have the seats of a plan offered, (meeting id, person id) each; `problems` takes why some may not be any more."""
    made: list[Offer] = []
    for meeting_id, person_id in seats:
        try:
            made.append(_begin(house, "offer.propose", {"meeting": meeting_id, "person": person_id, "came": "plan"}))
        except Problem as problem:
            if problem.code in AWAY:
                raise
            if problems is not None:
                problems.append(problem)
    return made


def open_offers(house: House) -> list[Offer]:
    """The offers that wait for a host or a leader, oldest first, seats asked for in the old way among them."""
    now = house.clock()
    with house.workspace(write=False) as tx:
        return [one for one in every_offer(tx, now) if one.state in OPEN]


def every_offer(tx: WorkspaceTx, now: datetime) -> list[Offer]:
    """All offers, oldest first, seats asked for in the old way among them."""
    known = tx.offers.all()
    ahead = tx.meetings.between(now, datetime.max.replace(tzinfo=now.tzinfo))
    return sorted(known + old_asks(tx, ahead, known, now), key=lambda one: (one.made, one.id))


def _begin(house: House, kind: str, about: dict[str, Any]) -> Offer:
    body = {"id": new_id(), "by": house.me, "shared": house.workspace_shared, **about}
    now = house.clock()
    with house.workspace(write=False) as tx:
        check_begin(tx, body, now)
    _queue(house, kind, body)
    with house.workspace(write=False) as tx:
        made = tx.offers.get(body["id"])
    if made is None:  # somebody was quicker between the look and the step
        raise Problem("offer_late")
    return made


def _step(house: House, kind: str, offer_id: str, move: Move, reason: str) -> Offer | None:
    body: dict[str, Any] = {
        "id": offer_id, "move": move, "by": house.me, "reason": _short(reason), "shared": house.workspace_shared,
    }  # fmt: skip
    try:
        with house.workspace(write=False) as tx:
            body["id"] = find_offer(tx, offer_id, house.clock()).id
            check_step(tx, body, house.clock())
        _queue(house, kind, body)
        with house.workspace(write=False) as tx:
            return find_offer(tx, body["id"], house.clock())
    except Problem as problem:
        if problem.code not in AWAY:
            raise
    with house.device() as device:
        if not any(one.kind == kind and one.body == body for one in device.queue.waiting()):
            device.queue.put(Command(new_id(), kind, body, house.clock()))
    return None


def _queue(house: House, kind: str, body: dict[str, Any]) -> None:
    with house.device() as device:
        device.queue.put(Command(new_id(), kind, body, house.clock()))
    cross(house)


def _short(text: str) -> str:
    return storable(" ".join(text.split()))[:LONGEST]
