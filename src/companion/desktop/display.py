"""Is there a screen at all? Qt ends the process where there is none, so this looks first."""

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from companion.basics.errors import Problem

# what Qt's X11 plugin loads beyond a bare Debian, and the package each is in
_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def check_display(environ: Mapping[str, str] = os.environ, sockets: Path = Path("/tmp/.X11-unix")) -> None:  # noqa: S108
    """Problem `no_display` or `display_libraries_missing` where a window cannot open on Linux."""
    if not sys.platform.startswith("linux") or environ.get("QT_QPA_PLATFORM"):
        return
    if environ.get("WAYLAND_DISPLAY"):
        return
    display = environ.get("DISPLAY", "")
    if not display or (display.startswith(":") and not _answers(display, sockets)):
        raise Problem("no_display", display=display or "-")
    missing = [package for library, package in _LIBRARIES.items() if not _loads(library)]
    if missing:
        raise Problem("display_libraries_missing", packages=" ".join(missing))


def _answers(display: str, sockets: Path) -> bool:
    number = display[1:].split(".", 1)[0]
    return not sockets.is_dir() or (sockets / f"X{number}").exists()


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
