"""Floor: the same rows, made ready beforehand, by `executemany` into the same tables."""

import sqlite3
import sys
from pathlib import Path
from random import Random

from bench.board_fill import SEED, held, said
from bench.homes import build
from told import told

from companion.basics.paths import open_home

home, meetings, leaders = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
rng = Random(SEED)
rows = list(held(meetings))
statements = {meeting.id: list(said(meeting, leaders, rng)) for meeting in rows}
house = build(home)
with house.workspace() as tx:  # as the store writes them, in a file that is thrown away
    tx.meetings.put_all(rows)
    tx.seats.replace_calendar(statements)
house.close()
store = sqlite3.connect(open_home(home).workspace)
ready = {name: store.execute(f"select * from {name}").fetchall() for name in ("meeting", "evidence")}
for name in ready:
    store.execute(f"delete from {name}")
store.commit()
with told() as figures:
    for name, lines in ready.items():
        store.executemany(f"insert into {name} values ({', '.join('?' * len(lines[0]))})", lines)
    store.commit()
    figures["rows"] = sum(map(len, ready.values()))
store.close()
