"""People from a table: name,email,aliases,team,role,target,start,end; optional id,language."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from companion.basics.errors import Problem
from companion.basics.table import Row, read_rows
from companion.people.addresses import normal
from companion.people.model import Person
from companion.words.language import LANGUAGES

REQUIRED = ("name", "email")
USUAL = ("aliases", "team", "role", "target", "start", "end")
MOST_A_YEAR = 99
_PEOPLE = uuid.UUID("6a1c2f0b-52b1-5d57-9a8e-0c4f6f1d7b21")
_ADDRESS = re.compile(r"""[^@\s,;<>"()]+@[^@\s,;<>"()]+\.[^@\s,;<>"()]+""")


def read_people(text: str, existing: Iterable[Person]) -> tuple[list[Person], list[Problem]]:
    """The people of the good rows, with the ids they already have, and what is wrong with the others.

    A column that is not there leaves what is known; an empty cell clears it.
    """
    table = read_rows(text, REQUIRED, USUAL)
    known = {person.id: person for person in existing}
    problems = list(table.problems)
    found: dict[str, tuple[Row, Person]] = {}
    rows_of: dict[str, int] = {}  # address -> the row that has it
    for row in table.rows:
        try:
            person = _person(row, table.columns, known)
            for address in (person.email, *person.aliases):
                if address in rows_of:
                    raise Problem("row_twice", row=row.number, value=address, other=rows_of[address])
            if person.id in found:
                raise Problem("row_twice", row=row.number, value=person.email, other=found[person.id][0].number)
        except Problem as problem:
            problems.append(problem)
            continue
        found[person.id] = (row, person)
        rows_of.update(dict.fromkeys(person.addresses, row.number))
    problems += _drop_taken(found, known)
    return [person for _, person in found.values()], problems


def person_id(email: str) -> str:
    """The id of a person nobody gave one: UUIDv5 of the normalised address, equal on every machine."""
    return str(uuid.uuid5(_PEOPLE, normal(email)))


def read_address(row: Row, column: str, value: str) -> str:
    """The normalised address; Problem `row_address_wrong`."""
    address = normal(value)
    if not _ADDRESS.fullmatch(address):
        raise Problem("row_address_wrong", row=row.number, column=column, value=value)
    return address


def _person(row: Row, columns: frozenset[str], known: dict[str, Person]) -> Person:
    name = row.need("name")
    email = read_address(row, "email", row.need("email"))
    given = row.text("id")
    old = known.get(given) if given else next((p for p in known.values() if email in p.addresses), None)
    values: dict[str, Any] = {"name": name, "email": email}
    if "aliases" in columns:
        aliases = (read_address(row, "aliases", part) for part in row.many("aliases"))
        values["aliases"] = tuple(dict.fromkeys(address for address in aliases if address != email))
    elif old:
        values["aliases"] = tuple(address for address in old.aliases if address != email)
    values |= {column: row.text(column) for column in ("team", "role") if column in columns}
    values |= {column: row.day(column) for column in ("start", "end") if column in columns}
    if "target" in columns:
        values["target"] = row.count("target", MOST_A_YEAR)
    if row.text("language"):
        values["language"] = row.text("language").lower()
        if values["language"] not in LANGUAGES:
            known_ones = ", ".join(LANGUAGES)
            raise Problem("row_language_unknown", row=row.number, value=row.text("language"), known=known_ones)
    person = replace(old or Person(given or _fresh_id(email, known), email, name), **values)
    if person.kind == "group" and person.target:
        raise Problem("row_group_target", row=row.number, value=person.name)
    if person.start and person.end and person.end < person.start:
        raise Problem("row_days_reversed", row=row.number, start=person.start.isoformat(), end=person.end.isoformat())
    return person


def _fresh_id(email: str, known: dict[str, Person]) -> str:
    """Nobody inherits the id of a person who once had the address."""
    made, turn = person_id(email), 1
    while made in known:
        turn += 1
        made = str(uuid.uuid5(_PEOPLE, f"{email}\n{turn}"))
    return made


def _drop_taken(found: dict[str, tuple[Row, Person]], known: dict[str, Person]) -> list[Problem]:
    """Take out rows whose address belongs to somebody who keeps it; a dropped row's person keeps theirs, too."""
    problems: list[Problem] = []
    while True:
        kept = {address: p for p in known.values() if p.id not in found for address in p.addresses}
        taken = next(
            ((row, p, address) for row, p in found.values() for address in p.addresses if address in kept), None
        )
        if taken is None:
            return problems
        row, person, address = taken
        problems.append(Problem("row_taken", row=row.number, value=address, owner=kept[address].name))
        del found[person.id]
