"""Floor: the rows a brief is made of, read by sqlite3, twenty times."""

import sqlite3
import sys
from pathlib import Path

from told import told

TIMES = 20
QUERIES = (
    "SELECT * FROM programme", "SELECT * FROM person", "SELECT * FROM customer", "SELECT * FROM evidence",
    "SELECT * FROM meeting", "SELECT * FROM takeaway", "SELECT * FROM contact WHERE customer_id = 'c0'",
    "SELECT * FROM fact WHERE customer_id = 'c0'",
)  # fmt: skip
store = sqlite3.connect(Path(sys.argv[1]) / "workspace.db")
with told(times=TIMES):
    for _ in range(TIMES):
        assert all(store.execute(query).fetchall() for query in QUERIES)
