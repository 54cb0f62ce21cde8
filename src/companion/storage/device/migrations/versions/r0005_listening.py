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
    _marks()
    _search()


def _marks() -> None:
    """What tells the encrypted copy which notes changed, by chance: no two changes ever get the same."""
    op.create_table(
        "note_mark",
        sa.Column("note_id", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("note_id", name="pk_note_mark"),
    )
    if op.get_bind().dialect.name != "sqlite":  # only a test lays this store's tables anywhere else
        return
    chance = "lower(hex(randomblob(8)))"
    for table, note in (("note", "id"), ("line", "note_id"), ("note_answer", "note_id"), ("note_conflict", "note_id")):
        for event in ("INSERT", "UPDATE", "DELETE"):
            which = f"{'OLD' if event == 'DELETE' else 'NEW'}.{note}"
            op.execute(
                f"CREATE TRIGGER mark_{table}_{event.lower()} AFTER {event} ON {table} BEGIN "  # noqa: S608 - ours
                f"UPDATE note_mark SET mark = {chance} WHERE note_id = {which}; "
                f"INSERT INTO note_mark (note_id, mark) SELECT {which}, {chance} WHERE NOT EXISTS "
                f"(SELECT 1 FROM note_mark WHERE note_id = {which}); "
                "UPDATE this_device SET changes = changes + 1; END"
            )
    op.execute(f"INSERT INTO note_mark (note_id, mark) SELECT id, {chance} FROM note")  # noqa: S608 - ours


def _search() -> None:
    """What is found in notes, and triggers that write down what is behind; after the migration all of it is made."""
    op.create_table(
        "search_note",
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("note_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_search_note"),
        sa.UniqueConstraint("note_id", name="uq_search_note_note_id"),
    )
    op.create_table(
        "search_unit",
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("note_id", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_search_unit"),
        sa.UniqueConstraint("note_id", "unit", name="uq_search_unit_note_id_unit"),
    )
    op.create_table(
        "search_stale",
        sa.Column("note_id", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("note_id", "unit", name="pk_search_stale"),
    )
    if op.get_bind().dialect.name != "sqlite":  # only a test lays this store's tables anywhere else
        return
    op.execute(
        "CREATE VIRTUAL TABLE search_text USING fts5(scope, words, columnsize = 0, prefix = '1 2', "
        "tokenize = 'unicode61 remove_diacritics 0 categories ''L* N* Co''')"
    )
    for table, note, unit in (
        ("line", "note_id", "'line:' || {row}.id"),
        ("note_answer", "note_id", "'answer:' || {row}.key"),
        ("note", "id", "'title'"),
    ):
        for event in ("INSERT", "UPDATE", "DELETE"):
            row = "OLD" if event == "DELETE" else "NEW"
            what = "UPDATE OF title" if (table, event) == ("note", "UPDATE") else event
            of, which = f"{row}.{note}", unit.format(row=row)
            # An OR IGNORE in here would give way to the ON CONFLICT of the statement that set it off.
            op.execute(
                f"CREATE TRIGGER search_{table}_{event.lower()} AFTER {what} ON {table} BEGIN "  # noqa: S608
                f"INSERT INTO search_stale (note_id, unit) SELECT {of}, {which} WHERE NOT EXISTS "
                f"(SELECT 1 FROM search_stale WHERE note_id = {of} AND unit = {which}); END"
            )
        op.execute(
            f"INSERT INTO search_stale (note_id, unit) "  # noqa: S608 - our own three tables
            f"SELECT {note}, {unit.format(row=table)} FROM {table}"
        )
