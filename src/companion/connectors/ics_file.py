"""One calendar file from the disk: bounded, whole, and not while somebody writes it."""

import os
import stat
from pathlib import Path

from companion.basics.errors import Problem

MOST = 64 * 1024 * 1024  # bytes, as for an address
_TRIES = 3


def read_file(path: Path, account: str) -> bytes:
    """The bytes of a file.

    Problem `calendar_no_file`, `calendar_file_too_big` or `calendar_file_changing`; OSError as it comes.
    """
    for _ in range(_TRIES):
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for, a device never ends
            raise Problem("calendar_no_file", account=account, path=plain(str(path)))
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            data = file.read(MOST + 1)
            after = os.fstat(file.fileno())
        if len(data) > MOST:
            most = MOST // (1024 * 1024)
            raise Problem("calendar_file_too_big", account=account, path=plain(str(path)), most=most)
        if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size) and len(data) == after.st_size:
            return data
    raise Problem("calendar_file_changing", account=account, path=plain(str(path)))


def unreadable(error: OSError, account: str, path: Path) -> Problem:
    """The problem of a file or folder that the system does not give."""
    if isinstance(error, FileNotFoundError) and not path.is_symlink():
        return Problem("calendar_file_missing", account=account, path=plain(str(path)))
    reason = error.strerror or str(error)
    return Problem("calendar_file_unreadable", account=account, path=plain(str(path)), reason=reason)


def plain(name: str) -> str:
    """A file's name as text that can be stored and shown, whatever bytes it is made of."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
