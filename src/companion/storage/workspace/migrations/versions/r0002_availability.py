"""Who could sit in which open review."""

import sqlalchemy as sa
from alembic import op

revision = "workspace_0002"
down_revision = "workspace_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the words."""
    op.create_table(
        "availability",
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name="pk_availability"),
    )
