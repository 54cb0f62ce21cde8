"""Customers and their contacts."""

import secrets
import unicodedata
from dataclasses import replace
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Executable, case, delete, or_, select, update

from companion.customers.erased import Erased, seal
from companion.customers.model import Contact, Customer
from companion.people.addresses import normal
from companion.storage.rows import insert_of, upsert
from companion.storage.workspace.memory_tables import customer_moved, erased, erased_salt, fact
from companion.storage.workspace.tables import (
    audit,
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
        gone = self.erased()  # of people with an address of their own, who are not to come back with a table
        left = tuple(address for address in customer_.addresses if not gone.holds(normal(address)))
        upsert(self._connection, customer, [{**vars(customer_), "addresses": left}])
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
        for table in (meeting, meeting_copy, takeaway, verdict, fact):
            self._connection.execute(update(table).where(table.c.customer_id == gone_id).values(customer_id=kept_id))
        earlier = update(customer_moved).where(customer_moved.c.kept_id == gone_id)
        self._connection.execute(earlier.values(kept_id=kept_id))
        upsert(self._connection, customer_moved, [{"gone_id": gone_id, "kept_id": kept_id}])
        self._connection.execute(delete(customer).where(customer.c.id == gone_id))

    def now_at(self, customer_id: str) -> str:
        """The id of whoever a customer was merged into, else its own."""
        query = select(customer_moved.c.kept_id).where(customer_moved.c.gone_id == customer_id)
        return self._connection.execute(query).scalar() or customer_id

    def ids_of(self, customer_id: str) -> tuple[str, ...]:
        """A customer's own id, and those of whoever was merged into it; what was written elsewhere still says them."""
        former = select(customer_moved.c.gone_id).where(customer_moved.c.kept_id == customer_id)
        return (customer_id, *self._connection.execute(former.order_by(customer_moved.c.gone_id)).scalars())

    def contacts(self, customer_id: str) -> list[Contact]:
        """A customer's people, by name."""
        rows = self._connection.execute(
            select(contact).where(contact.c.customer_id == customer_id).order_by(contact.c.name, contact.c.address)
        )
        return [Contact(**row._mapping) for row in rows]

    def put_contact(self, contact_: Contact) -> None:
        """Add a contact, or add to what is known of that customer's contact with the same address.

        The first id stays, an empty text takes nothing away, and the latest meeting counts.
        """
        values = {**vars(contact_), "address": normal(contact_.address) or contact_.address}
        self._connection.execute(_grow(self._connection.dialect.name), values)

    def change_contact(self, contact_: Contact) -> None:
        """Add a contact, or bring what people say of them to this, empty texts too; id and last meeting stay."""
        values = {**vars(contact_), "address": normal(contact_.address) or contact_.address}
        statement = insert_of(self._connection.dialect.name, contact)
        news = {name: statement.excluded[name] for name in ("name", "role", "may_quote", "line")}
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["customer_id", "address"], set_=news), values
        )

    def erased(self) -> Erased:
        """Who was erased, by seal."""
        salt = self._connection.execute(select(erased_salt.c.salt)).scalar() or ""
        since = {row.seal: row.at for row in self._connection.execute(select(erased))} if salt else {}
        return Erased(salt, frozenset(since), since)

    def erasings(self) -> dict[str, datetime]:
        """When somebody of a customer was erased last, by the id that the customer has by now."""
        query = select(audit.c.new, audit.c.at).where(audit.c.what == "contact.erased").order_by(audit.c.at)
        return {self.now_at(row.new): row.at for row in self._connection.execute(query).all()}

    def add_erased(self, address: str, at: datetime) -> None:
        """Remember by its seal that an address was erased; the workspace's salt is made with the first."""
        once = insert_of(self._connection.dialect.name, erased_salt).values(id=1, salt=secrets.token_hex(32))
        self._connection.execute(once.on_conflict_do_nothing(index_elements=["id"]))
        row = {"seal": seal(self.erased().salt, address), "at": at}
        self._connection.execute(
            insert_of(self._connection.dialect.name, erased).values(row).on_conflict_do_nothing(index_elements=["seal"])
        )

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
        "may_quote": case((new.may_quote != "", new.may_quote), else_=contact.c.may_quote),
        "line": case((new.line != "", new.line), else_=contact.c.line),
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
        nda=kept.nda or gone.nda,  # what either side keeps back stays back
        off_limits=tuple(dict.fromkeys((*kept.off_limits, *gone.off_limits))),
    )
