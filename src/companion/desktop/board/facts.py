"""What the Board page reads, and the board as a table to take away."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from companion.attendance.board import Board, Row
from companion.programme.model import House
from companion.programme.views.board import board
from companion.programme.views.review import review
from companion.words.attendance import directors, flag, why
from companion.words.language import t


@dataclass(frozen=True)
class BoardView:
    """The board and what is needed to say it."""

    board: Board
    customers: Mapping[str, str]
    zone: str
    names: bool  # in a shared workspace only under an agreement
    agreement: str
    waiting: int = 0  # seats to be decided whose names may be shown
    hidden: int = 0  # and whose may not


def read_board(house: House, span: str) -> BoardView:
    """Read the board of a period."""
    found = board(house, span)
    with house.workspace(write=False) as tx:
        programme = tx.programme.get()
        customers = {customer.id: customer.name for customer in tx.customers.all()}
    names = not house.workspace_shared or bool(programme.names_agreed)
    decide = review(house)
    return BoardView(found, customers, programme.zone, names, programme.names_agreed, len(decide.items), decide.hidden)


def write_board(house: House, span: str, path: Path) -> Path:
    """Write the board as CSV or XLSX, by the file's ending."""
    view = read_board(house, span)
    head = [t("Leader"), t("Team"), t("Expected"), t("Heard"), t("Completed"), t("Coming"), t("Needs"), t("State"),
            t("Why")]  # fmt: skip
    rows = [_cells(row, view.customers) for row in view.board.rows] if view.names else []
    if not view.names:
        head = [t("Team"), t("Leaders"), t("Expected"), t("Heard"), t("Completed"), t("Coming"), t("Needs")]
        rows = [[s.team, s.leaders, s.expected, s.heard, s.completed, s.coming, s.needs] for s in view.board.teams]
    if path.suffix.lower() != ".xlsx":
        house.write_csv(path, head, rows)
        return path
    about = [
        [t("Period"), view.board.period.label],
        [t("As of"), view.board.as_of.isoformat()],
        [t("Sentence"), directors(view.board.facts)],
        [t("Rule"), t("Only attended counts; unknown never counts as absent.")],
    ]
    house.write_xlsx(path, [(t("Board"), head, rows), (t("About"), [t("What"), t("Value")], about)])
    return path


def _cells(row: Row, customers: Mapping[str, str]) -> list[str | int]:
    s = row.standing
    said = " ".join(why(reason.code, reason.facts, customers) for reason in s.why)
    return [row.person.name, row.person.team, s.expected, s.heard, s.completed, s.coming, s.needs, flag(s.flag), said]
