"""Which meetings gave credit and which did not, each with the words of people it rests on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from companion.attendance.days import Period, meeting_day
from companion.attendance.model import Evidence, Seat
from companion.attendance.seats import because, in_force
from companion.attendance.tally import Tally, in_role, rehearsal, when
from companion.attendance.target import Terms
from companion.basics.clock import day_of
from companion.calendars.model import Reason
from companion.meetings.model import Meeting
from companion.people.model import Person

ELSEWHERE = 6  # meetings of other periods that are told
_NOT: dict[str, str] = {
    "unknown": "unknown", "disputed": "disputed", "missed": "missed", "excused": "excused", "delegated": "delegated",
    "cancelled": "cancelled", "declined": "declined",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One reason, and the meeting and the words of people it rests on."""

    reason: Reason
    counts: bool  # whether it makes the figure, or says why something does not
    meeting_id: str = ""
    evidence: tuple[Evidence, ...] = ()  # strongest first


def line(reason: Reason, meeting: Meeting | None = None, *, counts: bool = False) -> Line:
    """A line without people's words."""
    return Line(reason, counts, meeting.id if meeting else "")


def about(code: str, meeting: Meeting, day: date, *facts: tuple[str, str]) -> Reason:
    """A reason about one meeting."""
    told = (("customer", meeting.customer_id), ("day", day.isoformat()), ("meeting", meeting.id))
    return Reason(code, (*told, *facts))


def heard_lines(
    person: Person, meetings: Mapping[str, Meeting], seats: Iterable[Seat], evidence: Sequence[Evidence], mine: Tally,
    terms: Terms, span: Period, as_of: datetime,
) -> list[Line]:  # fmt: skip
    """Every meeting up to `as_of` of which something is said about a person, earliest first."""
    by_meeting = {seat.meeting_id: seat for seat in seats if seat.person_id == person.id}
    first = {found[0].id for found in mine.heard.values()}
    again = {meeting.id for found in mine.heard.values() for meeting in found[1:]}
    lines: list[Line] = []
    elsewhere: list[Line] = []
    told = {item.meeting_id for item in evidence if person.id in (item.person_id, item.to)}
    for meeting in sorted((meetings[key] for key in told | by_meeting.keys() if key in meetings), key=when):
        day = meeting_day(meeting, terms.zone)
        if day > day_of(as_of, terms.zone) or meeting.start > as_of:
            continue
        seat = by_meeting.get(meeting.id)
        if meeting.id in first and seat:
            source = because(seat)
            said = (("source", source.source),) if source else ()
            lines.append(Line(about("heard", meeting, day, *said), True, meeting.id, in_force(seat)))
        elif meeting.id in again and seat:
            lines.append(Line(about("same_day", meeting, day), False, meeting.id, in_force(seat)))
        elif not span.holds(day):
            if seat and seat.state == "attended":
                elsewhere.append(Line(about("other_period", meeting, day), False, meeting.id, in_force(seat)))
        else:
            lines += _not_counted(person, meeting, day, seat, evidence, as_of)
    return [*lines, *elsewhere[-ELSEWHERE:]]


def _not_counted(
    person: Person, meeting: Meeting, day: date, seat: Seat | None, evidence: Sequence[Evidence], as_of: datetime
) -> Iterator[Line]:
    mine = [item for item in evidence if item.meeting_id == meeting.id and person.id in (item.person_id, item.to)]
    back = tuple(item for item in mine if item.withdrawn and item.withdrawn <= as_of)
    said = in_force(seat) if seat else tuple(item for item in mine if item.at <= as_of and item not in back)
    been = [item for item in (*said, *back) if item.says in ("attended", "delegated", "accepted")]
    if meeting.verdict == "no":
        code = "dismissed" if been else ""
    elif not meeting.customer_id:
        code = "no_customer" if been else ""
    elif rehearsal(meeting):
        code = "rehearsal" if been else ""
    elif not in_role(person, day):
        code = "before_role" if person.start and day < person.start else "after_role"
        code = code if been else ""
    else:
        code = _NOT.get(seat.state, "") if seat else ""
        if not code and back:
            code = "withdrawn"
    if code:
        to = next((item.to for item in said if item.says == "delegated" and item.to), "")
        yield Line(about(code, meeting, day, *((("to", to),) if to else ())), False, meeting.id, said or back)
