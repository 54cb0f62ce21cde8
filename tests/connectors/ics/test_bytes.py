"""Bytes as calendars really write them: encodings, folds, garbage, cut and broken entries; nothing brings it down."""

import pickle
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.basics.errors import Problem
from companion.calendars.model import Reading, Window
from companion.connectors.ics.checking import check_calendar
from companion.connectors.ics.reading import read
from companion.meetings.recognise import Rules
from companion.words.problems import SENTENCES, sentence
from connectors.ics.calendar_text import NINE, RULES, YEAR, calendar, check_ledger, codes, event, taken

CANARY = "xylophone-4711"


def canary_free(reading: Reading) -> bool:
    plain = repr(reading) + str([(problem.code, problem.facts) for problem in reading.problems])
    return CANARY not in plain and CANARY.encode() not in pickle.dumps(reading)


# --- bytes ---


@pytest.mark.case(39)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_encodings_and_line_ends(encoding: str, ends: str) -> None:
    text = calendar(event(title="Kestrel review in Málaga")).decode().replace("\r\n", ends)
    (found,) = read(text.encode(encoding), RULES, YEAR).events
    assert found.title == "Kestrel review in Málaga"


@pytest.mark.case(39)
def test_a_declared_charset_is_believed_where_the_text_is_not_utf_8() -> None:
    raw = calendar(event()).replace(
        b"SUMMARY:Kestrel review", "SUMMARY;CHARSET=ISO-8859-2:Kestrel przegląd".encode("iso-8859-2")
    )
    assert read(raw, RULES, YEAR).events[0].title == "Kestrel przegląd"


@pytest.mark.case(40)
@pytest.mark.parametrize("fold", [b"\r\n ", b"\n\t"])
def test_a_fold_may_split_a_character(fold: bytes) -> None:
    raw = calendar(event(title="Kestrel review đánh giá")).replace("đ".encode(), b"\xc4" + fold + b"\x91")
    assert read(raw, RULES, YEAR).events[0].title == "Kestrel review đánh giá"


@pytest.mark.case(34)
@pytest.mark.parametrize(
    "line",
    [
        'ATTENDEE;CN="Kowalski; Jan: \\, the ""buyer""":mailto:ok@kestrel.example',
        'ATTENDEE;X-RESPONSE-COMMENT="he said "yes":mailto:ok@kestrel.example',
        "ATTENDEE;CN=Jan: buyer;;=;X:mailto:ok@kestrel.example",
        'ATTENDEE;DELEGATED-FROM="mailto:boss@kestrel.example";CN=x:mailto:ok@kestrel.example',
        "attendee;cn=x:MAILTO:OK@Kestrel.Example",
        "ATTENDEE;EMAIL=ok@kestrel.example;CN=x:urn:uuid:1234",
    ],
)
def test_odd_guests_never_drop_an_event(line: str) -> None:
    (found,) = taken(event(people=line + "\n")).events
    assert [guest.address for guest in found.guests] == ["ok@kestrel.example"]


@pytest.mark.parametrize(
    "line", ["ATTENDEE", "ATTENDEE;CN", "ATTENDEE:", 'ATTENDEE;CN="x', ";:;", "garbage", "=", "DTSTART"]
)
def test_garbage_lines_are_passed_over(line: str) -> None:
    assert taken(event(line)).ledger.kept == 1


@pytest.mark.case(33)
def test_one_broken_among_good_ones() -> None:
    broken = event(uid="bad", when="DTSTART:yesterday\n", title=f"Kestrel review {CANARY}")
    reading = taken(event(uid="a"), broken, event(uid="b"), event(uid="none", when=""))
    assert [item.uid for item in reading.events] == ["a", "b"]
    assert [(problem.code, problem.facts) for problem in reading.problems] == [
        ("entry_broken", {"uid": "bad", "entry": 2}),
        ("entry_broken", {"uid": "none", "entry": 4}),
    ]
    assert reading.ledger.broken == 2
    assert canary_free(reading)


def test_an_entry_without_a_beginning_is_told_where_it_has_a_trace_of_a_customer() -> None:
    when = "DTSTART:2026-03-02\n"
    lunch = event(uid="lunch", title="Lunch with Kestrel", people="", when=when)
    assert (codes(taken(lunch)), taken(lunch).ledger.broken) == (["entry_broken"], 1)
    # nobody misses one that could never have been kept, and nothing of it is told, not even its UID
    other = taken(event(uid="other", title="Lunch", people="", when=when))
    assert (codes(other), other.ledger.not_customer) == ([], 1)


@pytest.mark.case(33)
def test_a_description_of_many_megabytes_does_not_cost_its_entry() -> None:
    (found,) = taken(event("DESCRIPTION:https://meet.google.com/abc-defg-hij " + "A\\n" * 7_000_000)).events
    assert (found.title, found.link) == ("Kestrel review", "https://meet.google.com/abc-defg-hij")


@pytest.mark.case(33)
def test_a_missing_uid_gets_one_that_lasts() -> None:
    bare = event("DTSTAMP:20260101T000000Z").replace("UID:m1\n", "")
    again = bare.replace("DTSTAMP:20260101", "DTSTAMP:20260202")
    (first,), (second,) = taken(bare).events, taken(again).events
    assert first.uid == second.uid
    assert first.uid.startswith("sha256-")
    assert taken(bare.replace("1000", "1100")).events[0].uid != first.uid


@pytest.mark.case(35)
def test_the_uid_of_the_calendar_is_not_that_of_its_events() -> None:
    assert taken(event(uid="mine"), head="UID:calendar\n").events[0].uid == "mine"


def test_an_alarm_has_a_summary_and_guests_of_its_own() -> None:
    alarm = "BEGIN:VALARM\nACTION:EMAIL\nSUMMARY:Linden\nATTENDEE:mailto:x@linden.example\nDURATION:PT5M\nEND:VALARM\n"
    raw = event().replace("SUMMARY", alarm + "SUMMARY")
    (found,) = taken(raw).events
    assert (found.title, found.others) == ("Kestrel review", 0)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "calendar_empty"),
        (b" \r\n\xef\xbb\xbf", "calendar_foreign"),
        (b"\xef\xbb\xbf  \n", "calendar_empty"),
        (b"<!DOCTYPE html><html>Sign in</html>", "calendar_html"),
        (b"\n Please sign in <HTML>", "calendar_html"),
        (b'{"error": 1}', "calendar_foreign"),
        (calendar(event())[:-20], "calendar_truncated"),
    ],
)
def test_what_is_no_calendar_is_a_problem(data: bytes, code: str) -> None:
    with pytest.raises(Problem) as caught:
        check_calendar(data)
    assert caught.value.code == code
    problem = read(data, RULES, YEAR).problems[0]
    assert problem.code == ("calendar_cut" if code == "calendar_truncated" else "calendar_unreadable")


@pytest.mark.parametrize(
    "data", [calendar(), calendar(event()), b"\xef\xbb\xbf\r\n" + calendar(), calendar().lower() + b"\r\n\0"]
)
def test_calendars_are_calendars(data: bytes) -> None:
    check_calendar(data)


def test_a_calendar_cut_off_gives_its_whole_entries() -> None:
    whole = calendar(event(uid="a"), event("CLASS:PRIVATE", uid=CANARY, title=CANARY))
    reading = read(whole[: whole.index(b"CLASS")], RULES, YEAR)
    check_ledger(reading)
    assert [item.uid for item in reading.events] == ["a"]
    assert codes(reading) == ["calendar_cut", "entry_cut"]
    assert canary_free(reading)


def test_an_entry_without_its_end_costs_itself_only() -> None:
    reading = taken(event(uid="cut").replace("END:VEVENT\n", ""), event(uid="good"))
    assert ([item.uid for item in reading.events], codes(reading)) == (["good"], ["entry_cut"])


def test_two_calendars_in_one_file_keep_their_own_method() -> None:
    data = calendar(event(uid="a"), head="METHOD:CANCEL\n") + calendar(event(uid="b"))
    assert {item.uid: item.status for item in read(data, RULES, YEAR).events} == {"a": "cancelled", "b": "confirmed"}


def test_every_problem_of_a_reading_can_be_said() -> None:
    zone = event(uid="z", when=NINE.replace("Europe/Berlin", "Nowhere Time"))
    data = calendar(
        event("RRULE:FREQ=SECONDLY"),
        *(event(uid=f"b{number}", when="") for number in range(3)),
        zone,
        event(uid="c").replace("END:VEVENT\n", ""),
    )[:-20]
    problems = (*read(data, RULES, YEAR).problems, *read(b"", RULES, YEAR).problems)
    told = {problem.code for problem in problems}
    assert told == {
        "calendar_cut", "entries_broken", "entry_cut", "entry_broken", "series_too_large", "zone_uncertain",
        "calendar_unreadable",
    }  # fmt: skip
    for problem in problems:
        assert problem.code in SENTENCES
        assert "Something went wrong" not in sentence(problem)
        assert "{" not in sentence(problem)


# --- nothing that comes in may bring it down ---

LINES = st.sampled_from(
    """
BEGIN:VEVENT
END:VEVENT
BEGIN:VALARM
END:VALARM
BEGIN:VTIMEZONE
TZID:Own
END:VTIMEZONE
UID:a
UID:b
SUMMARY:Kestrel review
CLASS:PRIVATE
STATUS:CANCELLED
SEQUENCE:-1
SEQUENCE:99999999999
DTSTART:20260302T090000Z
DTSTART;VALUE=DATE:20260302
DTSTART;TZID=Own:20260302T090000
DTSTART:00010101
DTEND:20260302T100000Z
DTEND;VALUE=DATE:99991231
DURATION:PT1H
DURATION:-P9999999W
DURATION:P1000000D
RRULE:FREQ=WEEKLY;COUNT=3
RRULE:FREQ=YEARLY;UNTIL=99991231
RRULE:;;
RDATE:20260401T090000Z,,x
RDATE;VALUE=PERIOD:20260402T090000Z/PT1H
EXDATE:20260309T090000Z
EXDATE:
RECURRENCE-ID:20260309T090000Z
RECURRENCE-ID;VALUE=DATE:20260309
RECURRENCE-ID:x
ATTENDEE:mailto:jan@kestrel.example
ATTENDEE;CN="
ORGANIZER:mailto:rosa@ours.example
X-WR-TIMEZONE:Own
BEGIN:VCALENDAR
END:VCALENDAR
METHOD:CANCEL
LOCATION:https://zoom.us/j/1
_folded
""".replace("_", " ").split("\n")
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, max_size=40), st.booleans())
def test_any_mix_of_lines_is_read_and_adds_up(lines: list[str], inspect: bool) -> None:
    data = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"]).encode()
    check_ledger(read(data, RULES, YEAR, inspect=inspect))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_bytes_anywhere_are_read_and_add_up(noise: bytes, at: int) -> None:
    whole = calendar(event("RRULE:FREQ=WEEKLY;COUNT=3"), event("RECURRENCE-ID:20260309T080000Z"))
    check_ledger(read(noise, RULES, YEAR))
    check_ledger(read(whole[:at] + noise + whole[at:], RULES, YEAR, inspect=True))


@pytest.mark.parametrize(
    "window", [Window(date.min, date.max), Window(date(2026, 3, 2), date(2026, 3, 2)), Window(date.max, date.min)]
)
def test_any_window_will_do(window: Window) -> None:
    taken(event("RRULE:FREQ=YEARLY"), event(uid="b"), window=window, inspect=True)


def test_rules_that_know_nobody_keep_nothing() -> None:
    reading = taken(event(), rules=Rules())
    assert (reading.ledger.not_customer, reading.events) == (1, ())
