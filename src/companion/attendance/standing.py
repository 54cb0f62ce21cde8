"""Where one person stands: what was heard, what is coming, what is needed, and why. Never a score."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from companion.attendance.days import Period, after_last, meeting_day
from companion.attendance.model import Seat, Target
from companion.attendance.seats import because
from companion.attendance.seats import seat as derive
from companion.attendance.target import FEWEST_DAYS, Expectation, Terms, expectation, leave_days
from companion.basics.clock import day_of, working_days_after
from companion.calendars.model import Reason
from companion.meetings.model import Meeting
from companion.people.model import Leave, Person

Flag = Literal["done", "on_track", "needs_seat", "waiting", "cannot_reach", "exempt"]
DAYS_TO_TELL = 5  # working days
_TAKEN = frozenset({"offered", "accepted", "attended", "disputed", "unknown"})
Key = tuple[str, date]  # customer and day: what gives one credit


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
class Standing:
    """One person's figures for a period, in whole numbers, with their reasons."""

    person_id: str
    target: int  # a year's
    expected: int  # of this period
    heard: int
    completed: int
    coming: int
    needs: int  # seats still wanted after heard and coming
    flag: Flag
    why: tuple[Reason, ...]
    last: Meeting | None  # last heard, in any period
    next: Meeting | None  # next coming, in any period
    offered: int = 0  # asked, no answer yet
    unknown: int = 0  # past seats nobody has spoken of, disputed ones too


def counts(meeting: Meeting) -> bool:
    """Whether a meeting can count at all: of a customer, not dismissed, and no rehearsal among ourselves."""
    codes = {reason.code for reason in meeting.why}
    rehearsal = "internal_only" in codes or ("internal_word" in codes and "guest_domain" not in codes)
    return bool(meeting.customer_id) and meeting.verdict != "no" and (not rehearsal or meeting.verdict == "yes")


def open_reviews(meetings: Iterable[Meeting], seats: Iterable[Seat], now: datetime, until: datetime) -> list[Meeting]:
    """The customer meetings between now and `until` at which nobody of these seats sits or is asked, earliest first.

    Pass the seats of listeners only: the host's own place is not a listener's.
    """
    meetings = list(meetings)
    taken = {item.meeting_id for item in seats if item.state in _TAKEN}
    # A review that a CRM and a calendar both tell of is one review.
    sat = {(item.customer_id, item.start) for item in meetings if item.id in taken}
    taken |= {item.id for item in meetings if item.source == "import" and (item.customer_id, item.start) in sat}
    free = (item for item in meetings if now < item.start < until and item.id not in taken and counts(item))
    return sorted((item for item in free if item.status in ("confirmed", "tentative")), key=_when)


def standing(
    person: Person,
    meetings: Iterable[Meeting],
    seats: Iterable[Seat],
    takeaways: Iterable[Told],
    targets: Iterable[Target],
    leaves: Iterable[Leave],
    programme: Terms,
    period: Period,
    as_of: datetime,
    *,
    open_meetings: Sequence[Meeting] | None = None,
) -> Standing:
    """One person's standing as it was known at `as_of`.

    `seats` may hold everybody's. `open_meetings`: what `open_reviews` found, where the caller has it already.
    """
    known, everybody = {item.id: item for item in meetings}, list(seats)
    if open_meetings is None:
        open_meetings = open_reviews(known.values(), everybody, as_of, after_last(period, programme.zone))
    mine = _mine(person.id, everybody, known, programme.zone, as_of)
    leaves, targets = list(leaves), list(targets)
    due = expectation(person, period, targets, leaves, programme)
    today = day_of(as_of, programme.zone)

    heard = _by_key(mine, ("attended",), programme.zone, period.first, min(period.last, today))
    coming = _by_key(mine, ("accepted",), programme.zone, max(period.first, today), period.last)
    coming = {key: found for key, found in coming.items() if key not in heard}
    asked = _by_key(mine, ("offered",), programme.zone, max(period.first, today), period.last)
    asked = {key: found for key, found in asked.items() if key not in heard and key not in coming}
    told = _told(person.id, takeaways, programme.zone, as_of)
    completed = {
        key for key, found in heard.items() if any(_in_time(m, told, person, leaves, programme) for m in found)
    }

    needs = max(0, due.expected - len(heard) - len(coming))
    away = leave_days(person.id, leaves, today, period.last)
    could = {(m.customer_id, meeting_day(m, programme.zone)) for m in open_meetings}
    could = {key for key in could if _free(key, person, period, away)} - heard.keys() - coming.keys() - asked.keys()
    flag = _flag(due.expected, len(heard), needs, len(asked), len(could))
    unsettled = [(m, s) for m, s in mine if s.state in ("unknown", "disputed")]
    unsettled = [(m, s) for m, s in unsettled if period.holds(meeting_day(m, programme.zone))]
    why = (
        *_why_expected(person, due, period, programme),
        *_why_seats("heard", heard, {meeting.id: item for meeting, item in mine}),
        *_why_untold(heard, completed),
        *_why_seats("coming", coming),
        *_why_seats("asked", asked),
        *(_about(s.state, m, meeting_day(m, programme.zone)) for m, s in unsettled),
        *_why_needs(flag, needs, len(could), period),
    )
    return Standing(
        person.id, due.target, due.expected, len(heard), len(completed), len(coming), needs, flag, why,
        max((m for m, s in mine if s.state == "attended" and m.start <= as_of), key=_when, default=None),
        min((m for m, s in mine if s.state == "accepted" and m.end > as_of), key=_when, default=None),
        len(asked), len(unsettled),
    )  # fmt: skip


def _mine(
    person_id: str, seats: list[Seat], known: Mapping[str, Meeting], zone: str, as_of: datetime
) -> list[tuple[Meeting, Seat]]:
    """The person's seats at meetings that can count, as known at `as_of`, earliest first."""
    found = []
    for item in seats:
        meeting = known.get(item.meeting_id)
        if item.person_id != person_id or meeting is None or not counts(meeting):
            continue
        if any(evidence.at > as_of for evidence in item.evidence):
            before = [evidence for evidence in item.evidence if evidence.at <= as_of]
            item = derive(meeting, person_id, before, as_of, zone=zone)  # noqa: PLW2901
        found.append((meeting, item))
    return sorted(found, key=lambda pair: _when(pair[0]))


def _when(meeting: Meeting) -> tuple[datetime, str]:
    return (meeting.start, meeting.id)


def _by_key(
    mine: list[tuple[Meeting, Seat]], states: tuple[str, ...], zone: str, first: date, last: date
) -> dict[Key, list[Meeting]]:
    found: dict[Key, list[Meeting]] = {}
    for meeting, item in mine:
        day = meeting_day(meeting, zone)
        if item.state in states and first <= day <= last:
            found.setdefault((meeting.customer_id, day), []).append(meeting)
    return found


def _told(person_id: str, takeaways: Iterable[Told], zone: str, as_of: datetime) -> dict[str, list[date]]:
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


def _in_time(
    meeting: Meeting, told: Mapping[str, list[date]], person: Person, leaves: list[Leave], terms: Terms
) -> bool:
    days = told.get(meeting.id)
    if not days:
        return False
    first = meeting_day(meeting, terms.zone)
    mine = [leave for leave in leaves if leave.person_id == person.id]
    due = working_days_after(first, DAYS_TO_TELL, lambda day: any(leave.start <= day <= leave.end for leave in mine))
    return any(first <= day <= due for day in days)


def _free(key: Key, person: Person, period: Period, away: frozenset[date]) -> bool:
    day = key[1]
    here = (person.start is None or day >= person.start) and (person.end is None or day <= person.end)
    return here and period.holds(day) and day not in away


def _flag(expected: int, heard: int, needs: int, asked: int, could: int) -> Flag:
    if expected == 0:
        return "exempt"
    if heard >= expected:
        return "done"
    if needs == 0:
        return "on_track"
    if needs <= asked:
        return "waiting"
    return "needs_seat" if needs <= asked + could else "cannot_reach"


def _about(code: str, meeting: Meeting, day: date, source: str = "") -> Reason:
    said = (("source", source),) if source else ()
    return Reason(code, (("customer", meeting.customer_id), ("day", day.isoformat()), ("meeting", meeting.id), *said))


def _why_seats(code: str, found: Mapping[Key, list[Meeting]], seats: Mapping[str, Seat] | None = None) -> list[Reason]:
    why = []
    for (_, day), meetings in sorted(found.items(), key=lambda item: _when(item[1][0])):
        made = (seats or {}).get(meetings[0].id)
        told = because(made) if made else None
        why.append(_about(code, meetings[0], day, told.source if told else ""))
        why += [_about("same_day", extra, day) for extra in meetings[1:] if code == "heard"]
    return why


def _why_untold(heard: Mapping[Key, list[Meeting]], completed: set[Key]) -> list[Reason]:
    open_ones = sorted((key for key in heard if key not in completed), key=lambda key: (key[1], key[0]))
    return [_about("untold", heard[key][0], key[1]) for key in open_ones]


def _why_expected(person: Person, due: Expectation, period: Period, terms: Terms) -> list[Reason]:
    why = [Reason("target", (("target", str(due.target)),))]
    if person.start and person.start > period.first:
        why.append(Reason("joined", (("day", person.start.isoformat()),)))
    if person.end and person.end < period.last:
        why.append(Reason("left", (("day", person.end.isoformat()),)))
    if terms.start and terms.start > period.first:
        why.append(Reason("began", (("day", terms.start.isoformat()),)))
    if due.leave:
        why.append(Reason("leave", (("days", str(due.leave)),)))
    if due.eligible < FEWEST_DAYS:
        why.append(Reason("few_days", (("days", str(due.eligible)), ("fewest", str(FEWEST_DAYS)))))
    elif due.eligible < period.days:
        facts = (("days", str(due.eligible)), ("of", str(period.days)), ("expected", str(due.expected)))
        why.append(Reason("pro_rata", facts))
    return why


def _why_needs(flag: Flag, needs: int, could: int, period: Period) -> list[Reason]:
    if flag not in ("needs_seat", "cannot_reach", "waiting"):
        return []
    return [Reason(flag, (("needs", str(needs)), ("open", str(could)), ("until", period.last.isoformat())))]
