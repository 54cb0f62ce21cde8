"""Files in a folder that other people read at any moment: each is replaced whole, and only where it changes."""

import errno
import os
import time
from pathlib import Path

from companion.basics.errors import Problem
from companion.basics.paths import write_whole

READABLE = 0o644
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # what file managers leave behind
_TRIES = 5


def open_folder(path: Path) -> Path:
    """Make the folder where only its last part is missing; Problem `folder_missing` or `folder_unusable` otherwise."""
    try:
        path.mkdir()
    except FileExistsError:
        pass  # as it should be; whether it is a folder is asked below
    except FileNotFoundError as error:
        # Never make the whole way: a share that is not connected would be "made" on this machine.
        raise Problem("folder_missing", path=str(path.parent)) from error
    except OSError as error:
        raise Problem("folder_unusable", path=str(path), reason=reason(error)) from error
    if not path.is_dir():
        raise Problem("folder_unusable", path=str(path), reason=os.strerror(errno.ENOTDIR))
    return path


def put(path: Path, data: bytes) -> bool:
    """Replace the file if its content differs; whether it did."""
    try:
        if path.read_bytes() == data:
            return False
    except FileNotFoundError:
        pass  # a new file
    except OSError as error:
        raise Problem("folder_unusable", path=str(path), reason=reason(error)) from error
    for tried in range(1, _TRIES + 1):
        try:
            write_whole(path, data, READABLE)
            break
        except Problem as problem:
            # Windows refuses to replace a file while somebody reads it; that lasts a moment.
            if tried == _TRIES or os.name != "nt" or not isinstance(problem.__cause__, PermissionError):
                raise
            time.sleep(0.05 * tried)
    return True


def drop(path: Path) -> None:
    """Delete the file if it is there."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Problem("folder_unusable", path=str(path), reason=reason(error)) from error


def foreign(folder: Path, own: str) -> bool:
    """Whether the folder holds anything but the file `own` and what a kill left of it half written."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError as error:
        raise Problem("folder_unusable", path=str(folder), reason=reason(error)) from error
    return any(name not in _LITTER and not name.lstrip(".").startswith(own.lstrip(".")) for name in names)


def reason(error: OSError) -> str:
    """The system's own words for what went wrong."""
    return error.strerror or str(error)
