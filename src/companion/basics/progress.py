"""Progress is the cancel point: long work calls `step`, which reports or raises."""

import threading
from collections.abc import Callable


class Cancelled(Exception):  # noqa: N818 - not an error: the user asked for it
    """The user cancelled; what was committed stays, the rest was never begun."""


Report = Callable[[str, int, int], None]


def _silent(_what: str, _done: int, _total: int) -> None:
    return


class Ticket:
    """A claim on one piece of long work, shared by the thread that does it and the one that may cancel it."""

    def __init__(self, report: Report = _silent) -> None:
        self._report = report
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked the work to stop."""
        return self._cancelled.is_set()

    def step(self, what: str = "", done: int = 0, total: int = 0) -> None:
        """Report `done` of `total` (0: not known) under a word key, or raise Cancelled."""
        if self._cancelled.is_set():
            raise Cancelled
        self._report(what, done, total)
