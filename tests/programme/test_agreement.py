"""Who may record the agreement behind names, and what it needs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from companion.basics.errors import Problem
from companion.programme.agreement import LONGEST, record, take_back
from fakes.house import Made

DAY = date(2026, 11, 1)


def refused(caught: pytest.ExceptionInfo[Problem]) -> str:
    return caught.value.code


def test_only_ops_record_it_in_a_shared_workspace(made: Made) -> None:
    house = replace(made.house, workspace_shared=True)
    with pytest.raises(Problem) as caught:
        record(house, "Policy 7", DAY)
    assert refused(caught) == "only_ops"
    with pytest.raises(Problem) as caught:
        take_back(house, "why not")
    assert refused(caught) == "only_ops"


@pytest.mark.parametrize(
    ("text", "ahead", "code"),
    [
        ("  ", 0, "agreement_nameless"),
        ("x" * (LONGEST + 1), 0, "agreement_too_long"),
        ("Policy 7", 9, "agreement_ahead"),
    ],
)
def test_it_has_a_name_and_holds_already(made: Made, text: str, ahead: int, code: str) -> None:
    with pytest.raises(Problem) as caught:
        record(made.house, text, made.time[0].date() + timedelta(days=ahead))
    assert refused(caught) == code


def test_it_is_taken_back_with_a_reason_and_once(made: Made) -> None:
    record(made.house, "Policy 7", DAY)
    with pytest.raises(Problem) as caught:
        take_back(made.house, " ")
    assert refused(caught) == "reason_missing"
    take_back(made.house, "it ended")
    with pytest.raises(Problem) as caught:
        take_back(made.house, "again")
    assert refused(caught) == "agreement_none"
