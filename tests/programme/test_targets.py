"""Targets, leave and what is carried: by ops, from a day on, with a reason, never backwards."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from companion.basics.errors import Problem
from companion.people.model import Person
from companion.programme import leaves, targets
from companion.programme.views.board import board
from companion.words.problems import sentence
from fakes.house import Made
from programme.test_years import hold, in_2027

OPS = Person("olga", "olga@ferro.example", "Olga Lind", (), "Programme", "ops")


def expected(made: Made, span: str = "2027") -> dict[str, int]:
    return {row.person.id: row.standing.expected for row in board(made.house, span, live=True).rows}


def test_a_target_has_a_day_and_a_reason(made: Made) -> None:
    today = made.time[0].date()
    targets.set_target(made.house, "role:Leader", 3, today, "a year of listening")
    targets.set_target(made.house, "Dana Okafor", 4, today, "asked to")
    targets.set_target(made.house, "Dana Okafor", 1, today.replace(month=12), "a new task")
    found = targets.of_all(made.house)
    lines = [(line.name or f"role {line.role}", line.target.count, line.in_force) for line in found]
    assert lines == [("Dana Okafor", 1, False), ("role leader", 3, True), ("Dana Okafor", 4, True)]
    with pytest.raises(Problem, match="reason_missing"):
        targets.set_target(made.house, "dana", 2, today, " ")
    with pytest.raises(Problem, match="target_backwards") as caught:
        targets.set_target(made.house, "dana", 2, date(2026, 1, 1), "backwards")
    assert "2026-01-01" in sentence(caught.value)
    with made.house.workspace(write=False) as tx:
        newest = tx.programme.entries()[0]
    assert (newest.who, newest.what, newest.why) == ("dana@ferro.example", "target", "a new task")


def test_what_was_not_known_is_not_counted(made: Made) -> None:
    before = made.time[0].date()
    made.time[0] = datetime(2026, 12, 20, 9, tzinfo=UTC)
    targets.set_target(made.house, "dana", 6, date(2026, 12, 20), "asked to")
    leaves.put(made.house, "lev@ferro.example", date(2026, 1, 1), date(2026, 12, 31))
    then = {row.person.id: row.standing for row in board(made.house, "2026", before).rows}
    now = {row.person.id: row.standing for row in board(made.house, "2026").rows}
    assert (then["dana"].target, then["lev"].expected) == (2, 2)
    assert (now["dana"].target, now["lev"].expected) == (6, 0)


def test_a_shortfall_is_carried_once(made: Made) -> None:
    hold(made, "2026-03-04", "dana")
    with pytest.raises(Problem, match="carry_self"):
        targets.carry(made.house, "dana", "2026", "dana@ferro.example", "illness in the team")
    in_2027(made)
    for span in ("2026-07..2026-12", "2026-04..2027-03"):
        with pytest.raises(Problem, match="carry_span"):
            targets.carry(made.house, "dana", span, "rosa@ferro.example", "two reviews fell through")
    with pytest.raises(Problem, match="carry_much"):
        targets.carry(made.house, "dana", "2026", "rosa@ferro.example", "two reviews fell through", 2)
    made_ = targets.carry(made.house, "dana", "2026", "rosa@ferro.example", "two reviews fell through")
    assert (made_.first, made_.count, made_.approver) == (date(2027, 1, 1), 1, "rosa@ferro.example")
    assert expected(made) == {"dana": 3, "lev": 2}
    assert expected(made, "2027-01..2027-06") == {"dana": 1, "lev": 1}  # it is owed to the year, not to half of it
    assert expected(made, "2026") == {"dana": 2, "lev": 2}  # the year before stays as it was
    for year in ("2027", "2030"):
        made.time[0] = datetime(int(year) + 1, 1, 5, tzinfo=UTC)
        with pytest.raises(Problem, match="carry_twice"):
            targets.carry(made.house, "dana", year, "rosa@ferro.example", "again")
    made.time[0] = datetime(2032, 1, 5, tzinfo=UTC)
    assert targets.carry(made.house, "dana", "2031", "rosa@ferro.example", "again", 1).first == date(2032, 1, 1)


def test_nothing_is_carried_that_can_still_be_reached(made: Made) -> None:
    for day in ("2026-12-01", "2026-12-08"):
        hold(made, day)
    with pytest.raises(Problem, match="carry_runs"):
        targets.carry(made.house, "dana", "2026", "rosa@ferro.example", "no time")
    for day in ("2026-02-03", "2026-02-10"):
        hold(made, day, "lev")
    with pytest.raises(Problem, match="carry_none"):
        targets.carry(made.house, "lev", "2026", "rosa@ferro.example", "no time")
    with pytest.raises(Problem, match="period_rolling"):
        targets.carry(made.house, "dana", "rolling", "rosa@ferro.example", "no time")


def test_leave_is_a_category_and_two_days(made: Made) -> None:
    with pytest.raises(Problem, match="leave_wrong"):
        leaves.put(made.house, "dana@ferro.example", date(2026, 3, 1), date(2026, 3, 5), "flu")
    with pytest.raises(Problem, match="days_reversed"):
        leaves.put(made.house, "dana@ferro.example", date(2026, 3, 5), date(2026, 3, 1))
    first = leaves.put(made.house, "dana@ferro.example", date(2026, 3, 1), date(2026, 3, 5), "Role change")
    assert first.kind == "role_change"
    made.time[0] = datetime(2026, 12, 1, tzinfo=UTC)
    assert leaves.put(made.house, "dana@ferro.example", date(2026, 3, 1), date(2026, 3, 5), "role change") == first
    with pytest.raises(Problem, match="leave_overlaps"):
        leaves.put(made.house, "dana@ferro.example", date(2026, 3, 4), date(2026, 3, 9))
    leaves.put(made.house, "dana@ferro.example", date(2026, 3, 1), date(2026, 3, 9))
    assert [(one.leave.end, one.person.id) for one in leaves.all_of(made.house)] == [(date(2026, 3, 9), "dana")]
    leaves.drop(made.house, "dana@ferro.example", date(2026, 3, 1))
    assert leaves.all_of(made.house) == []
    with pytest.raises(Problem, match="leave_unknown"):
        leaves.drop(made.house, "dana@ferro.example", date(2026, 3, 1))


def test_in_a_shared_workspace_only_ops_decide(made: Made) -> None:
    shared = replace(made.house, workspace_shared=True)
    with shared.workspace() as tx:
        tx.people.put(OPS)
    ops = replace(shared, me=OPS.email)
    leaves.put(ops, "lev@ferro.example", date(2026, 3, 1), date(2026, 3, 5))
    leaves.put(ops, "dana@ferro.example", date(2026, 4, 1), date(2026, 4, 5))
    assert [one.person.id for one in leaves.all_of(shared)] == ["dana"]  # Dana sees her own
    assert len(leaves.all_of(ops)) == 2
    today = made.time[0].date()
    for verb in (
        lambda: leaves.put(shared, "dana@ferro.example", today, today),
        lambda: leaves.drop(shared, "dana@ferro.example", date(2026, 4, 1)),
        lambda: targets.set_target(shared, "dana", 0, today, "no time"),
        lambda: targets.carry(shared, "dana", "2026", "rosa@ferro.example", "no time"),
    ):
        with pytest.raises(Problem, match="only_ops"):
            verb()
