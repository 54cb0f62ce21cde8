"""Customers and their contacts."""

import unicodedata
from dataclasses import replace
from functools import cache

from sqlalchemy import Connection, Executable, case, delete, or_, select, update

from companion.customers.model import Contact, Customer
from companion.people.addresses import normal
from companion.storage.rows import insert_of, upsert
from companion.storage.workspace.tables import (
    contact,
    customer,
    customer_name,
    meeting,
    meeting_copy,
    takeaway,
    verdict,
)


class Customers:
    """Implements `customers.model.CustomerStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Customer]:
        """Every customer, by name."""
        rows = self._connection.execute(select(customer).order_by(customer.c.name, customer.c.id))
        return [Customer(**row._mapping) for row in rows]

    def get(self, customer_id: str) -> Customer | None:
        """One customer."""
        row = self._connection.execute(select(customer).where(customer.c.id == customer_id)).first()
        return Customer(**row._mapping) if row else None

    def by_name(self, name: str) -> Customer | None:
        """The customer of that name, else the one with that alias; case does not count."""
        wanted = fold_name(name)
        query = (
            select(customer)
            .join(customer_name, customer_name.c.customer_id == customer.c.id)
            .where(customer_name.c.folded == wanted)
            .order_by(customer.c.id)
        )
        found = [Customer(**row._mapping) for row in self._connection.execute(query)]
        return next((one for one in found if fold_name(one.name) == wanted), found[0] if found else None)

    def put(self, customer_: Customer) -> None:
        """Add a customer, or change the one with this id."""
        upsert(self._connection, customer, [vars(customer_)])
        self._connection.execute(delete(customer_name).where(customer_name.c.customer_id == customer_.id))
        names = sorted({fold_name(name) for name in (customer_.name, *customer_.aliases)} - {""})
        upsert(self._connection, customer_name, [{"folded": one, "customer_id": customer_.id} for one in names])

    def merge(self, kept_id: str, gone_id: str) -> None:
        """Make two customers one: what was known of `gone_id` is `kept_id`'s, its name an alias."""
        kept, gone = self.get(kept_id), self.get(gone_id)
        if kept is None or gone is None or kept_id == gone_id:
            return
        self.put(_both(kept, gone))
        moving = self.contacts(gone_id)
        self._connection.execute(delete(contact).where(contact.c.customer_id == gone_id))
        for one in moving:
            self.put_contact(replace(one, customer_id=kept_id))
        for table in (meeting, meeting_copy, takeaway, verdict):
            self._connection.execute(update(table).where(table.c.customer_id == gone_id).values(customer_id=kept_id))
        self._connection.execute(delete(customer).where(customer.c.id == gone_id))

    def contacts(self, customer_id: str) -> list[Contact]:
        """A customer's people, by name."""
        rows = self._connection.execute(
            select(contact).where(contact.c.customer_id == customer_id).order_by(contact.c.name, contact.c.address)
        )
        return [Contact(**row._mapping) for row in rows]

    def put_contact(self, contact_: Contact) -> None:
        """Add a contact, or add to what is known of that customer's contact with the same address.

        The first id stays, an empty name or role takes nothing away, and the latest meeting counts.
        """
        values = {**vars(contact_), "address": normal(contact_.address) or contact_.address}
        self._connection.execute(_grow(self._connection.dialect.name), values)

    def remove_contact(self, customer_id: str, address: str) -> None:
        """Forget one of a customer's people."""
        self._connection.execute(
            delete(contact).where(contact.c.customer_id == customer_id, contact.c.address == address)
        )


@cache  # building it costs far more than running it
def _grow(engine: str) -> Executable:
    statement = insert_of(engine, contact)
    new = statement.excluded
    later = or_(contact.c.last_met.is_(None), contact.c.last_met < new.last_met)
    news = {
        "name": case((new.name != "", new.name), else_=contact.c.name),
        "role": case((new.role != "", new.role), else_=contact.c.role),
        "last_met": case((later, new.last_met), else_=contact.c.last_met),
    }
    return statement.on_conflict_do_update(index_elements=["customer_id", "address"], set_=news)


def fold_name(name: str) -> str:
    """A name as it is compared: NFC, no case, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _both(kept: Customer, gone: Customer) -> Customer:
    names = (*kept.aliases, gone.name, *gone.aliases)
    stories = [story for story in (kept.story.strip(), gone.story.strip()) if story]
    return replace(
        kept,
        domains=tuple(dict.fromkeys((*kept.domains, *gone.domains))),
        addresses=tuple(dict.fromkeys((*kept.addresses, *gone.addresses))),
        aliases=tuple(name for name in dict.fromkeys(names) if fold_name(name) != fold_name(kept.name)),
        host_email=kept.host_email or gone.host_email,
        tier=kept.tier or gone.tier,
        segment=kept.segment or gone.segment,
        story="\n\n".join(dict.fromkeys(stories)),
        public_name=kept.public_name or gone.public_name,
    )
