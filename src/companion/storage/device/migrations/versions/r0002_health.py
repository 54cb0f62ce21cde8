"""How each account fares: when to ask again, since when it is signed out, what was set aside.

The round a member was last seen in is no longer written: a round that finds nothing new writes no member.
"""

import sqlalchemy as sa
from alembic import op

revision = "device_0002"
down_revision = "device_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the health of accounts, and take the rounds' numbers out."""
    with op.batch_alter_table("sync_state") as batch:
        batch.add_column(sa.Column("retry_at", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("signed_out", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("last_full", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("counts", sa.JSON(), nullable=False, server_default="{}"))
        batch.drop_column("generation")
    op.drop_index("ix_member_account_id_generation", table_name="member")
    with op.batch_alter_table("member") as batch:
        batch.drop_column("generation")
    op.create_table(
        "quarantine",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_quarantine_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "seal", "place", name="pk_quarantine"),
    )
