"""A reading process in which some bytes do what a fault in a parser would; imported by the process itself."""

import os
import signal
import time
from multiprocessing.connection import Connection

from companion.connectors.ics import serving
from companion.connectors.ics.reading import Question

HANG, KILL, BUG, FLOOD = b"hang", b"kill", b"bug", b"flood"


def mischief(pipe: Connection) -> None:
    """Serve as the real one does, except for four kinds of bytes."""
    true_read = Question.read

    def bad_read(question: Question, data: bytes) -> object:
        if data == HANG:
            time.sleep(600)
        elif data == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        elif data == BUG:
            raise RuntimeError("canary: what stood in the calendar")
        elif data == FLOOD:
            bytearray(serving.MEMORY + 1)
        return true_read(question, data)

    Question.read = bad_read  # type: ignore
    serving.serve(pipe)
