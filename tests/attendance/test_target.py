"""What is expected: dated targets, joiners, leavers, leave, and the programme's start."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.made import ANNA, Terms, person
from companion.attendance.days import Period, period
from companion.attendance.model import Target
from companion.attendance.target import expectation, half_up, spans, target_on, within
from companion.people.model import Leave

YEAR = period("2026", date(2026, 11, 21))


def expected(start: date | None = None, end: date | None = None, *leaves: Leave, **more: object) -> int:
    who = person(start=start, end=end, **more)
    return expectation(who, YEAR, [], leaves, Terms()).expected


def test_a_whole_year_is_the_target() -> None:
    assert expected() == 2
    assert expected(target=3) == 3
    assert expected(role="cfo") == 0


@pytest.mark.parametrize(
    ("start", "count"),
    [
        (date(2026, 1, 1), 2),
        (date(2026, 4, 1), 2),  # 275 of 365 days: 1.51
        (date(2026, 4, 3), 1),  # 273 days: 1.496
        (date(2026, 10, 3), 0),  # 90 days: 0.49
        (date(2026, 12, 1), 0),
        (date(2027, 2, 1), 0),
    ],
)
def test_joiners_owe_their_share(start: date, count: int) -> None:
    assert expected(start) == count


def test_under_ninety_days_nothing_is_expected() -> None:
    assert expected(date(2026, 10, 3), target=6) == 1
    assert expected(date(2026, 10, 4), target=6) == 0


def test_leavers_owe_their_share() -> None:
    assert expected(None, date(2026, 6, 30)) == 1
    assert expected(None, date(2026, 3, 30)) == 0


def test_nobody_owes_for_the_time_before_the_programme() -> None:
    due = expectation(person(), YEAR, [], [], Terms(start=date(2026, 7, 1)))
    assert (due.expected, due.eligible, due.first) == (1, 184, date(2026, 7, 1))


def test_leave_is_left_out_once() -> None:
    leave = Leave(ANNA, date(2026, 1, 1), date(2026, 5, 31), "parental")
    inside = Leave(ANNA, date(2026, 3, 1), date(2026, 3, 31), "illness")
    other = Leave("ben", date(2026, 6, 1), date(2026, 12, 31), "parental")
    due = expectation(person(), YEAR, [], [leave, inside, other], Terms())
    assert (due.leave, due.eligible, due.expected) == (151, 214, 1)
    away = spans(ANNA, [inside, leave])
    assert away == ((date(2026, 1, 1), date(2026, 5, 31)),)
    assert within(away, date(2025, 12, 1), date(2026, 1, 10)) == 10


def test_a_target_holds_from_its_day_and_never_backwards() -> None:
    later = Target(ANNA, 6, date(2026, 7, 1), "more customers")
    role = Target("role:Leader", 4, date(2026, 4, 1), "policy")
    assert target_on(person(), date(2026, 6, 30), [later], {"leader": 2}) == 2
    assert target_on(person(), date(2026, 7, 1), [later, role], {"leader": 2}) == 6
    assert target_on(person(), date(2026, 5, 1), [role], {"leader": 2}) == 4
    assert target_on(person(target=3), date(2026, 5, 1), [role], {"leader": 2}) == 3
    due = expectation(person(), YEAR, [later], [], Terms())
    assert (due.target, due.expected) == (6, 4)  # (181 x 2 + 184 x 6) / 365 = 4.02


def test_a_shorter_period_expects_its_part_of_the_year() -> None:
    half = Period(date(2026, 1, 1), date(2026, 6, 30), "half")
    assert expectation(person(), half, [], [], Terms()).expected == 1


@given(st.integers(0, 400), st.integers(1, 400))
def test_halves_are_rounded_up(top: int, bottom: int) -> None:
    whole = half_up(Fraction(top, bottom))
    assert Fraction(-1, 2) <= whole - Fraction(top, bottom) <= Fraction(1, 2)
    assert half_up(Fraction(2 * top + 1, 2)) == top + 1


DAYS = st.dates(date(2025, 6, 1), date(2027, 6, 1))


@given(DAYS, st.integers(0, 200), st.permutations(range(3)))
def test_leave_never_raises_and_order_never_matters(first: date, length: int, order: list[int]) -> None:
    leaves = [Leave(ANNA, first + timedelta(days=9 * n), first + timedelta(days=length), "x") for n in range(3)]
    alone = expectation(person(), YEAR, [], leaves, Terms())
    assert alone == expectation(person(), YEAR, [], [leaves[n] for n in order], Terms())
    assert alone.expected <= expectation(person(), YEAR, [], leaves[1:], Terms()).expected
