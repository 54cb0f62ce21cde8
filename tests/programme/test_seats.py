"""Seats from calendars and people, through the house."""

from datetime import timedelta

import pytest

from companion.attendance.model import Evidence
from companion.basics.errors import Problem
from companion.basics.ids import meeting_id, new_id
from companion.people.model import Person
from companion.programme import people, presence, seats, targets
from companion.programme.apply import take_evidence
from companion.programme.attendance_import import bring
from companion.programme.codec import to_json
from companion.programme.sync import sync
from companion.programme.views.board import board
from companion.programme.views.home import home
from companion.programme.views.meetings import meetings
from fakes.house import Made
from fakes.ics import calendar, event
from fakes.meeting import met


def state_of(made: Made, uid: str, name: str = "Dana Okafor") -> str:
    row = next(row for row in meetings(made.house).rows if row.meeting.uid == uid)
    return next((seat.state for seat in row.seats if seat.name == name), "open")


def heard(made: Made, name: str = "Dana Okafor") -> tuple[int, int]:
    row = next(row for row in board(made.house).rows if row.person.name == name)
    return row.standing.heard, row.standing.unknown


@pytest.fixture
def seated(made: Made) -> Made:
    made.account("Work", "dana@ferro.example").members = {
        "a": calendar(event("a", "20261110T130000Z", answer="ACCEPTED")),
        "b": calendar(event("b", "20261210T130000Z", answer="ACCEPTED")),
    }
    sync(made.house)
    return made


def test_a_past_accepted_seat_asks_and_counts_for_nothing_until_answered(seated: Made) -> None:
    assert heard(seated) == (0, 1)
    asked = home(seated.house).did_you_join
    assert [item.meeting.uid for item in asked] == ["a"]
    seats.set_state(seated.house, asked[0].meeting.id, "dana@ferro.example", "attended", "self")
    assert heard(seated) == (1, 0)
    assert home(seated.house).did_you_join == ()
    assert [item.meeting.uid for item in home(seated.house).to_tell] == ["a"]


@pytest.mark.parametrize(("to", "code"), [("dana", "instead_oneself"), ("rosa", "instead_host")])
def test_neither_oneself_nor_the_host_goes_instead(made: Made, to: str, code: str) -> None:
    met(made.house, "held", made.time[0] - timedelta(days=3))
    with pytest.raises(Problem, match=code):
        seats.set_state(made.house, "held", "dana", "delegated", "self", to=to)
    with pytest.raises(Problem, match=code):
        presence.sat(made.house, "held", {"dana": "delegated"}, instead={"dana": to})
    word = Evidence(new_id(), "held", "dana", "self", "delegated", "dana@ferro.example", made.time[0], "", to)
    with made.house.workspace() as tx, pytest.raises(Problem, match=code):
        take_evidence(tx, to_json(word), made.time[0])
    with made.house.workspace(write=False) as tx:
        assert tx.seats.evidence(["held"]) == []


def test_a_feed_that_shows_some_months_only_takes_no_question_away(seated: Made) -> None:
    del seated.sources["Work"].members["a"]  # it took place; then it rolled off
    sync(seated.house)
    assert heard(seated) == (0, 1)
    asked = home(seated.house).did_you_join
    assert [(item.meeting.uid, item.meeting.status) for item in asked] == [("a", "gone")]


def test_what_is_taken_out_before_it_takes_place_asks_nobody(seated: Made) -> None:
    seats.set_state(seated.house, meeting_id("b", "-"), "lev@ferro.example", "declined")
    del seated.sources["Work"].members["b"]
    sync(seated.house)
    assert {row.meeting.uid: row.meeting.status for row in meetings(seated.house).rows}["b"] == "cancelled"
    seated.time[0] += timedelta(days=40)
    assert [item.meeting.uid for item in home(seated.house).did_you_join] == ["a"]


def test_a_word_outlives_the_next_sync(seated: Made) -> None:
    seats.set_state(seated.house, meeting_id("a", "-"), "dana@ferro.example", "missed", "self")
    seated.sources["Work"].members["a"] = calendar(event("a", "20261110T140000Z", answer="ACCEPTED"))
    sync(seated.house)
    assert state_of(seated, "a") == "missed"


def test_host_and_leader_contradict_each_other(seated: Made) -> None:
    seats.set_state(seated.house, meeting_id("a", "-"), "dana@ferro.example", "attended", "self")
    seats.set_state(seated.house, meeting_id("a", "-"), "dana@ferro.example", "missed", "host")
    assert state_of(seated, "a") == "disputed"
    assert heard(seated)[0] == 0


def test_who_went_instead_is_credited(seated: Made) -> None:
    seats.set_state(
        seated.house, meeting_id("a", "-"), "dana@ferro.example", "delegated", "self", to="lev@ferro.example"
    )
    assert (heard(seated)[0], heard(seated, "Lev Brandt")[0]) == (0, 1)


def test_nobody_was_at_a_meeting_that_has_not_been(seated: Made) -> None:
    with pytest.raises(Problem) as caught:
        seats.set_state(seated.house, meeting_id("b", "-"), "dana@ferro.example", "attended")
    assert caught.value.code == "not_over_yet"


def test_as_of_a_past_day_remembers_what_was_coming(seated: Made) -> None:
    before = board(seated.house)
    seated.time[0] += timedelta(days=5)
    seated.sources["Work"].members["b"] = calendar(event("b", "20261211T130000Z", answer="ACCEPTED"))
    sync(seated.house)
    then = board(seated.house, as_of=seated.time[0].date() - timedelta(days=5))
    assert [row.standing.coming for row in then.rows] == [row.standing.coming for row in before.rows]


def test_a_new_leader_finds_the_seats_the_calendars_already_hold(seated: Made) -> None:
    seated.account("Hosts", hosts=True).members = {
        "x": calendar(event("a", "20261110T130000Z", guests=("mei@ferro.example", "ken@kestrel.example")))
    }
    sync(seated.house)
    assert state_of(seated, "a", "Mei Tan") == "open"
    people.import_people(seated.house, "name,email,team,role,target\nMei Tan,mei@ferro.example,Legal,leader,2\n")
    assert state_of(seated, "a", "Mei Tan") == "unknown"


def test_a_personal_target_makes_a_leader(made: Made) -> None:
    with made.house.workspace() as tx:
        tx.people.put(Person("cy", "cy@ferro.example", "Cy", (), "IT", "staff"))
    targets.set_target(made.house, "cy@ferro.example", 3, made.time[0].date(), "asked to")
    assert "Cy" in [row.person.name for row in board(made.house).rows]
    with pytest.raises(Problem):
        targets.set_target(made.house, "cy@ferro.example", 3, made.time[0].date() - timedelta(days=900), "backwards")


def test_past_attendance_by_table_comes_in_once(seated: Made) -> None:
    rows = "{},Kestrel,2026-11-10,attended,host\n"
    text = "email,customer,date,state,evidence\n" + rows.format("dana@ferro.example") + rows.format("x@y.example")
    found = bring(seated.house, text)
    assert (len(found.fresh), len(found.problems)) == (1, 1)
    again = bring(seated.house, text)
    assert (len(again.fresh), heard(seated)[0]) == (0, 1)
