"""Sessions united and mapped to their occurrence; who of ours was there, and when a report cannot tell."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.made import meeting, person
from companion.attendance.report import Joined, Report
from companion.attendance.reports_matching import Found, Statement, enough, match
from companion.attendance.reports_names import could_be, same_name
from companion.attendance.reports_uniting import belonging, covered, session_of, united
from companion.calendars.model import Guest

START = datetime(2026, 11, 10, 13, tzinfo=UTC)
REVIEW = meeting(START, "review")
ANNA = person("anna", name="Anna Moll", aliases=("a.moll@us.example",))
BEN = person("ben", name="Ben Okafor")
ROSA = person("rosa", name="Rosa Vidal", role="host")
HALL = person("hall", name="North hall", role="group")
PEOPLE = [ANNA, BEN, ROSA, HALL]
LEADERS = {"anna", "ben"}
Kind = Literal["person", "room", "phone", "anonymous"]


def line(address: str = "", name: str = "", first: int = 0, last: int = 60, kind: Kind = "person") -> Joined:
    """Somebody who was there from one minute to another."""
    span = (START + timedelta(minutes=first), START + timedelta(minutes=last))
    return Joined(address, name, (last - first) * 60, (span,), kind)


def session(*rows: Joined, first: int = 0, last: int = 60) -> Report:
    return Report("teams", "", START + timedelta(minutes=first), START + timedelta(minutes=last), rows)


def found(*reports: Report, seated: set[str] = LEADERS, about: object = REVIEW) -> Found:
    return match(about, reports, PEOPLE, LEADERS, seated)  # type: ignore[arg-type]


def said(*reports: Report, seated: set[str] = LEADERS) -> dict[str, tuple[str, str]]:
    return {item.person_id: (item.says, item.reason) for item in found(*reports, seated=seated).statements}


HOST = line("rosa@us.example", "Rosa Vidal")


def test_met_by_any_address_and_missed_where_the_report_can_tell() -> None:
    report = session(HOST, line("a.moll@us.example", "Moll, Anna"), line("ken@kestrel.example", "Ken Abe"))
    assert said(report) == {"anna": ("attended", ""), "ben": ("missed", "")}
    told = found(report).numbers
    assert (told.ours, told.others) == (1, 1)
    assert said(report, seated=set()) == {"anna": ("attended", "")}, "who has no seat has missed nothing"


@pytest.mark.parametrize(("minutes", "says"), [(9, "unknown"), (10, "attended"), (60, "attended")])
def test_ten_minutes_make_a_meeting_heard(minutes: int, says: str) -> None:
    assert said(session(HOST, line("anna@us.example", "Anna", 0, minutes)))["anna"][0] == says


def test_of_a_short_meeting_half_is_enough() -> None:
    short = replace(REVIEW, end=START + timedelta(minutes=8))
    assert enough(short) == 240
    report = session(line("anna@us.example", "Anna", 0, 4), line("ben@us.example", "Ben", 0, 3), last=8)
    told = {item.person_id: item for item in match(short, [report], PEOPLE, LEADERS, LEADERS).statements}
    assert told == {"anna": Statement("anna", "attended"), "ben": Statement("ben", "unknown", "brief:4")}


def test_restarts_are_united_and_overlaps_count_once() -> None:
    parts = [
        session(line("anna@us.example", "Anna", 0, 6), last=20),
        session(line("anna@us.example", "Anna", 25, 30), first=22),
    ]
    assert said(*parts)["anna"] == ("attended", ""), "six minutes and five"
    twice = session(line("anna@us.example", "Anna", 0, 6), line("anna@us.example", "Anna", 1, 7))
    assert [item.seconds for item in united([twice, twice])] == [420]
    assert covered([parts[0], session(first=10)], REVIEW) == 3600
    assert covered([session(first=-30, last=31)], REVIEW) == 31 * 60, "what was before the meeting tells nothing of it"


@pytest.mark.parametrize(
    "hides",
    [
        line("", "Boardroom", kind="room"), line("", "+31 20 555 01 00", kind="phone"), line("", "", kind="anonymous"),
        line("hall@us.example", "North hall"), line("", "Ben"), line("", "B. Okafor"), line("", "benokafor"),
        line("ben.private@us.example", "Ben"), line("bokafor@home.example", "B. Okafor"), line("", "iPad"),
        line("ben.okafor@home.example", "iPad"), line("", "Ben's iPhone"), line("", "HR Team"), line("", "Galaxy S21"),
        line("", "iPhone von Jürgen"), line("", "Ben Kowal"), line("ben@kestrel.example", "Ben"),
    ],
)  # fmt: skip
def test_where_somebody_may_sit_behind_a_line_nobody_is_missed(hides: Joined) -> None:
    told = found(session(HOST, hides))
    assert "ben" not in {item.person_id for item in told.statements}
    assert "ben" in told.untold


def test_a_line_of_somebody_else_hides_nobody() -> None:
    guests = (Guest("ken@kestrel.example"), Guest("i.p@kestrel.example", "Ina Park"), Guest("ben@kestrel.example"))
    about = replace(REVIEW, guests=guests)
    told = found(
        session(HOST, line("", "Ken Abe (Guest)"), line("", "Park, Ina"), line("ben@kestrel.example", "Ben")),
        about=about,
    )
    assert {item.person_id: item.says for item in told.statements} == {"anna": "missed", "ben": "missed"}
    for name in ("Ben", "iPad", "Ben's iPad"):
        assert "ben" in found(session(HOST, line("", name)), about=about).untold, name


@pytest.mark.parametrize(
    "written", ["Jürgen Müller-Lüdenscheidt", "Juergen Mueller-Luedenscheidt", "Jurgen Muller Ludenscheidt"]
)
@pytest.mark.parametrize("shown", ["Juergen Mueller-Luedenscheidt", "Müller-Lüdenscheidt, Jürgen"])
def test_letters_written_out_are_the_same_letters(written: str, shown: str) -> None:
    people = [person("jm", name=written)]
    told = match(REVIEW, [session(HOST, line("", shown))], people, {"jm"}, {"jm"})
    assert told.statements == (Statement("jm", "unknown", "name"),)


@pytest.mark.parametrize(("first", "last", "says"), [(0, 31, ""), (29, 60, ""), (0, 50, ""), (0, 51, "missed")])
def test_a_part_of_the_meeting_cannot_tell_who_was_not_there(first: int, last: int, says: str) -> None:
    part = session(line("rosa@us.example", "Rosa Vidal", first, last), first=first, last=last)
    told = {item.person_id: item.says for item in found(part).statements}
    assert told.get("ben", "") == says


def test_half_a_session_cannot_tell_who_was_not_there() -> None:
    assert found(session(line("anna@us.example", "Anna", 0, 25), last=25)).untold == ("ben",)
    lengths_only = Report("zoom", "", None, None, (Joined("anna@us.example", "Anna", 3600),))
    assert said(lengths_only)["ben"] == ("missed", "")


@pytest.mark.parametrize(
    "name", ["Ben Okafor", "Okafor, Ben", "BEN OKAFOR (Guest)", "B (Ben Okafor)", "Ben Okafor | Us"]
)
@pytest.mark.case(70)
def test_a_name_alone_is_a_proposal(name: str) -> None:
    assert said(session(HOST, line("", name)), seated=set()) == {"ben": ("unknown", "name")}
    assert said(session(HOST, line("ben@home.example", name)))["ben"] == ("unknown", "name")


def test_a_name_of_two_is_told_and_nobodys() -> None:
    other = person("ben2", name="Ben Okafor", role="staff")
    told = match(REVIEW, [session(HOST, line("", "Ben Okafor"))], [*PEOPLE, other], LEADERS, LEADERS)
    assert told.unclear == (("ben", "ben2"),)
    assert told.untold == ("ben",)
    assert [item.person_id for item in told.statements] == ["anna"]
    there = session(HOST, line("", "Ben Okafor"), line("ben2@us.example", "Ben Okafor"))
    told = match(REVIEW, [there], [*PEOPLE, other], LEADERS, LEADERS)
    assert [(item.person_id, item.says) for item in told.statements if item.person_id == "ben"] == [("ben", "unknown")]


def test_who_is_there_by_address_is_not_proposed_by_name_as_well() -> None:
    assert said(session(line("ben@us.example", "Ben Okafor"), line("", "Ben Okafor")))["ben"] == ("attended", "")


def test_a_guest_of_the_customer_who_bears_our_name_is_theirs() -> None:
    invited = replace(REVIEW, guests=(Guest("ben.okafor@kestrel.example", "Ben Okafor"),))
    told = found(session(HOST, line("ben.okafor@kestrel.example", "Ben Okafor")), about=invited)
    assert {item.person_id: item.says for item in told.statements} == {"anna": "missed", "ben": "missed"}


def test_nobody_of_theirs_is_in_what_is_found() -> None:
    told = found(session(HOST, line("ken@kestrel.example", "Ken Abe"), line("", "Mira Holt")))
    assert not any(word in repr(told) for word in ("Ken", "kestrel", "Mira", "datetime"))
    assert told.numbers.others == 2


def at(day: int, hour: int, minutes: int = 60) -> Report:
    start = datetime(2026, 11, day, hour, tzinfo=UTC)
    return Report("teams", "", start, start + timedelta(minutes=minutes), ())


def test_a_report_belongs_to_the_occurrence_it_lies_in() -> None:
    morning, noon = meeting(datetime(2026, 11, 10, 9, tzinfo=UTC)), meeting(datetime(2026, 11, 10, 12, tzinfo=UTC))
    week_later = meeting(START + timedelta(days=7), "later")
    reports = [at(10, 12, 50), at(10, 9), at(17, 13), at(3, 13)]
    assert belonging(morning, [noon, week_later], reports) == [at(10, 9)]
    assert belonging(noon, [morning, week_later], reports) == [at(10, 12, 50)]
    assert belonging(REVIEW, [week_later], [at(10, 16), at(10, 12, 40), at(10, 18), at(10, 8)]) == [
        at(10, 12, 40), at(10, 16),
    ]  # fmt: skip


def test_a_session_has_a_name_that_its_corrected_report_has_too() -> None:
    assert session_of([at(10, 13), at(10, 14)]) == session_of([at(10, 13, 55)]) == "teams 2026-11-10T13:00Z"
    assert session_of([at(10, 14)]) != session_of([at(10, 13)])


@pytest.mark.parametrize(
    ("shown", "name", "same", "could"),
    [
        ("Łukasz Wójcik", "lukasz wojcik", True, True),
        ("Nguyễn Văn An", "An Nguyen Van", True, True),
        ("Dana", "Dana Okafor", False, True),
        ("D O", "Dana Okafor", False, True),
        ("John Smith", "J. Smith", False, True),
        ("Dana Holt", "Dana Okafor", False, False),
        ("dokafor", "Dana Okafor", False, True),
        ("", "Dana Okafor", False, False),
        ("Dana-Okafor", "Dana Okafor", True, True),
        ("Soeren Aas", "Søren Ås", True, True),
        ("Dana Maria Okafor", "Dana Okafor", False, True),
    ],
)
def test_names_as_people_type_them(shown: str, name: str, same: bool, could: bool) -> None:
    assert (same_name(shown, name), could_be(shown, name)) == (same, could)


LINES = st.builds(
    line, st.sampled_from(["", "anna@us.example", "ben@us.example", "ken@kestrel.example"]),
    st.sampled_from(["", "Anna Moll", "Ben", "Ken Abe"]), st.integers(0, 20), st.integers(21, 60),
    st.sampled_from(["person", "person", "room"]),
)  # fmt: skip


@given(st.lists(LINES, max_size=6), st.randoms(), st.integers(0, 6))
def test_neither_the_order_nor_the_number_of_sessions_matters(rows: list[Joined], chance: object, cut: int) -> None:
    one = session(*rows)
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    two = [session(*shuffled[:cut]), session(*shuffled[cut:])]
    assert found(one) == found(*two) == found(*reversed(two), one)
