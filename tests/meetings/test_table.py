"""Reviews from a CRM's table, good and bad."""

from datetime import UTC, datetime

import pytest

from companion.basics.errors import Problem
from companion.basics.ids import meeting_id
from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.meetings.table import read_meetings
from companion.words.problems import sentence
from companion.words.recognition import reasons

HEADER = "id,customer,start,end,timezone,host_email,title,link"
CUSTOMERS = [Customer("k", "Kestrel", aliases=("KST",), host_email="rosa@us.example")]


def read(*rows: str) -> tuple[list[Meeting], list[Problem]]:
    return read_meetings("\n".join((HEADER, *rows)), CUSTOMERS, "Europe/Rome")


def test_a_good_row() -> None:
    found, problems = read(
        "7,kst,2026-11-26 14:00,2026-11-26 15:30,Europe/London,Ida@us.example,Review,https://meet.example/1"
    )
    assert problems == []
    one = found[0]
    assert (one.id, one.uid, one.rec_key) == (meeting_id("import:7", "-"), "import:7", "-")
    assert (one.start, one.end) == (datetime(2026, 11, 26, 14, tzinfo=UTC), datetime(2026, 11, 26, 15, 30, tzinfo=UTC))
    assert (one.zone, one.customer_id, one.host_email, one.source) == ("Europe/London", "k", "ida@us.example", "import")
    assert reasons(one.why) == ["It came in with a table of reviews."]


def test_what_is_left_out_is_filled_in() -> None:
    found, _ = read("7,Kestrel,2026-07-26T14:00,,,,,")
    assert (found[0].start, found[0].end) == (
        datetime(2026, 7, 26, 12, tzinfo=UTC),
        datetime(2026, 7, 26, 13, tzinfo=UTC),
    )
    assert (found[0].title, found[0].host_email, found[0].zone) == ("Kestrel", "rosa@us.example", "Europe/Rome")


def test_an_offset_speaks_for_itself_and_a_date_is_a_whole_day() -> None:
    found, _ = read("7,Kestrel,2026-07-26T14:00:00Z,,,,,", "8,Kestrel,2026-07-26,2026-07-27,,,,")
    assert found[0].start == datetime(2026, 7, 26, 14, tzinfo=UTC)
    assert (found[1].all_day, found[1].start, found[1].end) == (
        True, datetime(2026, 7, 26, tzinfo=UTC), datetime(2026, 7, 28, tzinfo=UTC),
    )  # fmt: skip


def test_the_hour_the_clock_skips_comes_in() -> None:
    found, problems = read("7,Kestrel,2026-03-29 02:30,,,,,")
    assert problems == []
    assert found[0].start == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("1,Kestral,2026-11-26 14:00,,,,,", "Row 2: there is no customer called Kestral. Is it Kestrel?"),
        ("1,Mill,2026-11-26 14:00,,,,,", "Row 2: there is no customer called Mill. Import the customer first."),
        ("1,Kestrel,26.11.2026,,,,,", "Row 2: 26.11.2026 is not a time for start. Write it as 2026-11-21 14:00."),
        ("1,Kestrel,,,,,,", "Row 2: start is empty. Fill it in."),
        ("1,Kestrel,2026-11-26 14:00,2026-11-26 13:00,,,,",
         "Row 2: the end, 2026-11-26 13:00, is not after the start, 2026-11-26 14:00. Mend one of them."),
        ("1,Kestrel,2026-11-26 14:00,2027-11-26 13:00,,,,",
         "Row 2: from 2026-11-26 14:00 to 2027-11-26 13:00 is longer than 31 days. Give each meeting its own row."),
        ("1,Kestrel,2026-11-26 14:00,,Mars/Base,,,",
         "Row 2: there is no time zone called Mars/Base. Use a name such as Europe/Warsaw."),
        ("1,Kestrel,2026-11-26 14:00,,,,,javascript:alert(1)",
         "Row 2: javascript:alert(1) is not a web address. A join link begins with https://."),
        ("9,Kestrel,2026-11-26 14:00,,,,,", ""),
    ],
)  # fmt: skip
def test_a_bad_row_is_told_and_the_rest_comes_in(row: str, says: str) -> None:
    found, problems = read(row, "9,Kestrel,2026-12-01 14:00,,,,,")
    assert len(found) == 1
    assert [sentence(problem) for problem in problems] == [
        says or "Row 3: 9 is already in row 2. Keep it in one of them."
    ]
