"""Is this a calendar, whole? A login page, an empty answer or half a file is a problem, never a deletion."""

import hashlib
import re

from companion.connectors.ics.checking import check_calendar

_BOM = b"\xef\xbb\xbf"
_STAMPS = re.compile(rb"\n(?:DTSTAMP|LAST-MODIFIED|CREATED|SEQUENCE)[:;][^\n]*")  # a literal first: ten times as fast


def checked(body: bytes, account: str, source: str) -> bytes:
    """The calendar's bytes without a byte order mark.

    Problem `calendar_empty`, `calendar_html`, `calendar_foreign` or `calendar_truncated` otherwise; `source`
    is the host or the file the sentence names.
    """
    check_calendar(body, account=account, source=source)
    return body.removeprefix(_BOM)


def version_of(body: bytes) -> str:
    """A hash of what a calendar says; the stamps that some servers renew at every download do not count."""
    return hashlib.sha256(_STAMPS.sub(b"", body)).hexdigest()[:32]
