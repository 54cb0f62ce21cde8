"""Changed occurrences that say little, series with more than one rule, and rules and times that make no sense."""

from datetime import date

import pytest

from companion.calendars.model import Window
from companion.words.problems import sentence
from connectors.ics.calendar_text import codes, event, starts, taken

MARCH = Window(date(2026, 3, 1), date(2026, 3, 31))
MONTHLY = "RRULE:FREQ=MONTHLY;BYDAY=2MO"
OLD = "DTSTART;TZID=Europe/Berlin:20240108T090000\nDTEND;TZID=Europe/Berlin:20240108T100000\n"
LATER = (
    "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20240311T090000\n"
    "DTSTART;TZID=Europe/Berlin:20240311T140000\nDTEND;TZID=Europe/Berlin:20240311T150000\n"
)
WEEKLY = event("RRULE:FREQ=WEEKLY;COUNT=4")
SECOND = "RECURRENCE-ID;TZID=Europe/Berlin:20260309T090000\n"
MOVED = SECOND + "DTSTART;TZID=Europe/Berlin:20260310T120000\nDTEND;TZID=Europe/Berlin:20260310T130000\n"


def bare(when: str, body: str = "", title: str = "", people: str = "") -> str:
    """A change that says when, and no more than it is told to."""
    return event(body, when=when, title=title, people=people).replace("SUMMARY:\n", "")


@pytest.mark.case(17)
def test_a_change_from_long_ago_holds_for_the_slots_of_today() -> None:
    reading = taken(event(MONTHLY, when=OLD), event(when=LATER, title="Kestrel review later"), window=MARCH)
    assert [(f"{item.start:%d %H:%M}", item.title) for item in reading.events] == [("09 13:00", "Kestrel review later")]
    assert reading.ledger.kept == 1
    single = taken(event(MONTHLY, when=OLD), event(when=LATER.replace("RANGE=THISANDFUTURE;", "")), window=MARCH)
    assert starts(single) == ["2026-03-09 08:00"]
    assert single.ledger.outside == 1


@pytest.mark.case(7, 17)
@pytest.mark.parametrize("when", [LATER, LATER.partition("DTSTART")[0]])
def test_a_series_cancelled_from_long_ago_on_is_cancelled_and_not_gone(when: str) -> None:
    for title in ("", "Off"):
        reading = taken(event(MONTHLY, when=OLD), bare(when, "STATUS:CANCELLED", title), window=MARCH)
        assert [(f"{item.start:%d}", item.status) for item in reading.events] == [("09", "cancelled")]


def test_a_second_rule_goes_on_where_the_first_has_ended() -> None:
    rules = "RRULE:FREQ=WEEKLY;UNTIL=20240301T000000Z\nRRULE:FREQ=MONTHLY;BYMONTHDAY=10"
    assert starts(taken(event(rules, when=OLD), window=MARCH)) == ["2026-03-10 08:00"]


def test_a_change_inherits_what_it_leaves_out() -> None:
    reading = taken(WEEKLY, bare(MOVED))
    assert starts(reading) == ["2026-03-02 08:00", "2026-03-10 11:00", "2026-03-16 08:00", "2026-03-23 08:00"]
    assert {(item.title, item.guests[0].address) for item in reading.events} == {
        ("Kestrel review", "jan@kestrel.example")
    }
    assert [item.status for item in taken(WEEKLY, bare(MOVED, "STATUS:CANCELLED")).events].count("cancelled") == 1


def test_a_change_inherits_nothing_where_either_is_private_or_it_is_another_matter() -> None:
    assert [item.guests for item in taken(WEEKLY, bare(MOVED, title="Staff talk")).events].count(()) == 0
    assert len(taken(WEEKLY, bare(MOVED, title="Staff talk")).events) == 3
    hidden = taken(WEEKLY, bare(MOVED, "CLASS:PRIVATE"))
    assert (len(hidden.events), hidden.ledger.private) == (3, 1)
    closed = taken(event("RRULE:FREQ=WEEKLY;COUNT=4\nCLASS:PRIVATE"), bare(MOVED))
    assert (closed.events, closed.ledger.kept) == ((), 0)


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;COUNT=0", "FREQ=WEEKLY;COUNT=-3", "FREQ=WEEKLY;COUNT=x"])
def test_a_count_that_makes_no_sense_is_told(rule: str) -> None:
    reading = taken(event(f"RRULE:{rule}"))
    assert (reading.events, codes(reading)) == ((), ["entry_broken"])


@pytest.mark.case(15)
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4,6",
        "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=2",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=3",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
        "FREQ=YEARLY;BYYEARDAY=1;BYMONTH=5",
    ],
)  # fmt: skip
def test_a_rule_that_can_never_repeat_leaves_its_start_alone(rule: str) -> None:
    for count in ("", ";COUNT=5"):
        reading = taken(event(f"RRULE:{rule}{count}"))
        assert (starts(reading), codes(reading)) == (["2026-03-02 08:00"], [])


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2;COUNT=4", "04 11 18 25"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2;UNTIL=20261126", "04 11 18 25"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1;COUNT=4", "04 09 16 23"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,SA;BYSETPOS=-1;WKST=SU;COUNT=4", "04 07 14 21"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE;BYSETPOS=2;WKST=SU;COUNT=2", "04 18"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE;BYSETPOS=2;COUNT=3", "04 08 22"),
        ("FREQ=WEEKLY;BYSETPOS=1;COUNT=3", "04 11 18"),
        ("FREQ=MONTHLY;BYDAY=MO,WE,FR;BYSETPOS=2,5;UNTIL=20261130", "04 11"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=WE;BYSETPOS=1,2,3;COUNT=3", "04 11 18"),
    ],
)
def test_a_set_is_of_its_whole_period_wherever_the_series_begins(rule: str, days: str) -> None:
    when = "DTSTART;TZID=Europe/Berlin:20261104T090000\nDURATION:PT1H\n"
    assert [start[8:10] for start in starts(taken(event(f"RRULE:{rule}", when=when)))] == days.split()


def test_second_60_is_read_as_59() -> None:
    when = "DTSTART:20261217T235960Z\nDTEND:20261218T000060Z\n"
    (found,) = taken(event(when=when)).events
    assert f"{found.start:%H:%M:%S} {found.end:%H:%M:%S}" == "23:59:59 00:00:59"


@pytest.mark.case(33)
@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("EXDATE:rubbish", 3), ("EXDATE;TZID=Europe/Berlin:20260309T090000,2026-03-10", 2),
        ("RDATE:20260399T000000Z,20260320T080000Z", 4), ("RDATE;VALUE=PERIOD:20260320T080000Z/soon", 3),
        ("EXDATE:rubbish\nEXDATE:20260309T080000Z", 2),
    ],
)  # fmt: skip
def test_a_date_that_cannot_be_read_does_not_cost_the_entry(line: str, count: int) -> None:
    reading = taken(event(f"RRULE:FREQ=WEEKLY;COUNT=3\n{line}"))
    assert (len(reading.events), codes(reading)) == (count, ["entry_date_unread"])
    (problem,) = reading.problems
    assert "entry 1 of this calendar" in sentence(problem)
    assert codes(taken(event(f"{line}\nRRULE:FREQ=NEVER"))) == ["entry_broken"]
    assert codes(taken(event(f"{line}\nCLASS:PRIVATE"))) == []
