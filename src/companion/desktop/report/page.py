"""The report page: the programme on one page, or my own statement, of a period."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.errors import Problem
from companion.desktop.frame import Frame, Page
from companion.desktop.report.handing import Handing
from companion.desktop.report.sheet import show
from companion.desktop.widgets.buttons import menu_button
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.empty import Empty
from companion.programme.document import Document
from companion.programme.model import House
from companion.programme.programme_report import programme_report
from companion.programme.reports import Tables, board_tables, save, seat_tables
from companion.programme.statement import statement
from companion.words.language import t
from companion.words.problems import sentence

STATEMENT = "statement"  # the item that shows my own
BEFORE = 2  # years to choose from, beside the running one


@dataclass(frozen=True)
class Seen:
    """What was read; `problem` says why there is nothing."""

    document: Document | None
    year: int
    problem: Problem | None = None


def read_report(house: House, span: str, *, own: bool) -> Seen:
    """The document of a period."""
    year = house.clock().year
    try:
        return Seen(statement(house, "", span) if own else programme_report(house, span), year)
    except Problem as problem:
        return Seen(None, year, problem)


class ReportPage(Page):
    """A preview of what is printed or saved, and tables to take along."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._seen: Seen | None = None
        self._span, self._own = "", False
        self.column = Column(widest=860)
        self.handing = Handing(frame, self, lambda: self._seen.document if self._seen else None)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.column)

    def reload(self) -> None:
        """Read it again."""
        span, own = self._span, self._own
        self.read(lambda house, _ticket: read_report(house, span, own=own), self._show)

    def arrive(self, item: str) -> None:
        """Show my own statement, or the programme."""
        self._own = item == STATEMENT
        self.reload()

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        self.column.begin()
        self.column.add(header(t("My statement") if self._own else t("Programme report"), *self._buttons(seen)))
        if seen.document is None:
            self.column.add(Empty(sentence(seen.problem) if seen.problem else ""), 12)
        else:
            show(self.column, seen.document, self.frame.look.px(100) / 100)
        self.column.end()

    def _buttons(self, seen: Seen) -> list[QWidget]:
        kinds = [(t("Programme"), partial(self.arrive, "")), (t("My statement"), partial(self.arrive, STATEMENT))]
        what = menu_button(t("My statement") if self._own else t("Programme"), kinds, says=t("What is shown"))
        years = {str(year): str(year) for year in range(seen.year, seen.year - BEFORE - 1, -1)}
        spans = {"": t("This year"), **years, "rolling": t("Twelve months")}
        choices = [(label, partial(self._choose, span)) for span, label in spans.items()]
        period = menu_button(spans.get(self._span, self._span), choices, says=t("Period"))
        if seen.document is None:
            return [what, period]
        tables = [
            (t("Board, teams and customers…"), partial(self._table, board_tables, t("board"))),
            (t("Seats with their evidence…"), partial(self._table, seat_tables, t("seats"))),
        ]
        return [what, period, menu_button(t("Tables"), tables, says=t("Save as a table")), self.handing.button()]

    def _choose(self, span: str) -> None:
        self._span = span
        self.reload()

    def _table(self, make: Callable[[House, str], Tables], name: str) -> None:
        span = self._span

        def work(house: House, path: Path) -> None:
            is_book = path.suffix.lower() != ".csv"
            save(house, make(house, span), xlsx=str(path) if is_book else "", csv="" if is_book else str(path))

        def write(path: Path) -> None:
            self.frame.tasks.fetch(
                lambda house, _ticket: work(house, path),
                lambda _none: self.frame.say(t("Written to {path}.", path=str(path))),
            )

        self.frame.ask.save_file(t("Save as a table (.xlsx or .csv)"), f"{name}.xlsx", write)
