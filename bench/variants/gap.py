"""How long the window's thread is held up: the worst gap between ticks while something runs beside it.

`idle` sleeps (the machine's own noise), `thread` parses the file by icalendar in a thread, `ours` syncs it.
"""

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
from told import told


def idle() -> None:
    time.sleep(2)


def parse(file: Path) -> None:
    from icalendar import Calendar

    Calendar.from_ical(file.read_bytes())


def ours(home: Path) -> None:
    from bench.homes import build

    from companion.programme.sync import sync

    house = build(home)
    (done,) = sync(house)
    house.close()
    assert not done.problems, done.problems
    assert done.added, "nothing came in"


def measure(work: Callable[[], None]) -> None:
    """Runs the work in a thread and watches the clock of the window."""
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    table = QTableView()
    window.setCentralWidget(table)
    window.resize(1024, 600)
    window.show()
    app.processEvents()
    ticks: list[float] = []

    def tick() -> None:
        ticks.append(time.perf_counter())
        table.viewport().update()

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(1)
    with told() as figures, ThreadPoolExecutor(1) as threads:
        running = threads.submit(work)
        while not running.done():
            app.processEvents()
            time.sleep(0.0002)
        gaps = sorted(later - earlier for earlier, later in pairwise(ticks))
        figures["worst"] = gaps[-1]
        figures["gap99"] = gaps[int(len(gaps) * 0.99)]
    timer.stop()
    running.result()


if __name__ == "__main__":  # the reading process imports this file, too
    mode, file, home = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    measure({"idle": idle, "thread": lambda: parse(file), "ours": lambda: ours(home)}[mode])
