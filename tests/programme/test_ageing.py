"""What is older than the policy keeps it is counted, and nothing is deleted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from companion.basics.errors import Problem
from companion.programme.ageing import aged
from companion.programme.attendance_import import bring
from fakes.house import Made

PAST = (
    "email,customer,date,state,evidence\n"
    "dana@ferro.example,Kestrel,2023-12-31,attended,\n"
    "lev@ferro.example,Kestrel,2023-12-31,attended,\n"
    "dana@ferro.example,Kestrel,2024-01-01,attended,\n"
)


def test_the_running_year_and_two_before_are_kept(made: Made) -> None:
    bring(made.house, PAST, make_meetings=True)
    attendance, audit = aged(made.house)
    assert (attendance.before, attendance.count, attendance.people) == (date(2024, 1, 1), 2, 2)
    assert (audit.count, audit.people) == (0, 0)
    made.time[0] += timedelta(days=366 * 3)
    attendance, audit = aged(made.house)
    assert (attendance.before, attendance.count) == (date(2027, 1, 1), 3)
    assert (audit.count > 0, audit.people) == (True, 1)
    with made.house.workspace(write=False) as tx:
        assert len(tx.seats.evidence()) == 3


def test_only_ops_look(made: Made) -> None:
    with pytest.raises(Problem) as caught:
        aged(replace(made.house, workspace_shared=True))
    assert caught.value.code == "only_ops"
