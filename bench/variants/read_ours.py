"""Ours, the reading alone: bytes to what passed the gate, in this process."""

import sys
from pathlib import Path

from bench.homes import rules, window
from told import told

from companion.connectors.ics.reading import read

with told() as figures:
    reading = read(Path(sys.argv[1]).read_bytes(), rules(), window())
    figures["events"] = reading.ledger.seen
    figures["kept"] = reading.ledger.kept
assert not reading.problems, reading.problems[:3]
