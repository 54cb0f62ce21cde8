"""The audit stands, on both engines: nothing in it is changed or dropped, save what the law of the house lets go."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from companion.programme.model import AuditEntry, WorkspaceTx
from companion.storage.connecting import open_file, open_server, read_url
from companion.storage.engine import Store
from storage.made import NOON

ENTRY = AuditEntry(NOON, "rosa@kiln.example", "seat.host", "unknown", "attended", "jan@kestrel.example says", "p1 m1")


@pytest.fixture
def raw(place: str | Path, workspace: Store[WorkspaceTx]) -> Engine:
    """The workspace without the app, with one line of yesterday and one of four years ago."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with workspace.begin() as tx:
        tx.programme.audit(AuditEntry(yesterday - timedelta(days=4 * 365), "", "old", "", "", ""))
        tx.programme.audit(AuditEntry(**{**vars(ENTRY), "at": yesterday}))
    return open_file(place, 1) if isinstance(place, Path) else open_server(read_url(place), 5)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET why = ''",
        "UPDATE audit SET who = 'nobody@kiln.example'",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE what = 'seat.host'",
    ],
)
def test_no_line_is_changed_or_dropped(raw: Engine, workspace: Store[WorkspaceTx], change: str) -> None:
    with pytest.raises(DBAPIError, match="the audit is"), raw.begin() as connection:
        connection.execute(text(change))
    raw.dispose()
    with workspace.begin(write=False) as tx:
        assert [(one.what, one.why) for one in tx.programme.entries()] == [("seat.host", ENTRY.why), ("old", "")]


_AGAIN = "INSERT INTO audit (id, at, who, what, old, new, why, about) SELECT id, at, who, what, old, new, 'x', about"


def test_no_line_is_written_over_another(raw: Engine, workspace: Store[WorkspaceTx]) -> None:
    over = [f"{_AGAIN} FROM audit WHERE what = 'seat.host' ON CONFLICT (id) DO UPDATE SET why = excluded.why"]
    if raw.dialect.name == "sqlite":
        forged = _AGAIN.removeprefix("INSERT")
        over += [f"REPLACE {forged} FROM audit", f"INSERT OR REPLACE {forged} FROM audit WHERE what = 'old'"]
        over += ["UPDATE OR REPLACE audit SET id = id + 1", _AGAIN.replace("SELECT id", "SELECT -1") + " FROM audit"]
    for change in over:
        with pytest.raises(DBAPIError, match="the audit is not changed"), raw.begin() as connection:
            connection.execute(text(change))
    raw.dispose()
    with workspace.begin() as tx:
        tx.programme.audit(ENTRY)
        tx.programme.audit(ENTRY)
        assert [one.why for one in tx.programme.entries()] == [ENTRY.why, ENTRY.why, ENTRY.why, ""]


def test_after_three_years_a_line_may_go(raw: Engine, workspace: Store[WorkspaceTx]) -> None:
    with raw.begin() as connection:
        connection.execute(text("DELETE FROM audit WHERE what = 'old'"))
    raw.dispose()
    with workspace.begin(write=False) as tx:
        assert [one.what for one in tx.programme.entries()] == ["seat.host"]


def test_who_is_erased_is_taken_out_of_its_words_and_of_nothing_else(workspace: Store[WorkspaceTx]) -> None:
    with workspace.begin() as tx:
        tx.programme.audit(ENTRY)
    with workspace.begin() as tx:
        tx.erasing.clean("c1", "jan@kestrel.example", lambda said: said.replace("jan@kestrel.example", "somebody"))
    with workspace.begin(write=False) as tx:
        (line,) = tx.programme.entries()
    assert (line.why, line.who, line.about) == ("somebody says", ENTRY.who, "p1 m1")


def test_not_even_while_somebody_is_erased_does_anything_else_change(raw: Engine) -> None:
    with raw.connect() as connection:
        connection.execute(text("INSERT INTO audit_erasing (id) VALUES (1)"))
        with pytest.raises(DBAPIError, match="the audit is not changed"):
            connection.execute(text("UPDATE audit SET what = 'seat.ops'"))
    raw.dispose()


def test_lines_are_found_by_day_and_by_kind(workspace: Store[WorkspaceTx]) -> None:
    with workspace.begin() as tx:
        for days, what in enumerate(["seat.host", "seat", "seats", "target", "seat.ops"]):
            tx.programme.audit(AuditEntry(NOON + timedelta(days=days), "", what, "", "", ""))
        assert [one.what for one in tx.programme.entries(what="seat")] == ["seat.ops", "seat", "seat.host"]
        since, until = NOON + timedelta(days=1), NOON + timedelta(days=3)
        assert [one.what for one in tx.programme.entries(100, since, until)] == ["seats", "seat"]
