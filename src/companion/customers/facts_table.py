"""What is remembered of customers, as a table and back: one row is one fact, and nothing of it is lost."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from companion.basics.errors import Problem
from companion.basics.table import Row, read_rows
from companion.customers.changing import ends_of
from companion.customers.memory import KINDS, WHO, Fact
from companion.customers.model import Contact, Customer
from companion.customers.table import find_customer
from companion.people.addresses import normal
from companion.people.model import Person

FACT_COLUMNS = (
    "customer", "kind", "text", "topic", "role", "contact", "heard_on", "source", "may_quote", "owner", "due",
    "state", "ended", "result", "id", "follows", "meeting", "takeaway",
)  # fmt: skip
MAY_QUOTE = ("", "yes", "ask", "no")
LONGEST = 4000  # characters of a fact; a customer's story is told in several
_FACTS = uuid.UUID("5b1b6f0e-3b43-5d0f-9d6c-4f2f8a1f6d21")
_FREE = ("topic", "role", "source", "follows")


@dataclass(frozen=True)
class Around:
    """What rows name: customers, their people and ours, and the facts that are known."""

    customers: tuple[Customer, ...]
    contacts: tuple[Contact, ...]
    people: tuple[Person, ...]
    facts: Mapping[str, Fact]


def fact_rows(facts: Iterable[Fact], around: Around) -> list[tuple[str, ...]]:
    """The facts as rows under FACT_COLUMNS, by customer, kind and day."""
    names = {customer.id: customer.name for customer in around.customers}
    addresses = {contact.id: contact.address for contact in around.contacts}
    owners = {person.id: person.email for person in around.people}

    def place(fact: Fact) -> tuple[Any, ...]:
        return (names.get(fact.customer_id, "").casefold(), KINDS.index(fact.kind), str(fact.heard_on or ""), fact.id)

    return [
        (
            names.get(fact.customer_id, fact.customer_id), fact.kind, fact.text, fact.topic, fact.role,
            addresses.get(fact.contact_id, ""), str(fact.heard_on or ""), fact.source, fact.may_quote,
            owners.get(fact.owner_id, ""), str(fact.due or ""), fact.state, str(fact.ended or ""), fact.result,
            fact.id, fact.follows, fact.meeting_id, fact.takeaway_id,
        )
        for fact in sorted(facts, key=place)
    ]  # fmt: skip


def read_facts(text: str, around: Around, today: date) -> tuple[list[Fact], list[Problem]]:
    """The facts of the good rows, and what is wrong with the others.

    A row without an id is the fact of the same customer, kind, text and day, on every machine. A column that is not
    there leaves what is known; an empty cell clears it. Nothing was heard after `today`.
    """
    table = read_rows(text, ("customer", "kind", "text"))
    problems = list(table.problems)
    found: dict[str, tuple[Fact, int]] = {}
    for row in table.rows:
        try:
            fact = _fact(row, table.columns, around)
            _check(row, fact, today)
            if fact.id in found:
                raise Problem("row_twice", row=row.number, value=_short(fact.text), other=found[fact.id][1])
        except Problem as problem:
            problems.append(problem)
        else:
            found[fact.id] = (fact, row.number)
    return [fact for fact, _ in found.values()], problems


def fact_id(customer_id: str, kind: str, text: str, day: str) -> str:
    """The id of a fact nobody gave one: UUIDv5, equal on every machine."""
    said = " ".join(text.split()).casefold()
    return str(uuid.uuid5(_FACTS, f"{customer_id}\n{kind}\n{said}\n{day}"))


def _fact(row: Row, columns: frozenset[str], around: Around) -> Fact:
    customer = find_customer(row, "customer", around.customers)
    kind = row.need("kind").strip().casefold().replace(" ", "_")
    if kind not in KINDS:
        raise Problem("row_kind_unknown", row=row.number, value=row.text("kind"), known=", ".join(KINDS))
    row.need("text")
    text = row.paragraphs("text")
    if len(text) > LONGEST:
        raise Problem("row_text_long", row=row.number, length=len(text), most=LONGEST)
    heard = row.day("heard_on")
    key = row.text("id") or fact_id(customer.id, kind, text, str(heard or ""))
    known = around.facts.get(key)
    if known and known.customer_id != customer.id:
        raise Problem("row_fact_elsewhere", row=row.number, value=key)
    was = known or Fact(key, customer.id, "goal", "")
    values: dict[str, Any] = {"kind": kind, "text": row.kept("text", was.text, one_line=False)}
    values |= {name: row.kept(name, getattr(was, name)) for name in _FREE if name in columns}
    values |= {"result": row.kept("result", was.result, one_line=False)} if "result" in columns else {}
    values |= {name: row.day(name) for name in ("heard_on", "due", "ended") if name in columns}
    values |= {f"{name}_id": row.text(name) for name in ("meeting", "takeaway") if name in columns}
    if "contact" in columns and (row.text("contact") or _there(known.contact_id if known else "", around.contacts)):
        values["contact_id"] = _contact(row, customer, around)
    if "owner" in columns and (row.text("owner") or _there(known.owner_id if known else "", around.people)):
        values["owner_id"] = _owner(row, around)
    if "may_quote" in columns:
        values["may_quote"] = read_may_quote(row)
    fact = replace(was, **values)
    return replace(fact, state=_state(row, fact)) if "state" in columns else fact


def _check(row: Row, fact: Fact, today: date) -> None:
    if fact.kind == "who" and fact.topic not in WHO:
        code = "row_topic_unknown" if fact.topic else "row_topic_missing"
        raise Problem(code, row=row.number, value=fact.topic, known=", ".join(WHO))
    if fact.kind == "touch" and not fact.topic:
        raise Problem("row_team_missing", row=row.number)
    if fact.heard_on and fact.heard_on > today:
        raise Problem("row_ahead", row=row.number, day=fact.heard_on.isoformat())


def _there(key: str, those: Iterable[Contact | Person]) -> bool:
    """Whether somebody is known: who is gone has no address for a cell, and an empty one says nothing of them."""
    return any(one.id == key for one in those)


def _state(row: Row, fact: Fact) -> Any:
    said = row.text("state").casefold() or "open"
    if said not in ends_of(fact):
        known = ", ".join(ends_of(fact))
        raise Problem("row_fact_state_unknown", row=row.number, value=said, kind=fact.kind, known=known)
    return said


def read_may_quote(row: Row) -> str:
    """Whether somebody may be quoted: yes, ask, no, or "" for not asked; Problem `row_quote_wrong`."""
    said = row.text("may_quote").casefold()
    if said not in MAY_QUOTE:
        raise Problem("row_quote_wrong", row=row.number, value=said, known=", ".join(MAY_QUOTE[1:]))
    return said


def _contact(row: Row, customer: Customer, around: Around) -> str:
    said = row.text("contact")
    if not said:
        return ""
    wanted = normal(said) or said
    hit = next(
        (one for one in around.contacts if one.customer_id == customer.id and normal(one.address) == wanted), None
    )
    if hit is None:
        raise Problem("row_contact_unknown", row=row.number, customer=customer.name, value=said)
    return hit.id


def _owner(row: Row, around: Around) -> str:
    said = row.text("owner")
    if not said:
        return ""
    hit = next((person for person in around.people if normal(said) in person.addresses), None)
    if hit is None:
        raise Problem("row_person_unknown", row=row.number, value=said)
    return hit.id


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
