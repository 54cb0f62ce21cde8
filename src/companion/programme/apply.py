"""What a command that crossed does in the workspace. Each is applied once; the mark commits with its effect."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby, islice
from typing import Any

from companion.basics.errors import Problem
from companion.basics.ids import day_in_uid, meeting_id
from companion.basics.progress import Ticket
from companion.calendars.codec import event_from_json
from companion.crossing.model import Command
from companion.meetings.model import Copy, Verdict
from companion.meetings.placing import own_id
from companion.programme.apply_answers import WORDS
from companion.programme.apply_erasing import ERASING_HANDLERS, without_erased
from companion.programme.apply_memory import MEMORY_HANDLERS, MEMORY_HOPELESS, MEMORY_WORDS
from companion.programme.apply_offers import OFFER_HANDLERS, OFFER_HOPELESS, follow_word
from companion.programme.apply_takeaways import MAY_NOT, TAKEAWAY_HANDLERS, Handler
from companion.programme.assistants import PEOPLE_HANDLERS
from companion.programme.audits import note, say_of_seat, write
from companion.programme.codec import evidence_from_json
from companion.programme.incoming import INCOMING_HANDLERS
from companion.programme.model import House, WorkspaceTx
from companion.programme.remerge import remerge
from companion.programme.sat import take_sat
from companion.programme.seat_rights import check_instead, check_word

_AT_ONCE = 50  # of copies: a transaction short enough for whoever waits to write
# What a command is about was forgotten meanwhile: no later try will find it, and nobody behind it should wait.
HOPELESS = (
    frozenset({"meeting_unknown", "takeaway_unknown", "answer_unknown", "reply_not_yours"})
    | {"assistant_not_allowed", "not_open_to_staff", "sat_not_host", "not_over_yet"}
    | MAY_NOT
    | MEMORY_HOPELESS
    | OFFER_HOPELESS
)
_KEPT = WORDS | MEMORY_WORDS | {"takeaway"}  # refused, they stay on the device: they hold somebody's words


def cross(house: House, ticket: Ticket | None = None) -> int:
    """Apply the waiting commands in order; how many crossed.

    Where the workspace is away or locked it stops, and what waits keeps its place. A command about something that is
    gone, or that its giver may not give any more, is let go with a line in the audit; an answer, a takeaway or a fact,
    which hold somebody's words, stay and are told.
    """
    waiting = _due(house)
    crossed = done = 0
    for batch in _batches(waiting):
        if ticket:
            ticket.step("crossing", done, len(waiting))
        done += len(batch)
        try:
            crossed += _apply(house, batch)
        except Problem as problem:
            if problem.code not in HOPELESS:
                with house.device() as device:
                    device.queue.failed(batch[0].id, problem.code)
                raise
            _refused(house, batch[0], problem)
            continue
        with house.device() as device:
            for command in batch:
                device.queue.done(command.id)
    return crossed


def _due(house: House) -> list[Command]:
    """What may cross now, in order. What can still be taken back stays; of the rest that is over from here on."""
    now = house.clock()
    with house.device(write=False) as device:
        waiting = [c for c in device.queue.waiting() if not c.held and (c.not_before is None or c.not_before <= now)]
    if all(command.not_before is None for command in waiting):
        return waiting
    with house.device() as device:
        return [c for c in waiting if c.not_before is None or device.queue.begin(c.id)]


def _batches(waiting: Sequence[Command]) -> Iterator[list[Command]]:
    """Copies that follow each other, some dozens at once; every other command alone."""
    for kind, group in groupby(waiting, lambda command: command.kind):
        walk = iter(group)
        while batch := list(islice(walk, _AT_ONCE if kind == "copies" else 1)):
            yield batch


def _apply(house: House, batch: Sequence[Command]) -> int:
    """Apply what has not been yet, in one transaction with the marks that say so; how many."""
    with house.workspace() as tx:
        fresh = [command for command in batch if not tx.applied.seen(command.id)]
        now = house.clock()
        if fresh and fresh[0].kind == "copies":
            take_copies(tx, [command.body for command in fresh], now)
        else:
            for command in fresh:
                HANDLERS[command.kind](tx, _stated(house, command), now)
        for command in fresh:
            tx.applied.mark(command.id, now)
    return len(fresh)


def _stated(house: House, command: Command) -> dict[str, Any]:
    """What a command says. That nobody else writes here is asked of the house as well, not only believed.

    So is who gives a word on a seat, and that it was not given before it was put on its way.
    """
    if command.kind in SEAT_HANDLERS or command.kind in OFFER_HANDLERS:
        by = house.me or ("" if house.workspace_shared else command.body.get("by", ""))
        when = {"at": _not_before(command)} if "at" in command.body else {}
        shared = house.workspace_shared or (command.kind in OFFER_HANDLERS and bool(command.body.get("shared", True)))
        return {**command.body, "by": by, "shared": shared, **when}
    if command.kind not in TAKEAWAY_HANDLERS:
        return command.body
    shared = bool(command.body.get("shared")) or house.workspace_shared
    return {"by": house.me, **command.body, "shared": shared}


def _not_before(command: Command) -> str:
    """When a word was given: as of an earlier day nothing is known that nobody had said by then."""
    at = datetime.fromisoformat(command.body["at"])
    return max(at, command.made).isoformat()


def _refused(house: House, command: Command, problem: Problem) -> None:
    if command.kind in _KEPT:
        with house.device() as device:
            device.queue.failed(command.id, problem.code)
        return
    # The line first, and once: a word that is let go is never let go in silence.
    with house.workspace() as tx:
        if not tx.applied.seen(command.id):
            note(tx, house, "command.refused", command.kind, command.id, problem.code)
            tx.applied.mark(command.id, house.clock())
    with house.device() as device:
        device.queue.done(command.id)


def take_copies(tx: WorkspaceTx, bodies: Sequence[dict[str, Any]], now: datetime) -> None:
    """News of accounts, in order: copies put and dropped, then every meeting they touch merged again, once."""
    forgotten = {verdict.meeting_id for verdict in tx.meetings.verdicts() if verdict.says == "forget"}
    erased = tx.customers.erased()
    touched: set[str] = set()
    closed: set[str] = set()
    for body in bodies:
        events = [without_erased(event_from_json(item), erased) for item in body["put"]]
        put = {
            key: Copy(body["account"], body["owner"], body["hosts"], event)
            for event in events
            if (key := meeting_id(event.uid, event.rec_key)) not in forgotten  # it may have been read before it was
        }
        tx.meetings.put_copies(put.items())
        tx.meetings.drop_copies(body["account"], body["drop"])
        touched |= put.keys() | set(body["drop"]) | _drop_moved(tx, body["account"], set(body["drop"]))
        closed |= set(body.get("closed", ()))
    remerge(tx, touched, now, frozenset(closed))


def _drop_moved(tx: WorkspaceTx, account_id: str, drop: set[str]) -> set[str]:
    """Drop the copies among these that stand with another meeting, as those do that know only their day; where."""
    dated = [uid for uid in tx.meetings.uids() if day_in_uid(uid)] if drop else []
    found = {
        at for at, copy in tx.meetings.of_uids(dated)
        if copy.account_id == account_id and own_id(copy.event) in drop and at not in drop
    }  # fmt: skip
    tx.meetings.drop_copies(account_id, found)
    return found


def take_forgetting(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """A meeting forgotten: with it go what people said of it and the customer's people known from nowhere else."""
    key = body["id"]
    known = tx.meetings.get(key)
    own = {own_id(copy.event) for copy in tx.meetings.copies([key]).get(key, ())}
    for name in sorted(own | {key}):  # a copy that knows only its day would come back by itself
        tx.meetings.put_verdict(Verdict(name, "forget", "", body["by"], now))
    tx.meetings.remove(key, wholly=True)
    if known:
        left = {guest.address for meeting in tx.meetings.of_customer(known.customer_id) for guest in meeting.guests}
        left |= {m.organiser.address for m in tx.meetings.of_customer(known.customer_id) if m.organiser}
        for contact in tx.customers.contacts(known.customer_id):
            if contact.address not in left:
                tx.customers.remove_contact(known.customer_id, contact.address)
        write(tx, now, body["by"], "meeting.forgotten", "", key, about=(key,))


def take_evidence(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """A person's word on a seat."""
    evidence = evidence_from_json(body)
    meeting = tx.meetings.get(evidence.meeting_id)
    if meeting is None:
        raise Problem("meeting_unknown", meeting=evidence.meeting_id)
    shared = bool(body.get("shared")) or tx.programme.get().shared
    check_word(tx, evidence, meeting, now, shared=shared, assistant=bool(body.get("assistant")))
    if evidence.says in ("attended", "missed", "delegated") and meeting.start > now:
        raise Problem("not_over_yet", title=meeting.title)
    check_instead(tx, evidence.person_id, evidence.to, meeting)
    say_of_seat(tx, evidence, now)
    follow_word(tx, evidence, now)


SEAT_HANDLERS: dict[str, Handler] = {"evidence": take_evidence, "sat": take_sat}
HANDLERS: dict[str, Handler] = {
    "forget": take_forgetting,
    **SEAT_HANDLERS,
    **TAKEAWAY_HANDLERS,
    **INCOMING_HANDLERS,
    **MEMORY_HANDLERS,
    **ERASING_HANDLERS,
    **PEOPLE_HANDLERS,
    **OFFER_HANDLERS,
}
