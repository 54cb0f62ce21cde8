"""Seats on their way, decisions for the planner, closed years, and what may be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "workspace_0005"
down_revision = "workspace_0004"
branch_labels = None
depends_on = None

_FIXED = ("id", "at", "who", "what", "about")  # of the audit


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
    _presence()
    _years()
    _before()
    _audit()


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
            for name in ("id", "kind", "person_id", "meeting_id", "customer_id", "by", "reason", "origin")
        ),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_plan_rule"),
    )


def _presence() -> None:
    op.create_table(
        "presence",
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("id", "meeting_id", "person_id", "act", "state", "text", "sender", "by")
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_presence"),
    )
    op.create_index("ix_presence_meeting_id", "presence", ["meeting_id"])


def _audit() -> None:
    """What happened is never changed, save to take a name out of its words, nor dropped before three years are over."""
    op.add_column("audit", sa.Column("about", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_table(
        "audit_erasing",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_erasing"),
    )
    if op.get_bind().dialect.name == "sqlite":
        _audit_in_a_file()
    else:
        _audit_on_a_server()


def _audit_in_a_file() -> None:
    fixed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in _FIXED)
    refuses = "SELECT RAISE(ABORT, 'the audit is not changed')"
    op.execute(f"CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit WHEN {fixed} BEGIN {refuses}; END")
    op.execute(
        "CREATE TRIGGER audit_stands BEFORE UPDATE ON audit WHEN NOT EXISTS (SELECT 1 FROM audit_erasing) "
        "BEGIN SELECT RAISE(ABORT, 'the audit is not changed'); END"
    )
    # A REPLACE drops a line without a word to the triggers of a DELETE. A line without an id yet reads as -1 here.
    op.execute(
        "CREATE TRIGGER audit_once BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'the audit is not changed'); END"
    )
    op.execute(f"CREATE TRIGGER audit_counts AFTER INSERT ON audit WHEN NEW.id < 1 BEGIN {refuses}; END")
    op.execute(
        "CREATE TRIGGER audit_stays BEFORE DELETE ON audit "
        "WHEN OLD.at > CAST(strftime('%s', 'now', '-3 years') AS INTEGER) * 1000000 "
        "BEGIN SELECT RAISE(ABORT, 'the audit is kept for three years'); END"
    )


def _audit_on_a_server() -> None:
    op.execute(
        "CREATE FUNCTION audit_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NOT EXISTS (SELECT 1 FROM audit_erasing) THEN RAISE EXCEPTION 'the audit is not changed'; END IF; "
        "OLD.old = NEW.old; OLD.new = NEW.new; OLD.why = NEW.why; "
        "IF OLD IS DISTINCT FROM NEW THEN RAISE EXCEPTION 'the audit is not changed'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF OLD.at > extract(epoch FROM now() - interval '3 years') * 1000000 THEN "
        "RAISE EXCEPTION 'the audit is kept for three years'; END IF; RETURN OLD; END $$"
    )
    for name, event in (("audit_stands", "UPDATE"), ("audit_stays", "DELETE")):
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON audit FOR EACH ROW EXECUTE FUNCTION {name}()")
    op.execute(
        "CREATE FUNCTION audit_whole() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'the audit is kept for three years'; END $$"
    )
    op.execute("CREATE TRIGGER audit_whole BEFORE TRUNCATE ON audit EXECUTE FUNCTION audit_whole()")


def _before() -> None:
    """What was replaced or taken back, for figures as of a day before."""
    op.create_table(
        "leave_before",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("person_id", "kind")),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("start", "end")),
        sa.Column("dropped", sa.BigInteger(), nullable=False),
        sa.Column("entered", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_leave_before_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "start", "dropped", name="pk_leave_before"),
    )
    op.create_table(
        "target_before",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("who", "reason")),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.BigInteger(), nullable=False),
        sa.Column("entered", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("who", "since", "dropped", name="pk_target_before"),
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
