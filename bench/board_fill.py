"""A programme of many leaders and many years of meetings, each with who sat there and by whose word."""

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.calendar_file import CUSTOMERS, FIRM
from bench.homes import OWNER, build, lay_out, today
from companion.attendance.model import Evidence
from companion.basics.ids import meeting_id
from companion.calendars.model import Reason
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.model import WorkspaceTx

YEARS = 5
TEAM = 20  # leaders in a team
SEED = 11


def fill(home: Path, leaders: int, meetings: int) -> None:
    """A profile with leaders in teams, and meetings over five years of which the last tenth is to come."""
    lay_out(home)
    house = build(home)
    with house.workspace() as tx:
        put(tx, leaders, meetings)
    house.close()


def fill_server(url: str, leaders: int, meetings: int) -> None:
    """The same in a workspace on a server."""
    from companion.basics.clock import now
    from companion.storage.engine import open_workspace

    store = open_workspace(url, now)
    with store.begin() as tx:
        put(tx, leaders, meetings)
    store.close()


def put(tx: WorkspaceTx, leaders: int, meetings: int) -> None:
    """The rows: two statements of each seat that is over."""
    rng = random.Random(SEED)
    for number in range(1, leaders + 1):
        team = f"Team {(number - 1) // TEAM + 1}"
        tx.people.put(Person(f"p{number}", f"person{number}@{FIRM}", f"Person {number}", team=team, role="leader"))
    tx.meetings.put_all(held(meetings))
    tx.seats.replace_calendar({meeting.id: list(said(meeting, leaders, rng)) for meeting in held(meetings)})


def held(count: int) -> Iterator[Meeting]:
    """So many customer meetings, evenly spread."""
    days = YEARS * 365
    begin = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=days * 9 // 10)
    for number in range(count):
        start = begin + timedelta(minutes=number * days * 24 * 60 // count)
        uid = f"board-{number}@{FIRM}"
        name, domain = CUSTOMERS[number % len(CUSTOMERS)]
        yield Meeting(
            meeting_id(uid, "-"), uid, "-", f"Quarterly review with {name}", start, start + timedelta(hours=1), False,
            "Europe/Warsaw", "confirmed", f"c{number % len(CUSTOMERS)}", 80,
            (Reason("guest_domain", (("domain", domain),), 50),),
        )  # fmt: skip


def said(meeting: Meeting, leaders: int, rng: random.Random) -> Iterator[Evidence]:
    """A calendar's yes and, of what is over, mostly the host's word."""
    person, before = f"p{rng.randint(1, leaders)}", meeting.start - timedelta(days=20)
    past = meeting.end.date() < today()
    if not past and rng.random() < 0.5:
        return  # a seat that is open
    yield Evidence(f"{meeting.id}-c", meeting.id, person, "calendar", "accepted", "bench", before)
    if past and rng.random() < 0.95:
        says = "attended" if rng.random() < 0.9 else "missed"
        yield Evidence(f"{meeting.id}-h", meeting.id, person, "host", says, OWNER, meeting.end + timedelta(hours=20))


if __name__ == "__main__":
    where, people, count = sys.argv[1:]
    if "://" in where:
        fill_server(where, int(people), int(count))
    else:
        fill(Path(where), int(people), int(count))
