"""Known calendar faults that no other test here holds, one each; their numbers are in docs/calendar-cases.md."""

import dataclasses
from datetime import date

import pytest

from companion.basics.errors import Problem
from companion.calendars.model import Window
from companion.connectors.ics.checking import check_calendar
from companion.connectors.ics.reading import read
from connectors.ics.calendar_text import NINE, RULES, YEAR, calendar, codes, event, starts, taken
from connectors.ics.test_zones import OWN

WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=3"
DAYS = dataclasses.replace(RULES, threshold=40)  # a whole day counts against a meeting


@pytest.mark.case(1)
def test_a_moved_instance_is_not_at_its_old_slot() -> None:
    moved = event("RECURRENCE-ID;TZID=Europe/Berlin:20260309T090000", when=NINE.replace("20260302", "20260310"))
    for parts in ((event(WEEKLY), moved), (moved, event(WEEKLY))):
        assert starts(taken(*parts)) == ["2026-03-02 08:00", "2026-03-10 08:00", "2026-03-16 08:00"]


@pytest.mark.case(2)
def test_an_instance_moved_away_is_not_where_one_asks_and_is_where_it_went() -> None:
    moved = event("RECURRENCE-ID;TZID=Europe/Berlin:20260309T090000", when=NINE.replace("20260302", "20260610"))
    march, june = Window(date(2026, 3, 1), date(2026, 3, 31)), Window(date(2026, 6, 1), date(2026, 6, 30))
    assert starts(taken(event(WEEKLY), moved, window=march)) == ["2026-03-02 08:00", "2026-03-16 08:00"]
    assert starts(taken(event(WEEKLY), moved, window=june)) == ["2026-06-10 07:00"]


@pytest.mark.case(3, 4)
@pytest.mark.parametrize(("first", "last", "found"), [(1, 31, 2), (1, 10, 1), (12, 31, 1), (11, 15, 0)])
def test_each_of_two_detached_instances_is_found_where_it_is(first: int, last: int, found: int) -> None:
    one = event("RECURRENCE-ID:20260309T080000Z", when=NINE.replace("0302", "0309"))
    two = event("RECURRENCE-ID:20260316T080000Z", when=NINE.replace("0302", "0316"))
    window = Window(date(2026, 3, first), date(2026, 3, last))
    assert len(taken(one, two, window=window).events) == found


@pytest.mark.case(5)
def test_a_change_of_a_slot_that_is_no_more_adds_only_itself() -> None:
    later = event(WEEKLY, when=NINE.replace("T09", "T10").replace("T100000\nDTEND", "T100000\nDTEND"))
    stray = event("RECURRENCE-ID;TZID=Europe/Berlin:20260309T090000", when=NINE.replace("20260302", "20260311"))
    found = taken(later, stray)
    assert "2026-03-11 08:00" in starts(found)
    assert len(found.events) == len({item.rec_key for item in found.events}) == 4


@pytest.mark.case(6)
def test_a_time_names_a_day_of_an_all_day_series() -> None:
    days = "DTSTART;VALUE=DATE:20260302\n"
    for slot in ("20260303T000000Z", "20260302T230000Z", "20260303T000000", "20260302T170000Z"):
        moved = event(f"RECURRENCE-ID:{slot}", when="DTSTART;VALUE=DATE:20260310\n")
        reading = taken(event("RRULE:FREQ=DAILY;COUNT=3", when=days), moved, rules=DAYS)
        assert [f"{item.start:%d}" for item in reading.events] == ["02", "04", "10"], slot


@pytest.mark.case(8)
def test_one_cancelled_instance_does_not_cancel_its_series() -> None:
    gone = event("RECURRENCE-ID:20260309T080000Z\nSTATUS:CANCELLED", when=NINE.replace("20260302", "20260309"))
    cancelled = calendar(gone, head="METHOD:CANCEL\n")
    for data in (calendar(event(WEEKLY), gone), calendar(event(WEEKLY)) + cancelled):
        told = {f"{item.start:%d}": item.status for item in read(data, RULES, YEAR).events}
        assert told == {"02": "confirmed", "09": "cancelled", "16": "confirmed"}


@pytest.mark.case(9)
def test_an_instance_cancelled_by_its_title_and_without_guests_is_cancelled() -> None:
    slot = "RECURRENCE-ID;TZID=Europe/Berlin:20260309T090000\nSTATUS:CONFIRMED"
    gone = event(slot, title="Canceled: review", people="", when=NINE.replace("20260302", "20260309"))
    told = {f"{item.start:%d}": item.status for item in taken(event(WEEKLY), gone).events}
    assert told == {"02": "confirmed", "09": "cancelled", "16": "confirmed"}


@pytest.mark.case(14)
@pytest.mark.parametrize("until", ["20361231T000000", "20361231", "20361231T000000Z"])
def test_an_end_told_wrongly_inside_a_zone_does_not_cost_the_zone(until: str) -> None:
    own = OWN.format("Own Zone", f";UNTIL={until}")
    reading = taken(own, event(when=NINE.replace("Europe/Berlin", "Own Zone")))
    assert (codes(reading), starts(reading)) == ([], ["2026-03-02 05:00"])


@pytest.mark.case(16)
def test_a_rule_with_every_date_excluded_ends() -> None:
    dates = ",".join(f"202603{day:02}T090000" for day in range(2, 12))
    daily = f"RRULE:FREQ=DAILY;COUNT=10\nEXDATE;TZID=Europe/Berlin:{dates}"
    assert taken(event(daily)).ledger.outside == 1
    assert taken(event("RRULE:FREQ=DAILY\nEXRULE:FREQ=DAILY")).events == ()


@pytest.mark.case(17)
def test_this_and_following_under_a_new_uid_leaves_no_double() -> None:
    old = event("RRULE:FREQ=WEEKLY;UNTIL=20260315T225959Z", uid="series")
    new = event(
        "RRULE:FREQ=WEEKLY;COUNT=2\nRELATED-TO:series",
        uid="series_R20260316",
        when=NINE.replace("20260302", "20260317"),
    )
    reading = taken(old, new)
    assert starts(reading) == ["2026-03-02 08:00", "2026-03-09 08:00", "2026-03-17 08:00", "2026-03-24 08:00"]


@pytest.mark.case(22, 23)
@pytest.mark.parametrize("tzid", ["Customized Time Zone", "tzone://Microsoft/Custom"])
def test_a_zone_of_ones_own_is_read_by_its_definition_else_it_is_said(tzid: str) -> None:
    when = NINE.replace("Europe/Berlin", tzid)
    assert starts(taken(OWN.format(tzid, ""), event(when=when))) == ["2026-03-02 05:00"]
    reading = taken(event(when=when))
    assert (codes(reading), starts(reading)) == (["zone_uncertain"], ["2026-03-02 08:00"])


@pytest.mark.case(24)
def test_a_zone_without_definition_is_never_floating() -> None:
    parts = (
        OWN.format("W. Europe Standard Time", ""),
        event(when=NINE.replace("Europe/Berlin", "Tokyo Standard Time")),
    )
    (found,) = taken(*parts, head="X-WR-TIMEZONE:America/New_York\n").events
    assert (found.zone, f"{found.start:%H:%M}") == ("Asia/Tokyo", "00:00")


BOGUS = """BEGIN:VTIMEZONE
TZID:{}
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:-0500
TZOFFSETTO:-0500
END:STANDARD
END:VTIMEZONE
"""


@pytest.mark.case(25)
def test_a_definition_that_knows_no_summer_does_not_outweigh_a_known_name() -> None:
    tzid = "Eastern Standard Time 1"
    july = NINE.replace("Europe/Berlin", tzid).replace("202603", "202607")
    assert starts(taken(BOGUS.format(tzid), event(when=july))) == ["2026-07-02 13:00"]
    unknown = july.replace(tzid, "Somewhere")
    assert starts(taken(BOGUS.format("Somewhere"), event(when=unknown))) == ["2026-07-02 14:00"]


@pytest.mark.case(31)
def test_an_all_day_meeting_is_on_its_own_days_alone() -> None:
    day = event(when="DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260303\n")
    for at, found in ((1, 0), (2, 1), (3, 0)):
        window = Window(date(2026, 3, at), date(2026, 3, at))
        assert len(taken(day, window=window, rules=DAYS).events) == found, at


@pytest.mark.case(33)
def test_one_uid_for_many_meetings_hides_none() -> None:
    parts = [event(uid="calendar", when=NINE.replace("20260302", f"202603{day:02}")) for day in (2, 3, 4, 4)]
    reading = taken(*parts)
    assert starts(reading) == ["2026-03-02 08:00", "2026-03-03 08:00", "2026-03-04 08:00"]
    assert len({item.key for item in reading.events}) == 3
    assert reading.ledger.kept == 4
    private = event("CLASS:PRIVATE", uid="calendar", when=NINE.replace("20260302", "20260305"))
    assert taken(*parts, private).events == ()  # which of them it was meant for cannot be told
    newer = event("SEQUENCE:1", uid="calendar", when=NINE.replace("20260302", "20260306"))
    assert starts(taken(parts[0], newer)) == ["2026-03-06 08:00"]


@pytest.mark.case(33)
@pytest.mark.parametrize(
    ("when", "minutes"),
    [
        ("DTSTART:20260302T090000Z\n", 0),
        ("DTSTART;VALUE=DATE:20260302\n", 1440),
        ("DTSTART:20260302T090000Z\nDTEND:20260302T093000Z\nDURATION:PT2H\n", 30),
        ("DTSTART:20260302T090000Z\nDTSTART:20260303T090000Z\nDURATION:P0DT0H50M0S\n", 50),
        ("DTSTART:20260302T090000Z\nDTEND:\n", 0),
    ],
)
def test_ends_that_are_missing_or_doubled(when: str, minutes: int) -> None:
    (found,) = taken(event(when=when), rules=DAYS).events
    assert (found.end - found.start).total_seconds() == minutes * 60
    assert f"{found.start:%d}" == "02"


@pytest.mark.case(36)
def test_seven_hundred_identical_copies_are_one_meeting() -> None:
    reading = taken(*[event("RRULE:FREQ=WEEKLY;COUNT=2")] * 700)
    assert (len(reading.events), reading.ledger.kept, reading.ledger.seen) == (2, 700, 700)


@pytest.mark.case(39)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_and_nuls_in_the_text(encoding: str) -> None:
    text = calendar(event(title="Kestrel review in Łódź")).decode()
    assert read(text.encode(encoding), RULES, YEAR).events[0].title == "Kestrel review in Łódź"
    nuls = calendar(event()).replace(b"SUMMARY", b"\0SUMM\0ARY") + b"\0" * 600
    assert read(nuls, RULES, YEAR).events[0].title == "Kestrel review"


@pytest.mark.case(39)
def test_each_line_is_decoded_for_itself() -> None:
    parts = event(title="Kestrel review in Łódź") + event(uid="m2", title="Kestrel review in Malaga")
    raw = calendar(parts).replace(b"Malaga", "Málaga".encode("cp1252"))
    assert [item.title[18:] for item in read(raw, RULES, YEAR).events] == ["Łódź", "Málaga"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\r\n", b"\r\r\n"),
        (b"\r\nSUMMARY", b"\rSUMMARY"),
        (b"Kestrel review", b"Kestrel re\r view"),
        (b"Kestrel review", b"Kestrel re\r\r\n view"),
        (b"Kestrel review", b"Kes\r\n\ttrel\r\n  review"),
    ],
)
def test_line_ends_and_folds_of_every_kind(old: bytes, new: bytes) -> None:
    assert [item.title for item in read(calendar(event()).replace(old, new), RULES, YEAR).events] == ["Kestrel review"]


def test_a_line_of_a_megabyte_and_a_file_without_a_last_line_end() -> None:
    long = event("X-ALT-DESC;FMTTYPE=text/html:" + "<p>a;b:c</p>" * 90_000)
    data = calendar(long, event('X-LONG;X-A="' + "x" * 1_000_000, uid="m2")).rstrip()
    assert [item.uid for item in read(data, RULES, YEAR).events] == ["m1", "m2"]


@pytest.mark.parametrize("data", [calendar(event()), calendar(event()).decode().encode("utf-16")])
def test_the_old_format_is_told_in_words(data: bytes) -> None:
    wide = data[:2] == b"\xff\xfe"
    old = data.decode("utf-16" if wide else "utf-8").replace("VERSION:2.0", "VERSION:1.0")
    with pytest.raises(Problem) as caught:
        check_calendar(old.encode("utf-16" if wide else "utf-8"), account="Rosa", source="rosa.vcs")
    assert (caught.value.code, caught.value.facts) == ("calendar_old", {"account": "Rosa", "source": "rosa.vcs"})


def test_a_mail_that_holds_a_calendar_is_no_calendar() -> None:
    mail = b"From: rosa@ours.example\r\nContent-Type: text/calendar\r\n\r\n" + calendar(event())
    (problem,) = read(mail, RULES, YEAR).problems
    assert (problem.code, problem.facts) == ("calendar_unreadable", {"reason": "calendar_foreign"})


def test_a_date_both_taken_out_and_changed_is_what_the_change_says() -> None:
    moved = event("RECURRENCE-ID;TZID=Europe/Berlin:20260309T090000", when=NINE.replace("20260302", "20260310"))
    reading = taken(event(f"{WEEKLY}\nEXDATE;TZID=Europe/Berlin:20260309T090000"), moved)
    assert starts(reading) == ["2026-03-02 08:00", "2026-03-10 08:00", "2026-03-16 08:00"]


@pytest.mark.parametrize(
    ("length", "end"),
    [
        ("DTEND;TZID=Europe/Warsaw:20260322T050000", "2026-03-29 04:00"),  # the same exact length for each (3.8.5.3)
        ("DURATION:PT6H", "2026-03-29 04:00"),
        ("DURATION:P1DT1H", "2026-03-29 22:00"),  # a day of the calendar, then an hour
    ],
)
def test_lengths_in_the_night_in_which_clocks_change(length: str, end: str) -> None:
    start = "DTSTART;TZID=Europe/Warsaw:20260321T230000\n"
    _, second = taken(event("RRULE:FREQ=WEEKLY;COUNT=2", when=f"{start}{length}\n")).events
    assert f"{second.end:%Y-%m-%d %H:%M}" == end
