"""Floor and peer: the same words by FTS5 in the same index without asking who looks, or by a scan with LIKE."""

import sqlite3
import sys
import time
from pathlib import Path
from statistics import median

from told import told

store = sqlite3.connect(Path(sys.argv[1]) / "workspace.db")
FTS = (
    "SELECT t.* FROM (SELECT rowid AS place FROM search_text WHERE search_text MATCH ? ORDER BY rowid DESC LIMIT 50) f "
    "JOIN search_row r ON r.place = f.place JOIN takeaway t ON t.id = r.id"
)
LIKE = (
    "SELECT * FROM takeaway WHERE headline || ' ' || scene || ' ' || quote || ' ' || goal LIKE ? "
    "ORDER BY published DESC LIMIT 50"
)
WORDS = (
    ('"vf7999"*', "%vf7999%"), ('"aa0"*', "%aa0%"), ('"b"*', "% b%"), ('"aa0" AND "ba1"*', "%aa0%ba1%"),
    ('"aa0 ba1"', "%aa0 ba1%"),
)  # fmt: skip
times = []
with told() as figures:
    for match, like in WORDS:
        runs = []
        for _ in range(9):
            began = time.perf_counter()
            store.execute(FTS, (f"words : ({match})",)).fetchall() if sys.argv[2] == "fts" else store.execute(
                LIKE, (like,)
            ).fetchall()
            runs.append(time.perf_counter() - began)
        times.append(median(runs) * 1000)
    figures["worst_ms"] = max(times)
