"""Customer meetings and seats in the workspace, a line each."""

from datetime import UTC, datetime, timedelta

from companion.attendance.model import Evidence, Source
from companion.basics.ids import new_id
from companion.meetings.model import Meeting
from companion.programme.model import House

THURSDAY = datetime(2026, 11, 26, 9, tzinfo=UTC)  # 10:00 in Amsterdam


def met(house: House, key: str = "m1", start: datetime = THURSDAY, **news: object) -> Meeting:
    """A meeting of an hour with Kestrel, Rosa's, in the workspace; or what it is by now."""
    facts = {
        "id": key, "uid": key, "rec_key": "", "title": "Kestrel quarterly review", "start": start,
        "end": start + timedelta(hours=1), "all_day": False, "zone": "Europe/Amsterdam", "status": "confirmed",
        "customer_id": "kestrel", "score": 90, "why": (), "host_email": "rosa@ferro.example",
        "link": "https://meet.example/kestrel", "place": "Dock 4, Zwolle",
    } | news  # fmt: skip
    meeting = Meeting(**facts)  # type: ignore[arg-type]
    with house.workspace() as tx:
        tx.meetings.put(meeting)
    return meeting


def seated(house: House, key: str, person: str, says: str = "accepted", source: Source = "self", **news: str) -> None:
    """What is said of somebody's seat from now on."""
    now = house.clock()
    with house.workspace() as tx:
        tx.seats.add(Evidence(new_id(), key, person, source, says, f"{person}@ferro.example", now, **news))
