"""Answers by question, versions of what was written, briefs, and of what somebody was reminded."""

import sqlalchemy as sa
from alembic import op

revision = "device_0005"
down_revision = "device_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The three answers of a note become rows; the rest is new."""
    op.create_table(
        "note_answer",
        sa.Column("note_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stamps", sa.JSON(), nullable=False, server_default="[]"),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name="fk_note_answer_note_id_note", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("note_id", "key", name="pk_note_answer"),
    )
    for key in ("said", "scene", "surprise"):
        op.execute(
            f"INSERT INTO note_answer (note_id, key, text, stamps) "  # noqa: S608 - our own three names
            f"SELECT id, '{key}', {key}, '[]' FROM note WHERE {key} <> ''"
        )
        op.drop_column("note", key)
    op.add_column("note", sa.Column("template", sa.Text(), nullable=False, server_default=""))
    op.add_column("note", sa.Column("template_version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("note", sa.Column("keep", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("line", sa.Column("stamps", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "brief",
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name="pk_brief"),
    )
    op.create_table(
        "reminded",
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "moment", name="pk_reminded"),
    )
