"""The Board page in words: its columns, states, periods, sums, and what is to be done about each state."""

from datetime import date
from typing import Protocol

from companion.words.attendance import flag
from companion.words.dates import day_month, short_day
from companion.words.language import mark, t, tn

STATES: dict[str, str] = {
    "": mark("All"),
    "on_track": mark("On track"),
    "waiting": mark("Asked"),
    "needs_seat": mark("Need a seat"),
    "cannot_reach": mark("Cannot make it"),
    "exempt": mark("Nothing expected"),
}
ORDERS: dict[str, str] = {  # within a team: nobody stands at the head of the whole house
    "team": mark("By name"),
    "needs": mark("By what is needed"),
    "last": mark("Longest not heard first"),
}
LIMITS = mark("Presence is not listening. Small numbers: counts, no ranking.")


class Sums(Protocol):
    """The figures of some leaders; `leaders` are those of whom something is expected."""

    @property
    def leaders(self) -> int: ...
    @property
    def on_track(self) -> int: ...
    @property
    def expected(self) -> int: ...
    @property
    def heard(self) -> int: ...
    @property
    def completed(self) -> int: ...
    @property
    def coming(self) -> int: ...
    @property
    def needs(self) -> int: ...


def state(key: str, count: int) -> str:
    """One of the groups with how many are in it."""
    return t("{state} {count}", state=t(STATES[key]), count=count)


def sums(found: Sums, shown: int) -> str:
    """The sums of what is listed, with the n that every one of them is of."""
    if not shown:
        return t("Nobody is listed.")
    if not found.leaders:
        return tn("{count} leader is listed, of whom nothing is expected; heard {heard}.",
                  "{count} leaders are listed, of whom nothing is expected; heard {heard}.", shown,
                  heard=found.heard)  # fmt: skip
    return tn(
        "n = {count} leader of whom something is expected: on track {on_track}, heard {heard} (expected {expected}), "
        "completed {completed}, coming {coming}, seats needed {needs}.",
        "n = {count} leaders of whom something is expected: on track {on_track}, heard {heard} (expected {expected}), "
        "completed {completed}, coming {coming}, seats needed {needs}.",
        found.leaders,
        on_track=found.on_track,
        heard=found.heard,
        expected=found.expected,
        completed=found.completed,
        coming=found.coming,
        needs=found.needs,
    )


def needed(code: str, needs: int) -> str:
    """What is needed, in a word or two; nothing where all is on its way."""
    if code == "on_track":
        return t("nothing")
    if code == "needs_seat" and needs > 1:
        return tn("needs {count} seat", "needs {count} seats", needs)
    return flag(code)


def beside(code: str, free: int, until: date, untold: int) -> str:
    """What stands beside what is needed: the reviews there are, or what is still to be told."""
    if code in ("needs_seat", "waiting") and free:
        return tn("{count} open before {day}", "{count} open before {day}", free, day=short_day(until))
    if code == "cannot_reach":
        return t("add a review before {day}", day=short_day(until))
    if untold:
        return tn("{count} telling open", "{count} tellings open", untold)
    return ""


def about(key: str, leaders: int, needs: int, reviews: int, until: date) -> str:
    """What is to be said of one group of the forecast."""
    if key == "on_track":
        return tn("{count} has heard enough, or has seats enough.", "{count} have heard enough, or have seats enough.",
                  leaders)  # fmt: skip
    if key == "waiting":
        return tn("{count} has been asked; a yes is enough.", "{count} have been asked; a yes is enough.", leaders)
    if key == "needs_seat":
        told = tn("{count} seat is needed", "{count} seats are needed", needs)
        return tn("{told}; {count} review is open before {day}.", "{told}; {count} reviews are open before {day}.",
                  reviews, told=told, day=day_month(until))  # fmt: skip
    if key == "cannot_reach":
        return tn("For {count} the open reviews are too few; more have to be found before {day}.",
                  "For {count} the open reviews are too few; more have to be found before {day}.",
                  leaders, day=day_month(until))  # fmt: skip
    return tn("Nothing is expected of {count} in this period; what they heard counts.",
              "Nothing is expected of {count} in this period; what they heard counts.", leaders)  # fmt: skip


def filters(team: str, state_key: str, text: str) -> list[str]:
    """What was asked for, as an export says it."""
    said = []
    if team:
        said.append(t("team {team}", team=team))
    if state_key:
        said.append(t(STATES[state_key]))
    if text.strip():
        said.append(t("found by “{text}”", text=text.strip()))
    return said


def hidden(agreed: str) -> str:
    """Why there are no names."""
    if agreed:
        return t("Names are for who runs the programme, under {agreement}. Here are the sums of teams; your own row "
                 "is always yours.", agreement=agreed)  # fmt: skip
    return t(
        "No names: in a shared workspace they stand here once the agreement or policy behind them is recorded. Until "
        "then there are the sums of teams, the small ones together; your own row is always yours."
    )
