"""One writer of a file at a time, across processes: the desk and the window share a profile."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_SLICE = 0.02  # seconds between two tries


@contextlib.contextmanager
def locked(path: Path, seconds: float | None = None) -> Iterator[bool]:
    """Hold the lock that stands beside `path` (0600); waits for whoever has it. The system frees it at a kill.

    With `seconds`, no longer than that: yields whether it is held.
    """
    end = None if seconds is None else time.monotonic() + seconds
    handle = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while not (held := _taken(handle)) and (end is None or time.monotonic() < end):
            time.sleep(_SLICE)
        yield held
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # another has it; Windows calls that a permission
        return False
    return True
