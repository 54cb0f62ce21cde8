"""Why: one figure of the board, sentence by sentence."""

from dataclasses import dataclass
from datetime import date

from companion.attendance.explain import Cell, Line
from companion.attendance.standing import Standing
from companion.people.model import Person
from companion.programme.model import House
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


def why_of(house: House, person_id: str, span: str = "", as_of: date | None = None, cell: Cell = "heard") -> Why:
    """What a cell of the board rests on."""
    found = board(house, span, as_of)
    row = next(row for row in found.rows if row.person.id == person_id)
    with house.workspace(write=False) as tx:
        customers = {one.id: one.name for one in tx.customers.all()}
        names = {address: person.name for person in tx.people.all() for address in (person.id, *person.addresses)}
    facts = (dict(reason.facts) for reason in row.standing.why)
    lines = tuple(
        Line(reason, reason.code in ("heard", "coming", "target"), told.get("meeting", ""))
        for reason, told in zip(row.standing.why, facts, strict=True)
    )
    return Why(row.person, cell, figure(row.standing, cell), row.standing.expected, lines, customers, names)


def figure(standing: Standing, cell: Cell) -> str:
    """What the board shows in a cell."""
    return standing.flag if cell == "state" else str(getattr(standing, cell))
