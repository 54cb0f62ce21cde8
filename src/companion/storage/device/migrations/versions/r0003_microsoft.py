"""Until when servers want to be left alone, and when reports of meetings were looked for."""

import sqlalchemy as sa
from alembic import op

revision = "device_0003"
down_revision = "device_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "gate",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_gate"),
    )
    op.create_table(
        "report_look",
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("meeting_id", name="pk_report_look"),
    )
