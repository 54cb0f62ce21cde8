"""What is held of a customer's person, and forgetting them at their wish."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.briefs.model import Somebody
from companion.briefs.words_in import one_line
from companion.calendars.codec import event_from_json, event_to_json
from companion.crossing.model import Command
from companion.customers.erased import Erased, Found, seal
from companion.customers.memory import Fact
from companion.customers.model import Contact, Customer
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.programme.apply import cross
from companion.programme.apply_erasing import without_erased
from companion.programme.apply_memory import check_writer
from companion.programme.erased_names import names_beside
from companion.programme.memory import AWAY, customer_named
from companion.programme.model import DeviceTx, House, WorkspaceTx
from companion.programme.nameless import Nameless
from companion.programme.rules import rules_of
from companion.takeaways.model import Answer, Takeaway


@dataclass(frozen=True)
class HeldAt:
    """What one customer's rows hold of the person. Counts are rows by place, see `words.memory.PLACES`."""

    customer: Customer
    contact: Contact | None
    names: tuple[str, ...]  # as they stand in the contact and on guest lists
    meetings: tuple[Meeting, ...]  # with them as guest or organiser
    facts: tuple[Fact, ...]  # that stand with them, or name them
    takeaways: tuple[Takeaway, ...]  # the newest revision of those that name them
    answers: tuple[Answer, ...]
    shared: Found  # in the workspace
    here: Found  # on this device, notes left out
    notes: int  # rows of my own notes that name them, on this device
    waiting: int  # commands on this device that have not crossed
    ids: tuple[str, ...] = ()  # the customer's, and of those that were merged into it: rows here may still say them
    others: tuple[str, ...] = ()  # names that stay: our own people's, and the customer's other people's


@dataclass(frozen=True)
class HeldAbout:
    """Everything held of a customer's person. Backups, mails that went out and other computers are not searched."""

    address: str
    name: str
    at: tuple[HeldAt, ...]  # by customer; nearly always one

    @property
    def nothing(self) -> bool:
        """Whether nothing is held at all."""
        return not any(one.shared.counts or one.here.counts or one.notes or one.waiting for one in self.at)


@dataclass(frozen=True)
class Erasure:
    """What was taken out (or would be): what was held before, and what stays."""

    held: HeldAbout
    notes_left: int  # rows of my own notes that still name them
    mailed: int  # messages to others that told of them, beyond reach
    waits: bool  # the workspace is away: its part follows by itself


def held_about(house: House, contact: str, customer: str = "") -> HeldAbout:
    """Everything held of a customer's person, named by address, or by name within a customer.

    Problems: `contact_nowhere`, `customer_unknown`, `memory_not_yours`.
    """
    with house.workspace(write=False) as tx:
        check_writer(tx, house.me, house.clock(), shared=house.workspace_shared or tx.programme.get().shared)
        address, firms = _who(tx, contact, customer)
        found = [_in_workspace(tx, firm, address) for firm in firms]
    with house.device(write=False) as device:
        at = tuple(_on_device(device, one, address) for one in found)
    name = next((name for one in at for name in one.names), "")
    return HeldAbout(address, name, at)


def erase(
    house: House, contact: str, customer: str = "", *, dry_run: bool = False, also_my_notes: bool = False
) -> Erasure:
    """Forget a customer's person: what they said stays under the customer's alias, and no sync brings them back.

    This device first, and with it the command that does the rest: killed in between, nothing is half forgotten.
    My own notes are mine, and are changed only `also_my_notes`. Problems: as `held_about`.
    """
    held = held_about(house, contact, customer)
    left = 0 if also_my_notes else sum(one.notes for one in held.at)
    mailed = _mailed(house, held)
    if dry_run:
        return Erasure(held, left, mailed, waits=False)
    shared = house.workspace_shared
    with house.device() as device:
        for one in held.at:
            clean = _cleaner(one, held.address)
            _leave_room(device, one, held.address)
            device.erasing.clean(one.ids, held.address, clean, notes=False)
            if also_my_notes:
                device.erasing.clean(one.ids, held.address, clean, notes=True)
            _clean_commands(device, one.ids, held.address, clean)
            body = {
                "customer_id": one.customer.id, "address": held.address, "names": list(one.names),
                "by": house.me, "shared": shared,
            }  # fmt: skip
            device.queue.put(Command(new_id(), "erase", body, house.clock()))
        device.erasing.wipe()
    try:
        cross(house)
    except Problem as problem:
        if problem.code not in AWAY:
            raise
        return Erasure(held, left, mailed, waits=True)
    return Erasure(held, left, mailed, waits=False)


def _who(tx: WorkspaceTx, text: str, customer: str) -> tuple[str, list[Customer]]:
    """The address meant, and the customers it is known at."""
    within = [customer_named(tx, customer)] if customer else tx.customers.all()
    address = normal(text) if "@" in text else ""
    if not address:
        wanted = " ".join(text.split()).casefold()
        hits = [
            (one, firm) for firm in within for one in tx.customers.contacts(firm.id)
            if one.name and " ".join(one.name.split()).casefold() == wanted
        ]  # fmt: skip
        if len({normal(one.address) for one, _ in hits}) != 1:
            raise _nowhere(text, customer)
        return normal(hits[0][0].address), [firm for _, firm in hits]
    firms = [
        firm for firm in within
        if address in map(normal, firm.addresses)
        or any(normal(one.address) == address for one in tx.customers.contacts(firm.id))
    ]  # fmt: skip
    theirs = rules_of(tx).customer_of(address)
    firms += [firm for firm in within if firm.id == theirs and firm not in firms]
    if customer and not firms:
        firms = within
    if not firms:
        raise _nowhere(text, customer)
    return address, firms


def _nowhere(text: str, customer: str) -> Problem:
    if customer:
        return Problem("contact_nowhere", customer=customer, name=text)
    return Problem("contact_nowhere_at_all", name=text)


def _in_workspace(tx: WorkspaceTx, customer: Customer, address: str) -> HeldAt:
    contact = next((one for one in tx.customers.contacts(customer.id) if normal(one.address) == address), None)
    met, names = [], [contact.name] if contact else []
    meetings = tx.meetings.of_customer(customer.id)
    copies = tx.meetings.copies([meeting.id for meeting in meetings])
    for meeting in meetings:
        listed = [*meeting.guests, *([meeting.organiser] if meeting.organiser else [])]
        told = [
            guest for copy in copies.get(meeting.id, ())
            for guest in (*copy.event.guests, copy.event.organiser) if guest
        ]  # fmt: skip
        them = [guest for guest in (*listed, *told) if normal(guest.address) == address]
        names += [guest.name for guest in them]
        if them:
            met.append(meeting)
    kept = tuple(dict.fromkeys(name.strip() for name in names if name.strip() and "@" not in name))
    bare = HeldAt(customer, contact, kept, tuple(met), (), (), (), Found(), Found(), 0, 0)
    bare = replace(bare, ids=tx.customers.ids_of(customer.id), others=names_beside(tx, customer.id, address))
    clean = _cleaner(bare, address)
    shared = tx.erasing.find(customer.id, address, clean)
    told_of = set(shared.takeaways)
    takeaways = tuple(one for one in tx.takeaways.of_customer(customer.id) if one.id in told_of)
    facts = tuple(
        fact for fact in tx.facts.of(customer.id)
        if fact.id in shared.facts or (contact and fact.contact_id == contact.id)
    )  # fmt: skip
    answers = tuple(
        one for one in tx.takeaways.answers([item.id for item in tx.takeaways.of_customer(customer.id)])
        if normal(one.address) == address or clean(one.text) != one.text or clean(one.reply) != one.reply
    )  # fmt: skip
    return replace(bare, facts=facts, takeaways=takeaways, answers=answers, shared=shared)


def _on_device(device: DeviceTx, held: HeldAt, address: str) -> HeldAt:
    clean = _cleaner(held, address)
    here = device.erasing.find(held.ids, address, clean, notes=False)
    notes = device.erasing.find(held.ids, address, clean, notes=True)
    waiting = sum(
        (command.kind == "erase" and command.body["address"] == address)
        or _cleaned(command, held.ids, address, clean) != command.body
        for command in device.queue.waiting()
    )  # fmt: skip
    return replace(held, here=here, notes=sum(notes.counts.values()), waiting=waiting)


def _cleaner(held: HeldAt, address: str) -> Any:
    firm = held.customer.public_name or held.customer.name
    return Nameless.of([(name, address) for name in held.names or ("",)], firm, held.customer, held.others)


def _leave_room(device: DeviceTx, held: HeldAt, address: str) -> None:
    """Take them out of the room of the briefs that are kept here, with their role and line; they are counted there."""
    met = {meeting.id for meeting in held.meetings}
    called = [one_line(name).casefold() for name in (*held.names, address)]

    def is_them(one: Somebody) -> bool:
        name = one.name.casefold()
        known = name in called or (name.endswith("…") and any(full.startswith(name[:-1]) for full in called))
        return known and not one.ours

    for brief in device.briefs.all():
        room = tuple(one for one in brief.room if not is_them(one))
        gone = len(brief.room) - len(room)
        if gone and (brief.customer_id in held.ids or brief.meeting_id in met):
            device.briefs.put(replace(brief, room=room, room_left_out=brief.room_left_out + gone))


def _clean_commands(device: DeviceTx, ids: Sequence[str], address: str, clean: Any) -> None:
    """Take them out of what has not crossed; what was only about them goes."""
    for command in device.queue.waiting():
        body = _cleaned(command, ids, address, clean)
        if body is None:
            device.queue.done(command.id)
        elif body != command.body:
            device.queue.change(replace(command, body=body))


def _cleaned(command: Command, ids: Sequence[str], address: str, clean: Any) -> dict[str, Any] | None:
    """The body of a command without them, None where it is only about them."""
    body = command.body
    if command.kind == "erase":
        return body
    if command.kind == "copies":
        only = Erased("-", frozenset({seal("-", address)}))
        put = [_event(item, only, ids, clean) for item in body["put"]]
        return body if put == body["put"] else {**body, "put": put}
    if command.kind == "contact":
        return None if normal(body["contact"]["address"]) == address else body
    told = body.get("fact") or body.get("takeaway")
    if isinstance(told, dict) and told.get("customer_id") in ids:
        return _texts(body, clean)  # type: ignore[no-any-return]
    return body


def _event(item: dict[str, Any], only: Erased, ids: Sequence[str], clean: Any) -> dict[str, Any]:
    event = without_erased(event_from_json(item), only)
    if event.customer_id in ids:
        event = replace(event, title=clean(event.title), link=clean(event.link))
    told = event_to_json(event)
    return item if event == event_from_json(item) else told


def _texts(value: Any, clean: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _texts(item, clean) for key, item in value.items()}
    return [_texts(item, clean) for item in value] if isinstance(value, list) else value


def _mailed(house: House, held: HeldAbout) -> int:
    """How many messages left that told of them: mails of takeaways and letters, which nobody can call back."""
    ids = {one.id for at in held.at for one in at.takeaways}
    with house.workspace(write=False) as tx:
        kinds = {channel.id: channel.kind for channel in tx.takeaways.channels()}
        gone = _sent(tx, ids, kinds)
        letters = sum(one.state == "sent" and bool(ids & set(one.takeaways)) for one in tx.letters.all())
    return gone + letters


def _sent(tx: WorkspaceTx, ids: Iterable[str], kinds: dict[str, Any]) -> int:
    places: Sequence[str] = ("site", "folder")
    return sum(
        delivery.state == "sent" and kinds.get(delivery.channel_id) not in places
        for takeaway_id in ids for delivery in tx.takeaways.deliveries(takeaway_id)
    )  # fmt: skip
