"""Nothing vanishes uncounted: however a file is broken, its ledger adds up and every entry hides only itself."""

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from companion.calendars.model import Reading
from companion.connectors.ics.lines import unfold
from companion.connectors.ics.reading import read
from companion.words.problems import sentence
from connectors.ics.calendar_text import RULES, YEAR, calendar, check_ledger, codes, event
from connectors.ics.mutations import FILES, broken_bytes, broken_lines

BY_TITLE = dataclasses.replace(RULES, threshold=40)
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)  # to explain is to trace, slower than our bound
BEGINS = re.compile(rb"\nBEGIN:VEVENT[ \t]*(?=\n|$)", re.IGNORECASE)
COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "phases": PHASES}


def check(data: bytes, reading: Reading) -> None:
    """As many entries as there are beginnings, each counted once; every problem has its sentence."""
    check_ledger(reading)
    assert len({item.key for item in reading.events}) == len(reading.events)
    text = b"\n" + unfold(data)
    if "calendar_unreadable" not in codes(reading):
        assert len(BEGINS.findall(text)) <= reading.ledger.seen <= text.upper().count(b"BEGIN:VEVENT")
    told = [problem for problem in reading.problems if "entry" in problem.facts]
    assert all(1 <= problem.facts["entry"] <= reading.ledger.seen for problem in told)
    assert not any("Something went wrong" in sentence(problem) for problem in reading.problems)
    if reading.ledger.broken > 3:
        (summary,) = [problem for problem in reading.problems if problem.code == "entries_broken"]
        assert summary.facts == {"seen": reading.ledger.seen, "count": reading.ledger.broken}


@settings(max_examples=200, **COMMON)
@given(st.sampled_from(FILES), st.integers(0, 1_000_000), st.booleans())
def test_broken_lines_are_counted_to_the_last(file: Path, seed: int, inspect: bool) -> None:
    data = broken_lines(file.read_bytes(), seed)
    reading = read(data, BY_TITLE, YEAR, inspect=inspect)
    check(data, reading)
    if "calendar_unreadable" not in codes(reading):
        assert reading.ledger.seen == (b"\n" + unfold(data)).upper().count(b"\nBEGIN:VEVENT")


@settings(max_examples=200, **COMMON)
@given(st.sampled_from(FILES), st.integers(0, 1_000_000), st.booleans())
def test_broken_bytes_are_counted_as_well(file: Path, seed: int, inspect: bool) -> None:
    data = broken_bytes(file.read_bytes(), seed)
    check(data, read(data, BY_TITLE, YEAR, inspect=inspect))


@pytest.mark.torture
@settings(max_examples=3000, **COMMON)
@given(st.sampled_from(FILES), st.integers(), st.booleans(), st.booleans())
def test_files_are_broken_thousands_of_times(file: Path, seed: int, lines: bool, inspect: bool) -> None:
    data = (broken_lines if lines else broken_bytes)(file.read_bytes(), seed)
    check(data, read(data, BY_TITLE, YEAR, inspect=inspect))


GOOD = [event(uid=f"good{number}", title=f"Kestrel review {number}") for number in range(3)]


@settings(max_examples=150, **COMMON)
@given(st.integers(0, 1_000_000), st.integers(0, 3))
def test_a_broken_entry_hides_only_itself(seed: int, at: int) -> None:
    whole = event("RRULE:FREQ=WEEKLY;COUNT=3", uid="bad").replace("\n", "\r\n").encode()
    inner = broken_bytes(whole[14:-14], seed)  # its first and its last line stand
    bad = whole[:14] + re.sub(rb"(?i)(BEGIN|END):", b"X:", inner) + whole[-14:]
    parts = [part.replace("\n", "\r\n").encode() for part in GOOD]
    parts.insert(at, bad)
    data = calendar().replace(b"END:VCALENDAR", b"".join(parts) + b"END:VCALENDAR")
    reading = read(data, RULES, YEAR)
    check(data, reading)
    assert {f"good{number}" for number in range(3)} <= {item.uid for item in reading.events}


@pytest.mark.parametrize(
    ("damage", "broken"),
    [
        ((b"END:VEVENT\r\nBEGIN:VEVENT", b"END:VEVENTBEGIN:VEVENT"), 0),  # a line end lost between two
        ((b"\r\nBEGIN:VEVENT", b"\r\n\xef\xbb\xbfBEGIN:VEVENT"), 0),  # two files put together
        ((b"\r\nEND:VEVENT", b"\r\n"), 3),
        ((b"BEGIN:VEVENT\r\n", b"BEGIN:VEVENT\xff\r\n"), 0),
    ],
)
def test_beginnings_that_are_damaged_count(damage: tuple[bytes, bytes], broken: int) -> None:
    data = calendar(*GOOD).replace(*damage)
    reading = read(data, RULES, YEAR)
    check(data, reading)
    assert (reading.ledger.seen, reading.ledger.kept, reading.ledger.broken) == (3, 3 - broken, broken)


def test_a_calendar_in_the_text_of_an_entry_is_no_entry() -> None:
    inside = "DESCRIPTION:Forwarded: BEGIN:VCALENDAR\\nBEGIN:VEVENT\\nEND:VEVENT\\nEND:VCALENDAR"
    reading = read(calendar(event(inside), event(inside, uid="m2")), RULES, YEAR)
    assert (reading.ledger.seen, reading.ledger.kept) == (2, 2)


def test_what_could_not_be_read_is_told_against_what_was_there() -> None:
    many = [
        event(uid=f"m{number}", when="" if number in (3, 311, 400, 500) else "DTSTART:20260302T090000Z\n")
        for number in range(812)
    ]
    reading = read(calendar(*many), RULES, YEAR)
    told = [sentence(problem) for problem in reading.problems]
    assert told[0].startswith("Of 812 entries in this calendar 4 could not be read")
    assert [text[:10] for text in told[1:]] == ["Entry 4 of", "Entry 312 ", "Entry 401 ", "Entry 501 "]
    assert "m311" not in str(told)


def test_few_that_could_not_be_read_are_told_one_by_one() -> None:
    many = [event(uid=f"m{number}", when="" if number < 3 else "DTSTART:20260302T090000Z\n") for number in range(9)]
    assert codes(read(calendar(*many), RULES, YEAR)) == ["entry_broken"] * 3
