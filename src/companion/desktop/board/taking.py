"""What can be taken away from the board: its table, and the ways to the report."""

from collections.abc import Callable
from pathlib import Path

from companion.attendance.board import Row
from companion.desktop.board.columns import COLUMNS
from companion.desktop.board.facts import BoardView
from companion.desktop.board.lines import listing, told
from companion.desktop.frame import Frame
from companion.desktop.widgets.menus import Entry, MenuButton
from companion.programme.model import House
from companion.words import board as words
from companion.words.attendance import directors, why
from companion.words.language import t


class Taking:
    """The menu *Export…*."""

    def __init__(self, frame: Frame, now: Callable[[], BoardView | None]) -> None:
        from companion.desktop.pages import PAGES  # it lists this page, too

        self._frame = frame
        self._now = now
        self._pages = {page.key for page in PAGES}
        self.menu = MenuButton(t("Export…"), self._entries)

    def has(self, page: str) -> bool:
        """Whether the window has such a page."""
        return page in self._pages

    def _entries(self) -> list[Entry]:
        entries = [Entry(t("What is listed, as a table (XLSX)…"), lambda: self.ask("board.xlsx")),
                   Entry(t("What is listed, as a table (CSV)…"), lambda: self.ask("board.csv"))]  # fmt: skip
        if self.has("report"):
            entries += [Entry(), Entry(t("The programme's report"), lambda: self._frame.go("report", ""))]
        return entries

    def ask(self, name: str) -> None:
        """Ask where the table goes, and write it there."""
        view = self._now()

        def write(path: Path) -> None:
            if view is not None:
                self._frame.tasks.write(
                    lambda house, _ticket: write_board(house, view, path),
                    lambda made: self._frame.say(t("Written to {path}.", path=str(made))),
                )

        self._frame.ask.save_file(t("Export the board"), name, write)


def write_board(house: House, view: BoardView, path: Path) -> Path:
    """Write what is listed as CSV or XLSX, by the file's ending."""
    found = listing(view, view.asked)
    head = [t(column.label) for column in COLUMNS] + [t("Team"), t("Why")]
    rows: list[list[str]] = []
    for item in found.items:
        if isinstance(item, str):
            continue
        said, team = "", ""
        if isinstance(item, Row):
            team = item.person.team
            said = " ".join(why(reason.code, reason.facts, view.customers) for reason in item.standing.why)
        rows.append([*told(item, view).cells, team, said])
    if path.suffix.lower() != ".xlsx":
        house.write_csv(path, head, rows)
        return path
    about = [
        [t("Period"), view.board.period.label],
        [t("As of"), view.board.as_of.isoformat()],
        [t("Sentence"), directors(view.board.facts)],
        [t("Sums"), words.sums(found.sums, found.shown)],
        [t("Rule"), t("Only attended counts; unknown never counts as absent.")],
    ]
    house.write_xlsx(path, [(t("About"), [t("What"), t("Value")], about), (t("Board"), head, rows)])
    return path
