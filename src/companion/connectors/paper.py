"""A PDF of simple HTML, made by Qt in a process of its own: the desk has no window, and a fault in it ends nothing."""

import os
import subprocess
import sys
import time

from companion.basics.errors import Problem
from companion.basics.progress import Ticket

SECONDS = 60.0  # after which a PDF is given up
_MODULE = "companion.desktop.brief.paper"
_LOOK = 0.1  # seconds between two looks whether it is still wanted


def render_pdf(html: str, size: str = "A4", ticket: Ticket | None = None, seconds: float = SECONDS) -> bytes:
    """The PDF of a page (`Page.paper`) and its ruled back. See `programme.model.RenderPdf`."""
    try:
        process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-P", "-m", _MODULE, size],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
    except OSError as error:
        raise Problem("paper_unusable", reason=error.strerror or type(error).__name__) from error
    try:
        made, said = _talk(process, html.encode(), ticket or Ticket(), seconds)
    finally:  # also where the work was stopped: nothing of it stays behind
        if process.poll() is None:
            process.kill()
            process.communicate()
    return _judged(process.returncode, made, said.decode("utf-8", "replace"))


def _talk(process: "subprocess.Popen[bytes]", data: bytes, ticket: Ticket, seconds: float) -> tuple[bytes, bytes]:
    until = time.monotonic() + seconds
    given: bytes | None = data
    while True:
        ticket.step()
        try:
            return process.communicate(given, timeout=_LOOK)
        except subprocess.TimeoutExpired:
            given = None  # it goes on with what it was given
            if time.monotonic() >= until:
                raise Problem("paper_late", seconds=round(seconds)) from None


def _judged(code: int, made: bytes, said: str) -> bytes:
    if code == 0 and made.startswith(b"%PDF-"):
        return made
    lines = said.strip().splitlines()
    raise Problem("paper_unusable", reason=lines[-1][:200] if lines else f"exit {code}")


def _environment() -> dict[str, str]:
    """Ours, without a screen where one is not always there; sign-ins and keys are none of its business."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("COMPANION_")}
    if sys.platform.startswith("linux"):
        kept["QT_QPA_PLATFORM"] = "offscreen"
    return kept
