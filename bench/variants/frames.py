"""Times a widget: what a keystroke costs until it is painted, and what a frame costs while it scrolls."""

import random
import statistics
import time
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QAbstractItemView, QApplication

FRAMES = 120


def keystrokes(view: QAbstractItemView, strokes: Sequence[Callable[[], None]]) -> list[float]:
    """Seconds from each stroke until what it shows is painted."""
    taken = []
    for stroke in strokes:
        began = time.perf_counter()
        stroke()
        QApplication.processEvents()
        view.viewport().repaint()
        taken.append(time.perf_counter() - began)
    return taken


def scrolled(view: QAbstractItemView, go_on: Callable[[int], bool] = lambda number: number < FRAMES) -> list[float]:
    """Seconds of each frame: half of them after a jump, half after a step; as long as `go_on` says so."""
    rng, bar = random.Random(3), view.verticalScrollBar()
    taken: list[float] = []
    while go_on(len(taken)):
        began = time.perf_counter()
        bar.setValue(rng.randrange(bar.maximum() or 1) if len(taken) % 2 else bar.value() + bar.singleStep())
        view.viewport().repaint()
        taken.append(time.perf_counter() - began)
    assert bar.maximum() > 0, "nothing to scroll"
    return taken


def summed(frames: Sequence[float]) -> dict[str, float]:
    """The middle and the worst of them."""
    return {"frame": statistics.median(frames), "worst": max(frames)}
