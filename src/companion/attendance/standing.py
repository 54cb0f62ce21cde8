"""Where one person stands: what was heard, what is coming, what is needed, and why. Never a score."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from companion.attendance.closing import Carried
from companion.attendance.days import Period, after_last, meeting_day
from companion.attendance.model import Seat, Target
from companion.attendance.openings import Could, Key, Openings
from companion.attendance.reach import looking_ahead, reach
from companion.attendance.seats import because
from companion.attendance.tally import Tally, Told, counts, tally, tell_until, when
from companion.attendance.target import FEWEST_DAYS, Expectation, Run, Terms, aimed, expectation, spans, stood
from companion.basics.clock import day_of
from companion.calendars.model import Reason
from companion.meetings.model import Meeting
from companion.meetings.twins import one_review
from companion.people.model import Leave, Person

Flag = Literal["done", "on_track", "needs_seat", "waiting", "cannot_reach", "exempt"]
_TAKEN = frozenset({"offered", "accepted", "attended", "disputed", "unknown"})


@dataclass(frozen=True)
class Standing:
    """One person's figures for a period, in whole numbers, with their reasons."""

    person_id: str
    target: int  # a year's
    expected: int  # of this period, with what was carried into it
    heard: int
    completed: int
    coming: int
    needs: int  # seats still wanted after heard and coming
    flag: Flag
    why: tuple[Reason, ...]
    last: Meeting | None  # last heard, in any period; of a period that is over, in it
    next: Meeting | None  # next coming, in any period; None once the period is over
    offered: int = 0  # asked, no answer yet
    unknown: int = 0  # past seats nobody has spoken of, disputed ones too
    open: int = 0  # open reviews they could still take
    last_feasible: date | None = None  # the day by which they have to be seated; None where nothing is needed or left
    carried: int = 0  # of what is expected
    excused: int = 0
    delegated: int = 0
    customers: int = 0  # different ones heard in the period
    since: date | None = None  # from when on a rolling year reaches, where leave made it longer
    only_beside: bool = False  # what is left for them is a seat beside somebody else
    proposed: int = 0  # seats on their way that nobody has been asked about


def open_reviews(meetings: Iterable[Meeting], seats: Iterable[Seat], now: datetime, until: datetime) -> list[Meeting]:
    """The customer meetings between now and `until` at which nobody of these seats sits or is asked, earliest first.

    Pass the seats of listeners only (`listening`): the host's own place is not a listener's.
    """
    ahead = [item for item in meetings if now < item.start < until and counts(item)]
    taken = {item.meeting_id for item in seats if item.state in _TAKEN}
    twins = one_review(ahead, taken)
    free = (item for item in ahead if item.id not in taken and item.id not in twins)
    return sorted((item for item in free if item.status in ("confirmed", "tentative")), key=when)


def listening(
    seats: Iterable[Seat], people: Iterable[Person], targets: Iterable[Target], by_role: Mapping[str, int]
) -> list[Seat]:
    """The seats of who listens, whether they stand on the board or not: no host's or list's without a target."""
    targets = list(targets)
    ids = {one.id for one in people if one.kind not in ("host", "group") or aimed(one, targets, by_role)}
    return [item for item in seats if item.person_id in ids]


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
    carried: Iterable[Carried] = (),
    barred: Collection[str] = (),
) -> Standing:
    """One person's standing as it was known at `as_of`.

    `seats` may hold everybody's. `open_meetings`: what `open_reviews` found, where the caller has it already.
    `barred`: ids of meetings at which they cannot or are not to sit.
    """
    known, everybody = {item.id: item for item in meetings}, list(seats)
    if open_meetings is None:
        open_meetings = open_reviews(known.values(), everybody, as_of, after_last(period, programme.zone))
    free = looking_ahead(open_meetings, known, everybody, as_of, programme.zone)
    return stand(
        person, known, everybody, takeaways, targets, leaves, programme, period, as_of, free, carried, barred
    )[0]  # fmt: skip


def stand(
    person: Person, known: Mapping[str, Meeting], seats: Iterable[Seat], takeaways: Iterable[Told],
    targets: Iterable[Target], leaves: Iterable[Leave], terms: Terms, period: Period, as_of: datetime, free: Openings,
    carried: Iterable[Carried] = (), barred: Collection[str] = (),
) -> tuple[Standing, Could]:  # fmt: skip
    """One person's standing, and which open reviews they could take; `known`: the meetings by id."""
    leaves = stood(leaves, as_of)
    due = expectation(person, period, targets, leaves, terms, carried=carried, as_of=as_of)
    away, today = spans(person.id, leaves), day_of(as_of, terms.zone)
    mine = tally(person, known, seats, takeaways, away, terms, due.span, as_of)
    needs = max(0, due.expected - len(mine.heard) - len(mine.coming))
    span = (max(today, period.first), period.until)
    proposed = _proposed(mine, span, as_of, terms.zone)
    wanted = needs - len(mine.asked) - proposed
    could = reach(free, person, mine, span, away, barred, as_of, terms.zone, wanted)
    can = wanted <= 0 or could.latest(wanted) is not None
    flag = _flag(due.expected, len(mine.heard), needs, len(mine.asked), can, period)
    latest, over = could.latest(needs), period.over(today)
    been = [m for some in mine.heard.values() for m in some] if over else (
        [m for m, s in mine.seats if s.state == "attended" and m.start <= as_of])  # fmt: skip
    made = Standing(
        person.id, due.target, due.expected, len(mine.heard), len(mine.completed), len(mine.coming), needs, flag,
        (*expected_lines(person, due, terms), *_why_tally(mine, terms, away, today),
         *needs_lines(flag, needs, could, period, today)),
        max(been, key=when, default=None),
        None if over else min((m for m, s in mine.seats if s.state == "accepted" and m.end > as_of), key=when,
                              default=None),
        len(mine.asked), _in(mine, "unknown", "disputed"), len(could), latest, due.carried, _in(mine, "excused"),
        _in(mine, "delegated"), len({customer for customer, _ in mine.heard}),
        due.span.first if due.reaches else None,
        flag == "needs_seat" and bool(could.chairs) and can and wanted > 0,
        proposed,
    )  # fmt: skip
    return made, could


def _in(mine: Tally, *states: str) -> int:
    return sum(seat.state in states for _, seat in mine.within)


def _proposed(mine: Tally, span: tuple[date, date], now: datetime, zone: str) -> int:
    """How many credits somebody's proposed seats would give beside what is agreed and asked."""
    found = {(m.customer_id, meeting_day(m, zone)) for m, s in mine.seats if s.state == "proposed" and m.start > now}
    return sum(span[0] <= key[1] <= span[1] for key in found - {*mine.heard, *mine.coming, *mine.asked})


def _flag(expected: int, heard: int, needs: int, asked: int, can: bool, period: Period) -> Flag:
    if expected == 0:
        return "exempt"
    if heard >= expected:
        return "done"
    if needs == 0:
        return "on_track"
    if needs <= asked:
        return "waiting"
    # Twelve months that roll on have no last day by which somebody could be too late.
    return "needs_seat" if period.rolling or can else "cannot_reach"


def _about(code: str, meeting: Meeting, day: date, source: str = "") -> Reason:
    said = (("source", source),) if source else ()
    return Reason(code, (("customer", meeting.customer_id), ("day", day.isoformat()), ("meeting", meeting.id), *said))


def _why_tally(mine: Tally, terms: Terms, away: tuple[Run, ...], today: date) -> tuple[Reason, ...]:
    seats = {meeting.id: seat for meeting, seat in mine.seats}
    unsettled = [(m, s) for m, s in mine.within if s.state in ("unknown", "disputed")]
    untold = sorted((key for key in mine.heard if key not in mine.completed), key=lambda key: (key[1], key[0]))
    return (
        *_why_seats("heard", mine.heard, seats),
        *(_untold(mine.heard[key][0], key[1], terms, away, today) for key in untold),
        *_why_seats("coming", mine.coming),
        *_why_seats("asked", mine.asked),
        *(_about(s.state, m, meeting_day(m, terms.zone)) for m, s in unsettled),
    )


def _untold(meeting: Meeting, day: date, terms: Terms, away: tuple[Run, ...], today: date) -> Reason:
    """What was not told of: still to be told where that would be in time."""
    until = tell_until(day, away, terms.holidays)
    if today > until:
        return _about("untold", meeting, day)
    facts = (("customer", meeting.customer_id), ("day", day.isoformat()), ("meeting", meeting.id))
    return Reason("tell_by", (*facts, ("until", until.isoformat())))


def _why_seats(code: str, found: Mapping[Key, list[Meeting]], seats: Mapping[str, Seat] | None = None) -> list[Reason]:
    why = []
    for (_, day), meetings in sorted(found.items(), key=lambda item: when(item[1][0])):
        made = (seats or {}).get(meetings[0].id)
        told = because(made) if made else None
        why.append(_about(code, meetings[0], day, told.source if told else ""))
        why += [_about("same_day", extra, day) for extra in meetings[1:] if code == "heard"]
    return why


def expected_lines(person: Person, due: Expectation, terms: Terms) -> list[Reason]:
    """What the expectation was made of, in the order in which one would tell it."""
    why = [Reason("target", (("target", str(due.target)),))]
    if person.start and person.start > due.span.first:
        why.append(Reason("joined", (("day", person.start.isoformat()),)))
    if person.end and person.end < due.span.last:
        why.append(Reason("left", (("day", person.end.isoformat()),)))
    if terms.start and terms.start > due.span.first:
        why.append(Reason("began", (("day", terms.start.isoformat()),)))
    if due.leave:
        why.append(Reason("leave", (("days", str(due.leave)),)))
    return [*why, *_shares(due)]


def _shares(due: Expectation) -> list[Reason]:
    why = [Reason("reaches", (("day", due.span.first.isoformat()),))] if due.reaches else []
    if due.eligible < FEWEST_DAYS:
        why.append(Reason("few_days", (("days", str(due.eligible)), ("fewest", str(FEWEST_DAYS)))))
    elif due.eligible < due.of:
        facts = (("days", str(due.eligible)), ("of", str(due.of)), ("expected", str(due.expected - due.carried)))
        why.append(Reason("pro_rata", facts))
    if due.share < 100:
        why.append(Reason("part_time", (("share", str(due.share)),)))
    if due.carried:
        why.append(Reason("carried", (("count", str(due.carried)),)))
    return why


def needs_lines(flag: Flag, needs: int, could: Could, period: Period, today: date) -> list[Reason]:
    """What is missing, and what there is to fill it; nothing once the period is over."""
    if period.over(today) or flag not in ("needs_seat", "cannot_reach", "waiting"):
        return []
    latest = could.latest(needs)
    until = () if period.rolling else (("until", period.last.isoformat()),)
    by = (("by", latest.isoformat()),) if latest else ()
    return [Reason(flag, (("needs", str(needs)), ("open", str(len(could))), *until, *by))]
