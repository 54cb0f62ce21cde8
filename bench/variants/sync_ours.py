"""Ours, the whole way: file to device store to workspace, by the verb the window and the command line use."""

import sys
from pathlib import Path

from bench.homes import build
from told import told

from companion.programme.sync import sync

house = build(Path(sys.argv[1]))
with told() as figures:
    (done,) = sync(house)
    figures["events"] = done.ledger.seen
    figures["added"] = done.added
assert not done.failed, done.problems
