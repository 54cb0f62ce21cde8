"""`own`: our own two queries by the driver alone, counted as they come; `naive`: one join that looks at every seat."""

import sqlite3
import sys
from collections import Counter
from datetime import UTC, datetime

from told import told

OWN = (
    "select id, start, status, customer_id from meeting where start >= {0} and start < {1}",
    "select evidence.meeting_id, person_id, evidence.source, says, at "
    "from evidence join meeting on meeting.id = meeting_id where meeting.start >= {0} order by at, evidence.id",
)
NAIVE = (
    "select person_id, count(distinct meeting_id) from evidence join meeting on meeting.id = meeting_id "
    "where {2} >= {0} and {2} < {1} and says = 'attended' group by person_id"
)


def open_at(where: str) -> sqlite3.Connection:
    if "://" not in where:
        return sqlite3.connect(where)
    import psycopg

    return psycopg.connect(where)  # type: ignore[return-value]


where, mode = sys.argv[1], sys.argv[2]
store = open_at(where)
moment = datetime.now(UTC)
bounds = [int(at.timestamp() * 1_000_000) for at in (datetime(moment.year, 1, 1, tzinfo=UTC), moment)]
with told() as figures:
    if mode == "own":
        held = {row[0] for row in store.execute(OWN[0].format(*bounds)).fetchall()}
        heard = {row[:2] for row in store.execute(OWN[1].format(*bounds)).fetchall() if row[3] == "attended"}
        found = Counter(person for meeting, person in heard if meeting in held)
    else:  # an expression, so that no index of the start is used
        found = Counter(dict(store.execute(NAIVE.format(*bounds, "(meeting.start + 0)")).fetchall()))
    figures["leaders"], figures["heard"] = len(found), found.total()
store.close()
