"""Invented meetings, people and statements for the counting tests."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from companion.attendance.model import Evidence, Seat, Source, State
from companion.basics.ids import new_id
from companion.meetings.model import Meeting
from companion.people.model import Person

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ANNA, BEN = "anna", "ben"


@dataclass(frozen=True)
class Terms:
    zone: str = "Europe/Rome"
    start: date | None = None
    targets: dict[str, int] = field(default_factory=lambda: {"leader": 2})
    part_time: bool = False
    holidays: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    author_id: str
    meeting_id: str
    published: datetime | None = None
    told_on: date | None = None
    headline: str = "They count in pallets"
    quote: str = "We lose a day"
    audience: str = "company"
    withdrawn: datetime | None = None


def meeting(start: datetime, key: str = "", customer: str = "kestrel", **more: object) -> Meeting:
    values: dict[str, object] = {
        "id": key or new_id(), "uid": "u", "rec_key": "-", "title": "Review", "start": start,
        "end": start + timedelta(hours=1), "all_day": False, "zone": "Europe/Rome", "status": "confirmed",
        "customer_id": customer, "score": 80, "why": (),
    }  # fmt: skip
    return Meeting(**{**values, **more})  # type: ignore[arg-type]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def said(
    about: Meeting, says: str, source: Source = "self", when: datetime | None = None, who: str = ANNA, to: str = "",
    reason: str = "", key: str = "",
) -> Evidence:  # fmt: skip
    moment = when or about.end + timedelta(hours=1)
    return Evidence(key or new_id(), about.id, who, source, says, source, moment, reason, to)


def sits(about: Meeting, state: State, who: str = ANNA) -> Seat:
    return Seat(about.id, who, state, ())


def person(key: str = ANNA, **more: object) -> Person:
    values: dict[str, object] = {"id": key, "email": f"{key}@us.example", "name": key.title(), "role": "leader"}
    return Person(**{**values, **more})  # type: ignore[arg-type]
