"""Is this a calendar, whole? A login page, an empty answer or half a file is a problem, never a deletion."""

import hashlib
import re

from companion.basics.errors import Problem

_BOM = b"\xef\xbb\xbf"
_STAMPS = re.compile(rb"^(?:DTSTAMP|LAST-MODIFIED|CREATED)[:;][^\r\n]*\r?\n", re.MULTILINE)


def checked(body: bytes, account: str, source: str) -> bytes:
    """The calendar's bytes without a byte order mark.

    Problem `calendar_empty`, `calendar_html`, `calendar_foreign` or `calendar_truncated` otherwise; `source`
    is the host or the file the sentence names.
    """
    text = body.removeprefix(_BOM).strip()
    if not text:
        raise Problem("calendar_empty", account=account, source=source)
    head = text[:1000].lower()
    if not head.startswith(b"begin:vcalendar"):
        code = "calendar_html" if head.startswith(b"<") or b"<html" in head else "calendar_foreign"
        raise Problem(code, account=account, source=source)
    tail = text[-4096:].upper()
    end = tail.rfind(b"END:VCALENDAR")
    if end < 0 or b"\nBEGIN:" in tail[end:]:
        raise Problem("calendar_truncated", account=account, source=source)
    return text


def version_of(body: bytes) -> str:
    """A hash of what a calendar says; the stamps that some servers renew at every download do not count."""
    return hashlib.sha256(_STAMPS.sub(b"", body)).hexdigest()[:32]
