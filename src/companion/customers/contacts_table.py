"""A customer's people, as a table and back: customer,address,name,role,may_quote,line."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.basics.table import read_rows
from companion.customers.erased import Erased
from companion.customers.facts_table import read_may_quote
from companion.customers.model import Contact, Customer
from companion.customers.table import find_customer
from companion.people.table import read_address

CONTACT_COLUMNS = ("customer", "address", "name", "role", "may_quote", "line")
_FREE = ("name", "role", "line")


def contact_rows(contacts: Iterable[Contact], customers: Iterable[Customer]) -> list[tuple[str, ...]]:
    """The contacts as rows under CONTACT_COLUMNS, by customer and name."""
    names = {customer.id: customer.name for customer in customers}
    rows = [
        (names.get(one.customer_id, one.customer_id), one.address, one.name, one.role, one.may_quote, one.line)
        for one in contacts
    ]
    return sorted(rows, key=lambda row: (row[0].casefold(), row[2].casefold(), row[1]))


def read_contacts(
    text: str, customers: tuple[Customer, ...], known: Iterable[Contact], erased: Erased
) -> tuple[list[Contact], list[Problem]]:
    """The contacts of the good rows, and what is wrong with the others; who was erased does not come back."""
    table = read_rows(text, ("customer", "address"))
    problems = list(table.problems)
    there = {(one.customer_id, one.address): one for one in known}
    found: dict[tuple[str, str], tuple[Contact, int]] = {}
    for row in table.rows:
        try:
            customer = find_customer(row, "customer", customers)
            address = read_address(row, "address", row.need("address"))
            if erased.holds(address):
                raise Problem("row_contact_erased", row=row.number)
            key = (customer.id, address)
            if key in found:
                raise Problem("row_twice", row=row.number, value=address, other=found[key][1])
            was = there.get(key) or Contact(new_id(), customer.id, address)
            values: dict[str, Any] = {n: row.kept(n, getattr(was, n)) for n in _FREE if n in table.columns}
            if "may_quote" in table.columns:
                values["may_quote"] = read_may_quote(row)
        except Problem as problem:
            problems.append(problem)
            continue
        found[key] = (replace(was, **values), row.number)
    return [contact for contact, _ in found.values()], problems
