"""The tables of the device store."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from companion.storage.columns import Facts, Instant, Stamps, event_columns, new_metadata

HEAD = "device_0006"  # the newest revision in migrations/versions; a test holds the two together
PAST: tuple[str, ...] = (
    "device_0001",
    "device_0002",
    "device_0003",
    "device_0004",
    "device_0005",
)  # revisions this code can bring up to HEAD

metadata = new_metadata()


def _of_account(*, key: bool) -> Column[str]:
    return Column("account_id", Text, ForeignKey("account.id", ondelete="CASCADE"), primary_key=key, nullable=False)


account = Table(
    "account",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("hosts", Boolean, nullable=False),
    Column("created", Instant),
)

sync_state = Table(
    "sync_state",
    metadata,
    _of_account(key=True),
    Column("cursor", Text, nullable=False),
    Column("rules", Text, nullable=False),
    Column("first", Date),
    Column("last", Date),
    Column("last_ok", Instant),
    Column("failures", Integer, nullable=False),
    Column("trouble", Text, nullable=False),
    Column("retry_at", Instant),
    Column("signed_out", Instant),
    Column("last_full", Instant),
    Column("counts", JSON, nullable=False, server_default="{}"),
)

# One object of a calendar, by its seal: of dropped ones nothing else is known.
member = Table(
    "member",
    metadata,
    _of_account(key=True),
    Column("seal", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("busy", JSON, nullable=False, server_default="{}"),  # minutes by month, of the owner's own calendars alone
)

# What could not be read of a member: where in it, and why. A member may be here that was never read at all.
quarantine = Table(
    "quarantine",
    metadata,
    _of_account(key=True),
    Column("seal", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("code", Text, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("since", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_account(key=False),
    Column("seal", Text, nullable=False),
    Column("meeting_id", Text, nullable=False),  # so that a meeting is forgotten whatever form its uid has
    *event_columns(),
    UniqueConstraint("account_id", "seal", "uid", "rec_key"),
    Index(None, "meeting_id"),
)

sync_run = Table(
    "sync_run",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_account(key=False),
    Column("started", Instant, nullable=False),
    Column("finished", Instant),
    Column("ledger", JSON, nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("problems", Facts, nullable=False),
    Index(None, "account_id", "started"),
)

# A server that said "not before": by name of app and host.
gate = Table(
    "gate",
    metadata,
    Column("name", Text, primary_key=True),
    Column("until", Instant, nullable=False),
)

# How a meeting was held, where its owner says so.
meeting_form = Table(
    "meeting_form",
    metadata,
    Column("meeting_id", Text, primary_key=True),
    Column("form", Text, nullable=False),
)

report_look = Table(
    "report_look",
    metadata,
    Column("meeting_id", Text, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_at", Instant),
)

command = Table(
    "command",
    metadata,
    Column("place", Integer, primary_key=True),  # commands cross in the order they were made
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("body", JSON, nullable=False),
    Column("made", Instant, nullable=False),
    Column("held", Boolean, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("trouble", Text, nullable=False),
    Column("not_before", Instant),
)

note = Table(
    "note",
    metadata,
    Column("id", Text, primary_key=True),
    Column("meeting_id", Text, nullable=False, index=True),
    Column("customer_id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("made", Instant, nullable=False),
    Column("changed", Instant, nullable=False),
    Column("expected", Text, nullable=False),
    Column("template", Text, nullable=False, server_default=""),
    Column("template_version", Integer, nullable=False, server_default="0"),
    Column("keep", Boolean, nullable=False, server_default=false()),
    Column("expected_stamps", Stamps, nullable=False, server_default="[]"),
    Column("gone", Boolean, nullable=False, server_default=false()),
    Column("into", Text, nullable=False, server_default=""),  # the note that took this one in: one meeting, one note
)

line = Table(
    "line",
    metadata,
    Column("note_id", Text, ForeignKey("note.id", ondelete="CASCADE"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("mark", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("stamps", Stamps, nullable=False, server_default="[]"),
    Column("gone", Boolean, nullable=False, server_default=false()),  # taken out; its words are not kept
)

note_answer = Table(
    "note_answer",
    metadata,
    Column("note_id", Text, ForeignKey("note.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("stamps", Stamps, nullable=False, server_default="[]"),
)

# A text beside the one that is shown, of the same line, answer or expectation: neither was written knowing the other.
note_conflict = Table(
    "note_conflict",
    metadata,
    Column("id", Text, primary_key=True),
    Column("note_id", Text, ForeignKey("note.id", ondelete="CASCADE"), nullable=False),
    Column("unit", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("stamps", Stamps, nullable=False),
    Column("mark", Text, nullable=False),
    Column("at", Instant),
    Column("position", BigInteger, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("since", Instant, nullable=False),
    Index(None, "note_id", "unit"),
)

# A note as it was at a moment, whole.
note_revision = Table(
    "note_revision",
    metadata,
    Column("id", Text, primary_key=True),
    Column("note_id", Text, ForeignKey("note.id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("why", Text, nullable=False),
    Column("body", JSON, nullable=False),
    Index(None, "note_id", "at"),
)

# The questions a note was begun with, for when the workspace is away.
note_template = Table(
    "note_template",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", JSON, nullable=False),
)

# Under what name this computer counts its changes, and how many it made: one row, another in a store from a backup.
this_device = Table(
    "this_device",
    metadata,
    Column("id", Text, primary_key=True),
    Column("changes", BigInteger, nullable=False),
)

# A text that differs when anything of a note does, for the encrypted copy; triggers write it, whoever changed the note.
note_mark = Table(
    "note_mark",
    metadata,
    Column("note_id", Text, primary_key=True),
    Column("mark", Text, nullable=False),
)

# How the encrypted copy of the notes stands: by what is told. No key and no words are here.
notes_copy = Table(
    "notes_copy",
    metadata,
    Column("key", Text, primary_key=True),
    Column("body", JSON, nullable=False),
)

draft = Table(
    "draft",
    metadata,
    Column("key", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

brief = Table(
    "brief",
    metadata,
    Column("meeting_id", Text, primary_key=True),
    Column("person_id", Text, primary_key=True),
    Column("made", Instant, nullable=False),
    Column("body", JSON, nullable=False),
)

# Of what somebody was reminded, so that it is once.
reminded = Table(
    "reminded",
    metadata,
    Column("meeting_id", Text, primary_key=True),
    Column("moment", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)

read_mark = Table(
    "read_mark",
    metadata,
    Column("takeaway_id", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)

# What somebody set aside by name: a view of the board, a plan that is not sent yet.
kept = Table(
    "kept",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("body", JSON, nullable=False),
)
