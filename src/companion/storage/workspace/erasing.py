"""Everything the workspace keeps of one customer, walked to find somebody or to take them out."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Select, or_, select, text, update

from companion.customers.erased import Found
from companion.storage.erasing import Clean, Place, drop, walk, wipe
from companion.storage.workspace.attendance_tables import audit_erasing, offer, plan_rule, presence
from companion.storage.workspace.memory_tables import customer_moved, fact, fact_version, mailed_note
from companion.storage.workspace.search import settle
from companion.storage.workspace.tables import (
    action,
    answer,
    audit,
    contact,
    customer,
    delivery,
    evidence,
    letter,
    meeting,
    meeting_copy,
    takeaway,
)

_SAID = ("text", "topic", "role", "source", "result")
_TOLD = (
    "headline", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question", "correction",
    "withdrawn_why", "held_why",
)  # fmt: skip
_FORMER = text("DELETE FROM takeaway_text WHERE takeaway_id = :id")  # what clients of before searched in
_MET = ("title", "place", "link", "guests", "organiser", "why")


class Erasing:
    """Implements `customers.erased.ErasingStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, customer_id: str, address: str, clean: Clean) -> Found:
        """Where somebody of a customer is named."""
        return self._walk(customer_id, address, clean, write=False)

    def clean(self, customer_id: str, address: str, clean: Clean) -> Found:
        """Take them out; where they were."""
        return self._walk(customer_id, address, clean, write=True)

    def wipe(self) -> None:
        """Let search forget what no row says any more."""
        settle(self._connection)
        wipe(self._connection)

    def _walk(self, customer_id: str, address: str, clean: Clean, *, write: bool) -> Found:
        counts: dict[str, int] = {}
        if write:  # until the end of this walk words of the audit may be cleaned
            self._connection.execute(audit_erasing.insert(), {"id": 1})
        theirs = self._their_facts(customer_id, address, write=write)
        keys = {"facts": list(theirs), "takeaways": list[str]()}
        for place in _places([customer_id, *self._connection.execute(_merged_into(customer_id)).scalars()], address):
            rows = walk(self._connection, place, address, clean, write=write)
            ids = dict.fromkeys(str(row[0]) for row in rows)
            if place.table in (fact, fact_version):
                keys["facts"] += ids
            if place.table is takeaway:
                keys["takeaways"] += ids
            number = len(ids.keys() | theirs) if place.table is fact else len(rows)
            if number:
                counts[place.name] = counts.get(place.name, 0) + number
        for name, table, where in (
            ("letters", letter, letter.c.recipient == address),
            ("deliveries", delivery, delivery.c.recipient == address),
        ):
            gone = drop(self._connection, table, where, write=write)
            if gone:
                counts[name] = counts.get(name, 0) + gone
        if write:
            self._connection.execute(audit_erasing.delete())
            self._connection.execute(_FORMER, [{"id": key} for key in keys["takeaways"]] or [{"id": ""}])
        counts |= self._from_them(customer_id, address, clean, write=write)
        return Found(counts, tuple(dict.fromkeys(keys["facts"])), tuple(dict.fromkeys(keys["takeaways"])))

    def _their_facts(self, customer_id: str, address: str, *, write: bool) -> list[str]:
        """Facts that stand with the contact, which come to stand with nobody."""
        of_them = select(contact.c.id).where(contact.c.customer_id == customer_id, contact.c.address == address)
        ids = list(self._connection.execute(of_them).scalars())
        mine = fact.c.contact_id.in_(ids)
        found = list(self._connection.execute(select(fact.c.id).where(mine).order_by(fact.c.id)).scalars())
        if not write:
            return found
        self._connection.execute(update(fact).where(mine).values(contact_id=""))
        past = select(fact_version).join(fact, fact.c.id == fact_version.c.fact_id)
        for row in self._connection.execute(past.where(fact.c.customer_id == customer_id)).all():
            if row.body.get("contact_id") in ids:
                one = (fact_version.c.fact_id == row.fact_id) & (fact_version.c.revision == row.revision)
                self._connection.execute(update(fact_version).where(one).values(body={**row.body, "contact_id": ""}))
        return found

    def _from_them(self, customer_id: str, address: str, clean: Clean, *, write: bool) -> dict[str, int]:
        """Their row, their address among the customer's, and answers that came from it."""
        counts = {}
        rows = select(contact.c.id).where(contact.c.customer_id == customer_id, contact.c.address == address)
        if self._connection.execute(rows).first():
            counts["contact"] = 1
        mine = select(customer.c.addresses, customer.c.off_limits).where(customer.c.id == customer_id)
        known = self._connection.execute(mine).first()
        left = {
            "addresses": tuple(one for one in known.addresses if one != address),
            "off_limits": tuple(one for one in known.off_limits if clean(one) == one),
        } if known else {}  # fmt: skip
        if known and left != {"addresses": known.addresses, "off_limits": known.off_limits}:
            counts["customer"] = 1
            if write:
                self._connection.execute(update(customer).where(customer.c.id == customer_id).values(**left))
        came = answer.c.address == address
        if number := len(self._connection.execute(select(answer.c.id).where(came)).all()):
            counts["answers"] = number
            if write:
                self._connection.execute(update(answer).where(came).values(address="", name=""))
        return counts


def _merged_into(customer_id: str) -> Select[tuple[str]]:
    """Ids of customers that were merged into one: a row that crossed late may still say them."""
    return select(customer_moved.c.gone_id).where(customer_moved.c.kept_id == customer_id)


def _places(ids: Sequence[str], address: str) -> list[Place]:
    told = select(takeaway.c.id).where(takeaway.c.customer_id.in_(ids))
    met = select(meeting.c.id).where(meeting.c.customer_id.in_(ids))
    facts = select(fact.c.id).where(fact.c.customer_id.in_(ids))
    about: ColumnElement[bool] = or_(letter.c.about.in_(told), letter.c.about.in_(met))
    return [
        Place("facts", fact, fact.c.customer_id.in_(ids), _SAID),
        Place("versions", fact_version, fact_version.c.fact_id.in_(facts), ("body",)),
        Place("takeaways", takeaway, takeaway.c.customer_id.in_(ids), _TOLD),
        Place("answers", answer, answer.c.takeaway_id.in_(told), ("text", "reply")),
        Place("actions", action, action.c.takeaway_id.in_(told), ("text", "result")),
        Place("letters", letter, about & (letter.c.recipient != address), ("facts", "trouble_facts")),
        Place("meetings", meeting, meeting.c.customer_id.in_(ids), _MET),
        Place("copies", meeting_copy, meeting_copy.c.customer_id.in_(ids), _MET),
        Place("seats", evidence, evidence.c.meeting_id.in_(met), ("reason",)),
        Place("seats", offer, offer.c.meeting_id.in_(met), ("reason",)),
        Place("seats", presence, presence.c.meeting_id.in_(met), ("text",)),
        Place("seats", plan_rule, or_(plan_rule.c.customer_id.in_(ids), plan_rule.c.meeting_id.in_(met)), ("reason",)),
        Place("customer", customer, customer.c.id.in_(ids), ("story",)),
        Place("contacts", contact, (contact.c.customer_id.in_(ids)) & (contact.c.address != address), ("line",)),
        Place("mailed", mailed_note, mailed_note.c.meeting_id.in_(met), ("text",)),
        Place("audit", audit, _names(address), ("old", "new", "why")),
    ]


def _names(address: str) -> ColumnElement[bool]:
    return or_(*(audit.c[name].contains(address, autoescape=True) for name in ("old", "new", "why")))
