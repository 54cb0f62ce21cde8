"""Publishing with a gate, letters, answers by mail, and what comes of them."""

import sqlalchemy as sa
from alembic import op

revision = "workspace_0003"
down_revision = "workspace_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns to what is there, and the new tables."""
    for table, names in (
        ("programme", ("answers_to", "post", "digest")),
        ("contact", ("may_quote",)),
        ("takeaway", ("may_quote", "held_by", "held_by_id", "held_why", "correction", "withdrawn_why")),
        ("answer", ("person_id", "address", "external_id")),
    ):
        for name in names:
            op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for table, name, default in (("answer", "came", "app"), ("answer", "state", "taken")):
        op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=default))
    for name, number in (("host_hours", "24"), ("expiry_months", "12")):
        op.add_column("programme", sa.Column(name, sa.Integer(), nullable=False, server_default=number))
    for table, name in (
        ("programme", "ops_words"), ("customer", "off_limits"), ("takeaway", "pillars"), ("takeaway", "origins"),
    ):  # fmt: skip
        op.add_column(table, sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    for table, name in (
        ("customer", "nda"), ("takeaway", "needs_yes"), ("takeaway", "unannounced"), ("answer", "only_author"),
    ):  # fmt: skip
        op.add_column(table, sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("person", sa.Column("digest", sa.Boolean(), nullable=False, server_default=sa.true()))
    for name in ("out_at", "held", "revised"):
        op.add_column("takeaway", sa.Column(name, sa.BigInteger(), nullable=True))
    op.add_column("takeaway", sa.Column("expires", sa.Date(), nullable=True))
    op.create_index("ix_answer_external_id", "answer", ["external_id"])
    _tables()


def _tables() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("takeaway_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("answer_ids", sa.JSON(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
    )
    op.create_index("ix_action_takeaway_id", "action", ["takeaway_id"])
    op.create_table(
        "opening",
        sa.Column("takeaway_id", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("takeaway_id", name="pk_opening"),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("takeaways", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("trouble_facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
    )
    op.create_index("ix_letter_about", "letter", ["about"])
    op.create_index("ix_letter_state", "letter", ["state"])
    op.create_table(
        "inbox",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("config", sa.JSON(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("name", name="uq_inbox_name"),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )
