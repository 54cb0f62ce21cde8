"""Values for the tests of storage."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from companion.attendance.model import Evidence
from companion.basics.ids import meeting_id
from companion.calendars.model import Account, Event, Guest, Reason
from companion.meetings.model import Meeting
from companion.notes.model import Note
from companion.takeaways.model import Takeaway

NOON = datetime(2026, 3, 29, 12, 0, 0, 123456, tzinfo=UTC)

ACCOUNT = Account("a1", "Rosa", "caldav", "https://cal.kiln.example/rosa/", "rosa", "rosa@kiln.example", True, NOON)


def event(uid: str = "u1", rec_key: str = "-", **news: object) -> Event:
    """A review at Kestrel Foods."""
    plain = Event(
        uid=uid, rec_key=rec_key, start=NOON, end=NOON + timedelta(hours=1), all_day=False, zone="Europe/Warsaw",
        title="Przegląd kwartalny – Kestrel “Q3”", status="confirmed",
        organiser=Guest("rosa@kiln.example", "Rosa", "person", "accepted"),
        guests=(Guest("jan@kestrel.example", "Jan Łoś"), Guest("room@kiln.example", kind="room")),
        others=3, link="https://meet.example/x", sequence=2**33, customer_id="c1", score=75,
        why=(Reason("guest_domain", (("domain", "kestrel.example"), ("count", "1")), 50), Reason("length", (), 5)),
        guests_known=False,
    )  # fmt: skip
    return replace(plain, **news)  # type: ignore[arg-type]


def meeting(uid: str = "u1", rec_key: str = "-", **news: object) -> Meeting:
    """The meeting of `event`."""
    seen = event(uid, rec_key)
    plain = Meeting(
        id=meeting_id(uid, rec_key), uid=uid, rec_key=rec_key, title=seen.title, start=seen.start, end=seen.end,
        all_day=False, zone=seen.zone, status="confirmed", customer_id="c1", score=75, why=seen.why,
        organiser=seen.organiser, host_email="rosa@kiln.example", guests=seen.guests, others=3, link=seen.link,
    )  # fmt: skip
    return replace(plain, **news)  # type: ignore[arg-type]


def evidence(key: str, meeting: str = "m1", source: str = "calendar", **news: object) -> Evidence:
    """What a calendar said of somebody."""
    plain = Evidence(key, meeting, "p1", source, "accepted", "a1", NOON)  # type: ignore[arg-type]
    return replace(plain, **news)  # type: ignore[arg-type]


def note(key: str = "n1", **news: object) -> Note:
    """A note without lines."""
    plain = Note(key, "m1", "c1", "Kestrel, spring", NOON, NOON, expected="Nothing")
    return replace(plain, **news)  # type: ignore[arg-type]


def takeaway(key: str = "t1", revision: int = 1, **news: object) -> Takeaway:
    """A takeaway from Kestrel Foods."""
    plain = Takeaway(
        key, revision, "p1", "m1", "c1", "company", "Invoices arrive after the goods", scene="Łódź, six in the morning",
        quote="I count the pallets before I count the money", quote_role="the owner", customer_name="Kestrel Foods",
        published=NOON, told_on=NOON.date(),
    )  # fmt: skip
    return replace(plain, **news)  # type: ignore[arg-type]
