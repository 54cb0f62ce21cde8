"""What a mail server's no means, by its status (RFC 5321) and the finer one beside it (RFC 3463)."""

import re

from companion.basics.errors import Problem

_FINER = re.compile(r"\s*[#(]?([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_UNKNOWN = frozenset({"1.1", "1.2", "1.3", "1.6", "1.10"})  # of x.1.y: there is no such recipient
_GREY = re.compile(r"gr[ae]y.?list", re.IGNORECASE)


def refused(host: str, status: int, reason: str, recipient: str = "") -> Problem:
    """The problem of a 4xx or 5xx: `final` where the server will say the same again.

    Problems: `mail_recipient_unknown`, `mail_box_full`, `mail_too_big`, `mail_greylisted`, `mail_closing`,
    `mail_basic_off`, `mail_later`, `mail_refused`. `reason`: the server's words, on one line.
    """
    facts = {"final": "1"} if status >= 500 else {}
    finer = _finer(reason)
    if (finer in ("2.2", "2.1") and recipient) or (status == 452 and not finer and recipient):
        return Problem("mail_box_full", host=host, status=status, recipient=recipient, **facts)
    if finer in ("3.4", "2.3") or (status == 552 and finer != "2.2"):
        return Problem("mail_too_big", host=host, status=status, **facts)
    if finer in _UNKNOWN and status >= 500 and recipient:
        return Problem("mail_recipient_unknown", host=host, status=status, recipient=recipient, **facts)
    if status == 530:
        return Problem("mail_signin_wanted", host=host, status=status, reason=reason)
    if status in (450, 451) and (finer == "7.1" or _GREY.search(reason)):
        return Problem("mail_greylisted", host=host, status=status)
    if status == 421:
        return Problem("mail_closing", host=host, status=status, reason=reason)
    if status < 500:
        return Problem("mail_later", host=host, status=status, reason=reason)
    return Problem("mail_refused", host=host, status=status, reason=reason, **facts)


def signin_refused(host: str, user: str, status: int, words: bytes) -> Problem:
    """The problem of a sign-in that was not let in; the server's words may hold the password and are not repeated."""
    if 400 <= status < 500:
        return Problem("mail_later", host=host, status=status, reason="AUTH")
    finer, said = _finer(words.decode("utf-8", "replace")), words.lower()
    if finer == "7.139" or (b"smtpclientauthentication" in said and b"disabled" in said):
        return Problem("mail_basic_off", host=host, user=user, final="1")
    return Problem("mail_signin", host=host, user=user)


def _finer(reason: str) -> str:
    """The last two numbers of an enhanced status, "2.2" of 5.2.2; "" where there is none."""
    found = _FINER.match(reason)
    return found[1].partition(".")[2] if found else ""
