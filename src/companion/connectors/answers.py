"""What went wrong between us and a server, as the problem a person can mend; hosts are named, paths never."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from companion.basics.errors import Problem

_RETRY_AFTER = 60  # seconds, where a busy server does not say


def refuse(status: int, headers: httpx.Headers, account: str, host: str) -> Problem:
    """The problem of a status that is no answer."""
    if status == 401:
        return Problem("signin_refused", account=account, host=host)
    if status == 403:
        return Problem("forbidden", account=account, host=host)
    if status in (404, 410):
        return Problem("not_found", account=account, host=host)
    if status in (429, 503):
        return Problem("server_busy", account=account, host=host, retry_after=_retry_after(headers))
    return Problem("server_error", account=account, host=host, status=status)


def trouble(error: Exception, account: str, host: str, seconds: float) -> Problem:
    """The problem of an exchange that did not happen."""
    if isinstance(error, (httpx.TimeoutException, TimeoutError)):
        return Problem("server_silent", account=account, host=host, seconds=round(seconds))
    reason = str(error) or type(error).__name__
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Problem("certificate_bad", account=account, host=host, reason=cause.verify_message)
        if isinstance(cause, socket.gaierror):
            return Problem("server_unknown", account=account, host=host)
        if isinstance(cause, ssl.SSLError):
            reason = cause.reason or reason
        elif isinstance(cause, OSError) and cause.strerror:
            reason = cause.strerror
    return Problem("server_unreachable", account=account, host=host, reason=reason)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _retry_after(headers: httpx.Headers) -> int:
    text = headers.get("retry-after", "").strip()
    if text.isdigit():
        return min(int(text), 86_400)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return _RETRY_AFTER
    return max(1, round((when.astimezone(UTC) - datetime.now(UTC)).total_seconds()))
