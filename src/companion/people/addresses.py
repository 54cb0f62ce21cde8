"""Addresses as calendars and people write them, brought to one form."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{1,20}):", re.IGNORECASE)
_SPOKEN_TO = frozenset(("mailto", "smtp", "sip", "sips", "im", "xmpp"))  # behind these stands user@host
_EMBRACED = re.compile(r"<([^<>]*@[^<>]*)>")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)+)"@([^@"]*)')
_PLAIN = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_AROUND = " \t\r\n\u00a0\u200b\ufeff"
_BRACKETS = f"{_AROUND}<>'"
_FORBIDDEN = re.compile(r'[\s<>"]')
_DIRECTORY = ("/", "cn=")  # X.500 and Notes name people by their place in a tree
_CALENDARS = ("@calendar.google.com", ".calendar.google.com")  # of calendars, of rooms, and of nobody at all


@lru_cache(maxsize=8192)  # the same few hundred people are on every guest list
def normal(address: str) -> str:
    """The address without `mailto:`, quotes and case, NFC, its domain in letters; "" where there is none.

    What stands behind a SIP or chat scheme is taken as well; directory names (`/o=…`, `urn:…`) are no address.
    """
    once = _read(address)
    return once if once and _read(once) == once else ""  # what reads otherwise the second time is no address


def _read(address: str) -> str:
    text = unicodedata.normalize("NFC", address).strip(_AROUND)
    embraced = _EMBRACED.search(text)
    text = _without_scheme(embraced[1] if embraced else text)
    if text.startswith(_DIRECTORY):
        return ""
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        local = re.sub(r"\\(.)", r"\1", quoted[1])
        local, domain = local if _PLAIN.fullmatch(local) else _requoted(local), quoted[2]
    else:
        local, _, domain = text.strip("\"' ").rpartition("@")
        if not local.strip("@") or _FORBIDDEN.search(local):
            return ""
    local, domain = unicodedata.normalize("NFC", local), domain_in_letters(domain)
    fit = domain and not _FORBIDDEN.search(domain) and (local + domain).isprintable()
    return f"{local}@{domain}" if fit else ""


def _without_scheme(text: str) -> str:
    """What stands behind the scheme, decoded where there is one; "" behind one that leads to no mailbox."""
    text, written = text.strip(_BRACKETS), False
    while found := _SCHEME.match(text):
        scheme, rest = found[1].lower(), text[found.end() :].removeprefix("//")
        if scheme not in _SPOKEN_TO:
            return ""
        rest = rest if written else unquote(rest)  # RFC 6068: a mailto is a URI
        text = rest if scheme in ("mailto", "smtp") else re.split("[;/]", rest, maxsplit=1)[0]
        text, written = text.strip(_BRACKETS), True
    text = text.split("?", 1)[0]
    return (text if written else text.replace("%40", "@")).strip(_BRACKETS).rstrip(f".,;:{_AROUND}").lower()


def _requoted(local: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", local) + '"'


def domain_in_letters(domain: str) -> str:
    """The domain in lower case with its own letters: müller.example, also where it came as xn--mller-kva.example."""
    text = unicodedata.normalize("NFC", domain.strip().rstrip(".").lower())
    if "xn--" not in text:
        return text
    return ".".join(_letters(label) for label in text.split("."))


def _letters(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        told = label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label
    fit = all(sign.isalnum() or sign == "-" or unicodedata.combining(sign) for sign in told)
    same = told == unicodedata.normalize("NFC", told.lower())  # else two spellings would be one name
    return told if fit and same and not told.isascii() else label


def domain_in_ascii(domain: str) -> str:
    """The domain as mail servers write it: xn--mller-kva.example for müller.example."""
    labels = domain_in_letters(domain).split(".")
    return ".".join(label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}" for label in labels)


def domain_of(address: str) -> str:
    """What stands behind the @, "" where there is no address."""
    return normal(address).rpartition("@")[2]


def is_calendar(address: str) -> bool:
    """Whether a normalised address is that of a calendar or a room, as Google gives them out, and of no person."""
    return address.endswith(_CALENDARS)


def within(domain: str, parents: frozenset[str] | set[str]) -> str:
    """The parent that a domain equals or lies under (mail.kestrel.example under kestrel.example), or ""."""
    parts = domain.split(".")
    for at in range(len(parts)):
        candidate = ".".join(parts[at:])
        if candidate in parents:
            return candidate
    return ""
