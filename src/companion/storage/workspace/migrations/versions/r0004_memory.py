"""What is remembered of customers, templates of notes, assistants, and what listeners mailed."""

import sqlalchemy as sa
from alembic import op

revision = "workspace_0004"
down_revision = "workspace_0003"
branch_labels = None
depends_on = None

_TEXTS = (
    "topic", "role", "contact_id", "source", "meeting_id", "takeaway_id", "may_quote", "owner_id", "state", "result",
    "follows", "by", "changed_by",
)  # fmt: skip


def upgrade() -> None:
    """Add the columns and the tables."""
    op.add_column("person", sa.Column("assistants", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("person", sa.Column("reminders", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("programme", sa.Column("quiet", sa.Text(), nullable=False, server_default="19:00-07:00"))
    for name in ("meeting", "meeting_copy"):
        op.add_column(name, sa.Column("place", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "fact",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("heard_on", "due", "ended")),
        sa.Column("changed", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("unseen", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_fact"),
    )
    op.create_index("ix_fact_contact_id", "fact", ["contact_id"])
    op.create_index("ix_fact_customer_id_kind", "fact", ["customer_id", "kind"])
    op.create_table(
        "fact_version",
        sa.Column("fact_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name="fk_fact_version_fact_id_fact", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("fact_id", "revision", name="pk_fact_version"),
    )
    op.create_table(
        "template",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name="pk_template"),
    )
    op.add_column("contact", sa.Column("line", sa.Text(), nullable=False, server_default=""))
    _forgetting()
    _search()


def _forgetting() -> None:
    """What became of customers and of their people, and what listeners mailed."""
    op.create_table(
        "customer_moved",
        sa.Column("gone_id", sa.Text(), nullable=False),
        sa.Column("kept_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("gone_id", name="pk_customer_moved"),
    )
    op.create_table(
        "erased_salt",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erased_salt"),
        sa.CheckConstraint("id = 1", name="ck_erased_salt_single"),
    )
    op.create_table(
        "erased",
        sa.Column("seal", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seal", name="pk_erased"),
    )
    op.create_table(
        "mailed_note",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("fetched", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mailed_note"),
    )
    op.create_index("ix_mailed_note_person_id", "mailed_note", ["person_id"])


def _search() -> None:
    """What is found, and triggers that write down what is behind. `takeaway_text` stays for clients of before."""
    op.create_table(
        "search_row",
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("out_at", sa.BigInteger(), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("place", name="pk_search_row"),
        sa.UniqueConstraint("kind", "id", name="uq_search_row_kind_id"),
    )
    op.create_table(
        "search_stale",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_search_stale"),
    )
    on_a_server = op.get_bind().dialect.name == "postgresql"
    if on_a_server:
        op.execute("CREATE TABLE search_text (place bigint PRIMARY KEY, words tsvector NOT NULL)")
        op.execute("CREATE INDEX ix_search_text_words ON search_text USING gin (words)")
        op.execute(
            "CREATE FUNCTION search_behind() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "FOR at IN 0 .. TG_NARGS - 1 LOOP INSERT INTO search_stale (kind, id) VALUES (TG_ARGV[at], "
            "CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END) ON CONFLICT DO NOTHING; END LOOP; "
            "RETURN NULL; END $$"
        )
    else:
        op.execute(
            "CREATE VIRTUAL TABLE search_text USING fts5(scope, words, columnsize = 0, prefix = '1 2', "
            "tokenize = 'unicode61 remove_diacritics 0 categories ''L* N* Co''')"
        )
    for table, *kinds in (("takeaway",) * 2, ("fact",) * 2, ("customer", "customer", "story"), ("contact",) * 2):
        for event in ("INSERT", "UPDATE", "DELETE"):
            name, row = f"search_{table}_{event.lower()}", "OLD" if event == "DELETE" else "NEW"
            if on_a_server:
                named = ", ".join(f"'{kind}'" for kind in kinds)
                does = f"FOR EACH ROW EXECUTE FUNCTION search_behind({named})"
            else:
                # An OR IGNORE in here would give way to the ON CONFLICT of the statement that set it off.
                once = (
                    f"INSERT INTO search_stale (kind, id) SELECT '{kind}', {row}.id WHERE NOT EXISTS "  # noqa: S608
                    f"(SELECT 1 FROM search_stale WHERE kind = '{kind}' AND id = {row}.id);"
                    for kind in kinds
                )
                does = f"BEGIN {' '.join(once)} END"
            op.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} {does}")
        for kind in kinds:
            op.execute(
                f"INSERT INTO search_stale (kind, id) "  # noqa: S608 - our own names
                f"SELECT DISTINCT '{kind}', id FROM {table}"
            )
