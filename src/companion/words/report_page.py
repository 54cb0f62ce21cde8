"""The programme's page and a leader's statement, in words."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from companion.words.dates import full_day
from companion.words.language import t, tn


class Figures(Protocol):
    """A standing's numbers."""

    @property
    def heard(self) -> int: ...
    @property
    def expected(self) -> int: ...
    @property
    def completed(self) -> int: ...
    @property
    def coming(self) -> int: ...
    @property
    def needs(self) -> int: ...


def team(name: str, leaders: int) -> str:
    """A team beside its bar, with its n."""
    return t("{team} ({leaders})", team=name or t("no team"), leaders=leaders)


def of(part: int, whole: int) -> str:
    """3 of 4."""
    return t("{part} of {whole}", part=part, whole=whole)


def of_expected(heard: int, expected: int, coming: int, beyond: int = 0) -> str:
    """3 of 6, 1 coming, 2 beyond: what was heard beyond what was expected of those who heard it."""
    said = of(heard, expected)
    if coming:
        said = t("{said}, {coming} coming", said=said, coming=coming)
    return t("{said}, {beyond} beyond", said=said, beyond=beyond) if beyond else said


def no_leaders() -> str:
    """Where the programme has no leaders."""
    return t("No leaders yet.")


def by_team() -> str:
    """What the bars of teams show."""
    return t("For each team, how many meetings were heard, are coming, and are still needed, of those expected.")


def bars_of_teams() -> str:
    """How the bars of teams are read."""
    return t("In brackets: how many leaders the team has. The numbers: heard of expected; what one person hears beyond "
             "their own is told apart and fills nobody else's place.")  # fmt: skip


def too_few() -> str:
    """Why no team is shown."""
    return t("There are too few leaders to tell sums without naming somebody.")


def left_out(count: int) -> str:
    """How many teams had no room."""
    return tn("{count} more team is in the export of the board.", "{count} more teams are in the export of the board.",
              count)  # fmt: skip


def loop(completed: int, heard: int) -> str:
    """What the bars of telling show."""
    return t("Of {heard} seats at which somebody was there, {completed} were told of within five working days.",
             heard=heard, completed=completed)  # fmt: skip


def customers(heard: int, never: int, every: int) -> str:
    """What the bars of customers show."""
    return t("Of {every} customers, {heard} were heard in the period; {never} have never been heard.", every=every,
             heard=heard, never=never)  # fmt: skip


def never(names: Sequence[str], count: int) -> str:
    """Which customers nobody ever heard."""
    said = ", ".join(names)
    left = count - len(names)
    if not left:
        return t("Never heard: {names}.", names=said)
    return tn("Never heard: {names}, and {count} more.", "Never heard: {names}, and {count} more.", left, names=said)


def leader_head() -> tuple[str, ...]:
    """The columns of leaders."""
    return (t("Leader"), t("Team"), t("Heard"), t("Told"), t("Coming"), t("Needs"), t("State"))


def statement_head() -> tuple[str, ...]:
    """The columns of one's own meetings."""
    return (t("Day"), t("Customer"), t("State"), t("Evidence"), t("What it counts for"))


def limits(unknown: int, amended: int, *, named: bool, listed: bool) -> tuple[str, ...]:
    """What the figures leave out, as sentences."""
    said = [
        t("How well anybody listened: it counts being there, and telling of it."),
        t("Meetings that no calendar or table told us of."),
    ]
    if unknown:
        said.append(tn(
            "{count} past seat of which nobody has said who was there; it counts for nobody and against nobody.",
            "{count} past seats of which nobody has said who was there; they count for nobody and against nobody.",
            unknown,
        ))  # fmt: skip
    if amended:
        said.append(tn("{count} figure changed after the year was closed; here it is as it was closed.",
                       "{count} figures changed after the year was closed; here they are as they were closed.",
                       amended))  # fmt: skip
    if not named:
        said.append(t("Who: people are not named here, and teams with fewer than three leaders are summed."))
    elif not listed:
        said.append(t("Every leader by name: the export of the board has them."))
    return tuple(said)


def stands(figures: Figures) -> str:
    """Where somebody stands, in a sentence."""
    return t("Heard {heard} of {expected}; {completed} of them told in time; {coming} coming; {needs} still needed.",
             heard=figures.heard, expected=figures.expected, completed=figures.completed, coming=figures.coming,
             needs=figures.needs)  # fmt: skip


def nothing_expected() -> str:
    """For who has no target."""
    return t("Nothing is expected here: there is no target for this role. What was heard is told all the same.")


def no_credit() -> str:
    """Of a seat that no figure rests on."""
    return t("Nothing, as it stands.")


def target_set(count: int, since: date, reason: str, *, of_role: bool) -> str:
    """A target with its reason."""
    whose = t("of the role") if of_role else t("of their own")
    said = tn("{count} meeting a year from {day} on, as a target {whose}.",
              "{count} meetings a year from {day} on, as a target {whose}.", count, day=full_day(since),
              whose=whose)  # fmt: skip
    return t("{said} {reason}", said=said, reason=reason) if reason else said


def objection() -> str:
    """What to do about a wrong figure."""
    return t("Say so on Home or by reply to the question, or tell ops: a figure is put right with a reason.")
