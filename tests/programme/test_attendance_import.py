"""Past attendance by table: a dry run that says what would change, once and only once, and back again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from companion.basics.errors import Problem
from companion.basics.ids import meeting_id
from companion.programme import agreement, seats
from companion.programme.attendance_import import bring, imports, undo
from companion.programme.model import House
from companion.programme.sync import sync
from companion.programme.views.board import board
from fakes.house import Made
from fakes.ics import calendar, event
from fakes.post import OPS, as_

HEADER = "email,customer,date,state,evidence\n"
DANA_SAT = "dana@ferro.example,Kestrel,2026-11-10,attended,host\n"
NOBODY = "nobody@ferro.example,Kestrel,2026-11-10,attended,host\n"
LEV_IN_MARCH = "lev@ferro.example,Kestrel,2026-03-03,attended,\n"


@pytest.fixture
def seated(made: Made) -> Made:
    made.account("Work", "dana@ferro.example").members = {
        "a": calendar(event("a", "20261110T130000Z", answer="ACCEPTED"))
    }
    sync(made.house)
    return made


def heard(house: House, name: str, as_of: date | None = None) -> int:
    return next(row for row in board(house, as_of=as_of).rows if row.person.name == name).standing.heard


def lines(house: House, what: str) -> list[tuple[str, str]]:
    with house.workspace(write=False) as tx:
        return [(entry.old, entry.new) for entry in tx.programme.entries() if entry.what == what]


def test_a_dry_run_says_row_by_row_what_would_change_and_writes_nothing(seated: Made) -> None:
    found = bring(seated.house, HEADER + NOBODY + DANA_SAT + LEV_IN_MARCH, dry_run=True, make_meetings=True)
    assert [(one.row, one.person, one.old, one.then, one.new, one.makes_meeting) for one in found.changes] == [
        (3, "Dana Okafor", "unknown", "attended", True, False),
        (4, "Lev Brandt", "open", "attended", True, True),
    ]
    assert [problem.code for problem in found.problems] == ["row_person_unknown"]
    assert (found.batch, imports(seated.house)) == ("", ())
    assert (heard(seated.house, "Dana Okafor"), heard(seated.house, "Lev Brandt")) == (0, 0)


def test_a_bad_row_never_hides_the_good_ones(seated: Made) -> None:
    found = bring(seated.house, HEADER + NOBODY + DANA_SAT + LEV_IN_MARCH)
    assert [problem.code for problem in found.problems] == ["row_person_unknown", "row_meeting_unknown"]
    assert heard(seated.house, "Dana Okafor") == 1


def test_the_same_table_brings_nothing_the_second_time(seated: Made) -> None:
    text = HEADER + DANA_SAT + LEV_IN_MARCH
    bring(seated.house, text, make_meetings=True)
    again = bring(seated.house, text, make_meetings=True)
    assert ([one.new for one in again.changes], again.batch) == ([False, False], "")
    assert len(imports(seated.house)) == 1


def test_a_correction_made_since_is_not_undone_by_the_same_table(seated: Made) -> None:
    missed = HEADER + "dana@ferro.example,Kestrel,2026-11-10,missed,\n"
    bring(seated.house, missed)
    seated.time[0] += timedelta(hours=1)
    with seated.house.workspace(write=False) as tx:
        meeting = tx.meetings.everything()[0]
    seats.set_state(seated.house, meeting.id, "dana@ferro.example", "attended", "ops", "a slip in the table")
    assert heard(seated.house, "Dana Okafor") == 1
    seated.time[0] += timedelta(hours=1)
    assert bring(seated.house, missed).fresh == ()
    assert heard(seated.house, "Dana Okafor") == 1


def test_an_import_is_taken_back_and_an_earlier_day_still_sees_it(seated: Made) -> None:
    found = bring(seated.house, HEADER + DANA_SAT + LEV_IN_MARCH, name="past.csv", make_meetings=True)
    today = seated.time[0].date()
    assert (heard(seated.house, "Dana Okafor"), heard(seated.house, "Lev Brandt")) == (1, 1)
    seated.time[0] += timedelta(days=2)
    assert undo(seated.house, found.batch[:8], "the wrong file") == 2
    assert (heard(seated.house, "Dana Okafor"), heard(seated.house, "Lev Brandt")) == (0, 0)
    assert (heard(seated.house, "Dana Okafor", today), heard(seated.house, "Lev Brandt", today)) == (1, 1)
    batch = imports(seated.house)[0]
    assert (batch.name, batch.statements, batch.by, batch.withdrawn) == (
        "past.csv", 2, "dana@ferro.example", seated.time[0],
    )  # fmt: skip
    assert ("attended", "unknown") in lines(seated.house, "import.undone")
    assert lines(seated.house, "import") == [("", "past.csv: 2")]
    with pytest.raises(Problem) as caught:
        undo(seated.house, found.batch)
    assert caught.value.code == "import_undone"
    again = bring(seated.house, HEADER + DANA_SAT + LEV_IN_MARCH, make_meetings=True)
    assert len(again.fresh) == 2
    assert (heard(seated.house, "Dana Okafor"), heard(seated.house, "Lev Brandt")) == (1, 1)


def test_what_others_said_counts_again_once_the_import_is_gone(seated: Made) -> None:
    with seated.house.workspace(write=False) as tx:
        meeting = tx.meetings.everything()[0]
    seats.set_state(seated.house, meeting.id, "dana@ferro.example", "attended", "self")
    seated.time[0] += timedelta(hours=1)
    found = bring(seated.house, HEADER + "dana@ferro.example,Kestrel,2026-11-10,missed,host\n")
    assert found.changes[0].then == "disputed"
    assert heard(seated.house, "Dana Okafor") == 0
    seated.time[0] += timedelta(hours=1)
    undo(seated.house, found.batch)
    assert heard(seated.house, "Dana Okafor") == 1


def test_a_forgotten_meeting_is_not_made_again(seated: Made) -> None:
    from companion.programme.meetings import forget

    bring(seated.house, HEADER + LEV_IN_MARCH, make_meetings=True)
    with seated.house.workspace(write=False) as tx:
        made = next(meeting for meeting in tx.meetings.everything() if meeting.uid.startswith("past:"))
    forget(seated.house, [made.id])
    again = bring(seated.house, HEADER + LEV_IN_MARCH, make_meetings=True)
    assert [problem.code for problem in again.problems] == ["meeting_was_forgotten"]
    assert again.changes == ()


def test_only_ops_bring_in_the_past_of_a_shared_workspace(seated: Made) -> None:
    house = replace(seated.house, workspace_shared=True)
    for act in (lambda: bring(house, HEADER + DANA_SAT), lambda: undo(house, "x"), lambda: imports(house)):
        with pytest.raises(Problem) as caught:
            act()
        assert caught.value.code == "only_ops"
    with pytest.raises(Problem) as caught:
        undo(seated.house, "none")
    assert caught.value.code == "import_unknown"


def test_without_the_agreement_only_how_many_rows_are_new_is_told(seated: Made) -> None:
    with seated.house.workspace() as tx:
        tx.people.put(OPS)
    ops = as_(seated.house, OPS.email)
    seats.set_state(seated.house, meeting_id("a", "-"), "dana", "missed", "host")
    seated.time[0] += timedelta(minutes=1)
    tried = bring(ops, HEADER + DANA_SAT, dry_run=True)
    assert (tried.changes, tried.new, tried.known, tried.by_name) == ((), 1, 0, False)
    done = bring(ops, HEADER + DANA_SAT)
    assert (bool(done.batch), done.changes, done.new) == (True, (), 1)
    assert (bring(ops, HEADER + DANA_SAT).known, heard(seated.house, "Dana Okafor")) == (1, 1)
    agreement.record(ops, "Works agreement 7", seated.time[0].date())
    (change,) = bring(ops, HEADER + DANA_SAT, dry_run=True).changes
    assert (change.person, change.old, change.new) == ("Dana Okafor", "attended", False)
