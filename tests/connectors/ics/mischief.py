"""A reading process in which some bytes do what a fault in a parser would; imported by the process itself."""

import os
import signal
import time
from multiprocessing.connection import Connection

from companion.connectors.ics import serving

HANG, KILL, BUG, FLOOD = b"hang", b"kill", b"bug", b"flood"


def mischief(pipe: Connection) -> None:
    """Serve as the real one does, except for four kinds of bytes."""
    true_read = serving.read

    def bad_read(data: bytes, *given: object, **named: object) -> object:
        if data == HANG:
            time.sleep(600)
        elif data == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        elif data == BUG:
            raise RuntimeError("canary: what stood in the calendar")
        elif data == FLOOD:
            bytearray(serving.MEMORY + 1)
        return true_read(data, *given, **named)  # type: ignore[arg-type]

    serving.read = bad_read  # type: ignore[assignment]
    serving.serve(pipe)
