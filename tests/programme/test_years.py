"""A year is closed once: its figures stay, and what changes later stands beside them with its reason."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from companion.attendance.model import Evidence
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme import leaves, seats, targets, years
from companion.programme.views.board import board
from companion.programme.views.why import why_of
from fakes.house import Made

OPS = Person("olga", "olga@ferro.example", "Olga Lind", (), "Programme", "ops")


def meeting(day: str, customer: str = "kestrel", key: str = "") -> Meeting:
    start = datetime.fromisoformat(day).replace(hour=10, tzinfo=UTC)
    name = key or f"{customer}-{day}"
    return Meeting(name, name, "-", "Review", start, start + timedelta(hours=1), False, "Europe/Amsterdam",
                   "confirmed", customer, 80, ())  # fmt: skip


def hold(made: Made, day: str, *who: str, customer: str = "kestrel", batch: str = "") -> Meeting:
    held = meeting(day, customer)
    with made.house.workspace() as tx:
        tx.meetings.put(held)
        for person in who:
            said = Evidence(new_id(), held.id, person, "host", "attended", "rosa@ferro.example",
                            held.end + timedelta(hours=2), batch=batch)  # fmt: skip
            tx.seats.add(said)
    return held


def heard(made: Made, span: str = "2026", as_of: date | None = None) -> dict[str, int]:
    return {row.person.id: row.standing.heard for row in board(made.house, span, as_of).rows}


def in_2027(made: Made) -> None:
    made.time[0] = datetime(2027, 1, 11, 9, tzinfo=UTC)


def test_of_a_closed_year_others_rows_are_for_who_may_see_names(made: Made) -> None:
    in_2027(made)
    closing = years.close(made.house, "2026", "end")
    assert years.closed(made.house) == [closing]
    with made.house.workspace() as tx:
        tx.people.put(OPS)
    for who, shown in (("agnes", []), ("lev", ["lev"]), ("olga", [])):
        (one,) = years.closed(replace(made.house, me=f"{who}@ferro.example", workspace_shared=True))
        assert [row["person"] for row in one.body["rows"]] == shown
        assert one.body["sentence"] == closing.body["sentence"]


def expected(made: Made, as_of: date | None = None) -> int:
    return next(row.standing.expected for row in board(made.house, "2026", as_of).rows if row.person.id == "dana")


@pytest.mark.parametrize("dropped", [True, False])
def test_a_leave_that_is_changed_leaves_the_figures_of_before(made: Made, dropped: bool) -> None:
    made.time[0] = datetime(2026, 2, 1, 9, tzinfo=UTC)
    leaves.put(made.house, "dana@ferro.example", date(2026, 3, 1), date(2026, 8, 31))
    made.time[0] = datetime(2026, 9, 1, 9, tzinfo=UTC)
    then = expected(made)
    if dropped:
        leaves.drop(made.house, "dana@ferro.example", date(2026, 3, 1))
    else:
        leaves.put(made.house, "dana@ferro.example", date(2026, 3, 1), date(2026, 12, 20))
    made.time[0] += timedelta(days=1)
    assert expected(made) != then
    assert expected(made, date(2026, 6, 30)) == then
    told = why_of(made.house, "dana", "2026", date(2026, 6, 30), "expected")
    assert (told.figure, expected(made, date(2026, 1, 15))) == (str(then), 2)
    assert len(leaves.all_of(made.house)) == (0 if dropped else 1)


def test_a_target_set_again_for_the_same_day_leaves_the_figures_of_before(made: Made) -> None:
    made.time[0] = datetime(2026, 1, 10, 9, tzinfo=UTC)
    targets.set_target(made.house, "dana@ferro.example", 6, date(2026, 3, 1), "a new role")
    then = expected(made)
    made.time[0] = datetime(2026, 2, 20, 9, tzinfo=UTC)
    targets.set_target(made.house, "dana@ferro.example", 2, date(2026, 3, 1), "that was a mistake")
    assert (expected(made), expected(made, date(2026, 1, 31))) == (2, then)
    assert why_of(made.house, "dana", "2026", date(2026, 1, 31), "expected").figure == str(then) != "2"


def test_a_leave_taken_back_after_the_close_is_the_reason_of_an_amendment(made: Made) -> None:
    leaves.put(made.house, "dana@ferro.example", date(2026, 3, 1), date(2026, 12, 20))
    in_2027(made)
    years.close(made.house, "2026", "end")
    made.time[0] += timedelta(days=1)
    leaves.drop(made.house, "dana@ferro.example", date(2026, 3, 1))
    (change,) = years.amendments(made.house, "2026")
    assert (change.cell, [why.code for why in change.because]) == ("expected", ["leave_over_since"])


def test_a_day_is_closed_once_whatever_the_span_is_called(made: Made) -> None:
    held = hold(made, "2026-03-04")
    in_2027(made)
    assert years.to_close(made.house) is not None
    years.close(made.house, "2026-01..2026-12", "agreed with the board")
    assert [one.label for one in years.closed(made.house)] == ["2026"]
    assert years.to_close(made.house) is None
    for span, code in (("2026", "year_closed"), ("2026-01..2026-12", "year_closed"), ("2026-07..2026-12", "year_over"),
                       ("2025-04..2026-03", "year_over"), ("rolling", "period_rolling")):  # fmt: skip
        with pytest.raises(Problem, match=code):
            years.close(made.house, span, "once more")
    made.time[0] += timedelta(days=1)
    seats.set_state(made.house, held.id, "dana", "attended", "ops", "the sheet was found")
    assert heard(made, "2026-01..2026-12") == heard(made, "2026") == {"dana": 0, "lev": 0}
    years.close(made.house, "2025", "the year before")  # shares no day with it


def test_a_closed_year_keeps_its_figures_and_tells_what_changed(made: Made) -> None:
    hold(made, "2026-03-04", "dana", batch="old list")
    later = hold(made, "2026-05-06")
    in_2027(made)
    closing = years.close(made.house, "2026", "agreed with the board")
    assert (closing.label, closing.by) == ("2026", "dana@ferro.example")
    made.time[0] += timedelta(days=1)
    assert years.amendments(made.house, "2026") == ()
    seats.set_state(made.house, later.id, "dana", "attended", "ops", "the sheet was found")
    assert heard(made) == {"dana": 1, "lev": 0}
    found = board(made.house, "2026")
    assert found.closing == closing
    (change,) = found.amendments
    assert (change.person_id, change.cell, change.old, change.new) == ("dana", "heard", "1", "2")
    assert [(why.code, dict(why.facts)["day"], dict(why.facts)["at"]) for why in change.because] == [
        ("said_since", "2026-05-06", "2027-01-12")
    ]
    assert {row.person.id: row.standing.heard for row in board(made.house, "2026", live=True).rows}["dana"] == 2
    with made.house.workspace() as tx:
        tx.seats.withdraw("old list", made.time[0] + timedelta(hours=1))
    made.time[0] += timedelta(hours=2)
    assert years.amendments(made.house, "2026") == ()  # one came, one went: the figure is as it was told
    assert heard(made, as_of=date(2026, 12, 31)) == {"dana": 1, "lev": 0}


def test_what_is_expected_can_be_amended_too(made: Made) -> None:
    in_2027(made)
    years.close(made.house, "2026", "agreed")
    made.time[0] += timedelta(days=3)
    leaves.put(made.house, "lev@ferro.example", date(2026, 1, 1), date(2026, 8, 31))
    (change,) = years.amendments(made.house, "2026")
    assert (change.person_id, change.cell, change.old, change.new) == ("lev", "expected", "2", "1")
    assert [why.code for why in change.because] == ["leave_since"]
    before = board(made.house, "2026", date(2027, 1, 12), live=True)
    assert {row.person.id: row.standing.expected for row in before.rows}["lev"] == 2  # nobody knew of it then


def test_closing_is_for_a_year_that_is_over_and_once(made: Made) -> None:
    with pytest.raises(Problem, match="year_runs"):
        years.close(made.house, "2026", "agreed")
    with pytest.raises(Problem, match="reason_missing"):
        years.close(made.house, "2025", " ")
    with pytest.raises(Problem, match="period_rolling"):
        years.close(made.house, "rolling", "agreed")
    with pytest.raises(Problem, match="year_ahead"):
        years.close(made.house, "2031", "agreed")
    with pytest.raises(Problem, match="year_not_closed"):
        years.amendments(made.house, "2026")
    assert years.close(made.house, "2026", "we end with November", early=True).label == "2026"
    with pytest.raises(Problem, match="year_closed"):
        years.close(made.house, "2026", "again", early=True)
    assert [closing.label for closing in years.closed(made.house)] == ["2026"]


def test_only_ops_close_a_shared_year(made: Made) -> None:
    in_2027(made)
    shared = replace(made.house, workspace_shared=True)
    with pytest.raises(Problem, match="only_ops"):
        years.close(shared, "2026", "agreed")
    with shared.workspace() as tx:
        tx.people.put(OPS)
    assert years.close(replace(shared, me=OPS.email), "2026", "agreed").by == OPS.email
    with shared.workspace(write=False) as tx:
        assert tx.programme.entries()[0].new == "2026"


def test_the_frozen_rows_hold_no_names(made: Made) -> None:
    hold(made, "2026-03-04", "dana")
    in_2027(made)
    text = str(years.close(made.house, "2026", "agreed").body)
    assert "Dana" not in text
    assert "ferro.example" not in text
    assert "Kestrel" not in text
    with made.house.workspace() as tx:
        tx.people.remove("dana")
    assert [(row.person.id, row.person.name, row.standing.heard) for row in board(made.house, "2026").rows] == [
        ("dana", "", 1), ("lev", "Lev Brandt", 0),
    ]  # fmt: skip


def test_which_year_is_to_be_closed(made: Made) -> None:
    assert years.to_close(made.house) is None  # the programme began this year
    in_2027(made)
    found = years.to_close(made.house)
    assert found
    assert found.label == "2026"
    years.close(made.house, "last", "agreed")
    assert years.to_close(made.house) is None


def test_targets_set_later_count_from_their_day(made: Made) -> None:
    in_2027(made)
    years.close(made.house, "2026", "agreed")
    targets.set_target(made.house, "dana", 4, date(2027, 2, 1), "more customers")
    assert years.amendments(made.house, "2026") == ()
    assert {row.person.id: row.standing.expected for row in board(made.house, "2027").rows}["dana"] == 4
