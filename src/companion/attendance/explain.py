"""Why a figure is what it is: what counted, what did not, and why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from companion.attendance.closing import Carried
from companion.attendance.days import Period, meeting_day
from companion.attendance.explain_credit import Line, about, heard_lines, line
from companion.attendance.explain_open import open_lines
from companion.attendance.model import Evidence, Seat, Target
from companion.attendance.openings import Openings
from companion.attendance.seats import in_force
from companion.attendance.standing import Standing, expected_lines, needs_lines, stand
from companion.attendance.tally import Tally, Told, counts, in_role, in_time, tally, tell_until, told_of
from companion.attendance.target import Expectation, Run, Terms, expectation, spans, stood
from companion.basics.clock import day_of
from companion.calendars.model import Reason
from companion.meetings.model import Meeting
from companion.people.model import Leave, Person

Cell = Literal["heard", "completed", "coming", "expected", "needs", "state"]
CELLS: tuple[Cell, ...] = get_args(Cell)
_AHEAD: dict[str, str] = {
    "accepted": "coming", "offered": "asked", "declined": "declined", "cancelled": "cancelled", "proposed": "proposed",
    "delegated": "delegated", "excused": "excused",
}  # fmt: skip


@dataclass(frozen=True)
class Behind:
    """What one person's row is made of. `meetings`: by id, dismissed ones too; `evidence`: taken back ones too."""

    person: Person
    period: Period
    as_of: datetime
    terms: Terms
    meetings: Mapping[str, Meeting]
    evidence: Sequence[Evidence]
    seats: Sequence[Seat]  # the person's, as known at `as_of`
    takeaways: Sequence[Told]
    targets: Sequence[Target]
    leaves: Sequence[Leave]
    carried: Sequence[Carried]
    free: Openings
    barred: frozenset[str] = frozenset()

    @property
    def away(self) -> tuple[Run, ...]:
        """When they are on leave, as far as it was known."""
        return spans(self.person.id, stood(self.leaves, self.as_of))

    @property
    def due(self) -> Expectation:
        """What is expected of them."""
        return expectation(
            self.person, self.period, self.targets, self.leaves, self.terms, carried=self.carried, as_of=self.as_of
        )

    def tally(self) -> Tally:
        """What their seats give."""
        known = {key: meeting for key, meeting in self.meetings.items() if meeting.verdict != "no"}
        return tally(
            self.person, known, self.seats, self.takeaways, self.away, self.terms, self.due.span, self.as_of
        )  # fmt: skip

    def standing(self) -> Standing:
        """Their row."""
        return stand(
            self.person, self.meetings, self.seats, self.takeaways, self.targets, self.leaves, self.terms, self.period,
            self.as_of, self.free, self.carried, self.barred,
        )[0]  # fmt: skip


def explain(cell: Cell, behind: Behind) -> tuple[Line, ...]:
    """The lines behind one cell, in the order of time; what counts and what does not are told side by side."""
    if cell == "heard":
        mine = behind.tally()
        lines = heard_lines(behind.person, behind.meetings, behind.seats, behind.evidence, mine, behind.terms,
                            behind.due.span, behind.as_of)  # fmt: skip
        return tuple(lines) or (line(Reason("heard_none"), counts=False),)
    if cell == "completed":
        return tuple(_completed(behind)) or (line(Reason("heard_none"), counts=False),)
    if cell == "coming":
        return tuple(_coming(behind)) or (line(Reason("coming_none"), counts=False),)
    if cell == "expected":
        return tuple(_expected(behind))
    return tuple(_needed(behind, reviews=cell == "needs"))


def _completed(behind: Behind) -> Iterable[Line]:
    mine, zone, today = behind.tally(), behind.terms.zone, day_of(behind.as_of, behind.terms.zone)
    told = told_of(behind.person.id, behind.takeaways, zone, behind.as_of)
    for (_, day), meetings in sorted(mine.heard.items(), key=lambda item: (item[0][1], item[0][0])):
        done = next((one for one in meetings if in_time(one, told, behind.away, behind.terms)), None)
        until = tell_until(day, behind.away, behind.terms.holidays)
        if done:
            first = min(at for at in told[done.id] if day <= at <= until)
            yield line(about("told", done, day, ("told", first.isoformat())), done, counts=True)
            continue
        late = [at for one in meetings for at in told.get(one.id, ()) if at > until]
        by = ("until", until.isoformat())
        if late:
            yield line(about("told_late", meetings[0], day, ("told", min(late).isoformat()), by), meetings[0])
        else:
            code = "tell_by" if until >= today else _unfinished(behind, meetings)
            yield line(about(code, meetings[0], day, by), meetings[0])


def _unfinished(behind: Behind, meetings: Sequence[Meeting]) -> str:
    ids = {meeting.id for meeting in meetings}
    own = [one for one in behind.takeaways if one.author_id == behind.person.id and one.meeting_id in ids]
    if any(one.withdrawn and one.withdrawn <= behind.as_of for one in own):
        return "told_withdrawn"
    if any(one.told_on and not (one.headline.strip() and one.quote.strip()) for one in own):
        return "told_half"
    return "told_to_me" if any(one.published and one.audience == "me" for one in own) else "untold"


def _coming(behind: Behind) -> Iterable[Line]:
    mine, today = behind.tally(), day_of(behind.as_of, behind.terms.zone)
    seen = set(mine.heard)
    for seat in sorted(behind.seats, key=lambda seat: _start(behind, seat)):
        meeting = behind.meetings.get(seat.meeting_id)
        if meeting is None or not counts(meeting):
            continue
        day = meeting_day(meeting, behind.terms.zone)
        if day < today or meeting.end <= behind.as_of:
            continue
        key = (meeting.customer_id, day)
        code = _code_ahead(behind, seat, day)
        if code in ("coming", "asked"):
            code, seen = ("same_day" if key in seen else code), {*seen, key}
        yield Line(about(code, meeting, day), code == "coming", meeting.id, in_force(seat))


def _code_ahead(behind: Behind, seat: Seat, day: date) -> str:
    if not in_role(behind.person, day):
        return "outside_role"
    if not behind.period.first <= day <= behind.period.until:
        return "other_period"
    return _AHEAD.get(seat.state, "seat_open")


def _start(behind: Behind, seat: Seat) -> tuple[str, str]:
    meeting = behind.meetings.get(seat.meeting_id)
    return (meeting.start.isoformat() if meeting else "", seat.meeting_id)


def _expected(behind: Behind) -> Iterable[Line]:
    due = behind.due
    for reason in expected_lines(behind.person, due, behind.terms):
        if reason.code == "target" and due.set_by:
            code = "target_role" if due.set_by.who.startswith("role:") else "target_own"
            facts = (*reason.facts, ("day", due.set_by.since.isoformat()), ("reason", due.set_by.reason))
            yield line(Reason(code, facts), counts=True)
        else:
            yield line(reason, counts=reason.code in ("target", "pro_rata", "carried"))


def _needed(behind: Behind, *, reviews: bool) -> Iterable[Line]:
    standing, could = stand(
        behind.person, behind.meetings, behind.seats, behind.takeaways, behind.targets, behind.leaves, behind.terms,
        behind.period, behind.as_of, behind.free, behind.carried, behind.barred,
    )  # fmt: skip
    if standing.flag == "exempt":
        yield from (line(reason) for reason in expected_lines(behind.person, behind.due, behind.terms))
        return
    facts = (("expected", str(standing.expected)), ("heard", str(standing.heard)), ("coming", str(standing.coming)),
             ("needs", str(standing.needs)))  # fmt: skip
    yield line(Reason("sum", facts), counts=True)
    missing = needs_lines(standing.flag, standing.needs, could, behind.period, day_of(behind.as_of, behind.terms.zone))
    yield from (line(reason, counts=True) for reason in missing)
    if standing.unknown:
        yield line(Reason("unsaid", (("count", str(standing.unknown)),)))
    if reviews and standing.needs:
        yield from open_lines(behind.free, could, behind.person, behind.away, behind.barred)
