"""The reading process itself: takes bytes from a pipe, gives readings back, and is gone when the app is."""

import gc
import signal
import sys
import traceback
from multiprocessing.connection import Connection

from companion.calendars.model import Window
from companion.connectors.ics.reading import read
from companion.meetings.recognise import Rules

READY = "ready"
MEMORY = 2 << 30  # bytes of address space


def serve(pipe: Connection) -> None:
    """Say READY, then answer (bytes, rules or None for the same as before, window, inspect) until the pipe closes.

    An answer is a Reading, or a text that names where it failed and never what stood in the calendar.
    """
    _keep_modest()
    rules = Rules()
    pipe.send(READY)
    while True:
        try:
            data, given, window, inspect = pipe.recv()
            rules = rules if given is None else given
            pipe.send(_answer(data, rules, window, inspect=inspect))
        except (EOFError, OSError):
            return


def _answer(data: bytes, rules: Rules, window: Window, *, inspect: bool) -> object:
    try:
        return read(data, rules, window, inspect=inspect)
    except MemoryError:
        gc.collect()
        return "memory"
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {frame.name}, line {frame.lineno}"


def _keep_modest() -> None:
    """Bounded memory, lower priority, and Ctrl-C left to the app, where the system has such things."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        import os
        import resource

        os.nice(5)
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
