"""The reading process itself: takes bytes from a pipe, gives readings back, and is gone when the app is.

The app imports this module to start the process, so whatever reads is imported by the process alone.
"""

import gc
import signal
import sys
import traceback
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from companion.meetings.recognise import Rules

if TYPE_CHECKING:
    from companion.connectors.ics.reading import Question

READY = "ready"
MEMORY = 2 << 30  # bytes of address space


def serve(pipe: Connection) -> None:
    """Say READY, then answer (list of bytes, rules or None for those of before, window, inspect, busy_of) to the end.

    Each of the bytes has an answer of its own as soon as it is read: a Reading, or a text that names where it failed
    and never what stood in the calendar.
    """
    from companion.connectors.ics.reading import Question

    _keep_modest()
    rules = Rules()
    pipe.send(READY)
    while True:
        try:
            blobs, given, window, inspect, busy_of = pipe.recv()
            rules = rules if given is None else given
            question = Question(rules, window, inspect=inspect, busy_of=busy_of)
            for data in blobs:
                pipe.send(_answer(question, data))
        except (EOFError, OSError):
            return


def _answer(question: "Question", data: bytes) -> object:
    try:
        return question.read(data)
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
