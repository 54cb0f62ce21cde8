"""What went wrong between us and a server, as the problem a person can mend; hosts are named, paths never."""

import re
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from companion.basics.errors import Problem

_LONGEST = 86_400  # seconds: nobody is believed who wants more than a day
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_QUOTED = re.compile(r"""(?:bytearray\()?b['"].*""", re.DOTALL)
_PASSWORD_WAYS = frozenset({"basic", "digest"})


def refuse(status: int, headers: httpx.Headers, account: str, host: str) -> Problem:
    """The problem of a status that is no answer. `after` of a busy server: seconds it asks for, 0 where it does not."""
    if status == 401:
        ways = ways_in(headers)
        if ways and not ways & _PASSWORD_WAYS:
            return Problem("signin_other", account=account, host=host, ways=", ".join(sorted(ways)))
        return Problem("signin_refused", account=account, host=host)
    if status == 403:
        return Problem("forbidden", account=account, host=host)
    if status in (404, 410):
        return Problem("not_found", account=account, host=host)
    if status in (429, 503):
        after = retry_after(headers)
        return Problem("server_busy_for" if after else "server_busy", account=account, host=host, after=after)
    if status == 511:
        return Problem("answer_is_page", account=account, host=host)
    if status < 400:
        return Problem("answer_unreadable", account=account, host=host)
    return Problem("server_error", account=account, host=host, status=status)


def is_page(body: bytes) -> bool:
    """Whether an answer is a web page, as of a sign-in form or a network that wants one first."""
    return _PAGE.match(body[:1024]) is not None


def ways_in(headers: httpx.Headers) -> frozenset[str]:
    """The ways to sign in that a refusal names, in lower case; several may stand in one line."""
    lines = headers.get_list("www-authenticate")
    found = (re.findall(r"(?:^|,)\s*([A-Za-z][\w-]*)(?=\s+[\w-]+\s*=|\s*,|\s*$)", line) for line in lines)
    return frozenset(way.lower() for ways in found for way in ways)


def trouble(error: Exception, account: str, host: str, seconds: float) -> Problem:
    """The problem of an exchange that did not happen."""
    if isinstance(error, (httpx.TimeoutException, TimeoutError)):
        return Problem("server_silent", account=account, host=host, seconds=round(seconds))
    reason = _said(error)
    if isinstance(error, httpx.ProxyError) and reason.startswith("407"):
        return Problem("ms_proxy", account=account, host=host)
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


def _said(error: Exception) -> str:
    """The text of an error without what was sent or came in, which it may quote: a token lies in a header."""
    text = "" if isinstance(error, httpx.LocalProtocolError) else _QUOTED.sub("...", str(error))
    return text or type(error).__name__


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def retry_after(headers: httpx.Headers) -> int:
    """Seconds a server asks to wait, 0 where it says nothing that makes sense, never more than a day."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), _LONGEST)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return 0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0, min(round((when - datetime.now(UTC)).total_seconds()), _LONGEST))
