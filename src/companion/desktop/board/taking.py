"""What can be taken away from the board: its table, and the ways to the report."""

from collections.abc import Callable
from pathlib import Path

from companion.attendance.board import Row
from companion.desktop.board.facts import BoardView
from companion.desktop.board.lines import listing
from companion.desktop.frame import Frame
from companion.desktop.widgets.menus import Entry, MenuButton
from companion.programme.model import House
from companion.programme.reports import Chosen, board_tables, save
from companion.words import board as words
from companion.words.language import t


class Taking:
    """The menu *Export…*."""

    def __init__(self, frame: Frame, now: Callable[[], BoardView | None]) -> None:
        self._frame = frame
        self._now = now
        self.menu = MenuButton(t("Export…"), self._entries)

    def _entries(self) -> list[Entry]:
        entries = [Entry(t("What is listed, as a table (XLSX)…"), lambda: self.ask("board.xlsx")),
                   Entry(t("What is listed, as a table (CSV)…"), lambda: self.ask("board.csv"))]  # fmt: skip
        return [*entries, Entry(), Entry(t("The programme on one page"), lambda: self._frame.go("report", ""))]

    def ask(self, name: str) -> None:
        """Ask where the table goes, and write it there."""
        view = self._now()

        def write(path: Path) -> None:
            if view is not None:
                self._frame.tasks.write(
                    lambda house, _ticket: write_board(house, view, path),
                    lambda made: self._frame.say(t("Written to {path}.", path=", ".join(map(str, made)))),
                )

        self._frame.ask.save_file(t("Export the board"), name, write)


def write_board(house: House, view: BoardView, path: Path) -> list[Path]:
    """Write what is listed as CSV or XLSX, by the file's ending; the files that came of it."""
    asked = view.asked
    people = frozenset(item.person.id for item in listing(view, asked).items if isinstance(item, Row))
    state = "" if view.board.facts.over else asked.state
    chosen = Chosen(people if asked.narrows else None, tuple(words.filters(asked.team, state, asked.text)))
    made = board_tables(house, asked.span, asked.day, chosen)
    return save(house, made, **{"xlsx" if path.suffix.lower() == ".xlsx" else "csv": str(path)})
