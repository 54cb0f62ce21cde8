"""Floor: the same rows written or read by sqlite3, as durably; a hundred times."""

import sqlite3
import sys
from pathlib import Path

from told import told

TIMES = 100
store = sqlite3.connect(Path(sys.argv[1]) / "device.db", isolation_level=None)
store.execute("PRAGMA synchronous = FULL")
store.execute("CREATE TABLE IF NOT EXISTS bare (note TEXT, id TEXT, at INTEGER, text TEXT, PRIMARY KEY (note, id))")


def once(number: int) -> None:
    key = f"n{number * 7 % int(sys.argv[3])}"
    if sys.argv[2] == "line":
        store.execute("BEGIN IMMEDIATE")
        store.execute("INSERT OR REPLACE INTO bare VALUES (?, ?, ?, ?)", (key, f"x{number}", number, "They count" * 3))
        store.execute("COMMIT")
    else:
        assert store.execute("SELECT * FROM note WHERE id = ?", (key,)).fetchone()
        assert store.execute("SELECT * FROM line WHERE note_id = ? ORDER BY position", (key,)).fetchall()


once(0)
with told(times=TIMES):
    for number in range(1, TIMES + 1):
        once(number)
