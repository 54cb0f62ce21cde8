"""Past attendance from a table: email,customer,date,state,evidence."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args

from companion.attendance.days import meeting_day
from companion.attendance.model import Evidence, Source, State
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.ids import meeting_id
from companion.basics.table import Row, read_rows
from companion.calendars.model import Reason
from companion.customers.model import Customer
from companion.customers.table import find_customer
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Person

REQUIRED = ("email", "customer", "date", "state")
USUAL = ("evidence",)
STATES = tuple(state for state in get_args(State) if state not in ("open", "cancelled", "disputed", "unknown"))
_WORDS: dict[str, State] = {
    "was there": "attended",
    "was not there": "missed",
    "absent": "missed",
    "coming": "accepted",
    "asked": "offered",
}
_SOURCES: dict[str, Source] = {
    "": "ops",
    "ops": "ops",
    "self": "self",
    "oneself": "self",
    "host": "host",
    "report": "report",
    "join report": "report",
}
_STATEMENTS = uuid.UUID("f3b9f2de-3a55-5d0a-b6c5-8f4a2f9b7c63")
PAST_UID = "past:"  # of meetings that only a table of the past tells of
_SCORE = 100  # somebody else's list says so
_AFTER = frozenset({"attended", "missed", "delegated"})


@dataclass(frozen=True)
class Stated:
    """What one good row says."""

    row: int  # its number in the file
    evidence: Evidence
    day: date
    customer: Customer


@dataclass(frozen=True)
class Past:
    """A table, read: the good rows, meetings they name that nobody knew, and what is wrong with the other rows."""

    stated: tuple[Stated, ...]
    made: tuple[Meeting, ...]
    problems: tuple[Problem, ...]


def read_seats(
    text: str,
    people: Iterable[Person],
    customers: Iterable[Customer],
    meetings: Iterable[Meeting],
    zone: str,
    now: datetime,
    *,
    make_meetings: bool = False,
) -> Past:
    """What the good rows state, said `now`, and what is wrong with the others.

    `evidence` names who says so (self, host, report, ops); any other text is kept as the reason, said by ops.
    `make_meetings`: a past day on which no meeting with the customer is known becomes one.
    """
    table = read_rows(text, REQUIRED, USUAL)
    customers = list(customers)
    by_address = {address: person for person in people for address in person.addresses}
    by_day: dict[tuple[str, date], Meeting] = {}
    for meeting in sorted(meetings, key=lambda meeting: (meeting.verdict == "no", meeting.start, meeting.id)):
        by_day.setdefault((meeting.customer_id, meeting_day(meeting, zone)), meeting)
    problems = list(table.problems)
    found: dict[tuple[str, str, Source], Stated] = {}
    made: dict[str, Meeting] = {}
    for row in table.rows:
        try:
            stated, fresh = _statement(row, by_address, customers, by_day, day_of(now, zone), now, make=make_meetings)
            said = stated.evidence
            key = (said.meeting_id, said.person_id, said.source)
            if key in found and found[key].evidence.says != said.says:
                raise Problem("row_twice", row=row.number, value=row.text("email"), other=found[key].row)
        except Problem as problem:
            problems.append(problem)
            continue
        found.setdefault(key, stated)
        if fresh is not None:
            made[fresh.id] = fresh
            by_day[fresh.customer_id, stated.day] = fresh
    return Past(tuple(found.values()), tuple(made.values()), tuple(problems))


def past_meeting(customer: Customer, day: date) -> Meeting:
    """A meeting of which only this table tells: a whole day, the same one at each reading."""
    uid = f"{PAST_UID}{customer.id}:{day.isoformat()}"
    start = datetime.combine(day, time.min, UTC)
    return Meeting(
        id=meeting_id(uid, "-"), uid=uid, rec_key="-", title=customer.name, start=start, end=start + timedelta(days=1),
        all_day=True, zone="", status="confirmed", customer_id=customer.id, score=_SCORE,
        why=(Reason("imported", (), _SCORE),), organiser=None, host_email=customer.host_email, source="import",
    )  # fmt: skip


def _statement(
    row: Row,
    by_address: dict[str, Person],
    customers: list[Customer],
    by_day: dict[tuple[str, date], Meeting],
    today: date,
    now: datetime,
    *,
    make: bool,
) -> tuple[Stated, Meeting | None]:
    email = row.need("email")
    person = by_address.get(normal(email))
    if person is None:
        raise Problem("row_person_unknown", row=row.number, value=email)
    customer = find_customer(row, "customer", customers)
    row.need("date")
    day = row.day("date") or today
    says = row.need("state").lower()
    says = _WORDS.get(says, says)
    if says not in STATES:
        raise Problem("row_state_unknown", row=row.number, value=row.text("state"), known=", ".join(STATES))
    if says in _AFTER and day > today:
        raise Problem("row_not_over", row=row.number, day=day.isoformat())
    meeting = by_day.get((customer.id, day))
    fresh = past_meeting(customer, day) if meeting is None and make and day < today else None
    meeting = meeting or fresh
    if meeting is None:
        raise Problem("row_meeting_unknown", row=row.number, customer=customer.name, day=day.isoformat())
    told = row.text("evidence")
    source = _SOURCES.get(told.lower(), "ops")
    reason = "" if told.lower() in _SOURCES else told
    name = f"{meeting.id}\n{person.id}\n{source}\n{says}\n{now.isoformat()}"
    key = str(uuid.uuid5(_STATEMENTS, name))
    said = Evidence(key, meeting.id, person.id, source, says, source, now, reason)
    return Stated(row.number, said, day, customer), fresh
