"""What a command that crossed does in the workspace. Each is applied once; the mark commits with its effect."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from companion.attendance.model import Evidence
from companion.basics.errors import Problem
from companion.basics.ids import meeting_id, new_id
from companion.basics.progress import Ticket
from companion.calendars.codec import event_from_json
from companion.customers.model import Contact
from companion.meetings.merge import FindPerson, absent, contacts, merge, said
from companion.meetings.model import Copy, Meeting, Verdict
from companion.meetings.recognise import Rules
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.codec import answer_from_json, evidence_from_json, takeaway_from_json
from companion.programme.model import House, WorkspaceTx
from companion.programme.rules import rules_of
from companion.takeaways.model import Delivery

Handler = Callable[[WorkspaceTx, dict[str, Any], datetime], None]


def cross(house: House, ticket: Ticket | None = None) -> int:
    """Apply the waiting commands in order; how many crossed. Stops at the first that cannot, which then waits."""
    with house.device() as device:
        waiting = [command for command in device.queue.waiting() if not command.held]
    for done, command in enumerate(waiting):
        if ticket:
            ticket.step("crossing", done, len(waiting))
        try:
            with house.workspace() as tx:
                if not tx.applied.seen(command.id):
                    HANDLERS[command.kind](tx, command.body, house.clock())
                    tx.applied.mark(command.id, house.clock())
        except Problem as problem:
            with house.device() as device:
                device.queue.failed(command.id, problem.code)
            raise
        with house.device() as device:
            device.queue.done(command.id)
    return len(waiting)


def finder(people: Iterable[Person]) -> FindPerson:
    """A look-up of our people by any of their addresses."""
    known = {address: person for person in people for address in person.addresses}
    return lambda address: known.get(normal(address))


def take_copies(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """One account's news: copies put and dropped, and every meeting they touch merged again."""
    account = body["account"]
    events = [event_from_json(item) for item in body["put"]]
    put = [
        (meeting_id(event.uid, event.rec_key), Copy(account, body["owner"], body["hosts"], event)) for event in events
    ]
    tx.meetings.put_copies(put)
    tx.meetings.drop_copies(account, body["drop"])
    remerge(tx, {key for key, _ in put} | set(body["drop"]), now)


@dataclass(frozen=True)
class Shelf:
    """What merging looks up: people, customers, verdicts, rules."""

    person: FindPerson
    leaders: frozenset[str]  # person ids
    hosts: dict[str, str]  # customer id -> account owner
    verdicts: dict[str, Verdict]
    rules: Rules


def _shelf(tx: WorkspaceTx) -> Shelf:
    people = tx.people.all()
    aimed = {target.who for target in tx.seats.targets()}
    return Shelf(
        finder(people),
        frozenset(person.id for person in people if person.kind == "leader" or person.id in aimed),
        {customer.id: normal(customer.host_email) for customer in tx.customers.all()},
        {verdict.meeting_id: verdict for verdict in tx.meetings.verdicts()},
        rules_of(tx),
    )


def remerge(tx: WorkspaceTx, meeting_ids: Iterable[str], now: datetime) -> None:
    """Make meetings, seats and contacts anew from the copies that are there."""
    ids = sorted(meeting_ids)
    copies, shelf = tx.meetings.copies(ids), _shelf(tx)
    spoken = {item.meeting_id for item in tx.seats.evidence(ids) if item.source != "calendar"}
    for key in ids:
        verdict = shelf.verdicts.get(key)
        if verdict and verdict.says == "forget":
            continue
        if not copies.get(key):
            _let_go(tx, key, now, spoken=key in spoken)
            continue
        meeting = merge(key, copies[key], verdict, lambda customer: shelf.hosts.get(customer, ""), shelf.person)
        tx.meetings.put(meeting)
        _propose_seats(tx, key, copies[key], shelf, now)
        _meet_contacts(tx, meeting, copies[key], shelf.rules, now)


def _let_go(tx: WorkspaceTx, key: str, now: datetime, *, spoken: bool) -> None:
    known = tx.meetings.get(key)
    if known is None:
        return
    left = absent(known, now, spoken=spoken)
    if left:
        tx.meetings.put(left)
    else:
        tx.meetings.remove(key)


def _meet_contacts(tx: WorkspaceTx, meeting: Meeting, copies: list[Copy], rules: Rules, now: datetime) -> None:
    def is_customers(address: str) -> bool:
        return rules.customer_of(address) == meeting.customer_id

    for copy in copies:
        for guest in contacts(copy.event, is_customers):
            name = guest.name if "@" not in guest.name else ""
            met = meeting.start if meeting.start <= now else None
            tx.customers.put_contact(Contact(new_id(), meeting.customer_id, guest.address, name, last_met=met))


def _propose_seats(tx: WorkspaceTx, key: str, copies: list[Copy], ground: Shelf, now: datetime) -> None:
    """What the calendars say of leaders. A statement that stands keeps its time, so that `--as-of` can look back."""
    known = {(e.person_id, e.says): e for e in tx.seats.evidence([key]) if e.source == "calendar"}
    told = []
    for item in said(copies, ground.person):
        if item.person.id not in ground.leaders:
            continue
        old = known.get((item.person.id, item.says))
        told.append(
            Evidence(old.id if old else new_id(), key, item.person.id, "calendar", item.says, item.account_id,
                     old.at if old else now)
        )  # fmt: skip
    tx.seats.replace_calendar(key, told)


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
    for channel_id, recipient in body["deliveries"]:
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
    "copies": take_copies,
    "evidence": take_evidence,
    "takeaway": take_takeaway,
    "withdraw": take_withdrawal,
    "answer": take_answer,
}
