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
    op.add_column("event", sa.Column("place", sa.Text(), nullable=False, server_default=""))
    op.add_column("member", sa.Column("busy", sa.JSON(), nullable=False, server_default="{}"))
    op.execute("UPDATE sync_state SET rules = ''")  # places and busy minutes are in what was read before: read it again
    op.create_table(
        "meeting_form",
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", name="pk_meeting_form"),
    )
    op.add_column("note", sa.Column("template", sa.Text(), nullable=False, server_default=""))
    op.add_column("note", sa.Column("template_version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("note", sa.Column("keep", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("note", sa.Column("expected_stamps", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("note", sa.Column("gone", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("note", sa.Column("into", sa.Text(), nullable=False, server_default=""))
    op.add_column("line", sa.Column("stamps", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("line", sa.Column("gone", sa.Boolean(), nullable=False, server_default=sa.false()))
    _versions()
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


def _versions() -> None:
    """What several windows and computers write, and where the encrypted copy stands."""
    op.create_table(
        "note_conflict",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("note_id", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stamps", sa.JSON(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger()),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name="fk_note_conflict_note_id_note", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_note_conflict"),
    )
    op.create_index("ix_note_conflict_note_id_unit", "note_conflict", ["note_id", "unit"])
    op.create_table(
        "note_revision",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("note_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name="fk_note_revision_note_id_note", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_note_revision"),
    )
    op.create_index("ix_note_revision_note_id_at", "note_revision", ["note_id", "at"])
    op.create_table(
        "note_template",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name="pk_note_template"),
    )
    op.create_table(
        "this_device",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_this_device"),
    )
    op.create_table(
        "notes_copy",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_notes_copy"),
    )
