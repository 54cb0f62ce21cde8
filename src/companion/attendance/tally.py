"""What one person's seats give in a period: credits by customer and day, and what was told of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from companion.attendance.days import Period, meeting_day
from companion.attendance.model import Seat
from companion.attendance.openings import Key
from companion.attendance.seats import seat as derive
from companion.attendance.target import Run, Terms
from companion.basics.clock import day_of, working_days_after
from companion.meetings.model import Meeting
from companion.people.model import Person

DAYS_TO_TELL = 5  # working days


class Told(Protocol):
    """What counting asks of a takeaway or a telling."""

    @property
    def author_id(self) -> str: ...
    @property
    def meeting_id(self) -> str: ...
    @property
    def audience(self) -> str: ...
    @property
    def headline(self) -> str: ...
    @property
    def quote(self) -> str: ...
    @property
    def published(self) -> datetime | None: ...
    @property
    def told_on(self) -> date | None: ...
    @property
    def withdrawn(self) -> datetime | None: ...


@dataclass(frozen=True)
class Tally:
    """One person's seats and credits. `seats`: all at meetings that can count, in any period, earliest first."""

    seats: tuple[tuple[Meeting, Seat], ...]
    heard: dict[Key, list[Meeting]]
    coming: dict[Key, list[Meeting]]
    asked: dict[Key, list[Meeting]]
    completed: frozenset[Key]
    within: tuple[tuple[Meeting, Seat], ...]  # those of the seats that lie in the period


def counts(meeting: Meeting) -> bool:
    """Whether a meeting can count at all: of a customer, not dismissed, and no rehearsal among ourselves."""
    return bool(meeting.customer_id) and meeting.verdict != "no" and not rehearsal(meeting)


def rehearsal(meeting: Meeting) -> bool:
    """Whether it is one among ourselves; a person's yes goes before what it looks like."""
    codes = {reason.code for reason in meeting.why}
    inside = "internal_only" in codes or ("internal_word" in codes and "guest_domain" not in codes)
    return inside and meeting.verdict != "yes"


def in_role(person: Person, day: date) -> bool:
    """Whether a day lies between somebody's first and last day in the role."""
    return (person.start is None or day >= person.start) and (person.end is None or day <= person.end)


def tally(
    person: Person, known: Mapping[str, Meeting], seats: Iterable[Seat], takeaways: Iterable[Told],
    away: tuple[Run, ...], terms: Terms, period: Period, as_of: datetime,
) -> Tally:  # fmt: skip
    """Add up one person's seats in a period, as known at `as_of`; what lies outside their role gives no credit."""
    zone, today = terms.zone, day_of(as_of, terms.zone)
    mine = _mine(person.id, seats, known, zone, as_of)
    placed = [(meeting, seat, meeting_day(meeting, zone)) for meeting, seat in mine]
    heard = _by_key(placed, "attended", person, period.first, min(period.last, today))
    coming = _by_key(placed, "accepted", person, max(period.first, today), period.until)
    coming = {key: found for key, found in coming.items() if key not in heard}
    asked = _by_key(placed, "offered", person, max(period.first, today), period.until)
    asked = {key: found for key, found in asked.items() if key not in heard and key not in coming}
    told = told_of(person.id, takeaways, zone, as_of) if heard else {}
    completed = frozenset(
        key for key, found in heard.items() if any(in_time(meeting, told, away, terms) for meeting in found)
    )
    within = tuple((meeting, seat) for meeting, seat, day in placed if period.holds(day))
    return Tally(tuple(mine), heard, coming, asked, completed, within)


def told_of(person_id: str, takeaways: Iterable[Told], zone: str, as_of: datetime) -> dict[str, list[date]]:
    """Meeting id -> the days on which the person told of it. What only its author reads tells nobody."""
    found: dict[str, list[date]] = {}
    for item in takeaways:
        if item.author_id != person_id or (item.withdrawn is not None and item.withdrawn <= as_of):
            continue
        days = found.setdefault(item.meeting_id, [])
        # A telling counts on the day it was told, not on the day somebody wrote it down.
        published = item.published is not None and item.published <= as_of and item.audience != "me"
        if published and item.published and item.told_on is None:
            days.append(day_of(item.published, zone))
        if item.told_on and item.told_on <= day_of(as_of, zone) and item.headline.strip() and item.quote.strip():
            days.append(item.told_on)
    return found


def tell_until(day: date, away: Iterable[Run], holidays: Iterable[str]) -> date:
    """The last day on which a telling completes a meeting of that day: leave and holidays are no working days."""
    spans, off = tuple(away), frozenset(holidays)

    def free(at: date) -> bool:
        return at.isoformat() in off or any(first <= at <= last for first, last in spans)

    return working_days_after(day, DAYS_TO_TELL, free)


def in_time(meeting: Meeting, told: Mapping[str, list[date]], away: Iterable[Run], terms: Terms) -> bool:
    """Whether a meeting was told of from its day on and within five working days."""
    days = told.get(meeting.id)
    if not days:
        return False
    first = meeting_day(meeting, terms.zone)
    due = tell_until(first, away, terms.holidays)
    return any(first <= day <= due for day in days)


def when(meeting: Meeting) -> tuple[datetime, str]:
    """Meetings in the order of time."""
    return (meeting.start, meeting.id)


def _mine(
    person_id: str, seats: Iterable[Seat], known: Mapping[str, Meeting], zone: str, as_of: datetime
) -> list[tuple[Meeting, Seat]]:
    found = []
    for item in seats:
        meeting = known.get(item.meeting_id)
        if item.person_id != person_id or meeting is None or not counts(meeting):
            continue
        if any(evidence.at > as_of for evidence in item.evidence):
            before = [evidence for evidence in item.evidence if evidence.at <= as_of]
            item = derive(meeting, person_id, before, as_of, zone=zone)  # noqa: PLW2901
        found.append((meeting, item))
    return sorted(found, key=lambda pair: when(pair[0]))


def _by_key(
    placed: list[tuple[Meeting, Seat, date]], state: str, person: Person, first: date, last: date
) -> dict[Key, list[Meeting]]:
    found: dict[Key, list[Meeting]] = {}
    for meeting, seat, day in placed:
        if seat.state == state and first <= day <= last and in_role(person, day):
            found.setdefault((meeting.customer_id, day), []).append(meeting)
    return found
