"""Ours: the Board page: read, first shown, narrowed key by key, scrolled; `sync` scrolls while a sync runs."""

import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.homes import build
from frames import keystrokes, scrolled, summed
from PySide6.QtWidgets import QApplication
from table_ours import Silent, synced
from told import told

from companion.desktop.board.asked import Asked
from companion.desktop.board.facts import read_board
from companion.desktop.board.page import BoardPage
from companion.desktop.frame import Frame
from companion.desktop.look import Look
from companion.desktop.tasks import Inline, Tasks
from companion.programme.views.why import why_of

TYPED = ("p", "pe", "person", "person 7", "nobody", "team 3")


def page_of(app: QApplication) -> BoardPage:
    nothing = Silent()
    frame = Frame(
        tasks=Tasks(database=Inline(), network=Inline()), ask=nothing, look=Look(app, "light"), go=nothing.go,
        say=nothing.say, sync=nothing.sync,
    )  # type: ignore[arg-type]  # fmt: skip
    page = BoardPage(frame)
    page.resize(1024, 600)
    page.show()
    app.processEvents()
    return page


def typed(page: BoardPage, text: str) -> None:
    page.tools.search.setText(text)
    page.tools.settle()


def main(home: Path, mode: str, beside: Path) -> None:
    app = QApplication(sys.argv[:1])
    page = page_of(app)
    house = build(home)
    with told() as figures:
        began = time.perf_counter()
        view = read_board(house, Asked())
        figures["read"] = time.perf_counter() - began
        figures["show"] = sum(keystrokes(page.table, [lambda: page._show(view)]))
        figures["rows"] = figures["read"] + figures["show"]
        figures["listed"] = len(page.table.lines.lines)
        if mode == "sync":
            with ThreadPoolExecutor(1) as threads:
                running = threads.submit(synced, beside)
                figures.update(summed(scrolled(page.table, lambda _number: not running.done())))
            running.result()
        else:
            taken = keystrokes(page.table, [lambda text=text: typed(page, text) for text in (*TYPED, "")])  # type: ignore[misc]
            figures["keystroke"], figures["slowest"] = statistics.median(taken), max(taken)
            figures.update(summed(scrolled(page.table)))
            began = time.perf_counter()
            why_of(house, view.board.rows[0].person.id)
            figures["why"] = time.perf_counter() - began
    house.close()


if __name__ == "__main__":  # the reading process imports this file, too
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
