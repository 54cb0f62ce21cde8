"""Customers from a table: name,domains,aliases,host_email,tier; optional id,segment,story,nda,off_limits,…"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from companion.basics.errors import Problem
from companion.basics.table import Row, read_rows
from companion.customers.domains import bare_domain
from companion.customers.model import Customer
from companion.people.addresses import within
from companion.people.table import read_address

REQUIRED = ("name",)
USUAL = ("domains", "aliases", "host_email", "tier")
PUBLIC = frozenset({
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com",
    "yahoo.com", "icloud.com", "me.com", "aol.com", "gmx.com", "gmx.de",
    "gmx.net", "web.de", "proton.me", "protonmail.com", "libero.it", "virgilio.it",
    "tiscali.it", "wp.pl", "onet.pl", "o2.pl", "interia.pl", "orange.fr",
    "free.fr", "mail.ru", "yandex.ru", "qq.com", "163.com",
})  # fmt: skip
_YES = frozenset({"yes", "y", "true", "1", "x", "sì", "si", "tak", "có", "co"})
_NO = frozenset({"", "no", "n", "false", "0", "-", "nie", "không", "khong"})
_CUSTOMERS = uuid.UUID("b7f0c9a4-1f0e-5c0c-8a55-1d2f8f3f6a70")


def read_customers(
    text: str, existing: Iterable[Customer], our_domains: Iterable[str] = ()
) -> tuple[list[Customer], list[Problem]]:
    """The customers of the good rows, with the ids they already have, and what is wrong with the others.

    A column that is not there leaves what is known; an empty cell clears it.
    """
    table = read_rows(text, REQUIRED, USUAL)
    known = {customer.id: customer for customer in existing}
    ours = frozenset(our_domains)
    problems = list(table.problems)
    found: dict[str, tuple[Row, Customer]] = {}
    owners: dict[str, tuple[str, int]] = {}  # what calendars know a customer by -> (customer, the row that has it)
    for row in table.rows:
        try:
            customer = _customer(row, table.columns, {**known, **{c.id: c for _, c in found.values()}}, ours)
            for mark in marks(customer):
                if mark in owners and owners[mark][0] != customer.id:
                    raise Problem("row_twice", row=row.number, value=mark, other=owners[mark][1])
            if customer.id in found:
                customer = _together(found[customer.id], (row, customer))
        except Problem as problem:
            problems.append(problem)
            continue
        found[customer.id] = (row, customer)
        owners.update(dict.fromkeys(marks(customer), (customer.id, row.number)))
    problems += _drop_taken(found, known)
    return [customer for _, customer in found.values()], problems


def customer_id(name: str) -> str:
    """The id of a customer nobody gave one: UUIDv5 of the case-folded name, equal on every machine."""
    return str(uuid.uuid5(_CUSTOMERS, name.strip().casefold()))


def marks(customer: Customer) -> Iterator[str]:
    """Everything that only one customer may be known by: names, domains and addresses, case folded."""
    names = (name.casefold() for name in (customer.name, *customer.aliases))
    yield from dict.fromkeys((*names, *customer.domains, *customer.addresses))


def find_customer(row: Row, column: str, customers: Iterable[Customer]) -> Customer:
    """The customer a cell names by id, name or alias; Problem `row_customer_unknown`, with the nearest name if any."""
    value = row.need(column)
    by_name: dict[str, Customer] = {}
    for customer in customers:
        for name in (customer.id, customer.name, *customer.aliases):
            by_name.setdefault(name.casefold(), customer)
    if value.casefold() in by_name:
        return by_name[value.casefold()]
    near = get_close_matches(value.casefold(), by_name, 1, 0.75)
    if near:
        raise Problem("row_customer_misspelt", row=row.number, value=value, near=by_name[near[0]].name)
    raise Problem("row_customer_unknown", row=row.number, value=value)


def _customer(row: Row, columns: frozenset[str], known: dict[str, Customer], ours: frozenset[str]) -> Customer:
    name = row.need("name")
    given = row.text("id")
    folded = name.casefold()
    old = known.get(given) if given else None
    if not given:
        named = [c for c in known.values() if folded in (n.casefold() for n in (c.name, *c.aliases))]
        old = next((c for c in named if c.name.casefold() == folded), next(iter(named), None))
    merged = old is not None and not given and old.name.casefold() != folded
    # A row under an alias (of a customer who was merged, say) adds to what is known and renames nobody.
    values: dict[str, Any] = {} if merged else {"name": name}
    if "domains" in columns:
        parts = row.many("domains")
        addresses = [read_address(row, "domains", part) for part in parts if "@" in part.lstrip("@")]
        domains = [_domain(row, part, ours) for part in parts if "@" not in part.lstrip("@")]
        if merged and old:
            domains, addresses = [*old.domains, *domains], [*old.addresses, *addresses]
        values |= {"domains": tuple(dict.fromkeys(domains)), "addresses": tuple(dict.fromkeys(addresses))}
    if merged and old:
        more = row.many("aliases") if "aliases" in columns else ()
        values["aliases"] = tuple(dict.fromkeys((*old.aliases, *more)))
    elif "aliases" in columns:
        values["aliases"] = tuple(alias for alias in row.many("aliases") if alias.casefold() != folded)
    elif old:
        values["aliases"] = tuple(alias for alias in old.aliases if alias.casefold() != folded)
    if "host_email" in columns:
        host = row.text("host_email")
        values["host_email"] = read_address(row, "host_email", host) if host else ""
    values |= {column: row.text(column) for column in ("tier", "segment", "public_name") if column in columns}
    values |= {"story": row.paragraphs("story")} if "story" in columns else {}
    values |= _kept_back(row, columns, old if merged else None)
    return replace(old or Customer(given or _fresh_id(name, known), name), **values)


def _kept_back(row: Row, columns: frozenset[str], merged: Customer | None) -> dict[str, Any]:
    """Whether there is an NDA, and the words that are kept back; a row under an alias only adds to them."""
    values: dict[str, Any] = {}
    if "nda" in columns:
        said = row.text("nda").casefold()
        if said not in _YES | _NO:
            raise Problem("row_nda_wrong", row=row.number, value=row.text("nda"))
        values["nda"] = said in _YES or bool(merged and merged.nda)
    if "off_limits" in columns:
        words = (*(merged.off_limits if merged else ()), *row.many("off_limits"))
        values["off_limits"] = tuple(dict.fromkeys(words))
    return values


def _by_alias(row: Row, customer: Customer) -> bool:
    return row.need("name").casefold() != customer.name.casefold()


def _together(earlier: tuple[Row, Customer], later: tuple[Row, Customer]) -> Customer:
    """Two rows of one customer, one of them under the name of a customer who was merged into it."""
    (first, one), (second, two) = earlier, later
    if not _by_alias(first, one) and not _by_alias(second, two):
        raise Problem("row_twice", row=second.number, value=two.name, other=first.number)
    return replace(
        two, domains=tuple(dict.fromkeys((*one.domains, *two.domains))),
        addresses=tuple(dict.fromkeys((*one.addresses, *two.addresses))),
        aliases=tuple(dict.fromkeys((*one.aliases, *two.aliases))),
        nda=one.nda or two.nda, off_limits=tuple(dict.fromkeys((*one.off_limits, *two.off_limits))),
    )  # fmt: skip


def _domain(row: Row, value: str, ours: frozenset[str]) -> str:
    text = bare_domain(value)
    if not text:
        raise Problem("row_domain_wrong", row=row.number, value=value)
    if text in PUBLIC:
        raise Problem("row_domain_public", row=row.number, value=text)
    if within(text, ours):
        raise Problem("row_domain_ours", row=row.number, value=text)
    return text


def _fresh_id(name: str, known: dict[str, Customer]) -> str:
    made, turn = customer_id(name), 1
    while made in known:  # of a customer who has another name by now
        turn += 1
        made = customer_id(f"{name}\n{turn}")
    return made


def _drop_taken(found: dict[str, tuple[Row, Customer]], known: dict[str, Customer]) -> list[Problem]:
    """Take out rows known by something that another customer keeps; a dropped row's customer keeps theirs, too."""
    problems: list[Problem] = []
    while True:
        kept = {mark: customer for customer in known.values() if customer.id not in found for mark in marks(customer)}
        taken = next(((row, c, mark) for row, c in found.values() for mark in marks(c) if mark in kept), None)
        if taken is None:
            return problems
        row, customer, mark = taken
        problems.append(Problem("row_taken", row=row.number, value=mark, owner=kept[mark].name))
        del found[customer.id]
