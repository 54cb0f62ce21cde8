"""What we remember of customers: told, changed, ended. Each crosses, so that it also works with the workspace away."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from companion.basics.clock import day_of, machine_zone
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.basics.storable import storable
from companion.crossing.model import Command
from companion.customers.changing import EVERY_END, ended, ends_of
from companion.customers.memory import KINDS, WHO, Fact, FactState, Version
from companion.customers.model import Contact, Customer
from companion.people.addresses import normal
from companion.programme.apply import cross
from companion.programme.apply_memory import MEMORY_HOPELESS, check_writer, find
from companion.programme.codec import contact_from_json, fact_from_json, to_json
from companion.programme.model import House, WorkspaceTx

AWAY = frozenset({"workspace_unreachable", "store_locked"})  # what was written waits here, and crosses later
LONGEST = 4000  # characters of a fact; a customer's story is told in several


def remember(house: House, fact: Fact) -> Fact:
    """Keep something new of a customer; its id is made here where it has none.

    Problems: `fact_empty`, `fact_too_long`, `fact_kind_unknown`, `who_topic_missing`, `who_topic_unknown`,
    `touch_team_missing`, `fact_ahead`, `fact_customer_unknown`, `memory_not_yours`.
    """
    fact = _fit(house, replace(fact, id=fact.id or new_id(), revision=1, unseen=0))
    return _write(house, fact, 0)


def change(house: House, fact: Fact, base_revision: int) -> Fact:
    """Keep what a fact says now; `base_revision` is the one its writer had before them.

    Where somebody else changed it meanwhile nothing is lost: see `customers.changing.changed`.
    """
    return _write(house, _fit(house, fact), base_revision)


def end(house: House, fact_id: str, state: FactState, result: str = "", on: date | None = None) -> Fact | None:
    """What became of a goal or a promise, or that a fact holds no more (`dropped`); `open` begins it again.

    The fact as it is then. With the workspace away it waits here and crosses later; None where nobody here knows what
    the fact says. Problems: `fact_unknown`, `fact_state_unknown`.
    """
    known: Fact | None
    try:
        with house.workspace(write=False) as tx:
            known = find(tx, fact_id)
            check_writer(tx, house.me, house.clock(), shared=_shared(house, tx))
    except Problem as problem:
        if problem.code not in AWAY:
            raise
        known = _waiting_one(house, fact_id)
    may = ends_of(known) if known else EVERY_END
    if state not in may:
        raise Problem("fact_state_unknown", value=state, known=", ".join(may))
    key = known.id if known else fact_id.strip()
    body = {"id": key, "state": state, "result": storable(result.strip()), "on": on.isoformat() if on else ""}
    _do(house, "fact.end", body)
    try:
        return get(house, key)
    except Problem as problem:
        if problem.code not in AWAY | {"fact_unknown"}:
            raise
        return _ended(known, body, house.clock()) if known else None


def put_contact(house: House, contact: Contact) -> Contact:
    """Keep what is known of one of a customer's people. Problems: `address_wrong`, `contact_erased`."""
    address = normal(contact.address)
    if not address:
        raise Problem("address_wrong", value=contact.address)
    contact = replace(contact, id=contact.id or new_id(), address=address)
    try:
        with house.workspace(write=False) as tx:
            if tx.customers.erased().holds(address):
                raise Problem("contact_erased")
    except Problem as problem:
        if problem.code not in AWAY:  # the workspace asks again when it crosses
            raise
    _do(house, "contact", {"contact": to_json(contact)})
    return contact


def get(house: House, fact_id: str) -> Fact:
    """A fact by its id or the beginning of it; Problem `fact_unknown`."""
    with house.workspace(write=False) as tx:
        return find(tx, fact_id)


def history(house: House, fact_id: str) -> tuple[Fact, tuple[Version, ...]]:
    """A fact, and what it said before, oldest first."""
    with house.workspace(write=False) as tx:
        known = find(tx, fact_id)
        return known, tuple(tx.facts.versions(known.id))


def waiting(house: House) -> tuple[Fact, ...]:
    """Facts as they were written here that have not crossed yet, in their order."""
    found: list[Fact] = []
    with house.device(write=False) as device:
        commands = device.queue.waiting()
    for command in commands:
        if command.kind == "fact":
            found.append(fact_from_json(command.body["fact"]))
        elif command.kind == "fact.end":
            told = next((one for one in reversed(found) if one.id == command.body["id"]), None)
            found += [_ended(told, command.body, command.made)] if told else []
    return tuple(found)


def _ended(fact: Fact, body: dict[str, Any], at: datetime) -> Fact:
    on = date.fromisoformat(body["on"]) if body["on"] else None
    return ended(fact, body["state"], body["result"], on, fact.by, at)


def _waiting_one(house: House, fact_id: str) -> Fact | None:
    """The fact of that id, or the only one that begins so, as it was last written here and has not crossed yet."""
    written = {one.id: one for one in waiting(house)}
    hits = [one for key, one in written.items() if len(fact_id) >= 4 and key.startswith(fact_id)]
    return written.get(fact_id) or (hits[0] if len(hits) == 1 else None)


def waiting_contacts(house: House) -> tuple[Contact, ...]:
    """Customers' people as they were written here that have not crossed yet, in their order."""
    with house.device(write=False) as device:
        return tuple(contact_from_json(c.body["contact"]) for c in device.queue.waiting() if c.kind == "contact")


def customer_named(tx: WorkspaceTx, name: str) -> Customer:
    """A customer by id, name or alias. Problems: `customer_unknown`, `customer_unsaid`."""
    if not name.strip():
        raise Problem("customer_unsaid")
    found = tx.customers.get(name) or tx.customers.by_name(name)
    if found is None:
        raise Problem("customer_unknown", name=name)
    return found


def contact_named(tx: WorkspaceTx, customer: Customer, text: str) -> Contact:
    """One of a customer's people by address, id or name; Problem `contact_unknown`."""
    wanted = text.strip().casefold()
    address = normal(text) if "@" in text else ""
    known = tx.customers.contacts(customer.id)
    hits = [one for one in known if (address and normal(one.address) == address) or one.id == text]
    hits = hits or [one for one in known if one.name and one.name.casefold() == wanted]
    if len(hits) != 1:
        raise Problem("contact_unknown", customer=customer.name, address=text)
    return hits[0]


def latest_day(house: House) -> date:
    """The last day on which something can have been heard: today, here or in the programme's zone."""
    zones = [machine_zone()]
    try:
        with house.workspace(write=False) as tx:
            zones.append(tx.programme.get().zone)
    except Problem as problem:
        if problem.code not in AWAY:
            raise
    return max(day_of(house.clock(), zone) for zone in zones)


def _fit(house: House, fact: Fact) -> Fact:
    """The fact as it may be kept. Line ends are one kind, and nothing of a text is cut."""
    text = "\n".join(fact.text.splitlines()).strip()
    if not text:
        raise Problem("fact_empty")
    if len(text) > LONGEST:
        raise Problem("fact_too_long", most=LONGEST, length=len(text))
    if fact.kind not in KINDS:
        raise Problem("fact_kind_unknown", value=fact.kind, known=", ".join(KINDS))
    if fact.kind == "who" and fact.topic not in WHO:
        code = "who_topic_unknown" if fact.topic.strip() else "who_topic_missing"
        raise Problem(code, value=fact.topic, known=", ".join(WHO))
    if fact.kind == "touch" and not fact.topic.strip():
        raise Problem("touch_team_missing")
    if fact.heard_on and fact.heard_on > latest_day(house):
        raise Problem("fact_ahead", day=fact.heard_on.isoformat())
    return replace(fact, text=text)


def _write(house: House, fact: Fact, base_revision: int) -> Fact:
    _do(house, "fact", {"fact": to_json(fact), "base_revision": base_revision})
    try:
        return get(house, fact.id)
    except Problem as problem:
        if problem.code not in AWAY | {"fact_unknown"}:
            raise
        return fact  # it waits on this device


def _do(house: House, kind: str, body: dict[str, Any]) -> None:
    """Put a command on its way; with the workspace away it waits, and that is no trouble of the writer's.

    What may not be written is refused before it is kept, as far as the workspace can be asked.
    """
    now = house.clock()
    body = {**body, "by": house.me, "shared": house.workspace_shared, "at": now.isoformat()}
    try:
        with house.workspace(write=False) as tx:
            check_writer(tx, house.me, now, shared=_shared(house, tx))
            _known_customer(tx, body)
    except Problem as problem:
        if problem.code not in AWAY:
            raise
    command = Command(new_id(), kind, body, now)
    with house.device() as device:
        device.queue.put(command)
    try:
        cross(house)
    except Problem as problem:
        if problem.code not in AWAY:
            raise
    _refused(house, command.id)


def _refused(house: House, command_id: str) -> None:
    """Say what the workspace refused when it crossed at once; the words stay where they were written."""
    with house.device(write=False) as device:
        kept = next((one for one in device.queue.waiting() if one.id == command_id), None)
    if kept and kept.trouble in MEMORY_HOPELESS:
        raise Problem(kept.trouble)


def _known_customer(tx: WorkspaceTx, body: dict[str, Any]) -> None:
    told = body.get("fact") or body.get("contact")
    if told and tx.customers.get(tx.customers.now_at(told["customer_id"])) is None:
        raise Problem("fact_customer_unknown")


def _shared(house: House, tx: WorkspaceTx) -> bool:
    return house.workspace_shared or tx.programme.get().shared
