"""Why: one figure of the board, sentence by sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from companion.attendance.amending import Amendment
from companion.attendance.closing import Closing
from companion.attendance.days import Period, after_last
from companion.attendance.explain import Behind, Cell, explain
from companion.attendance.explain_credit import Line, line
from companion.attendance.model import Evidence, Seat
from companion.attendance.openings import Openings
from companion.attendance.reach import looking_ahead
from companion.attendance.seats import seats_of
from companion.attendance.standing import Standing, listening, open_reviews
from companion.attendance.target import stood
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.calendars.model import Reason
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.counting import barred, burden, period_of, sat_lately
from companion.programme.model import House, Programme, WorkspaceTx
from companion.programme.names import names_shown
from companion.programme.views.board import board

WhyLine = Line  # reason (code and facts for `words.attendance.why`), counts, meeting_id, evidence (strongest first)


@dataclass(frozen=True)
class Why:
    """What stands behind one cell of one person's row. `figure` as the board shows it, `n` what it is of."""

    person: Person
    cell: Cell
    figure: str
    n: int  # what was expected; 0 where the figure has no such measure
    lines: tuple[WhyLine, ...]
    customers: dict[str, str]  # id -> name, for the sentences
    names: dict[str, str]  # address or id -> name of our people, for the evidence
    period: Period
    zone: str


def why_of(house: House, person_id: str, span: str = "", as_of: date | None = None, cell: Cell = "heard") -> Why:
    """What a cell of the board rests on; of a closed year, what it rested on, and what changed since.

    Problems: person_unknown, names_not_shown (of somebody else, for who may not see names).
    """
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
        programme, person = tx.programme.get(), tx.people.get(person_id)
        if person is None:
            raise Problem("person_unknown", address=person_id)
        if (me is None or me.id != person.id) and not names_shown(house, programme, me):
            raise Problem("names_not_shown")
        period, moment = period_of(house, tx, span, as_of)
        closing = None if as_of else tx.closings.get(period.label)
        behind = _behind(tx, programme, person, period, closing.at if closing else moment)
        customers = {one.id: one.name for one in tx.customers.all()}
        names = {address: one.name for one in tx.people.all() for address in (one.id, *one.addresses)}
    made, lines = behind.standing(), explain(cell, behind)
    shown = figure(made, cell)
    if closing:
        found = board(house, period.label)
        told = next((row.standing for row in found.rows if row.person.id == person.id), None)
        made, shown = told or made, figure(told, cell) if told else ""
        changes = [one for one in found.amendments if one.person_id == person.id and one.cell == cell]
        lines = (*lines, *_since(closing, changes, programme.zone))
    n = made.expected if cell in ("heard", "coming", "completed") else 0
    return Why(person, cell, shown, n, lines, customers, names, period, programme.zone)


def figure(standing: Standing, cell: Cell) -> str:
    """What the board shows in a cell."""
    return standing.flag if cell == "state" else str(getattr(standing, cell))


def _behind(tx: WorkspaceTx, programme: Programme, person: Person, period: Period, moment: datetime) -> Behind:
    """One person's own meetings and the open ones ahead: however long the programme runs, this stays small."""
    evidence = tx.seats.evidence({item.meeting_id for item in tx.seats.about(person.id)})
    own = {item.id: item for item in tx.meetings.some({item.meeting_id for item in evidence})}
    free = _free(tx, programme, period, moment)
    ahead = [meeting for found in free.reviews.values() for meeting in found]
    return Behind(
        person, period, moment, programme, own, evidence, _seats(own.values(), evidence, person, programme, moment),
        tx.takeaways.of_meetings(own), tx.seats.targets_ever(), tx.people.leaves_ever(), tx.carried.all(), free,
        barred(tx, [person], ahead, moment).get(person.id, frozenset()),
    )  # fmt: skip


def _seats(
    meetings: Iterable[Meeting], evidence: Sequence[Evidence], person: Person, programme: Programme,
    moment: datetime,
) -> list[Seat]:  # fmt: skip
    left = [meeting for meeting in meetings if meeting.verdict != "no"]
    found = seats_of(left, evidence, moment, zone=programme.zone, as_of=moment)
    return [seat for seat in found if seat.person_id == person.id]


def _free(tx: WorkspaceTx, programme: Programme, period: Period, moment: datetime) -> Openings:
    ahead = tx.meetings.between(moment, after_last(period, programme.zone))
    targets = stood(tx.seats.targets_ever(), moment)
    seats = seats_of(ahead, tx.seats.evidence(item.id for item in ahead), moment, zone=programme.zone, as_of=moment)
    taken = listening(seats, tx.people.all(), targets, programme.targets)
    free = open_reviews(ahead, taken, moment, after_last(period, programme.zone))
    been = sat_lately(tx, {seat.person_id for seat in taken}, programme, moment)
    known = {item.id: item for item in ahead}
    borne = burden(tx, programme, tx.people.all(), known, seats, moment)
    return looking_ahead(free, known, [*taken, *been], moment, programme.zone, borne)


def _since(closing: Closing, changes: Sequence[Amendment], zone: str) -> list[Line]:
    at = day_of(closing.at, zone).isoformat()
    lines = [line(Reason("closed", (("label", closing.label), ("at", at))))]
    for change in changes:
        lines.append(line(Reason("amended", (("old", change.old or "–"), ("new", change.new or "–")))))
        lines += [line(reason) for reason in change.because]
    return lines
