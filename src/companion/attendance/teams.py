"""Sums of teams for who may not see names: the sum of one or two people is as good as their names."""

from collections.abc import Iterable

from companion.attendance.board import Sums

FEWEST = 3  # leaders in a sum
OTHERS = "other teams"


def together(teams: Iterable[Sums], mine: str | None = None) -> tuple[Sums, ...]:
    """The teams' sums, the small ones in one sum at the end; () where all of them are too few to be summed.

    `mine`: the team of who looks, where their own figures are in its sum; they can take them away from it.
    """
    teams = tuple(teams)

    def others(one: Sums) -> int:
        return one.leaders - (one.team == mine)

    small = sorted((one for one in teams if others(one) < FEWEST), key=lambda one: one.leaders)
    large = sorted((one for one in teams if others(one) >= FEWEST), key=lambda one: one.leaders)
    if sum(others(one) for one in teams) < FEWEST:
        return ()
    while small and sum(others(one) for one in small) < FEWEST:
        small.append(large.pop(0))  # two teams' leaders hide who of them it is; one team's would not
    kept = tuple(one for one in teams if one in large)
    return (*kept, _sum(small)) if small else kept


def _sum(teams: Iterable[Sums]) -> Sums:
    teams = list(teams)
    return Sums(
        OTHERS, sum(one.leaders for one in teams), sum(one.on_track for one in teams),
        sum(one.expected for one in teams), sum(one.heard for one in teams), sum(one.completed for one in teams),
        sum(one.coming for one in teams), sum(one.needs for one in teams),
        sum(one.within for one in teams),
    )  # fmt: skip
