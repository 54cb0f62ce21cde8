"""Is this a calendar at all? A login page or an empty answer is a problem, never a calendar without events."""

from companion.basics.errors import Problem
from companion.connectors.ics.lines import unfold


def check_calendar(data: bytes, **facts: str) -> None:
    """Raise Problem `calendar_empty`, `calendar_html`, `calendar_foreign` or `calendar_truncated`; else return.

    `facts` (account, source) go into the problem, for whoever shows it.
    """
    start = unfold(data[:4096]).lstrip()
    if not start:
        raise Problem("calendar_empty", **facts)
    if not start[:64].upper().startswith(b"BEGIN:VCALENDAR"):
        lower = start.lower()
        code = "calendar_html" if lower.startswith(b"<") or b"<html" in lower else "calendar_foreign"
        raise Problem(code, **facts)
    end = unfold(data[-4096:] if len(data) > 4096 and data[:2] not in (b"\xff\xfe", b"\xfe\xff") else data)
    if not end.rstrip(b"\0 \t\r\n").upper().endswith(b"END:VCALENDAR"):
        raise Problem("calendar_truncated", **facts)
