"""Sums of teams where no names may be shown: none is of fewer than three leaders, and nobody is left out."""

from dataclasses import astuple

from hypothesis import given
from hypothesis import strategies as st

from companion.attendance.board import Sums
from companion.attendance.teams import FEWEST, OTHERS, together


def team(name: str, leaders: int, heard: int = 0) -> Sums:
    """A team of so many leaders."""
    return Sums(name, leaders, 0, leaders * 2, heard, 0, 0, leaders)


def test_small_teams_are_summed_at_the_end() -> None:
    found = together([team("A", 1, 2), team("B", 5), team("C", 2, 1)])
    assert [(one.team, one.leaders, one.heard) for one in found] == [("B", 5, 0), (OTHERS, 3, 3)]


def test_one_small_team_takes_the_next_small_one_with_it() -> None:
    found = together([team("A", 1, 2), team("B", 5), team("C", 3, 1)])
    assert [(one.team, one.leaders) for one in found] == [("B", 5), (OTHERS, 4)]


def test_two_leaders_in_all_are_not_summed_up() -> None:
    assert together([team("A", 1), team("B", 1)]) == ()


def test_who_looks_cannot_take_their_own_figures_away_and_be_left_with_two() -> None:
    found = together([team("A", 3, 2), team("B", 5), team("C", 3, 1)], "A")
    assert [(one.team, one.leaders) for one in found] == [("B", 5), (OTHERS, 6)]
    assert together([team("A", 3)], "A") == ()
    assert [one.team for one in together([team("A", 4)], "A")] == ["A"]


@given(st.lists(st.integers(0, 6), max_size=9))
def test_no_sum_is_a_name_and_none_is_lost(sizes: list[int]) -> None:
    teams = [team(f"T{at}", size, at) for at, size in enumerate(sizes)]
    found = together(teams)
    assert all(one.leaders >= FEWEST for one in found)
    if found:
        whole = [sum(figures) for figures in zip(*(astuple(one)[1:] for one in teams), strict=True)]
        assert [sum(figures) for figures in zip(*(astuple(one)[1:] for one in found), strict=True)] == whole
