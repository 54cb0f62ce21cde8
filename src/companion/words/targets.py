"""Targets and leave, in words."""

from datetime import date

from companion.words.dates import full_day, short_day
from companion.words.language import mark, t, tn

LEAVES: dict[str, str] = {
    "leave": mark("leave"),
    "role_change": mark("change of role"),
    "other": mark("other"),
}


def leave_kind(code: str) -> str:
    """The category of a leave; what was written down before there was a list is "other"."""
    return t(LEAVES.get(code, LEAVES["other"]))


def leave_line(first: date, last: date, kind: str) -> str:
    """3 Feb 2026 – 28 Feb 2026, leave."""
    days = f"{_with_year(first)} – {_with_year(last)}" if first != last else _with_year(first)
    return t("{days}, {kind}", days=days, kind=leave_kind(kind))


def target_line(count: int, since: date, reason: str) -> str:
    """3 a year from 1 January 2027 on: a year of listening."""
    said = tn("{count} a year from {day} on", "{count} a year from {day} on", count, day=full_day(since))
    return t("{said}: {reason}", said=said, reason=reason) if reason else said


def whose(name: str, role: str) -> str:
    """The person's name, or the role whose target it is."""
    if role:
        return t("everybody with the role {role}", role=role)
    return name or t("somebody who is gone")


def carried_line(count: int, first: date, approver: str, reason: str) -> str:
    """1 carried into the year from 1 January 2027, agreed by Rosa Vidal: two reviews fell through."""
    return tn("{count} carried into the year from {day}, agreed by {approver}: {reason}",
              "{count} carried into the year from {day}, agreed by {approver}: {reason}", count, day=full_day(first),
              approver=approver, reason=reason)  # fmt: skip


def _with_year(day: date) -> str:
    return short_day(day, date.min)
