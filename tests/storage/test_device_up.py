"""A device store of the first release comes up whole."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from companion.basics.clock import now
from companion.calendars.model import Ledger
from companion.calendars.store import SyncState
from companion.storage.engine import DEVICE, open_device
from companion.storage.migrate import Lineage, migrate_file
from storage.made import ACCOUNT, NOON, event

_TICKS = int(NOON.timestamp() * 1_000_000)
ROWS: list[tuple[str, tuple[Any, ...]]] = [
    ("account", ("a1", "Rosa", "caldav", ACCOUNT.url, "rosa", ACCOUNT.owner, True, _TICKS)),
    ("sync_state", ("a1", "token", 7, "rules", "2026-01-01", "2027-01-01", _TICKS, 2, "server_silent")),
    ("member", ("a1", "s1", "v1", 7)),
    ("member", ("a1", "s2", "v2", 6)),
    ("event", (1, "a1", "s1", "m1", "u1", "-", _TICKS, _TICKS, False, "UTC", "Kestrel", "confirmed", None, "[]", 0,
               "", 3, "c1", 75, "[]", True)),
    ("sync_run", (1, "a1", _TICKS, _TICKS, "{}", 1, 0, 0, "[]")),
    ("note", ("n1", "m1", "c1", "Kestrel", _TICKS, _TICKS, "", "", "", "")),
    ("line", ("n1", "l1", 0, _TICKS, "q", "We lose a crew day")),
]  # fmt: skip


def filled(tmp_path: Path) -> Path:
    """A store as the first revision laid it, with a row in every table that changes."""
    folder, path = tmp_path / "migrations", tmp_path / "device.db"
    shutil.copytree(DEVICE.folder, folder)
    for script in (folder / "versions").glob("r*.py"):
        if not script.name.startswith("r0001"):
            script.unlink()
    migrate_file(path, Lineage("device", (), "device_0001", folder), "", NOON, 1)
    with closing(sqlite3.connect(path)) as connection, connection:
        for table, values in ROWS:
            connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
    return path


def test_a_store_of_the_first_revision_comes_up_whole(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with closing(open_device(path, now)) as store, store.begin(write=False) as tx:
        assert [account.name for account in tx.accounts.all()] == ["Rosa"]
        state = tx.events.state("a1")
        assert (state.cursor, state.rules, state.failures, state.trouble) == ("token", "", 2, "server_silent"), (
            "read whole"
        )
        assert (state.retry_at, state.signed_out, state.last_full) == (None, None, None)
        assert state.last_ok is not None
        assert abs(state.last_ok - NOON) < timedelta(seconds=1)
        assert tx.events.versions("a1") == {"s1": "v1", "s2": "v2"}
        assert [(item.uid, item.title, item.sequence) for item in tx.events.all("a1")] == [("u1", "Kestrel", 3)]
        assert tx.events.runs("a1")[0].ledger == Ledger()
        assert [line.text for note in tx.notes.all() for line in note.lines] == ["We lose a crew day"]
        assert tx.events.quarantined("a1") == []
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM account")
        assert connection.execute("SELECT count(*) FROM member").fetchone() == (0,), "members still go with it"


def test_what_came_up_is_written_as_a_new_one_is(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with closing(open_device(path, now)) as store, store.begin() as tx:
        tx.events.save_state("a1", SyncState("other", retry_at=NOON, signed_out=NOON, last_full=NOON))
        tx.events.put_versions("a1", {"s1": "v9"})
        tx.events.replace_all("a1", {"s1": [event()]})
        assert tx.events.state("a1") == SyncState("other", retry_at=NOON, signed_out=NOON, last_full=NOON)
        assert (tx.events.versions("a1")["s1"], tx.events.all("a1")) == ("v9", [event()])
