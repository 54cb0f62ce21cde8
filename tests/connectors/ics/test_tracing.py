"""The quick look over bytes: nothing comes out otherwise than if every entry were looked at in full."""

import dataclasses
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.basics.ids import meeting_id
from companion.calendars.model import Reading, Window
from companion.connectors.ics import reading as module
from companion.connectors.ics.lines import unfold
from companion.connectors.ics.reading import read
from companion.connectors.ics.scan import Block, blocks_of
from companion.connectors.ics.tracing import Tracer, worth_a_look
from companion.meetings.recognise import CustomerRule, Rules
from connectors.ics.calendar_text import NINE, RULES, YEAR, calendar, check_ledger, event, taken
from connectors.ics.test_bytes import LINES
from sample.reading import DAYS, company
from sample.reading import rules as sample_rules

NOBODY = "ORGANIZER:mailto:rosa@ours.example\nATTENDEE:mailto:anna@ours.example\n"
WITH_ADDRESS = dataclasses.replace(
    RULES, customers=(*RULES.customers, CustomerRule("solo", "Solo", ("Łąka",), (), ("jan.solo@mail.example",)))
)
EXCHANGE = "040000008200E00074C5B7101A82E008{}B0C4D5E6F7A8D90100000000000000001000000000112233445566778899AABBCCDDEEFF"


def everything(blocks: Sequence[Block], _tracer: Tracer) -> tuple[list[Block], Counter[str]]:
    return list(blocks), Counter()


def in_full(data: bytes, rules: Rules, window: Window) -> Reading:
    with patch.object(module, "worth_a_look", everything):
        return read(data, rules, window)


def check_same(data: bytes, rules: Rules = RULES, window: Window = YEAR) -> Reading:
    """Events, kept, held back and problems are the same; only what has no trace may be counted otherwise."""
    quick, full = read(data, rules, window), in_full(data, rules, window)
    check_ledger(quick)
    assert quick.events == full.events
    assert (quick.ledger.seen, quick.ledger.kept, quick.ledger.held_back) == (
        full.ledger.seen,
        full.ledger.kept,
        full.ledger.held_back,
    )
    assert quick.ledger.private <= full.ledger.private
    told = [(problem.code, problem.facts) for problem in quick.problems if problem.code != "entries_broken"]
    rest = [(problem.code, problem.facts) for problem in full.problems if problem.code != "entries_broken"]
    for one in told:
        rest.remove(one)
    assert {code for code, _ in rest} <= {"entry_broken"}
    return quick


def looked_at(*parts: str, rules: Rules = RULES) -> int:
    return len(worth_a_look(blocks_of(unfold(calendar(*parts)))[0], Tracer(rules))[0])


def test_what_has_no_trace_is_not_looked_at() -> None:
    plain = event(title="Coffee", people=NOBODY)
    assert looked_at(plain, event("CLASS:PRIVATE", uid="p"), event(uid="k")) == 1
    assert looked_at(plain, plain) == 0


TRACES = {
    "guest": "ATTENDEE;CN=x:mailto:jan@kestrel.example\n",
    "case": "attendee:MAILTO:JAN@Kestrel.EXAMPLE\n",
    "below": "ATTENDEE:mailto:jan@eu.mail.kestrel.example\n",
    "percent": "ATTENDEE:mailto:jan%40kestrel.example\n",
    "query": "ATTENDEE:mailto:jan@kestrel.example?subject=x\n",
    "parameter": 'ATTENDEE;EMAIL="jan@kestrel.example";CN=x:urn:uuid:1\n',
    "parameter_first": "ATTENDEE;EMAIL=jan@kestrel.example;CN=x:/principals/1\n",
    "quotes": "ATTENDEE;CN=\"a@b: c; d\":mailto:'jan@kestrel.example'\n",
    "twice": "ATTENDEE:mailto:a@b@kestrel.example\n",
    "odd": "ATTENDEE:mailto:jan@a;b.kestrel.example\n",
    "kelvin": "ATTENDEE:mailto:jan@\u212aestrel.example\n",
    "organiser": "ORGANIZER:mailto:jan@kestrel.example\n",
    "address": "ATTENDEE:mailto:Jan.Solo@mail.example\n",
    "folded": "ATTENDEE:mailto:jan@kest\n rel.example\n",
}


@pytest.mark.parametrize("how", TRACES)
def test_a_customer_among_the_guests_is_found_however_written(how: str) -> None:
    reading = check_same(calendar(event(title="Quarterly review", people=TRACES[how])), WITH_ADDRESS)
    assert reading.ledger.kept == 1


TITLES = [
    "Review: Kestrel",
    "KESTREL review",
    "qbr kst",
    "Review\\, Kestrel",
    "Review\\nKestrel",
    "Przegląd łąka",
    "Review ŁA\u0328KA",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_customer_in_the_title_is_found_however_written(title: str) -> None:
    assert check_same(calendar(event(title=title, people="")), WITH_ADDRESS).ledger.kept == 1


def test_a_title_in_another_charset_is_read_as_declared() -> None:
    line = "SUMMARY;CHARSET=ISO-8859-2:Przegląd Łąka".encode("iso-8859-2")
    data = calendar(event(people="")).replace(b"SUMMARY:Kestrel review", line)
    assert check_same(data, WITH_ADDRESS).ledger.kept == 1


def test_an_address_in_a_charset_that_hides_the_at_is_found() -> None:
    line = b"ATTENDEE;CHARSET=cp037:" + "jan@kestrel.example".encode("cp037")
    data = calendar(event(title="Quarterly review", people="")).replace(b"END:VEVENT", line + b"\r\nEND:VEVENT")
    assert check_same(data).ledger.kept == 1


def test_a_series_without_a_trace_comes_along_with_its_traced_occurrence() -> None:
    master = event("RRULE:FREQ=WEEKLY;COUNT=3", title="Coffee", people=NOBODY)
    change = event("RECURRENCE-ID;VALUE=DATE:20260309", when=NINE.replace("0302", "0309"))
    (found,) = check_same(calendar(master, change)).events
    assert found.rec_key == "U:1773043200"  # in the terms of the series, which has to be read for it
    assert looked_at(master, change, event(uid="other", title="Coffee", people=NOBODY)) == 2
    closed = master.replace("END:VEVENT", "CLASS:PRIVATE\nEND:VEVENT")
    assert check_same(calendar(closed, change)).ledger.private == 2


@pytest.mark.parametrize(
    ("uid", "again"),
    [
        ("m1", " m1 "),
        ("a\\,b", "a,b"),
        (EXCHANGE.format("00000000"), EXCHANGE.format("07EA0309")),
    ],
)
def test_a_cancellation_without_a_trace_finds_its_series(uid: str, again: str) -> None:
    bare = event(
        "RECURRENCE-ID:20260309T080000Z\nSTATUS:CANCELLED",
        uid=again,
        title="",
        people="",
        when=NINE.replace("0302", "0309"),
    )
    data = calendar(bare, event("RRULE:FREQ=WEEKLY;COUNT=3", uid=uid))
    assert sorted(item.status for item in check_same(data).events) == ["cancelled", "confirmed", "confirmed"]


@pytest.mark.parametrize("told", ["UID:alarm\n", "UID:\n "])
def test_an_alarm_with_a_uid_before_that_of_its_entry_hides_no_trace(told: str) -> None:
    alarm = f"BEGIN:VALARM\n{told}\nEND:VALARM\nUID"
    series, away = event("RRULE:FREQ=WEEKLY;COUNT=3"), event("RECURRENCE-ID:20260309T080000Z\nCLASS:PRIVATE", title="")
    assert len(check_same(calendar(series, away.replace("UID", alarm))).events) == 2
    assert len(check_same(calendar(series.replace("UID", alarm), away)).events) == 2


@pytest.mark.parametrize(("first", "second"), [("", ""), ("", "UID:\n"), ("UID:\n", "")])
def test_a_private_copy_of_an_entry_without_a_uid_is_found(first: str, second: str) -> None:
    closed = event().replace("END:VEVENT", "BEGIN:VALARM\nCLASS:PRIVATE\nEND:VALARM\nEND:VEVENT")
    data = calendar(event().replace("UID:m1\n", first), closed.replace("UID:m1\n", second))
    assert check_same(data).ledger.private == 2


def test_a_yes_to_one_of_several_meetings_under_one_uid_is_found_without_a_trace() -> None:
    days = (NINE, NINE.replace("20260302", "20260309"))
    parts = [event(uid="shared", title="Coffee", people=NOBODY, when=when) for when in days]
    slot = meeting_id("shared", "U:1773043200")
    rules = dataclasses.replace(RULES, said_yes=((slot, "linden"),))
    assert len(check_same(calendar(*parts), rules).events) == 1


def test_what_people_said_yes_to_is_found_without_a_trace() -> None:
    single, series = meeting_id(EXCHANGE.format("07EA0309"), "-"), meeting_id("s", "U:1773043200")
    rules = dataclasses.replace(RULES, said_yes=((single, "linden"), (series, "linden")))
    parts = [
        event(uid=EXCHANGE.format("07EA0302"), title="Coffee", people=NOBODY),
        event("RRULE:FREQ=WEEKLY;COUNT=3", uid="s", title="Coffee", people=NOBODY),
        event(uid="other", title="Coffee", people=NOBODY),
    ]
    assert len(check_same(calendar(*parts), rules).events) == 2
    assert looked_at(*parts, rules=rules) == 2


def test_without_a_trace_the_ledger_knows_private_and_not_customer() -> None:
    plain = {"title": "Coffee", "people": NOBODY}
    forgotten = dataclasses.replace(RULES, forgotten=frozenset({meeting_id("f", "-")}))
    told = taken(
        event(uid="out", when=NINE.replace("2026", "2021"), **plain),
        event(uid="broken", when="DTSTART:2026-03-02\n", **plain),
        event(uid="f", **plain),
        event("CLASS:CONFIDENTIAL", uid="p", **plain),
        rules=forgotten,
    )
    assert (told.ledger.not_customer, told.ledger.private, told.problems) == (3, 1, ())
    assert taken(event(**plain), head="X-CALENDARSERVER-ACCESS:PRIVATE\n").ledger.private == 1


# --- the same as in full, whatever comes ---

UIDS = st.sampled_from(["a", "b", "a\\,b", "", EXCHANGE.format("00000000"), EXCHANGE.format("07EA0309")])
STARTS = st.sampled_from(["20260302", "20260309", "20260316", "20210309", "20269999"])
EXTRA = st.sampled_from(
    """
CLASS:PRIVATE
CLASS:PUBLIC
class;X=1:confidential
STATUS:CANCELLED
SEQUENCE:2
RRULE:FREQ=WEEKLY;COUNT=3
RDATE:20260323T090000Z
EXDATE:20260309T090000Z
RECURRENCE-ID:20260309T090000Z
RECURRENCE-ID;VALUE=DATE:20260316
RECURRENCE-ID;RANGE=THISANDFUTURE:20260309T090000Z
ATTENDEE:mailto:jan@kestrel.example
ATTENDEE;CN="x, @y":mailto:jan%40eu.KESTREL.example
ATTENDEE;EMAIL=jan@kestrel.example;CN=Żak:urn:x
ATTENDEE:mailto:anna@ours.example
ATTENDEE;CUTYPE=ROOM:mailto:room@linden.example
ATTENDEE:mailto:jan.solo@mail.example
ATTENDEE:mailto:other@mail.example
ORGANIZER:mailto:rosa@ours.example
ORGANIZER;SENT-BY="mailto:x@linden.example":mailto:lu@linden.example
DESCRIPTION:about jan@kestrel.example
BEGIN:VALARM|UID:b|SUMMARY:Kestrel|END:VALARM
BEGIN:VALARM|CLASS:PRIVATE|ATTENDEE:mailto:jan@kestrel.example|END:VALARM
BEGIN:VALARM
END:VALARM
UID:b
SUMMARY:Kestrel review
""".strip()
    .replace("|", "\r")
    .split("\n")
)
NAMES = st.sampled_from(
    ["Kestrel review", "kst\\, qbr", "Coffee", "Łąka przegląd", "", "Kestrels", "Linden legal", "Quarterly review"]
)


@st.composite
def entries(draw: st.DrawFn) -> str:
    uid, day = draw(UIDS), draw(STARTS)
    lines = [f"UID:{uid}"] if uid else []
    lines += [f"DTSTART:{day}T090000Z", "DURATION:PT1H"]
    lines += [f"SUMMARY:{draw(NAMES)}", *draw(st.lists(EXTRA, max_size=5))]
    return "\n".join(["BEGIN:VEVENT", *draw(st.permutations(lines)), "END:VEVENT\n"]).replace("\r", "\n")


KEYS = st.sampled_from(["-", "U:1772442000", "U:1773046800", "U:1773651600"])
SPOKEN = st.lists(st.tuples(st.sampled_from(["a", "b", "a,b", EXCHANGE.format("0" * 8)]), KEYS), max_size=2)


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(entries(), max_size=8), SPOKEN, SPOKEN, st.sampled_from(["", "METHOD:CANCEL\n"]))
def test_any_mix_of_entries_gives_the_same(
    parts: list[str], yes: list[tuple[str, str]], gone: list[tuple[str, str]], head: str
) -> None:
    rules = dataclasses.replace(
        WITH_ADDRESS,
        said_yes=tuple((meeting_id(*one), "linden") for one in yes),
        forgotten=frozenset(meeting_id(*one) for one in gone),
    )
    check_same(calendar(*parts, head=head), rules)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, max_size=40))
def test_any_mix_of_lines_gives_the_same(lines: list[str]) -> None:
    check_same("\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"]).encode())


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=12), st.text(max_size=12), st.sampled_from(["utf-8", "latin-1", "cp1252"]))
def test_any_address_gives_the_same(before: str, behind: str, encoding: str) -> None:
    line = f"ATTENDEE:mailto:{before}@{behind}kestrel.example{before}"
    data = calendar(event(title="Quarterly review", people="")).replace(
        b"END:VEVENT", line.encode(encoding, "replace") + b"\r\nEND:VEVENT"
    )
    check_same(data)


@pytest.mark.parametrize("today", DAYS[:3])
def test_the_sample_company_comes_out_the_same(today: date) -> None:
    firm = company(today)
    window = Window(today - timedelta(days=400), today + timedelta(days=400))
    for one in firm.calendars:
        check_same(one.whole().encode(), sample_rules(firm), window)
