"""A closed year: its figures as plain data, and what is another figure since, because of what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from companion.attendance.closing import Carried
from companion.attendance.days import Period, meeting_day
from companion.attendance.model import Evidence, Target
from companion.attendance.standing import Standing
from companion.attendance.tally import Told
from companion.basics.clock import day_of
from companion.calendars.model import Reason
from companion.meetings.model import Meeting
from companion.people.model import Leave

Amended = Literal["heard", "completed", "expected"]
CELLS: tuple[Amended, ...] = ("heard", "completed", "expected")
_FIGURES = ("target", "expected", "heard", "completed", "coming", "needs", "flag", "offered", "unknown", "open",
            "carried", "excused", "delegated", "customers")  # fmt: skip


@dataclass(frozen=True)
class Amendment:
    """One figure that is another than it was when the year was closed; "" where there was, or is, no row."""

    person_id: str
    cell: Amended
    old: str
    new: str
    because: tuple[Reason, ...]


@dataclass(frozen=True)
class Since:
    """What was written down after a year was closed, or is true of it now."""

    at: datetime
    period: Period
    zone: str
    meetings: Mapping[str, Meeting]
    evidence: Sequence[Evidence]
    takeaways: Sequence[Told]
    targets: Sequence[Target]
    leaves: Sequence[Leave]
    carried: Sequence[Carried]


def frozen(standing: Standing, team: str) -> dict[str, Any]:
    """One row as plain JSON: ids and numbers, no names."""
    return {
        "person": standing.person_id, "team": team, **{name: getattr(standing, name) for name in _FIGURES},
        "why": [[reason.code, [list(fact) for fact in reason.facts]] for reason in standing.why],
        "last": standing.last.id if standing.last else "",
    }  # fmt: skip


def thawed(row: Mapping[str, Any], meetings: Mapping[str, Meeting]) -> Standing:
    """The standing of a frozen row; a meeting that is gone is left out."""
    why = tuple(Reason(code, tuple((name, value) for name, value in facts)) for code, facts in row["why"])
    return Standing(
        person_id=row["person"], why=why, last=meetings.get(row["last"]), next=None,
        **{name: row[name] for name in _FIGURES},
    )  # fmt: skip


def amendments(rows: Iterable[Mapping[str, Any]], now: Iterable[Standing], since: Since) -> tuple[Amendment, ...]:
    """Every figure that is another now than in the frozen rows, in the order of the rows, each with its reasons."""
    then = {row["person"]: row for row in rows}
    today = {item.person_id: item for item in now}
    found = []
    for person_id in dict.fromkeys((*then, *today)):
        for cell in CELLS:
            old = str(then[person_id][cell]) if person_id in then else ""
            new = str(getattr(today[person_id], cell)) if person_id in today else ""
            if old != new:
                found.append(Amendment(person_id, cell, old, new, _because(person_id, cell, since)))
    return tuple(found)


def _because(person_id: str, cell: Amended, since: Since) -> tuple[Reason, ...]:
    why = _of_terms(person_id, since) if cell == "expected" else _of_seats(person_id, since)
    if cell == "completed":
        why += [
            _since("told_since", since, told.meeting_id, told.withdrawn or told.published)
            for told in since.takeaways
            if told.author_id == person_id and _in(told.meeting_id, since)
            and any(at and at > since.at for at in (told.published, told.withdrawn))
        ]  # fmt: skip
    return tuple(dict.fromkeys(why)) or (Reason("changed_since"),)


def _of_seats(person_id: str, since: Since) -> list[Reason]:
    why = []
    for item in sorted(since.evidence, key=lambda item: (item.at, item.id)):
        if person_id not in (item.person_id, item.to) or not _in(item.meeting_id, since):
            continue
        if item.withdrawn and item.withdrawn > since.at:
            why.append(_since("withdrawn_since", since, item.meeting_id, item.withdrawn))
        elif item.at > since.at and not item.withdrawn:
            why.append(_since("said_since", since, item.meeting_id, item.at))
    return why


def _of_terms(person_id: str, since: Since) -> list[Reason]:
    entered = [
        *(("target_since", one.entered) for one in since.targets
          if one.who == person_id or one.who.startswith("role:")),
        *(("leave_since", one.entered) for one in since.leaves if one.person_id == person_id),
        *(("leave_over_since", one.dropped) for one in since.leaves if one.person_id == person_id),
        *(("carried_since", one.at) for one in since.carried
          if (one.person_id, one.first) == (person_id, since.period.first)),
    ]  # fmt: skip
    return [Reason(code, (("at", _day(at, since)),)) for code, at in entered if at and at > since.at]


def _in(meeting_id: str, since: Since) -> bool:
    meeting = since.meetings.get(meeting_id)
    return meeting is not None and since.period.holds(meeting_day(meeting, since.zone))


def _since(code: str, since: Since, meeting_id: str, at: datetime | None) -> Reason:
    meeting = since.meetings[meeting_id]
    day: date = meeting_day(meeting, since.zone)
    facts = (("customer", meeting.customer_id), ("day", day.isoformat()), ("meeting", meeting.id))
    return Reason(code, (*facts, ("at", _day(at, since))) if at else facts)


def _day(at: datetime | None, since: Since) -> str:
    return day_of(at, since.zone).isoformat() if at else ""
