"""How long the window's thread is held up: the worst gap between ticks while something runs beside it.

`idle` sleeps (the machine's own noise), `thread` parses the file by icalendar in a thread, `ours` syncs it.
"""

import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
from told import told

mode, file, home = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])


def idle() -> None:
    time.sleep(2)


def parse() -> None:
    from icalendar import Calendar

    Calendar.from_ical(file.read_bytes())


def ours() -> None:
    from bench.homes import build

    from companion.programme.sync import sync

    (done,) = sync(build(home))
    assert not done.failed, done.problems


app = QApplication(sys.argv)
window = QMainWindow()
table = QTableView()
window.setCentralWidget(table)
window.resize(1024, 600)
window.show()
app.processEvents()
ticks: list[float] = []
failures: list[BaseException] = []


def tick() -> None:
    ticks.append(time.perf_counter())
    table.viewport().update()


def work() -> None:
    try:
        {"idle": idle, "thread": parse, "ours": ours}[mode]()
    except BaseException as failure:
        failures.append(failure)


timer = QTimer()
timer.setTimerType(Qt.TimerType.PreciseTimer)
timer.timeout.connect(tick)
timer.start(1)
worker = threading.Thread(target=work)
with told() as figures:
    worker.start()
    while worker.is_alive():
        app.processEvents()
        time.sleep(0.0002)
    gaps = sorted(later - earlier for earlier, later in pairwise(ticks))
    figures["worst"] = gaps[-1]
    figures["gap99"] = gaps[int(len(gaps) * 0.99)]
timer.stop()
if failures:
    raise failures[0]
