"""Past attendance from tables, good and bad."""

import pytest

from attendance.made import NOW, at, meeting, person
from companion.attendance.model import Evidence
from companion.attendance.seats import seat
from companion.attendance.table import read_seats
from companion.basics.errors import Problem
from companion.customers.model import Customer
from companion.words.problems import sentence

HEADER = "email,customer,date,state,evidence"
CUSTOMERS = [Customer("kestrel", "Kestrel")]
PAST, LATE, SOON = (meeting(at(f"2026-{day}"), day) for day in ("11-18T09:00", "11-10T23:30", "12-03T10:00"))


def read(*rows: str) -> tuple[list[Evidence], list[Problem]]:
    text = "\n".join((HEADER, *rows))
    past = read_seats(text, [person(aliases=("a@us.example",))], CUSTOMERS, [PAST, LATE, SOON], "Europe/Rome", NOW)
    return [one.evidence for one in past.stated], list(past.problems)


def test_good_rows() -> None:
    found, problems = read(
        "Anna@us.example,kestrel,2026-11-18,attended,host", "a@us.example,Kestrel,2026-11-11,Was there,"
    )
    assert problems == []
    assert [(item.meeting_id, item.person_id, item.source, item.says) for item in found] == [
        (PAST.id, "anna", "host", "attended"),
        (LATE.id, "anna", "ops", "attended"),  # 11 November in Rome
    ]
    assert seat(PAST, "anna", found, NOW).state == "attended"
    assert read("Anna@us.example,kestrel,2026-11-18,attended,host")[0][0] == found[0]  # the same id each time


def test_other_evidence_is_kept_as_the_reason() -> None:
    found, _ = read("anna@us.example,Kestrel,2026-11-18,excused,customer asked for a small round")
    assert (found[0].source, found[0].reason) == ("ops", "customer asked for a small round")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("ben@us.example,Kestrel,2026-11-18,attended,",
         "Row 2: nobody of ours has the address ben@us.example. Import the person first."),
        ("anna@us.example,Mill,2026-11-18,attended,",
         "Row 2: there is no customer called Mill. Import the customer first."),
        ("anna@us.example,Kestrel,18.11.2026,attended,",
         "Row 2: 18.11.2026 is not a date for date. Write it as 2026-11-21."),
        ("anna@us.example,Kestrel,2026-11-17,attended,",
         "Row 2: no meeting with Kestrel on 2026-11-17 is known. Import the meeting first, or mend the date."),
        ("anna@us.example,Kestrel,2026-12-03,attended,",
         "Row 2: 2026-12-03 has not come yet, so nobody can have been there."),
        ("anna@us.example,Kestrel,2026-11-18,,", "Row 2: state is empty. Fill it in."),
        ("anna@us.example,Kestrel,2026-11-18,maybe,", None),
    ],
)  # fmt: skip
def test_a_bad_row_is_told_and_the_rest_comes_in(row: str, says: str | None) -> None:
    found, problems = read(row, "anna@us.example,Kestrel,2026-11-11,attended,")
    assert [item.meeting_id for item in found] == [LATE.id]
    told = [sentence(problem) for problem in problems]
    assert told == [says] if says else told[0].startswith("Row 2: maybe is not a state of a seat. Use one of proposed,")


def test_two_rows_that_disagree() -> None:
    row = "anna@us.example,Kestrel,2026-11-18,{},host"
    found, problems = read(row.format("attended"), row.format("missed"), row.format("attended"))
    assert ([item.says for item in found], [problem.code for problem in problems]) == (["attended"], ["row_twice"])
