"""Content lines of iCalendar: unfolded as bytes, decoded late, taken apart without ever giving up on an entry."""

import re
from dataclasses import dataclass
from functools import lru_cache

_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"B\0E\0": "utf-16-le", b"\0B\0E": "utf-16-be"}
_LONE_CR = re.compile(rb"\r(?=(?!(?i:BEGIN|END):)[A-Za-z][A-Za-z0-9-]*[;:]|[ \t])")
_ESCAPE = re.compile(r"\\([\\;,nN])")
_DATES = frozenset((b"DTSTART", b"DTEND", b"RECURRENCE-ID", b"EXDATE", b"RDATE"))
_MAILTO = re.compile(rb":[ \t]*(mailto:[^\":]*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One property: its name in upper case, its parameters (names in upper case) and its raw value as text."""

    name: str
    params: dict[str, str]
    value: str


def unfold(data: bytes) -> bytes:
    """The same bytes with LF line ends and no folds; bytes, since a fold may split a character.

    A byte order mark goes, and so do NULs; UTF-16, which some exports are written in, becomes UTF-8. Where line ends
    are mixed, a lone CR ends a line if a property or a fold follows; it never ends or opens an entry.
    """
    text = _as_utf8(data)
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n")
        if b"\r" in text:
            text = text.replace(b"\r\n", b"\n")  # some write two
            text = text.replace(b"\r", b"\n") if b"\n" not in text else _LONE_CR.sub(b"\n", text)
    if b"\n " in text:
        text = text.replace(b"\n ", b"")
    if b"\n\t" in text:
        text = text.replace(b"\n\t", b"")
    return text


def _as_utf8(data: bytes) -> bytes:
    for start, name in _UTF16.items():
        if data.startswith(start):
            return data.decode(name, "replace").removeprefix("\ufeff").replace("\0", "").encode()
    text = data.removeprefix(b"\xef\xbb\xbf")
    return text.replace(b"\0", b"") if b"\0" in text else text


def decode(raw: bytes, charset: str = "") -> str:
    """Text of a value: UTF-8, else the charset it declares, else Windows' or Latin-1."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass  # not UTF-8: the next in the list
    for name in (charset, "cp1252"):
        try:
            if name:
                return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("latin-1")


def split_line(raw: bytes) -> Line | None:
    """A content line taken apart; None where it is none. Broken quotes cost the parameters, never the value."""
    raw = raw.rstrip(b"\r\n \t")
    name, head, value = _cut(raw)
    if not name:
        return None
    params = _params(head)
    charset = params.get("CHARSET", "")
    return Line(decode(name).upper(), params, decode(value, charset))


def _cut(raw: bytes) -> tuple[bytes, bytes, bytes]:
    """(name, parameters, value) of a line: the value begins at the first colon outside quotes."""
    name = re.match(rb"[A-Za-z0-9-]+", raw)
    if not name:
        return b"", b"", b""
    rest = raw[name.end() :]
    if name[0].upper() in (b"ATTENDEE", b"ORGANIZER"):
        mail = _MAILTO.search(rest)
        if mail:
            return name[0], rest[: mail.start()], mail[1]
    if name[0].upper() in _DATES:  # no colon in their values, but in names such as tzone://Microsoft/Utc
        head, colon, value = rest.rpartition(b":")
        return (name[0], head, value) if colon else (b"", b"", b"")
    if b'"' not in rest.partition(b":")[0]:
        head, colon, value = rest.partition(b":")
        return (name[0], head, value) if colon else (b"", b"", b"")
    quoted = False
    for at, byte in enumerate(rest):
        if byte == 0x22:
            quoted = not quoted
        elif byte == 0x3A and not quoted:
            return name[0], rest[:at], rest[at + 1 :]
    head, colon, value = rest.rpartition(b":")  # a quote was never closed
    return (name[0], head, value) if colon else (b"", b"", b"")


@lru_cache(maxsize=4096)
def _pieces(head: bytes) -> tuple[tuple[str, str], ...]:
    text = decode(head)
    parts, start, quoted = [], 0, False
    for at, sign in enumerate(text):
        if sign == '"':
            quoted = not quoted
        elif sign == ";" and not quoted:
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    pairs = (part.partition("=") for part in parts if "=" in part)
    return tuple((name.strip().upper(), value.strip().strip('"')) for name, _, value in pairs)


def _params(head: bytes) -> dict[str, str]:
    return dict(_pieces(head)) if head else {}


def unescape(text: str) -> str:
    """TEXT as people read it: escaped commas, semicolons, backslashes and line ends resolved."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)
