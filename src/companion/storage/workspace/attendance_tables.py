"""The tables of seats on their way, of what the planner is to keep to, and of closed years."""

from sqlalchemy import JSON, Column, Date, ForeignKey, Integer, Table, Text

from companion.storage.columns import Instant
from companion.storage.workspace.tables import metadata

offer = Table(
    "offer",
    metadata,
    Column("id", Text, primary_key=True),
    Column("meeting_id", Text, nullable=False, index=True),
    Column("person_id", Text, nullable=False, index=True),
    Column("came", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("made", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("instead_of", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("entry", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
)

plan_rule = Table(
    "plan_rule",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("meeting_id", Text, nullable=False),
    Column("customer_id", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant),
    Column("reason", Text, nullable=False),
    Column("origin", Text, nullable=False),
)

closing = Table(
    "closing",
    metadata,
    Column("label", Text, primary_key=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("body", JSON, nullable=False),
)

# What was replaced or taken back, with the time: figures as of a day before it still count by it.
leave_before = Table(
    "leave_before",
    metadata,
    Column("person_id", Text, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("start", Date, primary_key=True),
    Column("dropped", Instant, primary_key=True),
    Column("end", Date, nullable=False),
    Column("kind", Text, nullable=False),
    Column("entered", Instant),
)

target_before = Table(
    "target_before",
    metadata,
    Column("who", Text, primary_key=True),
    Column("since", Date, primary_key=True),
    Column("dropped", Instant, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("entered", Instant),
)

presence = Table(
    "presence",
    metadata,
    Column("id", Text, primary_key=True),
    Column("meeting_id", Text, nullable=False, index=True),
    Column("person_id", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("by", Text, nullable=False),
)

# A row here lets words of the audit be changed while somebody is taken out of it; it never outlives its transaction.
audit_erasing = Table("audit_erasing", metadata, Column("id", Integer, primary_key=True, autoincrement=False))

carried = Table(
    "carried",
    metadata,
    Column("person_id", Text, primary_key=True),
    Column("first", Date, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("approver", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
