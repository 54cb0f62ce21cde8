"""What the Board page reads: the board with what is needed to say it, and what stands beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from companion.attendance.board import Board, Row
from companion.basics.folding import fold
from companion.desktop.board.asked import Asked, Views, at_first, read_views
from companion.programme import years
from companion.programme.look_back import LookBack, look_back
from companion.programme.model import House
from companion.programme.report_rows import Visible, visible
from companion.programme.views.board import board
from companion.programme.views.forecast import Forecast, forecast_of
from companion.programme.views.ground import my_ground
from companion.programme.views.review import review
from companion.programme.views.worklist import Worklist, worklist


@dataclass(frozen=True)
class BoardView:
    """The board and what is needed to say it."""

    asked: Asked
    board: Board
    seen: Visible
    forecast: Forecast
    customers: Mapping[str, str]
    zone: str
    agreement: str
    runs: bool  # whether who works here runs the programme: ops, or the owner of a local file
    year: str  # the programme's own period, as `Programme.year`
    closed: tuple[str, ...]  # labels of closed periods, latest first
    views: Views
    texts: Mapping[str, str]  # person id -> what a row is found by, folded

    @property
    def frozen(self) -> bool:
        """Whether the figures are those of a year that was closed."""
        return self.board.closing is not None

    @property
    def names(self) -> bool:
        """Whether who works here may see others' rows."""
        return self.seen.named


@dataclass(frozen=True)
class Beside:
    """What the last year was, and what is to be seen to."""

    back: LookBack
    work: Worklist
    waiting: int  # seats to be decided whose names may be shown
    hidden: int  # and whose may not


def read_board(house: House, asked: Asked | None = None) -> BoardView:
    """Read the board as asked, None: as it opens."""
    asked = asked or at_first(house)
    found = board(house, asked.span, asked.day)
    with house.workspace(write=False) as tx:
        programme = tx.programme.get()
        customers = {customer.id: customer.name for customer in tx.customers.all()}
    own = my_ground(house)
    seen = visible(house, own, found)
    runs = not house.workspace_shared or (own.me is not None and own.me.kind == "ops")
    return BoardView(
        asked, found, seen, forecast_of(found), customers, programme.zone, programme.names_agreed,
        runs, programme.year, tuple(one.label for one in reversed(years.closed(house))), read_views(house),
        {row.person.id: _searchable(row, customers) for row in found.rows},
    )  # fmt: skip


def read_beside(house: House, asked: Asked | None = None) -> Beside:
    """Read what stands beside the board of the time that is asked for."""
    work, asked = worklist(house), asked or at_first(house)
    hidden = 0 if work.names else review(house).hidden
    back = look_back(house, span=asked.span, as_of=asked.day)
    return Beside(back, work, work.counts["disputed"] if work.names else 0, hidden)


def _searchable(row: Row, customers: Mapping[str, str]) -> str:
    person, standing = row.person, row.standing
    met = [customers.get(one.customer_id, "") for one in (standing.next, standing.last) if one]
    return fold(" ".join((person.name, person.team, person.role, person.email, *met)))
