"""Seats, evidence and the directors' sentence in words."""

from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

import pytest

from companion.attendance.model import State, Word
from companion.attendance.standing import Flag
from companion.calendars.model import Reason
from companion.words import audit, plan
from companion.words.attendance import FLAGS, SEATS, STATES, directors, evidence, flag, seat_word, state, why

DAY = date(2026, 11, 18)


@dataclass(frozen=True)
class Numbers:
    leaders: int = 14
    on_track: int = 10
    waiting: int = 0
    needing: int = 3
    seats_needed: int = 3
    open_reviews: int = 5
    cannot: int = 1
    until: date = date(2026, 12, 31)
    over: bool = False
    missing: int = 0
    expected: int = 27
    heard: int = 10
    beside: int = 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"needing": 2, "seats_needed": 2, "beside": 1}, "10 of 14 are on track. 2 need one of these 5 open reviews. "
         "1 can only sit in beside a colleague. 1 cannot make it before 31 December unless a review is added."),
        ({}, "10 of 14 are on track. 3 need one of these 5 open reviews. "
             "1 cannot make it before 31 December unless a review is added."),
        ({"on_track": 14, "needing": 0, "cannot": 0}, "All 14 are on track."),
        ({"leaders": 1, "on_track": 1, "needing": 0, "cannot": 0}, "The one leader is on track."),
        ({"on_track": 1, "needing": 1, "seats_needed": 1, "cannot": 0},
         "1 of 14 is on track. 1 needs one of these 5 open reviews."),
        ({"on_track": 0, "needing": 0, "cannot": 14},
         "Nobody is on track yet. 14 cannot make it before 31 December unless reviews are added."),
        ({"needing": 3, "seats_needed": 3, "open_reviews": 1, "cannot": 0, "missing": 2},
         "10 of 14 are on track. 3 need the one open review. 2 more reviews have to be found."),
        ({"needing": 0, "cannot": 0, "waiting": 1}, "10 of 14 are on track. 1 has been asked."),
        ({"needing": 0, "cannot": 0, "waiting": 4}, "10 of 14 are on track. 4 have been asked."),
        ({"needing": 2, "seats_needed": 4, "cannot": 0},
         "10 of 14 are on track. 2 need 4 seats between them; open reviews: 5."),
        ({"leaders": 0}, "Nothing is expected of anybody in this period."),
        ({"over": True}, "10 of 27 expected meetings were heard; 10 of 14 leaders reached what was expected."),
        ({"over": True, "on_track": 0},
         "10 of 27 expected meetings were heard; 0 of 14 leaders reached what was expected."),
        ({"over": True, "on_track": 14},
         "10 of 27 expected meetings were heard; all 14 leaders reached what was expected."),
    ],
)  # fmt: skip
def test_the_directors_sentence(change: dict[str, int], told: str) -> None:
    assert directors(replace(Numbers(), **change)) == told  # type: ignore[arg-type]


def test_the_audit_says_what_the_programme_noted_in_words() -> None:
    assert audit.reason("report zoom") == "the join report of Zoom"
    assert audit.reason("report it to me") == "report it to me"
    assert audit.from_to("leave", "", "2026-06-25–2026-07-20") == "25 June 2026–20 July 2026"
    assert audit.from_to("programme.zone", "2026-99-99", "x") == "2026-99-99 → x"


def test_a_later_seat_of_a_plan_says_which_it_is() -> None:
    assert plan.headline(0, 0, 0).startswith("There is nothing to plan")
    assert plan.headline(0, 0, 2) == "No seat is proposed. 2 leaders stay short."
    needs = [Reason("needs", (("needs", "3"),))]
    said = [plan.seat_sentence(needs, "Piotr", "Kestrel", place=place) for place in (1, 2, 3)]
    assert said == ["Piotr needs 3 this year.", "The second of 3 that Piotr needs this year.",
                    "The third of 3 that Piotr needs this year."]  # fmt: skip


def test_who_sits_beside_another_hears_which_of_them_is_there_for_the_first_time() -> None:
    said = [
        plan.seat_sentence([Reason("second", (("person", "piotr"), *new))], "Ánh", "Kestrel", "Piotr Ziółkowski")
        for new in ((("new", "piotr"),), (("new", "anh"),), ())
    ]
    assert said == ["Beside Piotr Ziółkowski, who is there for the first time.",
                    "Beside Piotr Ziółkowski, for Ánh is there for the first time.",
                    "Beside Piotr Ziółkowski, for one of the two is there for the first time."]  # fmt: skip


def test_every_word_state_and_flag_is_said() -> None:
    assert set(SEATS) == set(get_args(Word))
    assert set(STATES) == set(get_args(State))
    assert set(FLAGS) == set(get_args(Flag))
    assert (seat_word("was_there"), flag("needs_seat")) == ("was there", "needs a seat")
    assert (seat_word("asked", "offered"), seat_word("asked", "unknown")) == ("asked", "not known yet")
    assert state("disputed").endswith("Somebody has to decide.")


@pytest.mark.parametrize(
    ("source", "says", "more", "told"),
    [
        ("host", "attended", {}, "Rosa, the host, on 18 November"),
        ("self", "attended", {}, "Rosa, on 18 November"),
        ("ops", "missed", {}, "Rosa, for the programme, on 18 November"),
        ("report", "attended", {}, "the join report, on 18 November"),
        ("calendar", "accepted", {}, "accepted in the calendar, read on 18 November"),
        ("calendar", "none", {"time": "14:05"}, "invited in the calendar, read on 18 November at 14:05"),
        ("self", "declined", {"reason": "on leave"}, "Rosa, on 18 November: on leave"),
        ("self", "delegated", {"instead": "Ben"}, "Ben went instead (Rosa, on 18 November)"),
    ],
)
def test_evidence_in_a_sentence(source: str, says: str, more: dict[str, str], told: str) -> None:
    assert evidence(source, says, "Rosa", DAY, **more) == told


@pytest.mark.parametrize(
    ("code", "facts", "told"),
    [
        ("heard", {"customer": "k", "day": "2026-03-04"}, "Heard Kestrel on 4 March."),
        ("heard", {"customer": "k", "day": "2026-03-04", "source": "report"},
         "Heard Kestrel on 4 March, by the join report."),
        ("heard", {"customer": "k", "day": "2026-03-04", "source": "host"},
         "Heard Kestrel on 4 March, by the host's word."),
        ("heard", {"customer": "?", "day": "2026-03-04"}, "Heard a customer on 4 March."),
        ("leave", {"days": "1"}, "1 day of leave is left out."),
        ("leave", {"days": "30"}, "30 days of leave are left out."),
        ("needs_seat", {"needs": "1", "open": "4", "until": "2026-12-31"},
         "Needs 1 more; 4 open reviews before 31 December."),
        ("cannot_reach", {"needs": "2", "open": "1", "until": "2026-12-31"},
         "Needs 2 more; 1 open review before 31 December."),
        ("cannot_reach", {"needs": "2", "open": "0", "until": "2026-12-31"},
         "Needs 2 more; no open review before 31 December."),
        ("waiting", {"needs": "1", "open": "0", "until": "2026-12-31"}, "Needs 1 more; an answer is awaited."),
        ("pro_rata", {"days": "184", "of": "365", "expected": "1"}, "184 of 365 days count, so 1 expected."),
    ],
)  # fmt: skip
def test_the_why_of_a_standing(code: str, facts: dict[str, str], told: str) -> None:
    assert why(code, facts, {"k": "Kestrel"}) == told


def test_what_is_not_known_is_said_of_a_seat_not_of_the_meeting() -> None:
    facts = {"customer": "k", "day": "2026-11-18"}
    said = [why("unknown", facts, {"k": "Kestrel"}, "Dana"), why("unknown", facts, {"k": "Kestrel"}, mine=True)]
    assert [one.partition(";")[0] for one in said] == [
        "Nobody has said yet whether Dana was with Kestrel on 18 November",
        "Nobody has said yet whether you were with Kestrel on 18 November",
    ]
    assert why("disputed", facts, {"k": "Kestrel"}).startswith("It is not agreed whether they were with Kestrel")


@pytest.mark.parametrize(
    ("system", "reason", "told"),
    [
        ("teams", "", "the join report of Microsoft Teams, read on 18 November"),
        ("meet", "name",
         "the join report of Google Meet, read on 18 November: somebody of that name joined without a known address"),
        ("zoom", "brief:10", "the join report of Zoom, read on 18 November: there for less than 10 minutes"),
        ("zoom", "brief:1", "the join report of Zoom, read on 18 November: there for less than 1 minute"),
        ("ops@ferro.example", "from her list", "the join report, on 18 November: from her list"),
    ],
)  # fmt: skip
def test_a_reports_evidence_names_its_source_and_its_doubt(system: str, reason: str, told: str) -> None:
    assert evidence("report", "attended", system, DAY, reason=reason) == told
