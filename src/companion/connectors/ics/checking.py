"""Is this a calendar at all? A login page or an empty answer is a problem, never a calendar without events."""

import re

from companion.basics.errors import Problem
from companion.connectors.ics.lines import unfold

_OLD = re.compile(rb"^VERSION:[ \t]*1\.0[ \t]*$", re.IGNORECASE | re.MULTILINE)


def check_calendar(data: bytes, **facts: str) -> None:
    """Raise Problem `calendar_empty`, `_html`, `_foreign`, `_old` (vCalendar 1.0) or `_truncated`; else return.

    `facts` (account, source) go into the problem, for whoever shows it.
    """
    start = unfold(data[:4096]).lstrip()
    if not start:
        raise Problem("calendar_empty", **facts)
    if not start[:64].upper().startswith(b"BEGIN:VCALENDAR"):
        lower = start.lower()
        code = "calendar_html" if lower.startswith(b"<") or b"<html" in lower else "calendar_foreign"
        raise Problem(code, **facts)
    if _OLD.search(start):
        raise Problem("calendar_old", **facts)
    end = unfold(data[-4096:] if len(data) > 4096 and not _is_wide(data) else data)
    if not end.rstrip(b"\0 \t\r\n").upper().endswith(b"END:VCALENDAR"):
        raise Problem("calendar_truncated", **facts)


def _is_wide(data: bytes) -> bool:
    """Whether these are bytes of UTF-16, whose end cannot be read without the beginning."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]
