"""The sample's bytes read back by other people's code: icalendar parses, dateutil expands."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar, Event

from companion.calendars.model import Glimpse
from companion.meetings.recognise import CustomerRule, Judgement, Rules, judge
from companion.people.addresses import normal
from companion.sample.company import Company, build

DAYS = tuple(
    date.fromisoformat(text)
    for text in (
        "2026-11-21",
        "2027-01-01",
        "2028-02-29",
        "2026-01-01",
        "2027-01-15",
        "2026-12-31",
        "2026-06-29",
        "2026-07-01",
    )
)


@cache
def company(today: date, seed: int = 7) -> Company:
    return build(seed, today)


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def rules(firm: Company) -> Rules:
    people = table(firm.people_csv)
    customers = [
        CustomerRule(
            row["id"],
            row["name"],
            tuple(row["aliases"].split(";")),
            tuple(one for one in row["domains"].split(";") if "@" not in one),
            tuple(one for one in row["domains"].split(";") if "@" in one),
        )
        for row in table(firm.customers_csv)
    ]
    ours = {one for row in people for one in (row["email"], *row["aliases"].split(";")) if one}
    hosts = frozenset(row["email"] for row in people if row["role"] == "host")
    return Rules(
        firm.zone,
        frozenset(firm.our_domains),
        frozenset(ours),
        hosts,
        tuple(customers),
    )


@cache
def events(text: str) -> tuple[Event, ...]:
    parsed = Calendar.from_ical(text)
    found = tuple(parsed.walk("VEVENT"))
    assert not any(event.errors for event in found)
    return found


def attendees(event: Event) -> list:
    found = event.get("ATTENDEE", [])
    return found if isinstance(found, list) else [found]


def glimpse(event: Event) -> Glimpse:
    start, end = event.decoded("DTSTART"), event.decoded("DTEND")
    rule = event.get("RRULE", {})
    return Glimpse(
        uid=str(event["UID"]),
        rec=event["RECURRENCE-ID"].to_ical().decode() if "RECURRENCE-ID" in event else "",
        title=str(event["SUMMARY"]),
        private=str(event.get("CLASS", "PUBLIC")) in ("PRIVATE", "CONFIDENTIAL"),
        organiser=normal(str(event.get("ORGANIZER", ""))),
        guests=tuple(normal(str(one)) for one in attendees(event)),
        minutes=int((end - start).total_seconds() // 60),
        all_day=not isinstance(start, datetime),
        cancelled=str(event.get("STATUS")) == "CANCELLED",
        repeats=str(rule.get("FREQ", [""])[0]).lower(),
        interval=int(rule.get("INTERVAL", [1])[0]),
    )


@dataclass(frozen=True)
class Found:
    """One occurrence as an independent reader sees it."""

    uid: str
    original: datetime | None  # aware UTC, None for a single meeting
    start: datetime
    title: str
    cancelled: bool
    judgement: Judgement
    guests: tuple[tuple[str, str], ...]  # (address, answer)


def occurrences(text: str, known: Rules) -> Iterator[Found]:
    group = events(text)
    moved = {one.decoded("RECURRENCE-ID").astimezone(UTC): one for one in group if "RECURRENCE-ID" in one}
    for event in group:
        start = event.decoded("DTSTART")
        if "RECURRENCE-ID" in event:
            yield _found(event, event.decoded("RECURRENCE-ID").astimezone(UTC), start, known)
        elif "RRULE" in event:
            for at in _expand(event, start):
                if at.astimezone(UTC) not in moved:
                    yield _found(event, at.astimezone(UTC), at, known)
        elif isinstance(start, datetime):
            yield _found(event, None, start, known)


def _expand(event: Event, start: datetime) -> list[datetime]:
    zone = ZoneInfo(str(start.tzinfo))
    rule = event["RRULE"].to_ical().decode()
    until = event["RRULE"]["UNTIL"][0].astimezone(zone).replace(tzinfo=None)
    kept = ";".join(part for part in rule.split(";") if not part.startswith("UNTIL"))
    naive = list(
        rrulestr(kept, dtstart=start.replace(tzinfo=None)).between(start.replace(tzinfo=None), until, inc=True)
    )
    assert naive, rule
    assert naive[0] == start.replace(tzinfo=None), "the first instance is the rule's own"
    added = event.get("RDATE")
    naive += [one.dt.replace(tzinfo=None) for one in added.dts] if added else []
    left_out = event.get("EXDATE")
    gone = {one.dt.replace(tzinfo=None) for one in left_out.dts} if left_out else set()
    return [one.replace(tzinfo=zone) for one in naive if one not in gone]


def _found(event: Event, original: datetime | None, start: datetime, known: Rules) -> Found:
    guests = tuple((normal(str(one)), str(one.params["PARTSTAT"])) for one in attendees(event))
    seen = glimpse(event)
    return Found(seen.uid, original, start.astimezone(UTC), seen.title, seen.cancelled, judge(seen, known), guests)


def _domains(firm: Company) -> list[str]:
    return [one for row in table(firm.customers_csv) for one in row["domains"].split(";")]


@cache
def reviews(today: date) -> dict[tuple[str, datetime | None], Found]:
    """Every customer meeting in any calendar, once; the copy with most guests speaks.

    Only what has a customer's guest is read, for time's sake; that the rest is dropped is a test of its own.
    """
    firm = company(today)
    domains = re.compile("|".join(re.escape(row) for row in _domains(firm)))
    known = rules(firm)
    found: dict[tuple[str, datetime | None], Found] = {}
    for calendar in firm.calendars:
        for text in (text for _, text in calendar.objects if domains.search(text.replace("\r\n ", ""))):
            for one in occurrences(text, known):
                before = found.get((one.uid, one.original))
                if one.judgement.decision == "kept" and (before is None or len(before.guests) < len(one.guests)):
                    found[one.uid, one.original] = one
    return found


def between(today: date, first: int, last: int) -> list[Found]:
    """Reviews that take place between so many days from today, both included."""
    return [
        one for one in reviews(today).values() if not one.cancelled and first <= (one.start.date() - today).days <= last
    ]


def leader_ids(today: date) -> dict[str, str]:
    """Every address of a leader -> the leader's main address."""
    rows = [row for row in table(company(today).people_csv) if row["role"] == "leader"]
    return {one: row["email"] for row in rows for one in (row["email"], *row["aliases"].split(";")) if one}


def seated(one: Found, today: date) -> set[str]:
    """Leaders on the guest list who have not said no."""
    leaders = leader_ids(today)
    return {leaders[address] for address, answer in one.guests if address in leaders and answer != "DECLINED"}
