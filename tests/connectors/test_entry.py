"""Our own entry: what calendar programs read in it, and that our own reading of any calendar drops it."""

from datetime import UTC, datetime, timedelta

import pytest
import recurring_ical_events
from icalendar import Calendar

from companion.attendance.entry import SeatEntry, bare_uid, seat_uid
from companion.basics.ids import canonical_uid, is_own_entry
from companion.connectors.entry import render_entry
from companion.connectors.ics.reading import read
from companion.connectors.microsoft.graph.translate import member
from companion.words.ledger import ledger
from connectors.ics.calendar_text import RULES, YEAR, calendar, event

START = datetime(2026, 11, 26, 13, tzinfo=UTC)
OFFER = "1b671a64-40d5-491e-99b0-da01ff1f3341"
ENTRY = SeatEntry(
    seat_uid(OFFER), 3, START - timedelta(days=9), START, START + timedelta(hours=1), False,
    "Listen: Kestrel Plumbing Supply, Zażółć gęślą jaźń; lắng nghe, ascolto, słuchanie", "Host: Rosa Vidal.\nListen.",
    "Dock 4, Zwolle", "https://meet.example/kestrel",
)  # fmt: skip


def inner(raw: bytes) -> bytes:
    """The entry without its calendar."""
    return raw[raw.index(b"BEGIN:VEVENT") : raw.index(b"END:VCALENDAR")]


def test_an_entry_says_what_rfc_5545_asks_for() -> None:
    raw = render_entry([ENTRY])
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in raw.replace(b"\r\n", b"")
    parsed = Calendar.from_ical(raw)
    assert (str(parsed["METHOD"]), str(parsed["VERSION"])) == ("PUBLISH", "2.0")
    (one,) = recurring_ical_events.of(parsed).at((2026, 11, 26))
    assert (str(one["SUMMARY"]), one["DTSTART"].dt, one["SEQUENCE"]) == (ENTRY.summary, START, 3)
    assert (str(one["STATUS"]), str(one["TRANSP"])) == ("CONFIRMED", "OPAQUE")
    assert "ATTENDEE" not in one
    assert "ORGANIZER" not in one


def test_a_cancelled_one_takes_no_time() -> None:
    (one,) = Calendar.from_ical(render_entry([SeatEntry(**{**vars(ENTRY), "cancelled": True})])).walk("VEVENT")
    assert (str(one["STATUS"]), str(one["TRANSP"]), str(one["UID"])) == ("CANCELLED", "TRANSPARENT", ENTRY.uid)


def test_a_whole_day_is_a_whole_day() -> None:
    day = datetime(2026, 11, 26, tzinfo=UTC)
    made = SeatEntry(**{**vars(ENTRY), "all_day": True, "start": day, "end": day + timedelta(days=1)})
    (one,) = Calendar.from_ical(render_entry([made])).walk("VEVENT")
    assert (one["DTSTART"].dt.isoformat(), one["DTEND"].dt.isoformat()) == ("2026-11-26", "2026-11-27")


@pytest.mark.parametrize("all_day", [False, True])
def test_what_has_no_length_has_no_end(all_day: bool) -> None:
    made = SeatEntry(**{**vars(ENTRY), "all_day": all_day, "end": START + timedelta(milliseconds=9)})
    (one,) = Calendar.from_ical(render_entry([made])).walk("VEVENT")
    assert ("DTSTART" in one, "DTEND" in one) == (True, False)


@pytest.mark.parametrize("gap", ["\r\n", "\n", " ", "\u2028"])
def test_a_link_in_two_pieces_is_left_out(gap: str) -> None:
    made = SeatEntry(**{**vars(ENTRY), "link": f"https://meet.example/a{gap}ATTENDEE:mailto:lev@ferro.example"})
    (one,) = Calendar.from_ical(render_entry([made])).walk("VEVENT")
    assert ("URL" in one, "ATTENDEE" in one) == (False, False)
    assert b"URL" not in render_entry([SeatEntry(**{**vars(ENTRY), "link": f"https://meet.example/a{gap}"})])


def test_beside_an_invitation_it_takes_no_time() -> None:
    (one,) = Calendar.from_ical(render_entry([SeatEntry(**{**vars(ENTRY), "beside": True})])).walk("VEVENT")
    assert (str(one["STATUS"]), str(one["TRANSP"])) == ("CONFIRMED", "TRANSPARENT")


def wrapped(uid: str) -> str:
    """As Exchange writes somebody else's UID (MS-OXCICAL 2.1.3.1.1.20.26)."""
    inside = (b"vCal-Uid\x01\0\0\0" + uid.encode() + b"\0").hex().upper()
    return f"040000008200E00074C5B7101A82E00800000000{'0' * 40}{inside}"


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw,
        lambda raw: raw.replace(b"UID:seat-", b"UID:google-1234-seat-"),
        lambda raw: raw.replace(b"UID:" + ENTRY.uid.encode(), b"UID:something-else@calendar.example"),
        lambda raw: raw.replace(b"X-COMPANION-SEAT", b"X-Companion-Seat").replace(b"UID:seat-", b"UID:x-"),
        lambda raw: b"\r\n".join(line for line in raw.split(b"\r\n") if not line.startswith(b"X-COMPANION")),
        lambda raw: raw.replace(b"TRANSP:OPAQUE", b"TRANSP:OPAQUE\r\nCLASS:PRIVATE"),
    ],
)
def test_our_reading_drops_it_before_anything_and_counts_it_apart(change) -> None:  # type: ignore[no-untyped-def]
    raw = calendar(event()).replace(b"END:VCALENDAR", change(inner(render_entry([ENTRY]))) + b"END:VCALENDAR")
    found = read(raw, RULES, YEAR, busy_of=frozenset({"dana@ferro.example"}))
    alone = read(calendar(event()), RULES, YEAR, busy_of=frozenset({"dana@ferro.example"}))
    assert (found.ledger.own, found.ledger.seen) == (1, 2)
    assert (found.events, found.busy, found.problems) == (alone.events, alone.busy, alone.problems)
    assert "our own entry 1 dropped" in ledger(found.ledger)


def test_exchange_hides_our_uid_and_it_is_found() -> None:
    uid = wrapped(ENTRY.uid)
    assert canonical_uid(uid) == ENTRY.uid
    graph = {
        "id": "AAMk1", "type": "singleInstance", "iCalUId": uid, "subject": ENTRY.summary, "sensitivity": "normal",
        "start": {"dateTime": "2026-11-26T13:00:00", "timeZone": "UTC"},
        "end": {"dateTime": "2026-11-26T14:00:00", "timeZone": "UTC"},
    }  # fmt: skip
    found = read(member([graph]), RULES, YEAR)
    assert (found.ledger.own, found.ledger.seen, found.events) == (1, 1, ())
    assert read(calendar(event(uid=uid)), RULES, YEAR).ledger.own == 1


def test_what_only_speaks_of_us_is_read() -> None:
    assert not is_own_entry("seat-map@airline.example")
    assert not is_own_entry("seat-12345678@companion.invalid.example")
    said = event("DESCRIPTION:see X-COMPANION-SEAT: seat-12345678@companion.invalid")
    found = read(calendar(said), RULES, YEAR)
    assert (found.ledger.own, found.ledger.kept) == (0, 1)


def test_a_seat_without_an_offer_has_one_uid_for_ever() -> None:
    assert bare_uid("m1", "dana") == bare_uid("m1", "dana") != bare_uid("m1", "lev")
    assert is_own_entry(bare_uid("m1", "dana"))
