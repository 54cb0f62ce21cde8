"""Ours: so many meetings with two statements of each seat, put into a workspace."""

import sys
from pathlib import Path
from random import Random

from bench.board_fill import SEED, held, said
from bench.homes import build
from told import told

home, meetings, leaders = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
rng = Random(SEED)
rows = list(held(meetings))
statements = {meeting.id: list(said(meeting, leaders, rng)) for meeting in rows}
house = build(home)
with told() as figures, house.workspace() as tx:
    tx.meetings.put_all(rows)
    tx.seats.replace_calendar(statements)
    figures["rows"] = len(rows) + sum(map(len, statements.values()))
house.close()
