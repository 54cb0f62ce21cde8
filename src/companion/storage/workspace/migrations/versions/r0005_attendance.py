"""Seats on their way, decisions for the planner, closed years, and what may be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "workspace_0005"
down_revision = "workspace_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the tables."""
    _programme()
    op.add_column("person", sa.Column("share", sa.Integer(), nullable=False, server_default="100"))
    op.add_column("leave", sa.Column("entered", sa.BigInteger(), nullable=True))
    op.add_column("customer", sa.Column("visits", sa.Integer(), nullable=True))
    op.add_column("evidence", sa.Column("batch", sa.Text(), nullable=False, server_default=""))
    op.add_column("evidence", sa.Column("withdrawn", sa.BigInteger(), nullable=True))
    op.create_index("ix_evidence_batch", "evidence", ["batch"])
    op.add_column("target", sa.Column("entered", sa.BigInteger(), nullable=True))
    _seats()
    _years()


def _programme() -> None:
    op.add_column("programme", sa.Column("names_agreed_on", sa.Date(), nullable=True))
    for name in ("names_agreed_by", "year"):
        op.add_column("programme", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in ("part_time", "weekly_yes"):
        op.add_column("programme", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("programme", sa.Column("who_sat", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("programme", sa.Column("visits", sa.Integer(), nullable=False, server_default="2"))
    op.add_column("programme", sa.Column("holidays", sa.JSON(), nullable=False, server_default="[]"))


def _seats() -> None:
    op.create_table(
        "offer",
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("id", "meeting_id", "person_id", "came", "by", "state", "instead_of", "reason", "entry")
        ),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_offer"),
    )
    op.create_index("ix_offer_meeting_id", "offer", ["meeting_id"])
    op.create_index("ix_offer_person_id", "offer", ["person_id"])
    op.create_table(
        "plan_rule",
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("id", "kind", "person_id", "meeting_id", "customer_id", "by", "reason")
        ),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_plan_rule"),
    )


def _years() -> None:
    op.create_table(
        "closing",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("label", "by", "reason")),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("label", name="pk_closing"),
    )
    op.create_table(
        "carried",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("person_id", "approver", "reason")),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "first", name="pk_carried"),
    )
