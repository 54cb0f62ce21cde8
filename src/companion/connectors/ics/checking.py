"""Is this a calendar at all? A login page or an empty answer is a problem, never a calendar without events."""

import re

from companion.basics.errors import Problem
from companion.connectors.ics.lines import unfold

_OLD = re.compile(rb"^VERSION:[ \t]*1\.0[ \t]*$", re.IGNORECASE | re.MULTILINE)
_PIECE = 4096  # bytes of the beginning and of the end that are looked at


def check_calendar(data: bytes, **facts: str) -> None:
    """Raise Problem `calendar_empty`, `_html`, `_foreign`, `_old` (vCalendar 1.0) or `_truncated`; else return.

    `facts` (account, source) go into the problem, for whoever shows it.
    """
    start = unfold(data[:_PIECE])
    end = start if len(data) <= _PIECE else unfold(data if _is_wide(data) else data[-_PIECE:])
    _check(start, end, facts)


def check_unfolded(text: bytes) -> None:
    """The same of bytes that are unfolded already."""
    _check(text[:_PIECE], text[-_PIECE:], {})


def _check(start: bytes, end: bytes, facts: dict[str, str]) -> None:
    start = start.lstrip()
    if not start:
        raise Problem("calendar_empty", **facts)
    if not start[:64].upper().startswith(b"BEGIN:VCALENDAR"):
        lower = start.lower()
        code = "calendar_html" if lower.startswith(b"<") or b"<html" in lower else "calendar_foreign"
        raise Problem(code, **facts)
    if _OLD.search(start):
        raise Problem("calendar_old", **facts)
    if not end.rstrip(b"\0 \t\r\n").upper().endswith(b"END:VCALENDAR"):
        raise Problem("calendar_truncated", **facts)


def _is_wide(data: bytes) -> bool:
    """Whether these are bytes of UTF-16, whose end cannot be read without the beginning."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]
