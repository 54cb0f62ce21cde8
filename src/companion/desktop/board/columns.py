"""The columns of the board, and which figure stands behind each."""

from dataclasses import dataclass

from companion.attendance.explain import Cell
from companion.words.language import mark


@dataclass(frozen=True)
class BoardColumn:
    """One column. `least`: pixels at 100 %; `grows`: it takes its part of what is left."""

    key: str
    label: str  # marked for translation
    cell: Cell  # what is explained
    least: int
    grows: int = 0
    more: bool = False  # only where all are asked for


COLUMNS = (
    BoardColumn("leader", mark("Leader"), "state", 150, 1),
    BoardColumn("heard", mark("Heard"), "heard", 124),
    BoardColumn("next", mark("Next"), "coming", 140, 3),
    BoardColumn("needed", mark("What is needed"), "needs", 150, 4),
    BoardColumn("last", mark("Last heard"), "heard", 140, 3, more=True),
    BoardColumn("completed", mark("Completed"), "completed", 92, more=True),
    BoardColumn("coming", mark("Coming"), "coming", 78, more=True),
    BoardColumn("expected", mark("Expected"), "expected", 110, more=True),
    BoardColumn("until", mark("Seated by"), "needs", 92, more=True),
    BoardColumn("customers", mark("Customers"), "heard", 96, more=True),
)
KEYS = tuple(column.key for column in COLUMNS)
LEADER, HEARD, NEXT, NEEDED, LAST = (KEYS.index(key) for key in ("leader", "heard", "next", "needed", "last"))
