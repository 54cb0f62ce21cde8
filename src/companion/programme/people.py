"""People and customers by table, and who is me."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from companion.attendance.model import Target
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.settings import read_settings, write_settings
from companion.customers.model import Contact
from companion.customers.table import read_customers
from companion.people.addresses import normal
from companion.people.model import Person
from companion.people.table import read_people
from companion.programme.audits import changed, note
from companion.programme.meetings import recompute
from companion.programme.model import House, WorkspaceTx
from companion.words.language import t


@dataclass(frozen=True)
class Imported:
    """What a table brought in (or would): labels of what was added, changed and left as it is."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: int
    problems: tuple[Problem, ...]


def import_people(house: House, text: str, *, dry_run: bool = False) -> Imported:
    """Take people in from a table; the good rows come in, each bad one is told."""
    with house.workspace() as tx:
        known = {person.id: person for person in tx.people.all()}
        people, problems = read_people(text, list(known.values()))
        today = day_of(house.clock(), tx.programme.get().zone)
        people, targets = _dated(people, known, tx.seats.targets(), today)
        renewed = {target.who for target in targets}
        added = [person for person in people if person.id not in known]
        altered = [p for p in people if p.id in known and (known[p.id] != p or p.id in renewed)]
        if not dry_run:
            for target in targets:
                tx.seats.put_target(target)
                note(tx, house, "target", "", f"{target.count} {target.since}", target.reason, (target.who,))
            for person in (*added, *altered):
                tx.people.put(person)
                _note_person(tx, house, known.get(person.id), person)
    if not dry_run and (added or altered):
        recompute(house)
    return Imported(
        tuple(person.name for person in added), tuple(person.name for person in altered),
        len(people) - len(added) - len(altered), tuple(problems),
    )  # fmt: skip


def _dated(
    people: Sequence[Person], known: dict[str, Person], targets: Sequence[Target], today: date
) -> tuple[list[Person], list[Target]]:
    """People as they are kept, and the targets a table changes: from today on, never for what has been."""
    kept: list[Person] = []
    fresh: list[Target] = []
    for person in people:
        old = known.get(person.id)
        if old is None or old.target is None or person.target == old.target:
            kept.append(person)
            continue
        mine = [item for item in targets if item.who == person.id and item.since <= today]
        standing = max(mine, key=lambda item: item.since).count if mine else old.target
        if standing != (person.target or 0):
            fresh.append(Target(person.id, person.target or 0, today, t("from a table")))
        kept.append(replace(person, target=old.target))
    return kept, fresh


def _note_person(tx: WorkspaceTx, house: House, old: Person | None, new: Person) -> None:
    """What a table changes of how somebody is counted, a line for each fact."""
    if old is None:
        facts = (new.email, new.team, new.role, new.start.isoformat() if new.start else "")
        note(tx, house, "person.added", "", ", ".join(filter(None, facts)), t("from a table"), (new.id,))
        return
    names = ("team", "role", "target", "start", "end", "share")
    before, after = ({name: vars(one)[name] for name in names} for one in (old, new))
    changed(tx, house.clock(), house.me, "person", before, after, t("from a table"), (new.id,))


def import_customers(house: House, text: str, *, dry_run: bool = False) -> Imported:
    """Take customers in from a table; the next sync reads the calendars whole, since the rules changed."""
    with house.workspace() as tx:
        known = {customer.id: customer for customer in tx.customers.all()}
        customers, problems = read_customers(text, list(known.values()), tx.programme.get().our_domains)
        added = [customer for customer in customers if customer.id not in known]
        altered = [customer for customer in customers if customer.id in known and known[customer.id] != customer]
        if not dry_run:
            for customer in (*added, *altered):
                tx.customers.put(customer)
                old = known.get(customer.id)
                before = {"visits": old.visits if old else None}
                changed(
                    tx, house.clock(), house.me, "customer", before, {"visits": customer.visits}, t("from a table"),
                    (customer.id,),
                )  # fmt: skip
    return Imported(
        tuple(customer.name for customer in added), tuple(customer.name for customer in altered),
        len(customers) - len(added) - len(altered), tuple(problems),
    )  # fmt: skip


def set_may_quote(house: House, customer: str, address: str, answer: str) -> Contact:
    """Whether one of a customer's people may be quoted: yes, ask or no, "" for not asked; the contact as it is now."""
    with house.workspace() as tx:
        firm = tx.customers.by_name(customer)
        if firm is None:
            raise Problem("customer_unknown", name=customer)
        contact = next((one for one in tx.customers.contacts(firm.id) if normal(one.address) == normal(address)), None)
        if contact is None:
            raise Problem("contact_unknown", customer=firm.name, address=address)
        contact = replace(contact, may_quote=answer)
        tx.customers.change_contact(contact)
    return contact


def set_me(house: House, address: str) -> House:
    """From now on this profile works for that person; Problem `address_wrong` for what is no address."""
    me = normal(address)
    if not me:
        raise Problem("address_wrong", value=address)
    settings, _ = read_settings(house.paths.settings)
    write_settings(house.paths.settings, replace(settings, me=me))
    return replace(house, me=me)


def who_am_i(house: House) -> Person:
    """The person this profile works for; Problem `me_unknown` where nobody said, or nobody knows the address."""
    if not house.me:
        raise Problem("me_unset")
    with house.workspace(write=False) as tx:
        person = tx.people.by_address(house.me)
    if person is None:
        raise Problem("me_unknown", address=house.me)
    return person
