"""Ours: the Meetings page with every meeting there is: shown, filtered, scrolled; `sync` scrolls while a sync runs."""

import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from bench.homes import build
from frames import keystrokes, scrolled, summed
from PySide6.QtWidgets import QApplication
from told import told

from companion.desktop.frame import Frame
from companion.desktop.look import Look
from companion.desktop.meetings.page import MeetingsPage
from companion.desktop.tasks import Inline, Tasks
from companion.programme.sync import sync
from companion.programme.views.meetings import meetings


class Silent:
    """Asks nothing."""

    def __getattr__(self, _name: str) -> object:
        return lambda *_arguments, **_facts: None


def synced(home: Path) -> None:
    house = build(home)
    (done,) = sync(house)
    house.close()
    assert done.added, done.problems


def page_of(app: QApplication) -> MeetingsPage:
    nothing = Silent()
    frame = Frame(
        tasks=Tasks(database=Inline(), network=Inline()), ask=nothing, look=Look(app, "light"), go=nothing.go,
        say=nothing.say, sync=nothing.sync,
    )  # type: ignore[arg-type]  # fmt: skip
    page = MeetingsPage(frame)
    page.resize(1024, 600)
    page.show()
    return page


def main(home: Path, mode: str, beside: Path) -> None:
    app = QApplication(sys.argv[:1])
    page = page_of(app)
    house = build(home)
    began = time.perf_counter()
    view = meetings(house)
    read = time.perf_counter() - began
    house.close()
    with told(read=read, listed=len(view.rows)) as figures:
        figures["show"] = sum(keystrokes(page.list, [lambda: page._show(view)]))
        if mode == "sync":
            with ThreadPoolExecutor(1) as threads:
                running = threads.submit(synced, beside)
                figures.update(summed(scrolled(page.list, lambda _number: not running.done())))
            running.result()
        else:
            strokes = [partial(page.filters.choose, name) for name in ("open", "mine", "all")]
            taken = keystrokes(page.list, strokes)
            figures["keystroke"], figures["slowest"] = statistics.median(taken), max(taken)
            figures.update(summed(scrolled(page.list)))


if __name__ == "__main__":  # the reading process imports this file, too
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
