"""Exports and reports in words: the heads of their columns, and the rules by which they count."""

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from companion.words.dates import full_day
from companion.words.language import t, tn


class Terms(Protocol):
    """What of the programme's settings the rules tell."""

    @property
    def zone(self) -> str: ...
    @property
    def start(self) -> date | None: ...
    @property
    def targets(self) -> dict[str, int]: ...
    @property
    def part_time(self) -> bool: ...
    @property
    def visits(self) -> int: ...
    @property
    def holidays(self) -> tuple[str, ...]: ...


def board_header() -> tuple[str, ...]:
    """The columns of the exported board; those that were there first keep their names."""
    return (t("Leader"), t("Address"), t("Team"), t("Target"), t("Expected"), t("Heard"), t("Completed"), t("Coming"),
            t("Needs"), t("State"), t("Unknown"), t("Last heard"), t("Last heard on"), t("Next"), t("Next on"),
            t("Why"))  # fmt: skip


def team_header() -> tuple[str, ...]:
    """The columns of the sums by team."""
    return (t("Team"), t("Leaders"), t("Something is expected of"), t("On track"), t("Expected"), t("Heard"),
            t("Completed"), t("Coming"), t("Needs"))  # fmt: skip


def customer_header() -> tuple[str, ...]:
    """The columns of customers and who hears them."""
    return (t("Customer"), t("Tier"), t("Segment"), t("Host"), t("Meetings"), t("Heard in"), t("Listeners"),
            t("Last heard on"), t("Open reviews"), t("Most listeners a year"))  # fmt: skip


def seat_header() -> tuple[str, ...]:
    """The columns of seats."""
    return (t("Leader"), t("Address"), t("Team"), t("Customer"), t("Day"), t("Meeting"), t("State"), t("In words"),
            t("Reason"), t("Statements"), t("Evidence"), t("Meeting id"))  # fmt: skip


def evidence_header() -> tuple[str, ...]:
    """The columns of statements."""
    return (t("Leader"), t("Address"), t("Customer"), t("Day"), t("Whose word"), t("Says"), t("By"), t("Said at"),
            t("Reason"), t("Taken back at"), t("Meeting id"))  # fmt: skip


def moment(at: datetime, zone: str) -> str:
    """22 November 2026, 12:00."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{full_day(local.date())}, {local:%H:%M}"


def programme_line(name: str) -> str:
    """Whose figures they are."""
    return t("Customer meetings of back-office leaders: {name}", name=name or t("our firm"))


def period_line(first: date, last: date, label: str) -> str:
    """Which days they are of."""
    return t("Period {label}: {first} to {last}.", label=label, first=full_day(first), last=full_day(last))


def as_of_line(at: datetime, zone: str) -> str:
    """What was known when."""
    return t("As it was known on {moment} ({zone}).", moment=moment(at, zone), zone=zone)


def rules(terms: Terms) -> tuple[str, ...]:
    """How it counts, with the settings in force."""
    targets = ", ".join(f"{role}: {count}" for role, count in sorted(terms.targets.items()))
    said = [
        t("Heard means was there: only attended counts. Unknown never counts as absent, and never against anybody."),
        t("Completed means heard, and told by a takeaway or in a team meeting within five working days."),
        t("One meeting is one credit for a person; two meetings with one customer on one day are one credit."),
        t("Targets a year by role ({targets}); a person's own target comes before it.", targets=targets),
        t("Expected is the target by the days in the role, less leave; under 90 days nothing is expected."),
        t("Part time lowers what is expected.") if terms.part_time else t("Part time changes nothing expected."),
        tn("A customer is to bear {count} listener a year, unless it says otherwise.",
           "A customer is to bear {count} listeners a year, unless it says otherwise.", terms.visits),
        t("These are counts of a programme, no rating of anybody: they are not to be joined to one."),
    ]  # fmt: skip
    if terms.start:
        said.insert(4, t("Nobody owes for the time before {day}.", day=full_day(terms.start)))
    return tuple(said)


def unnamed() -> str:
    """Why others are not named."""
    return t("Others are not named: teams with fewer than three leaders are summed, and everybody sees their own row.")
