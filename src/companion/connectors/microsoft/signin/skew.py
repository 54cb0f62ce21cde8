"""Two clocks: this computer's and the identity provider's. Certificates and codes fail where they differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from companion.basics.errors import Problem

_MOST = timedelta(minutes=5)  # what identity providers themselves put up with


@dataclass(frozen=True)
class Times:
    """What either clock said, for a person to compare; "-" where it said nothing."""

    here: str
    there: str


def times(now: datetime, date: str) -> Times:
    """Both clocks, from the house's and the Date header of an answer."""
    there = _header(date)
    return Times(_said(now), _said(there) if there else "-")


def check_clock(account: str, now: datetime, claims: Mapping[str, Any], date: str) -> None:
    """Problem `ms_clock_wrong` where a token made a moment ago is of another time than ours."""
    there = _instant(claims.get("iat")) or _header(date)
    if there is None:
        return
    ends = _instant(claims.get("exp"))
    begins = _instant(claims.get("nbf"))
    off = abs(there - now) > _MOST or (ends is not None and ends < now) or (begins is not None and begins > now + _MOST)
    if off:
        raise Problem("ms_clock_wrong", account=account, here=_said(now), there=_said(there))


def _header(date: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _instant(seconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(seconds), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _said(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
