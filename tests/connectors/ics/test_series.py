"""When series take place: rules, exceptions, zones, and bounds."""

import dataclasses
import time

import pytest

from companion.basics.ids import meeting_id
from connectors.ics.calendar_text import NINE, RULES, YEAR, codes, event, starts, taken


@pytest.mark.case(1, 7, 8)
def test_series_across_the_clock_change_with_a_moved_a_cancelled_an_excluded_and_an_added_occurrence() -> None:
    master = event(
        "RRULE:FREQ=WEEKLY;COUNT=6\nEXDATE;TZID=Europe/Berlin:20260309T090000\nRDATE;TZID=Europe/Berlin:20260425T110000"
    )
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20260316T090000",
        when="DTSTART;TZID=Europe/Berlin:20260317T140000\nDTEND;TZID=Europe/Berlin:20260317T150000\n",
    )
    cancelled = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20260330T090000\nSTATUS:CANCELLED",
        when=NINE.replace("20260302", "20260330"),
    )
    reading = taken(master, moved, cancelled)
    assert starts(reading) == [
        "2026-03-02 08:00",
        "2026-03-17 13:00",
        "2026-03-23 08:00",
        "2026-03-30 07:00",  # summer time: nine in Berlin is seven in UTC
        "2026-04-06 07:00",
        "2026-04-25 09:00",
    ]
    by_start = {f"{item.start:%m-%d}": item for item in reading.events}
    assert by_start["03-30"].status == "cancelled"
    assert by_start["03-17"].rec_key == "U:1773648000"  # the slot it was moved from: 16 March, 8:00 UTC
    assert {item.status for day, item in by_start.items() if day != "03-30"} == {"confirmed"}
    assert len({item.key for item in reading.events}) == 6
    assert reading.ledger.kept == 3
    assert all(item.zone == "Europe/Berlin" for item in reading.events)


@pytest.mark.case(10, 12)
@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("EXDATE:20260309T080000Z", 2),
        ("EXDATE;TZID=America/New_York:20260309T040000", 2),  # New York is on summer time that week already
        ("EXDATE;VALUE=DATE:20260309", 2),
        ("EXDATE:20260309T090000", 2),
        ("EXDATE;TZID=Europe/Berlin:20260302T090000,20260309T090000", 1),
        ("EXDATE;TZID=Europe/Berlin:20260310T090000", 3),  # not of the series: nothing happens
    ],
)
def test_dates_taken_out_however_they_are_written(line: str, left: int) -> None:
    assert len(taken(event(f"RRULE:FREQ=WEEKLY;COUNT=3\n{line}")).events) == left


@pytest.mark.case(13)
@pytest.mark.parametrize(
    ("until", "count"),
    [
        ("20260316T080000Z", 3),
        ("20260316T075959Z", 2),
        ("20260316T090000", 3),
        ("20260316", 3),
        ("20260315", 2),
    ],
)
def test_until_in_utc_without_zone_and_as_a_day(until: str, count: int) -> None:
    assert len(taken(event(f"RRULE:FREQ=WEEKLY;UNTIL={until}")).events) == count


@pytest.mark.case(11)
def test_all_day_series_with_date_time_exceptions() -> None:
    days = "DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260303\n"
    reading = taken(
        event("RRULE:FREQ=DAILY;COUNT=5\nEXDATE:20260303T000000Z\nEXDATE:20260304T230000Z", when=days),
        rules=dataclasses.replace(RULES, threshold=40),
    )
    assert [item.rec_key for item in reading.events] == ["D:20260302", "D:20260304", "D:20260306"]
    first = reading.events[0]
    assert (first.all_day, first.zone, f"{first.start:%d %H:%M}", f"{first.end:%d %H:%M}") == (
        True,
        "",
        "02 00:00",
        "03 00:00",
    )


@pytest.mark.case(6)
@pytest.mark.parametrize("rec", ["VALUE=DATE:20260309", "TZID=Asia/Ho_Chi_Minh:20260309T150000"])
def test_a_recurrence_id_in_other_terms_still_meets_its_slot(rec: str) -> None:
    moved = event(f"RECURRENCE-ID;{rec}", when=NINE.replace("20260302", "20260310"))
    reading = taken(event("RRULE:FREQ=WEEKLY;COUNT=3"), moved)
    assert starts(reading) == ["2026-03-02 08:00", "2026-03-10 08:00", "2026-03-16 08:00"]
    assert len({item.rec_key for item in reading.events}) == 3
    assert {"U:1773043200"} < {item.rec_key for item in reading.events}


@pytest.mark.case(2)
def test_an_override_moved_out_of_the_window_still_empties_its_slot() -> None:
    away = event("RECURRENCE-ID;TZID=Europe/Berlin:20260309T090000", when=NINE.replace("20260302", "20290302"))
    reading = taken(event("RRULE:FREQ=WEEKLY;COUNT=3"), away)
    assert starts(reading) == ["2026-03-02 08:00", "2026-03-16 08:00"]
    assert (reading.ledger.kept, reading.ledger.outside) == (1, 1)


def test_an_override_that_is_no_customer_meeting_any_more_falls_and_keeps_its_slot_empty() -> None:
    turned = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20260309T090000",
        title="Team lunch",
        people="ATTENDEE:mailto:anna@ours.example\n",
        when=NINE.replace("0302", "0309"),
    )
    reading = taken(event("RRULE:FREQ=WEEKLY;COUNT=3"), turned)
    assert starts(reading) == ["2026-03-02 08:00", "2026-03-16 08:00"]
    assert reading.ledger.not_customer == 1


@pytest.mark.case(7)
def test_a_cancellation_without_guests_is_told_in_the_words_of_its_series() -> None:
    bare = event(
        "RECURRENCE-ID:20260309T080000Z\nSTATUS:CANCELLED", title="", people="", when=NINE.replace("0302", "0309")
    )
    reading = taken(event("RRULE:FREQ=WEEKLY;COUNT=3"), bare)
    assert [item.status for item in sorted(reading.events, key=lambda item: item.start)] == [
        "confirmed",
        "cancelled",
        "confirmed",
    ]
    assert {item.title for item in reading.events} == {"Kestrel review"}


@pytest.mark.case(3, 4)
def test_orphans_without_their_series_are_occurrences_of_their_own() -> None:
    one = event("RECURRENCE-ID:20260309T080000Z", when=NINE.replace("0302", "0309"))
    two = event("RECURRENCE-ID:20260316T080000Z", when=NINE.replace("0302", "0317"))
    assert [item.rec_key for item in taken(one, two).events] == ["U:1773043200", "U:1773648000"]


@pytest.mark.case(17)
def test_a_change_from_here_on_moves_what_follows_and_a_later_change_wins() -> None:
    onward = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260316T090000",
        title="Kestrel review, Tuesdays",
        when="DTSTART;TZID=Europe/Berlin:20260317T110000\nDTEND;TZID=Europe/Berlin:20260317T113000\n",
    )
    single = event("RECURRENCE-ID;TZID=Europe/Berlin:20260330T090000", when=NINE.replace("0302", "0330"))
    reading = taken(event("RRULE:FREQ=WEEKLY;COUNT=6"), onward, single)
    assert starts(reading) == [
        "2026-03-02 08:00",
        "2026-03-09 08:00",
        "2026-03-17 10:00",
        "2026-03-24 10:00",
        "2026-03-30 07:00",
        "2026-04-07 09:00",
    ]
    assert sum(item.title.endswith("Tuesdays") for item in reading.events) == 3
    assert {"U:1775458800"} < {item.rec_key for item in reading.events}  # the slot of 6 April, 9:00 in Berlin
    private = onward.replace("END:VEVENT", "CLASS:PRIVATE\nEND:VEVENT")
    assert len(taken(event("RRULE:FREQ=WEEKLY;COUNT=6"), private).events) == 2


@pytest.mark.case(5)
def test_an_override_that_matches_no_slot_stays() -> None:
    stray = event("RECURRENCE-ID:20260310T120000Z", when=NINE.replace("0302", "0310"))
    assert "2026-03-10 08:00" in starts(taken(event("RRULE:FREQ=WEEKLY;COUNT=3"), stray))


def test_method_cancel_and_a_cancelled_master_cancel_all() -> None:
    assert {item.status for item in taken(event("RRULE:FREQ=WEEKLY;COUNT=3"), head="METHOD:CANCEL\n").events} == {
        "cancelled"
    }
    assert [item.status for item in taken(event("STATUS:CANCELLED")).events] == ["cancelled"]


@pytest.mark.case(9)
@pytest.mark.parametrize(
    "prefix",
    [
        "Canceled: ", "Cancelled: ", "CANCELED:", "Annullato: ", "Annullata: ", "Odwołane: ", "Anulowane: ", "Đã hủy: ",
        "Đã huỷ: ", "Đã bị hủy: ", "Abgesagt: ", "Abgesagt : ", "Annulé\u00a0: ", "Annulée : ", "Cancelado: ",
        "Cancelada: ", "Canceled: Canceled: ",
    ],
)  # fmt: skip
def test_outlook_cancels_by_the_title_alone(prefix: str) -> None:
    (found,) = taken(event(title=f"{prefix}Kestrel review")).events
    assert (found.status, found.title) == ("cancelled", "Kestrel review")


def test_the_hour_that_does_not_exist_moves_forward_and_the_one_that_comes_twice_is_the_first() -> None:
    night = "DTSTART;TZID=Europe/Berlin:{}T023000\nDURATION:PT1H\n"
    assert starts(taken(event(when=night.format("20260329")))) == ["2026-03-29 01:30"]
    assert starts(taken(event(when=night.format("20261025")))) == ["2026-10-25 00:30"]


@pytest.mark.case(27)
def test_floating_times_are_read_in_the_calendars_zone_else_in_the_programmes() -> None:
    floating = "DTSTART:20260302T090000\nDURATION:PT1H\n"
    series = event("RRULE:FREQ=DAILY;COUNT=1", when=floating)
    (in_hanoi,) = taken(series, head="X-WR-TIMEZONE:Asia/Ho_Chi_Minh\n").events
    assert (f"{in_hanoi.start:%H:%M}", in_hanoi.zone, in_hanoi.rec_key) == (
        "02:00",
        "Asia/Ho_Chi_Minh",
        "F:20260302T090000",
    )
    assert taken(series).events[0].zone == "Europe/Warsaw"
    utc = "DTSTART:20260302T090000Z\nDURATION:PT1H\n"
    assert starts(taken(event(when=utc), head="X-WR-TIMEZONE:Asia/Ho_Chi_Minh\n")) == ["2026-03-02 09:00"]


def test_a_start_that_its_own_rule_misses_still_takes_place() -> None:
    assert starts(taken(event("RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20260311")))[:2] == [
        "2026-03-02 08:00",
        "2026-03-03 08:00",
    ]


def test_two_changes_of_one_slot_written_in_two_ways_are_one() -> None:
    first = event("RECURRENCE-ID:20260309T080000Z\nSEQUENCE:2", when=NINE.replace("0302", "0310"))
    second = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20260309T090000\nSEQUENCE:1", when=NINE.replace("20260302", "20260311")
    )
    for parts in ((first, second), (second, first)):
        reading = taken(event("RRULE:FREQ=WEEKLY;COUNT=2"), *parts)
        assert starts(reading) == ["2026-03-02 08:00", "2026-03-10 08:00"]


def test_a_moment_without_length_at_the_windows_edge_is_in_it() -> None:
    assert len(taken(event(when="DTSTART:20251231T230000Z\n")).events) == 1


def test_a_daily_series_since_the_year_1000_costs_no_more_than_a_new_one() -> None:
    assert len(taken(event("RRULE:FREQ=DAILY", when=NINE.replace("2026", "1000"))).events) == 365


def test_a_long_running_series_is_taken_from_its_window_on() -> None:
    old = NINE.replace("20260302", "19990104")
    reading = taken(event("RRULE:FREQ=WEEKLY;INTERVAL=2", when=old))
    assert len(reading.events) == 26
    assert all(item.start.year == 2026 for item in reading.events)


@pytest.mark.case(36)
@pytest.mark.parametrize("copies", [2, 700])
def test_copies_collapse_and_the_highest_sequence_speaks(copies: int) -> None:
    reading = taken(event("SEQUENCE:7", title="Kestrel review, latest"), *[event("SEQUENCE:3")] * (copies - 1))
    assert [item.title for item in reading.events] == ["Kestrel review, latest"]
    assert reading.ledger.kept == copies


def test_of_equal_sequences_the_last_speaks() -> None:
    assert taken(event(), event(title="Kestrel review II")).events[0].title == "Kestrel review II"


def test_outlooks_uid_with_the_day_in_it_finds_its_series() -> None:
    base = "040000008200E00074C5B7101A82E008{}B0C4D5E6F7A8D90100000000000000001000000000112233445566778899AABBCCDDEEFF"
    moved = event(
        "RECURRENCE-ID:20260309T080000Z", uid=base.format("07EA0309"), when=NINE.replace("20260302", "20260310")
    )
    reading = taken(event("RRULE:FREQ=WEEKLY;COUNT=2", uid=base.format("00000000")), moved)
    assert starts(reading) == ["2026-03-02 08:00", "2026-03-10 08:00"]


def test_forgotten_and_said_yes_hold_for_single_occurrences() -> None:
    gone = meeting_id("m1", "U:1773043200")
    reading = taken(event("RRULE:FREQ=WEEKLY;COUNT=3"), rules=dataclasses.replace(RULES, forgotten=frozenset({gone})))
    assert starts(reading) == ["2026-03-02 08:00", "2026-03-16 08:00"]
    plain = event("RRULE:FREQ=WEEKLY;COUNT=3", title="Coffee", people="ATTENDEE:mailto:anna@ours.example\n")
    told = taken(plain, rules=dataclasses.replace(RULES, said_yes=((gone, "linden"),)))
    assert [(item.rec_key, item.customer_id) for item in told.events] == [("U:1773043200", "linden")]
    assert told.ledger.kept == 1


def test_a_single_forgotten_meeting_is_counted_so() -> None:
    rules = dataclasses.replace(RULES, forgotten=frozenset({meeting_id("m1", "-")}))
    assert taken(event(), rules=rules).ledger.forgotten == 1
    series = dataclasses.replace(RULES, forgotten=frozenset({meeting_id("m1", "U:1772438400")}))
    assert taken(event("RRULE:FREQ=WEEKLY;COUNT=1"), rules=series).ledger.forgotten == 1


OLD = "DTSTART:19700101T000000Z\nDURATION:PT1H\n"
BOMBS = {
    "seconds": ("RRULE:FREQ=SECONDLY", NINE),
    "seconds_counted": ("RRULE:FREQ=SECONDLY;COUNT=1000000000", OLD),
    "minutes_since_1970": ("RRULE:FREQ=MINUTELY;INTERVAL=10080;BYDAY=TU", OLD),
    "out_of_step": ("RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=TU", NINE),
    "cross_product": (
        "RRULE:FREQ=YEARLY;BYMONTH={};BYMONTHDAY={};BYHOUR={};BYMINUTE={};BYSECOND={}".format(
            *(",".join(map(str, range(first, last))) for first, last in ((1, 13), (1, 32), (0, 24), (0, 60), (0, 60)))
        ),
        NINE,
    ),
    "dates": (
        "RDATE:"
        + ",".join(
            f"2026{n % 12 + 1:02}{n % 28 + 1:02}T{n % 24:02}{n % 60:02}{n // 60 % 60:02}Z" for n in range(60000)
        ),
        NINE,
    ),
    "everything_excluded": ("RRULE:FREQ=HOURLY;BYSETPOS=366;BYHOUR=25", NINE),
}


@pytest.mark.case(15, 16)
@pytest.mark.parametrize("name", BOMBS)
def test_bombs_end_soon_and_yield_nothing(name: str) -> None:
    body, when = BOMBS[name]
    before = time.process_time()
    reading = taken(event(body, when=when), event(uid="good", when=NINE))
    assert time.process_time() - before < 2
    assert [item.uid for item in reading.events] == ["good"]
    assert codes(reading) in (["series_too_large"], ["entry_broken"])
    assert reading.problems[0].facts == {"uid": "m1", "entry": 1}
    assert reading.ledger.broken == 1


@pytest.mark.case(15)
def test_a_bomb_ends_away_from_the_main_thread_too() -> None:
    import threading

    found: list[list[str]] = []
    work = threading.Thread(target=lambda: found.append(codes(taken(event(BOMBS["out_of_step"][0])))))
    before = time.process_time()
    work.start()
    work.join(20)
    assert found == [["series_too_large"]]
    assert time.process_time() - before < 5


@pytest.mark.case(32)
@pytest.mark.parametrize("year", ["0001", "9999", "4501", "1601"])
@pytest.mark.parametrize(
    "body", ["", "RRULE:FREQ=YEARLY", "RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ=MONTHLY;BYMONTHDAY=31"]
)
def test_sentinel_years_do_no_harm(year: str, body: str) -> None:
    when = NINE.replace("2026", year)
    reading = taken(event(body, when=when), event(uid="good"))
    assert "good" in {item.uid for item in reading.events}
    assert all(item.start.year in (2025, 2026, 2027) for item in reading.events)


@pytest.mark.parametrize(
    "rule", ["FREQ=WEEKLY;INTERVAL=0", "FREQ=NEVER", "BYDAY=MO", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;X=Y"]
)
def test_a_rule_that_makes_no_sense_breaks_its_entry_alone(rule: str) -> None:
    reading = taken(event(f"RRULE:{rule}"), event(uid="good"))
    assert [item.uid for item in reading.events] == ["good"]
    assert codes(reading) == ["entry_broken"]


def test_kept_by_the_rules_but_never_in_the_window_counts_as_outside() -> None:
    assert taken(event(when=NINE.replace("2026", "2021"))).ledger.outside == 1
    assert taken(event("RRULE:FREQ=DAILY;COUNT=2", when=NINE.replace("2026", "2021"))).ledger.outside == 1
    assert taken(event("RRULE:FREQ=DAILY;UNTIL=20210401", when=NINE.replace("2026", "2021"))).ledger.outside == 1


def test_both_ends_of_the_window_are_days_of_the_programme() -> None:
    late = "DTSTART:{}\nDURATION:PT30M\n"
    inside = [
        event(uid="a", when=late.format("20251231T230000Z")),
        event(uid="b", when=late.format("20261231T225900Z")),
    ]
    outside = [
        event(uid="c", when=late.format("20251231T220000Z")),
        event(uid="d", when=late.format("20261231T230000Z")),
    ]
    assert {item.uid for item in taken(*inside, *outside, window=YEAR).events} == {"a", "b"}
