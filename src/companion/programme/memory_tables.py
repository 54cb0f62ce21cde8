"""What is remembered of customers, and their people, out to tables and in from them."""

from dataclasses import replace

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.crossing.model import Command
from companion.customers.changing import SAID
from companion.customers.contacts_table import contact_rows, read_contacts
from companion.customers.facts_table import Around, fact_rows, read_facts
from companion.customers.memory import Fact
from companion.customers.model import Contact, Customer
from companion.customers.personal import personal
from companion.programme.apply import cross
from companion.programme.apply_memory import check_writer
from companion.programme.codec import to_json
from companion.programme.memory import customer_named, latest_day
from companion.programme.model import House, WorkspaceTx
from companion.programme.people import Imported as Imported
from companion.words import memory as words

CUSTOMER_COLUMNS = (
    "name", "domains", "aliases", "host_email", "tier", "id", "segment", "public_name", "nda", "off_limits", "story",
)  # fmt: skip


def export_customers(house: House) -> list[tuple[str, ...]]:
    """Every customer as a row under CUSTOMER_COLUMNS, which `companion customers import` reads back."""
    with house.workspace(write=False) as tx:
        return [_customer_row(one) for one in tx.customers.all()]


def export_facts(house: House, customer: str = "") -> list[tuple[str, ...]]:
    """Every fact (of one customer) as a row under `FACT_COLUMNS`."""
    with house.workspace(write=False) as tx:
        _check(house, tx)
        facts = tx.facts.of(customer_named(tx, customer).id) if customer else tx.facts.all()
        return fact_rows(facts, _around(tx))


def import_facts(house: House, text: str, *, dry_run: bool = False) -> Imported:
    """Take facts in from a table; the good rows cross, each bad one is told."""
    with house.workspace(write=False) as tx:
        _check(house, tx)
        around = _around(tx)
    facts, problems = read_facts(text, around, latest_day(house))
    added = [fact for fact in facts if fact.id not in around.facts]
    changed = [fact for fact in facts if fact.id in around.facts and _differs(fact, around.facts[fact.id])]
    if not dry_run:
        bodies = [{"fact": to_json(fact), "base_revision": 0 if fact in added else fact.revision}
                  for fact in _former_first(added) + changed]  # fmt: skip
        _put(house, "fact", bodies)
    same = len(facts) - len(added) - len(changed)
    return Imported(tuple(map(_label, added)), tuple(map(_label, changed)), same, tuple(problems))


def export_contacts(house: House, customer: str = "") -> list[tuple[str, ...]]:
    """Every contact (of one customer) as a row under `CONTACT_COLUMNS`."""
    with house.workspace(write=False) as tx:
        _check(house, tx)
        firms = [customer_named(tx, customer)] if customer else tx.customers.all()
        return contact_rows([one for firm in firms for one in tx.customers.contacts(firm.id)], firms)


def import_contacts(house: House, text: str, *, dry_run: bool = False) -> Imported:
    """Take customers' people in from a table; lines that say what is theirs alone are told, and come in."""
    with house.workspace(write=False) as tx:
        _check(house, tx)
        around = _around(tx)
        found, problems = read_contacts(text, around.customers, around.contacts, tx.customers.erased())
    known = {one.id: one for one in around.contacts}
    added = [one for one in found if one.id not in known]
    changed = [one for one in found if one.id in known and known[one.id] != one]
    problems += [problem for one in (*added, *changed) if (problem := too_personal(one))]
    if not dry_run:
        _put(house, "contact", [{"contact": to_json(one)} for one in (*added, *changed)])
    names = [tuple(one.name or one.address for one in some) for some in (added, changed)]
    return Imported(names[0], names[1], len(found) - len(added) - len(changed), tuple(problems))


def too_personal(contact: Contact) -> Problem | None:
    """A word of caution about a contact's line, where it says what is theirs alone; nothing is refused."""
    about = personal(contact.line)
    if not about:
        return None
    return Problem("contact_line_personal", name=contact.name or contact.address, about=words.personal(about))


def _former_first(facts: list[Fact]) -> list[Fact]:
    """Facts so that one that another follows comes before it."""
    left, placed, made = {fact.id: fact for fact in facts}, set[str](), list[Fact]()
    while left:
        ready = [fact for fact in left.values() if fact.follows not in left] or list(left.values())
        for fact in ready:
            made.append(left.pop(fact.id))
            placed.add(fact.id)
    return made


def _put(house: House, kind: str, bodies: list[dict[str, object]]) -> None:
    """Put everything on its way in one go, then let it cross."""
    now = house.clock()
    more = {"by": house.me, "shared": house.workspace_shared, "at": now.isoformat()}
    with house.device() as device:
        for body in bodies:
            device.queue.put(Command(new_id(), kind, {**body, **more}, now))
    cross(house)


def _differs(fact: Fact, known: Fact) -> bool:
    return any(getattr(fact, name) != getattr(known, name) for name in SAID)


def _label(fact: Fact) -> str:
    line = " ".join(fact.text.split())
    return f"{words.kind(fact.kind)}: {line if len(line) <= 70 else f'{line[:69]}…'}"


def _around(tx: WorkspaceTx) -> Around:
    customers = tuple(tx.customers.all())
    contacts = tuple(one for firm in customers for one in tx.customers.contacts(firm.id))
    return Around(customers, contacts, tuple(tx.people.all()), {fact.id: fact for fact in tx.facts.all()})


def _check(house: House, tx: WorkspaceTx) -> None:
    check_writer(tx, house.me, house.clock(), shared=house.workspace_shared or tx.programme.get().shared)


def _customer_row(one: Customer) -> tuple[str, ...]:
    return (
        one.name, "; ".join((*one.domains, *one.addresses)), "; ".join(one.aliases), one.host_email, one.tier, one.id,
        one.segment, one.public_name, "yes" if one.nda else "no", "; ".join(one.off_limits), one.story,
    )  # fmt: skip


def change_customer(house: House, name: str, **news: object) -> Customer:
    """Change what is known of a customer: segment, tier, host_email, public_name, nda, off_limits, story."""
    with house.workspace() as tx:
        _check(house, tx)
        customer = replace(customer_named(tx, name), **news)  # type: ignore[arg-type]
        tx.customers.put(customer)
    return customer
