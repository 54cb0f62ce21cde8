"""A command that waits a while, so that it can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "device_0004"
down_revision = "device_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add until when."""
    op.add_column("command", sa.Column("not_before", sa.BigInteger(), nullable=True))
