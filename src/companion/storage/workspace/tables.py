"""The tables of the workspace store.

Foreign keys hold inside a room only: facts of different rooms arrive in any order, from several machines.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)

from companion.storage.columns import Guests, Instant, OneGuest, Pairs, Reasons, Texts, event_columns, new_metadata

HEAD = "workspace_0005"  # the newest revision in migrations/versions; a test holds the two together
PAST: tuple[str, ...] = (
    "workspace_0001",
    "workspace_0002",
    "workspace_0003",
    "workspace_0004",
)  # revisions this code can bring up to HEAD
CLIENT = 1  # what this code understands; a workspace asks for `min_client`

metadata = new_metadata()

programme = Table(
    "programme",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="single"), primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("start", Date),
    Column("our_domains", Texts, nullable=False),
    Column("review_words", Texts, nullable=False),
    Column("hold_words", Texts, nullable=False),
    Column("threshold", Integer, nullable=False),
    Column("targets", JSON, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("names_agreed", Text, nullable=False),
    Column("min_client", Integer, nullable=False),
    Column("answers_to", Text, nullable=False, server_default=""),
    Column("post", Text, nullable=False, server_default=""),
    Column("host_hours", Integer, nullable=False, server_default="24"),
    Column("expiry_months", Integer, nullable=False, server_default="12"),
    Column("digest", Text, nullable=False, server_default=""),
    Column("ops_words", Texts, nullable=False, server_default="[]"),
    Column("quiet", Text, nullable=False, server_default="19:00-07:00"),
    Column("names_agreed_on", Date),
    Column("names_agreed_by", Text, nullable=False, server_default=""),
    Column("year", Text, nullable=False, server_default=""),
    Column("part_time", Boolean, nullable=False, server_default=false()),
    Column("visits", Integer, nullable=False, server_default="2"),
    Column("holidays", Texts, nullable=False, server_default="[]"),
    Column("who_sat", Boolean, nullable=False, server_default=true()),
    Column("weekly_yes", Boolean, nullable=False, server_default=false()),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("about", Text, nullable=False),
)

applied = Table(
    "applied",
    metadata,
    Column("command_id", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", Text, primary_key=True),
    Column("email", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("aliases", Texts, nullable=False),
    Column("team", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("target", Integer),
    Column("start", Date),
    Column("end", Date),
    Column("language", Text, nullable=False),
    Column("digest", Boolean, nullable=False, server_default=true()),
    Column("reminders", Boolean, nullable=False, server_default=true()),
    Column("assistants", Texts, nullable=False, server_default="[]"),
    Column("share", Integer, nullable=False, server_default="100"),
)

# Made from `person` at each change, to find a person by any address.
person_address = Table(
    "person_address",
    metadata,
    Column("address", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True),
)

leave = Table(
    "leave",
    metadata,
    Column("person_id", Text, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("start", Date, primary_key=True),
    Column("end", Date, nullable=False),
    Column("kind", Text, nullable=False),
    Column("entered", Instant),
)

customer = Table(
    "customer",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("domains", Texts, nullable=False),
    Column("addresses", Texts, nullable=False),
    Column("aliases", Texts, nullable=False),
    Column("host_email", Text, nullable=False),
    Column("tier", Text, nullable=False),
    Column("segment", Text, nullable=False),
    Column("story", Text, nullable=False),
    Column("public_name", Text, nullable=False),
    Column("nda", Boolean, nullable=False, server_default=false()),
    Column("off_limits", Texts, nullable=False, server_default="[]"),
    Column("visits", Integer),
)

# Made from `customer` at each change, to find a customer by name or alias, case folded.
customer_name = Table(
    "customer_name",
    metadata,
    Column("folded", Text, primary_key=True),
    Column("customer_id", Text, ForeignKey("customer.id", ondelete="CASCADE"), primary_key=True, index=True),
)

contact = Table(
    "contact",
    metadata,
    Column("id", Text, primary_key=True),
    Column("customer_id", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("last_met", Instant),
    Column("may_quote", Text, nullable=False, server_default=""),
    Column("line", Text, nullable=False, server_default=""),
    UniqueConstraint("customer_id", "address"),
)

meeting = Table(
    "meeting",
    metadata,
    Column("id", Text, primary_key=True),
    Column("uid", Text, nullable=False),
    Column("rec_key", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("start", Instant, nullable=False, index=True),
    Column("end", Instant, nullable=False),
    Column("all_day", Boolean, nullable=False),
    Column("zone", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("customer_id", Text, nullable=False),
    Column("score", Integer, nullable=False),
    Column("why", Reasons, nullable=False),
    Column("organiser", OneGuest),
    Column("host_email", Text, nullable=False),
    Column("guests", Guests, nullable=False),
    Column("others", Integer, nullable=False),
    Column("link", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("place", Text, nullable=False, server_default=""),
    Index(None, "customer_id", "start"),
)

# `copy` is a word of PostgreSQL's own.
meeting_copy = Table(
    "meeting_copy",
    metadata,
    Column("meeting_id", Text, primary_key=True),
    Column("account_id", Text, primary_key=True, index=True),
    Column("owner", Text, nullable=False),
    Column("hosts", Boolean, nullable=False),
    *event_columns(),
)

verdict = Table(
    "verdict",
    metadata,
    Column("meeting_id", Text, primary_key=True),
    Column("says", Text, nullable=False),
    Column("customer_id", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Text, primary_key=True),
    Column("meeting_id", Text, nullable=False),
    Column("person_id", Text, nullable=False, index=True),
    Column("source", Text, nullable=False),
    Column("says", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("to", Text, nullable=False),
    Column("batch", Text, nullable=False, server_default=""),
    Column("withdrawn", Instant),
    Index(None, "meeting_id", "source"),
    Index(None, "batch"),
)

target = Table(
    "target",
    metadata,
    Column("who", Text, primary_key=True),
    Column("since", Date, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("entered", Instant),
)

availability = Table(
    "availability",
    metadata,
    Column("meeting_id", Text, primary_key=True),
    Column("person_id", Text, primary_key=True),
    Column("word", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

takeaway = Table(
    "takeaway",
    metadata,
    Column("id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("author_id", Text, nullable=False),
    Column("meeting_id", Text, nullable=False, index=True),
    Column("customer_id", Text, nullable=False, index=True),
    Column("audience", Text, nullable=False),
    Column("headline", Text, nullable=False),
    Column("scene", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("quote_role", Text, nullable=False),
    Column("goal", Text, nullable=False),
    Column("matters", Text, nullable=False),
    Column("will_do", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("customer_name", Text, nullable=False),
    Column("published", Instant),
    Column("told_on", Date),
    Column("withdrawn", Instant),
    Column("revised", Instant),
    Column("pillars", Texts, nullable=False, server_default="[]"),
    Column("origins", Pairs, nullable=False, server_default="[]"),
    Column("may_quote", Text, nullable=False, server_default=""),
    Column("expires", Date),
    Column("out_at", Instant),
    Column("needs_yes", Boolean, nullable=False, server_default=false()),
    Column("held", Instant),
    Column("held_by", Text, nullable=False, server_default=""),
    Column("held_by_id", Text, nullable=False, server_default=""),
    Column("held_why", Text, nullable=False, server_default=""),
    Column("correction", Text, nullable=False, server_default=""),
    Column("withdrawn_why", Text, nullable=False, server_default=""),
    Column("unannounced", Boolean, nullable=False, server_default=false()),
)

answer = Table(
    "answer",
    metadata,
    Column("id", Text, primary_key=True),
    Column("takeaway_id", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("name", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Column("replied", Instant),
    Column("person_id", Text, nullable=False, server_default=""),
    Column("address", Text, nullable=False, server_default=""),
    Column("only_author", Boolean, nullable=False, server_default=false()),
    Column("came", Text, nullable=False, server_default="app"),
    Column("external_id", Text, nullable=False, server_default=""),
    Column("state", Text, nullable=False, server_default="taken"),
    Index(None, "external_id"),
)

action = Table(
    "action",
    metadata,
    Column("id", Text, primary_key=True),
    Column("takeaway_id", Text, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("owner_id", Text, nullable=False),
    Column("made", Instant, nullable=False),
    Column("due", Date),
    Column("answer_ids", Texts, nullable=False),
    Column("done", Instant),
    Column("result", Text, nullable=False),
)

# How many devices opened a takeaway, and nothing else.
opening = Table(
    "opening",
    metadata,
    Column("takeaway_id", Text, primary_key=True),
    Column("count", Integer, nullable=False),
)

letter = Table(
    "letter",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("about", Text, nullable=False, index=True),
    Column("made", Instant, nullable=False),
    Column("due", Instant, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("takeaways", Texts, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("since", Instant),
    Column("tries", Integer, nullable=False),
    Column("trouble", Text, nullable=False),
    Column("trouble_facts", JSON, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("config", JSON, nullable=False),
    Column("cursor", Text, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", Instant, nullable=False),
)

channel = Table(
    "channel",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("config", JSON, nullable=False),
    Column("audience", Text, nullable=False),
)

delivery = Table(
    "delivery",
    metadata,
    Column("takeaway_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("channel_id", Text, primary_key=True, index=True),
    Column("recipient", Text, primary_key=True),
    Column("state", Text, nullable=False, index=True),
    Column("since", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("trouble", Text, nullable=False),
    Column("facts", JSON, nullable=False),
)
