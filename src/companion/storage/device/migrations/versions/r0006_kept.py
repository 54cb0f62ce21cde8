"""What somebody set aside by name: views of the board, a plan."""

import sqlalchemy as sa
from alembic import op

revision = "device_0006"
down_revision = "device_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "kept",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", name="pk_kept"),
    )
