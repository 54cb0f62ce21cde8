"""What a command that crossed does in the workspace. Each is applied once; the mark commits with its effect."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
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
from companion.programme.codec import answer_from_json, evidence_from_json, takeaway_from_json
from companion.programme.model import AuditEntry, House, WorkspaceTx
from companion.programme.remerge import remerge
from companion.takeaways.model import Delivery

Handler = Callable[[WorkspaceTx, dict[str, Any], datetime], None]

_AT_ONCE = 50  # of copies: a transaction short enough for whoever waits to write
# What a command is about was forgotten meanwhile: no later try will find it, and nobody behind it should wait.
HOPELESS = frozenset({"meeting_unknown", "takeaway_unknown"})


def cross(house: House, ticket: Ticket | None = None) -> int:
    """Apply the waiting commands in order; how many crossed.

    Where the workspace is away or locked it stops, and what waits keeps its place. A command about something
    that is gone is let go with a line in the audit; an answer, which holds somebody's words, stays and is told.
    """
    with house.device(write=False) as device:
        waiting = [command for command in device.queue.waiting() if not command.held]
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
                HANDLERS[command.kind](tx, command.body, now)
        for command in fresh:
            tx.applied.mark(command.id, now)
    return len(fresh)


def _refused(house: House, command: Command, problem: Problem) -> None:
    if command.kind == "answer":
        with house.device() as device:
            device.queue.failed(command.id, problem.code)
        return
    # The line first, and once: a word that is let go is never let go in silence.
    with house.workspace() as tx:
        if not tx.applied.seen(command.id):
            tx.programme.audit(
                AuditEntry(house.clock(), house.me, "command.refused", command.kind, command.id, problem.code)
            )
            tx.applied.mark(command.id, house.clock())
    with house.device() as device:
        device.queue.done(command.id)


def take_copies(tx: WorkspaceTx, bodies: Sequence[dict[str, Any]], now: datetime) -> None:
    """News of accounts, in order: copies put and dropped, then every meeting they touch merged again, once."""
    forgotten = {verdict.meeting_id for verdict in tx.meetings.verdicts() if verdict.says == "forget"}
    touched: set[str] = set()
    closed: set[str] = set()
    for body in bodies:
        events = [event_from_json(item) for item in body["put"]]
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
        tx.programme.audit(AuditEntry(now, body["by"], "meeting.forgotten", "", key, ""))


def take_evidence(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """A person's word on a seat."""
    evidence = evidence_from_json(body)
    if tx.meetings.get(evidence.meeting_id) is None:
        raise Problem("meeting_unknown", meeting=evidence.meeting_id)
    tx.seats.add(evidence)


def take_takeaway(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """A takeaway or a telling, published; its deliveries wait for the outbox."""
    takeaway = takeaway_from_json(body["takeaway"])
    # A correction keeps the day of the first telling: it completes no later.
    earlier = tx.takeaways.get(takeaway.id)
    first = earlier.published if earlier else None
    tx.takeaways.put(replace(takeaway, published=first or takeaway.published or now))
    # A revision that is sent again reaches only those it was not promised to before.
    promised = {(d.revision, d.channel_id, d.recipient) for d in tx.takeaways.deliveries(takeaway.id)}
    for channel_id, recipient in body["deliveries"]:
        if (takeaway.revision, channel_id, recipient) in promised:
            continue
        tx.takeaways.put_delivery(Delivery(takeaway.id, takeaway.revision, channel_id, recipient, "pending", now))


def take_withdrawal(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """A takeaway withdrawn: readers see it no more, and every place that can be cleaned will be."""
    takeaway = tx.takeaways.get(body["id"])
    if takeaway is None:
        raise Problem("takeaway_unknown", takeaway=body["id"])
    tx.takeaways.put(replace(takeaway, withdrawn=takeaway.withdrawn or now))


def take_answer(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """A reader's answer."""
    answer = answer_from_json(body)
    if tx.takeaways.get(answer.takeaway_id) is None:
        raise Problem("takeaway_unknown", takeaway=answer.takeaway_id)
    tx.takeaways.put_answer(answer)


HANDLERS: dict[str, Handler] = {
    "forget": take_forgetting,
    "evidence": take_evidence,
    "takeaway": take_takeaway,
    "withdraw": take_withdrawal,
    "answer": take_answer,
}
