"""Reviews from a CRM's table: id,customer,start,end,timezone,host_email,title,link."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from companion.basics.clock import zone as zone_named
from companion.basics.errors import Problem
from companion.basics.ids import meeting_id
from companion.basics.table import Row, read_rows
from companion.calendars.model import Guest, Reason
from companion.customers.model import Customer
from companion.customers.table import find_customer
from companion.meetings.model import Meeting
from companion.people.table import read_address

REQUIRED = ("id", "customer", "start")
USUAL = ("end", "timezone", "host_email", "title", "link")
USUAL_LENGTH = timedelta(hours=1)
LONGEST = timedelta(days=31)
SCORE = 100  # somebody else's list says so


def read_meetings(text: str, customers: Iterable[Customer], zone: str) -> tuple[list[Meeting], list[Problem]]:
    """The meetings of the good rows and what is wrong with the others.

    `zone` is the programme's, for rows without one. A start without a time is a whole day. The same id names
    the same meeting in every later table.
    """
    table = read_rows(text, REQUIRED, USUAL)
    customers = list(customers)
    problems = list(table.problems)
    found: dict[str, Meeting] = {}
    rows_of: dict[str, int] = {}
    for row in table.rows:
        try:
            meeting = _meeting(row, customers, zone)
            if meeting.uid in rows_of:
                raise Problem("row_twice", row=row.number, value=row.text("id"), other=rows_of[meeting.uid])
        except Problem as problem:
            problems.append(problem)
            continue
        found[meeting.id] = meeting
        rows_of[meeting.uid] = row.number
    return list(found.values()), problems


def _meeting(row: Row, customers: list[Customer], zone: str) -> Meeting:
    uid = f"import:{row.need('id')}"
    customer = find_customer(row, "customer", customers)
    written = row.text("timezone") or zone
    start, end, all_day = _times(row, _zone(row, written))
    host = row.text("host_email")
    host = read_address(row, "host_email", host) if host else customer.host_email
    link = row.text("link")
    if link and not link.lower().startswith(("https://", "http://")):
        raise Problem("row_link_wrong", row=row.number, value=link)
    return Meeting(
        id=meeting_id(uid, "-"),
        uid=uid,
        rec_key="-",
        title=row.text("title") or customer.name,
        start=start,
        end=end,
        all_day=all_day,
        zone="" if all_day else written,
        status="confirmed",
        customer_id=customer.id,
        score=SCORE,
        why=(Reason("imported", (), SCORE),),
        organiser=Guest(host) if host else None,
        host_email=host,
        link=link,
        source="import",
    )


def _zone(row: Row, name: str) -> str:
    try:
        return zone_named(name).key
    except Problem:
        raise Problem("row_zone_unknown", row=row.number, value=name) from None


def _times(row: Row, zone: str) -> tuple[datetime, datetime, bool]:
    """Start and end in UTC; a whole day lies at midnight UTC, its end excluded."""
    row.need("start")
    first, last = _instant(row, "start"), _instant(row, "end") if row.text("end") else None
    if isinstance(first, datetime):
        start = _utc(first, zone)
        if last is None:
            end = start + USUAL_LENGTH
        elif isinstance(last, datetime):
            end = _utc(last, zone)
        else:
            raise Problem("row_time_wrong", row=row.number, column="end", value=row.text("end"))
        all_day = False
    else:
        until = last.date() if isinstance(last, datetime) else last or first
        start = datetime.combine(first, time.min, UTC)
        end = datetime.combine(until, time.min, UTC) + timedelta(days=1)
        all_day = True
    if end <= start:
        raise Problem("row_times_reversed", row=row.number, start=row.text("start"), end=row.text("end"))
    if end - start > LONGEST:
        raise Problem("row_too_far", row=row.number, start=row.text("start"), end=row.text("end"), days=LONGEST.days)
    return start, end, all_day


def _instant(row: Row, column: str) -> datetime | date:
    value = row.text(column)
    try:
        if len(value) <= 10:
            return date.fromisoformat(value)
        return datetime.fromisoformat(value)
    except ValueError:
        raise Problem("row_time_wrong", row=row.number, column=column, value=value) from None


def _utc(instant: datetime, zone: str) -> datetime:
    """The instant in UTC; a time that the clock skips in spring is taken as the one an hour later."""
    return (instant if instant.tzinfo else instant.replace(tzinfo=zone_named(zone))).astimezone(UTC)
