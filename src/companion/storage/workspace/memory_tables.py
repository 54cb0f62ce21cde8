"""The tables of what is remembered of customers, and of the templates of notes."""

from sqlalchemy import JSON, CheckConstraint, Column, Date, ForeignKey, Index, Integer, Table, Text

from companion.storage.columns import Instant
from companion.storage.workspace.tables import metadata

fact = Table(
    "fact",
    metadata,
    Column("id", Text, primary_key=True),
    Column("customer_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("contact_id", Text, nullable=False, index=True),
    Column("heard_on", Date),
    Column("source", Text, nullable=False),
    Column("meeting_id", Text, nullable=False),
    Column("takeaway_id", Text, nullable=False),
    Column("may_quote", Text, nullable=False),
    Column("owner_id", Text, nullable=False),
    Column("due", Date),
    Column("state", Text, nullable=False),
    Column("ended", Date),
    Column("result", Text, nullable=False),
    Column("follows", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("changed", Instant),
    Column("changed_by", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("unseen", Integer, nullable=False),
    Index(None, "customer_id", "kind"),
)

# What a fact said before; the row in `fact` is the one that counts.
fact_version = Table(
    "fact_version",
    metadata,
    Column("fact_id", Text, ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("body", JSON, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
)

template = Table(
    "template",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("questions", JSON, nullable=False),
    Column("made", Instant),
    Column("by", Text, nullable=False),
)

# A customer who was merged into another: what was written of it elsewhere meanwhile finds its way.
customer_moved = Table(
    "customer_moved",
    metadata,
    Column("gone_id", Text, primary_key=True),
    Column("kept_id", Text, nullable=False),
)

# The workspace's own salt of the seals below, made with the first of them.
erased_salt = Table(
    "erased_salt",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="single"), primary_key=True, autoincrement=False),
    Column("salt", Text, nullable=False),
)

# A customer's person who wanted to be forgotten: a seal of the address, so that no calendar brings them back.
erased = Table(
    "erased",
    metadata,
    Column("seal", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)

# What a listener mailed to the desk, until the listener's own computer has it; then only that it came.
mailed_note = Table(
    "mailed_note",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person_id", Text, nullable=False, index=True),
    Column("meeting_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("fetched", Instant),
)
