"""A leader's own statement: my meetings, the evidence, what counted and why not, what is expected and why."""

from companion.attendance.days import meeting_day
from companion.attendance.model import Seat, Target
from companion.attendance.standing import Standing
from companion.basics.errors import Problem
from companion.calendars.model import Reason
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.document import Document, Grid, Section
from companion.programme.model import House
from companion.programme.names import names_shown
from companion.programme.people import who_am_i
from companion.programme.report_rows import in_period, said
from companion.programme.seats import person_of
from companion.programme.views.board import board
from companion.programme.views.ground import Ground, ground
from companion.words import report_page as words
from companion.words import reports
from companion.words.attendance import state, why
from companion.words.dates import full_day
from companion.words.language import t

_OF_SEATS = frozenset({"heard", "same_day", "untold", "tell_by", "coming", "asked", "unknown", "disputed"})


def statement(house: House, person: str = "", span: str = "") -> Document:
    """The statement of who works here (""), or of another where names are shown. Problem `statement_only_own`."""
    whom = _whom(house, person)
    facts, found = ground(house), board(house, span)
    row = next((row for row in found.rows if row.person.id == whom.id), None)
    names = {one.id: one.name for one in facts.customers.values()}
    reasons = row.standing.why if row else ()
    sections = [
        _meetings(facts, in_period(facts, found, frozenset({whom.id})), reasons, names, whom),
        Section(t("What is expected, and why"), items=_expected(whom, row.standing if row else None, facts, names)),
        Section(t("How it counts"), items=reports.rules(facts.programme)),
        Section(t("Is something wrong?"), (words.objection(),)),
    ]
    return Document(
        t("Customer meetings of {name}", name=whom.name),
        f"{reports.period_line(found.period.first, found.period.last, found.period.label)} "
        f"{reports.as_of_line(found.as_of, facts.zone)}",
        (words.stands(row.standing) if row else words.nothing_expected(),), tuple(sections),
    )  # fmt: skip


def _whom(house: House, person: str) -> Person:
    if not person:
        return who_am_i(house)
    with house.workspace(write=False) as tx:
        whom = person_of(tx, person)
        me = tx.people.by_address(house.me) if house.me else None
        if (me is None or me.id != whom.id) and not names_shown(house, tx.programme.get(), me):
            raise Problem("statement_only_own", name=whom.name)
    return whom


def _meetings(
    facts: Ground, pairs: list[tuple[Meeting, Seat]], reasons: tuple[Reason, ...], names: dict[str, str], whom: Person
) -> Section:  # fmt: skip
    heading = t("Meetings")
    if not pairs:
        return Section(heading, (t("No meeting in this period, as far as is known."),))
    of: dict[str, list[str]] = {}
    mine = facts.me is not None and facts.me.id == whom.id
    for reason in reasons:
        meeting_id = dict(reason.facts).get("meeting", "")
        if reason.code in _OF_SEATS and meeting_id:
            of.setdefault(meeting_id, []).append(why(reason.code, reason.facts, names, whom.name, mine=mine))
    rows = tuple(
        (
            full_day(meeting_day(meeting, facts.zone)),
            facts.customer(meeting.customer_id).name,
            state(seat.state),
            "; ".join(said(facts, item) for item in seat.evidence),
            " ".join(of.get(meeting.id, ())) or words.no_credit(),
        )
        for meeting, seat in pairs
    )
    return Section(heading, grid=Grid(words.statement_head(), rows))


def _expected(whom: Person, standing: Standing | None, facts: Ground, names: dict[str, str]) -> tuple[str, ...]:
    said_of = tuple(
        why(reason.code, reason.facts, names) for reason in (standing.why if standing else ())
        if reason.code not in _OF_SEATS
    )  # fmt: skip
    role = f"role:{whom.role.strip().lower() or whom.kind}"
    return said_of + tuple(_target(one) for one in facts.targets if one.who in (whom.id, role))


def _target(one: Target) -> str:
    return words.target_set(one.count, one.since, one.reason, of_role=one.who.startswith("role:"))
