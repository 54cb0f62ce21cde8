"""Past attendance from a table: email,customer,date,state,evidence."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import get_args

from companion.attendance.days import meeting_day
from companion.attendance.model import Evidence, Source, State
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.table import Row, read_rows
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
_AFTER = frozenset({"attended", "missed", "delegated"})


def read_seats(
    text: str,
    people: Iterable[Person],
    customers: Iterable[Customer],
    meetings: Iterable[Meeting],
    zone: str,
    now: datetime,
) -> tuple[list[Evidence], list[Problem]]:
    """The statements of the good rows, said `now`, and what is wrong with the others.

    `evidence` names who says so (self, host, report, ops); any other text is kept as the reason, said by ops.
    """
    table = read_rows(text, REQUIRED, USUAL)
    customers = list(customers)
    by_address = {address: person for person in people for address in person.addresses}
    by_day: dict[tuple[str, date], Meeting] = {}
    for meeting in sorted(meetings, key=lambda meeting: (meeting.verdict == "no", meeting.start, meeting.id)):
        by_day.setdefault((meeting.customer_id, meeting_day(meeting, zone)), meeting)
    problems = list(table.problems)
    found: dict[tuple[str, str, Source], Evidence] = {}
    rows_of: dict[tuple[str, str, Source], int] = {}
    for row in table.rows:
        try:
            made = _statement(row, by_address, customers, by_day, day_of(now, zone), now)
            key = (made.meeting_id, made.person_id, made.source)
            if key in found and found[key].says != made.says:
                raise Problem("row_twice", row=row.number, value=row.text("email"), other=rows_of[key])
        except Problem as problem:
            problems.append(problem)
            continue
        found[key] = made
        rows_of[key] = row.number
    return list(found.values()), problems


def _statement(
    row: Row,
    by_address: dict[str, Person],
    customers: list[Customer],
    by_day: dict[tuple[str, date], Meeting],
    today: date,
    now: datetime,
) -> Evidence:
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
    if meeting is None:
        raise Problem("row_meeting_unknown", row=row.number, customer=customer.name, day=day.isoformat())
    told = row.text("evidence")
    source = _SOURCES.get(told.lower(), "ops")
    reason = "" if told.lower() in _SOURCES else told
    name = f"{meeting.id}\n{person.id}\n{source}\n{says}\n{now.isoformat()}"
    return Evidence(str(uuid.uuid5(_STATEMENTS, name)), meeting.id, person.id, source, says, source, now, reason)
