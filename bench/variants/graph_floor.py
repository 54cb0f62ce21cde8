"""Floor: pages of calendarView by httpx, parsed, every event hashed and put into SQLite; `-`: one delta request."""

import hashlib
import json
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from told import told

url, target = sys.argv[1:3]
now = datetime.now(UTC)
WINDOW = {
    "startDateTime": f"{now - timedelta(days=430):%Y-%m-%d}T00:00:00Z",
    "endDateTime": f"{now + timedelta(days=430):%Y-%m-%d}T00:00:00Z",
}


def insert(store: sqlite3.Connection, page: list[dict[str, object]]) -> None:
    rows, guests = [], []
    for event in page:
        mark = hashlib.sha256(json.dumps(event).encode()).hexdigest()
        rows.append((event["id"], mark, event["iCalUId"], event["subject"], str(event["start"]), str(event["end"])))
        attendees = event["attendees"]
        assert isinstance(attendees, list)
        guests += [(event["id"], guest["emailAddress"]["address"]) for guest in attendees]
    store.executemany("insert into event values (?, ?, ?, ?, ?, ?)", rows)
    store.executemany("insert into guest values (?, ?)", guests)
    store.commit()


with httpx.Client(timeout=600, trust_env=False) as client:
    if target == "-":
        with told():
            client.get(f"{url}/calendarView/delta", params={"$deltatoken": "t1"}).raise_for_status()
        sys.exit()
    Path(target).parent.mkdir(exist_ok=True)
    Path(target).unlink(missing_ok=True)
    store = sqlite3.connect(target)
    store.executescript(
        "pragma journal_mode=wal; pragma synchronous=normal;"
        "create table event (id, hash, uid, title, start, end); create table guest (event, address);"
    )
    with told() as figures:
        count, link, query = 0, f"{url}/calendar/calendarView", {**WINDOW, "$top": "1000"}
        while link:
            page = client.get(link, params=query or None).json()
            insert(store, page["value"])
            count, link, query = count + len(page["value"]), page.get("@odata.nextLink", ""), {}
        figures["events"] = count
    assert count, "nothing came in"
