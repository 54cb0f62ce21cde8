"""What is private stays private: no text in a value opens, ends or moves anything, and no spelling of a class fails."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.connectors.ics.reading import read
from connectors.ics.calendar_text import RULES, YEAR, calendar, check_ledger, codes, event, taken

CANARY = "canary-5512"
WORDS = st.lists(
    st.sampled_from(
        [
            "BEGIN:",
            "END:",
            "VEVENT",
            "VCALENDAR",
            "VTIMEZONE",
            "VALARM",
            "\\n",
            "x",
            ":",
            ";",
            "ż",
            "UID:other",
            "METHOD:CANCEL",
            "X-WR-TIMEZONE:Asia/Tokyo",
            "X-CALENDARSERVER-ACCESS:PUBLIC",
            " ",
            "\t",
            "\f",
            "\r",
            "\x01",
            "\ufeff",
        ]
    ),
    max_size=14,
).map("".join)
FLOATING = "DTSTART:20260302T090000\nDURATION:PT1H\n"
NAMES = ["SUMMARY:Lunch ", "DESCRIPTION:", "LOCATION;X=", "X-NOTE:x", "COMMENT:", "CATEGORIES:"]


def neighbours(text: str, name: str, head: str) -> dict[str, object]:
    """What a calendar tells of the entries around one that says this text."""
    middle = event(f"{name}{text}", uid="middle", title="Lunch", people="ATTENDEE:mailto:jo@evil.example\n")
    data = calendar(event(uid="a", when=FLOATING), middle, event(uid="b", when=FLOATING), head=head)
    reading = read(data, RULES, YEAR, inspect=True)
    check_ledger(reading)
    assert reading.ledger.seen == 3
    return {item.uid: item for item in reading.inspected if item.uid != "middle"} | {
        f"{item.uid} kept": item for item in reading.events if item.uid != "middle"
    }


@settings(max_examples=300, deadline=None)
@given(WORDS, st.sampled_from(NAMES), st.sampled_from(["", "X-CALENDARSERVER-ACCESS:PRIVATE\n"]))
def test_no_text_in_a_value_changes_another_entry(text: str, name: str, closed: str) -> None:
    head = f"X-WR-TIMEZONE:America/New_York\n{closed}"
    told = neighbours(text, name, head)
    assert told == neighbours("", name, head)
    assert len(told) == (2 if closed else 4)


@pytest.mark.parametrize(
    "text",
    ["xEND:VEVENTBEGIN:VCALENDAR", "END:VEVENTEND:VCALENDARBEGIN:VCALENDAR", "\rEND:VEVENT\rBEGIN:VCALENDAR\rX:"],
)
def test_a_guest_cannot_open_a_calendar_that_is_closed(text: str) -> None:
    guest = event(f"DESCRIPTION:{text}", uid="guest", title="Hello", people="ATTENDEE:mailto:jo@evil.example\n")
    reading = taken(guest, event(uid=CANARY, title=CANARY), head="X-CALENDARSERVER-ACCESS:PRIVATE\n")
    assert (reading.events, reading.ledger.private, CANARY in str(reading)) == ((), 2, False)


def test_only_the_end_of_an_entry_whose_beginning_is_damaged_is_found_and_counted() -> None:
    reading = taken(event(uid="a"), event(uid=CANARY).replace("BEGIN:VEVENT", "XBEGIN:VEVENT"), event(uid="b"))
    assert ([item.uid for item in reading.events], codes(reading)) == (["a", "b"], ["entry_cut"])
    assert reading.ledger.seen == 3


@pytest.mark.case(66)
@pytest.mark.parametrize(
    "line",
    [
        "CLASS :PRIVATE", "CLASS=PRIVATE", "CLASS PRIVATE", "\fCLASS:PRIVATE", " CLASS:PRIVATE", "\tCLASS:PRIVATE",
        "\x0bCLASS:PRIVATE", "\ufeffCLASS:PRIVATE", "ITEM1.CLASS:PRIVATE", 'CLASS:"PRIVATE"', "CLASS:PRIVATE\x0b",
        "CLASS;:PRIVATE", "class;x=y:private", "CLASS: private ", "X-CLASS:PRIVATE", "CLASS:X-SECRET",
        "CLASS:PUBLIC;PRIVATE",
        "X-MICROSOFT-CDO-SENSITIVITY:1", "X-MICROSOFT-CDO-SENSITIVITY:2", "X-MICROSOFT-CDO-SENSITIVITY:3",
        "X-MS-OLK-SENSITIVITY:Private", "SENSITIVITY:Company-Confidential", "X-CALENDARSERVER-ACCESS:RESTRICTED",
        "X-CALENDARSERVER-ACCESS =CONFIDENTIAL", "CLASS:PUBLIC\nCLASS:PRIVATE", "CLASS:ＰＲＩＶＡＴＥ",
    ],
)  # fmt: skip
def test_whatever_says_private_is_private(line: str) -> None:
    for people in ("", "ATTENDEE:mailto:dana@ours.example\nATTENDEE:mailto:jan@kestrel.example\n"):
        for inspect in (False, True):
            reading = taken(event(line, uid=CANARY, title=f"Kestrel {CANARY}", people=people), inspect=inspect)
            assert (reading.ledger.private, reading.events, reading.problems) == (1, (), ())
            assert [item.title for item in reading.inspected] == [None] * inspect


@pytest.mark.parametrize(
    "line",
    [
        "CLASS:PUBLIC", "class:public ", "CLASS:", "CLASS;X=Y:Public", "CLASSIFICATION:INTERNAL",
        "DESCRIPTION:First class",
        "X-MICROSOFT-CDO-SENSITIVITY:0", "X-CALENDARSERVER-ACCESS:PUBLIC", "X-ALT-DESC:<p class=private>x</p>",
    ],
)  # fmt: skip
def test_what_says_nothing_of_the_kind_is_kept(line: str) -> None:
    assert taken(event(line)).ledger.kept == 1
