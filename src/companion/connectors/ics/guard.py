"""A bound on the processor time of one entry: calendars can hold rules that never end."""

import gc
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, TypeVar

Result = TypeVar("Result")


class Overrun(BaseException):
    """The time is up. No Exception, so that no library between here and there swallows it."""


class Guard:
    """Runs pieces of work, each within some seconds of processor time; a context, since it borrows a signal."""

    def __init__(self) -> None:
        self._armed = False
        self._signals = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
        self._before: Any = None

    def __enter__(self) -> "Guard":
        if self._signals:
            self._before = signal.signal(signal.SIGVTALRM, self._ring)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._signals:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, self._before or signal.SIG_DFL)

    def _ring(self, _number: int, _frame: FrameType | None) -> None:
        if self._armed:
            raise Overrun

    def run(self, seconds: float, work: Callable[[], Result]) -> Result:
        """What `work` returns; Overrun where it takes longer."""
        return self._by_signal(seconds, work) if self._signals else _by_profile(seconds, work)

    def _by_signal(self, seconds: float, work: Callable[[], Result]) -> Result:
        collects = gc.isenabled()
        gc.disable()  # an exception raised in a callback of the collector, or in a finaliser, is lost
        self._armed = True
        try:
            # so it rings again every tenth
            signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 0.1)
            return work()
        finally:
            self._armed = False
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            if collects:
                gc.enable()


def _by_profile(seconds: float, work: Callable[[], Result]) -> Result:
    """Without signals (other threads, Windows) the interpreter asks at every call; slower, as sure."""
    end = time.thread_time() + seconds
    before = sys.getprofile()

    def ask(_frame: FrameType, _event: str, _argument: object) -> None:
        if time.thread_time() > end:
            raise Overrun

    sys.setprofile(ask)
    try:
        return work()
    finally:
        sys.setprofile(before)
