"""Tokens that are the server's clock: a change later in the same second would never be told."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

_TICK = 5.0  # seconds in which such a token is not trusted: a clock tick, and one server's clock beside another's
_SECONDS = re.compile(r"(?<![0-9A-Za-z])(\d{10})(?![0-9A-Za-z])")
_STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d):?(\d\d)")


def may_hide_a_change(token: str, headers: httpx.Headers) -> bool:
    """Whether a token names the very moment of the answer (by the server's Date), in whole seconds.

    Two changes within that second, one before and one after the answer, bear the same token. A token of an
    earlier moment is safe: whatever comes now comes later than that.
    """
    moment = _moment(token)
    if moment is None:
        return False
    try:
        now = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        now = datetime.now(UTC)
    now = now if now.tzinfo else now.replace(tzinfo=UTC)
    return abs((now - moment).total_seconds()) <= _TICK


def _moment(token: str) -> datetime | None:
    try:
        if found := _STAMP.search(token):
            return datetime(*map(int, found.groups()), tzinfo=UTC)  # type: ignore[arg-type,misc]
        if found := _SECONDS.search(token):
            return datetime.fromtimestamp(int(found.group(1)), UTC)
    except (ValueError, OverflowError):
        return None
    return None
