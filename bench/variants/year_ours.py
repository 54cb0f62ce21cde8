"""Ours: how many meetings each leader heard in a year, by what everybody said, conflicts left to people."""

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from told import told

from companion.attendance.seats import credited, seats_of
from companion.basics.clock import now
from companion.storage.engine import open_workspace

where = sys.argv[1]
store = open_workspace(where if "://" in where else Path(where), now)
first = datetime(now().year, 1, 1, tzinfo=UTC)
with told() as figures, store.begin(write=False) as tx:
    meetings = tx.meetings.between(first, now())
    seats = seats_of(meetings, tx.seats.since(first), now())
    found = Counter(who for seat in seats if (who := credited(seat)))
    figures["leaders"], figures["heard"] = len(found), found.total()
store.close()
