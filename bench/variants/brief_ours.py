"""Ours: my brief for tomorrow's meeting, made anew and kept, twenty times."""

import sys
from pathlib import Path

from told import told

from companion.bootstrap import build
from companion.programme.preparing import brief_for

TIMES = 20
house = build(Path(sys.argv[1]), secrets_mode="session")
assert brief_for(house, "next").customer
with told(times=TIMES):
    for _ in range(TIMES):
        brief_for(house, "next")
house.close()
