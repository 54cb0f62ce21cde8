"""From the bytes of a mail to a reply: its code, who wrote it, and only what that person wrote."""

import hashlib
import mailbox
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

from companion.basics.clock import Clock, now
from companion.basics.errors import Problem
from companion.connectors.markup import text_of
from companion.connectors.quoting import unflowed, written
from companion.people.addresses import normal
from companion.takeaways.answering import ACTS, KINDS
from companion.takeaways.code import Tag, read_tag
from companion.takeaways.inbox import Reply

MOST = 1024 * 1024  # bytes of a message that are looked at; what a person wrote comes first
HEADERS = (
    "Subject", "From", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "Precedence",
    "Return-Path", "Content-Type", "X-Autoreply", "X-Autorespond",
)  # fmt: skip
_OUTLOOK = b"\xd0\xcf\x11\xe0"  # the beginning of a .msg file
_DEEP = 20  # parts within parts
_BULK = frozenset({"bulk", "junk", "list", "auto_reply"})


def tag_of(head: bytes) -> Tag | None:
    """The code in a message's own subject, None where there is none; `head` may be its headers alone."""
    return read_tag(subject_of(message_from_bytes(head)))


def subject_of(message: Message) -> str:
    """The subject as it is read, on one line."""
    return " ".join(_header(message, "Subject").split())


def reply_of(data: bytes, received: datetime) -> Reply:
    """A message as a reply; its `code` is "" where its subject has none. `received` bounds the date it claims."""
    message = message_from_bytes(data[:MOST])
    tag = read_tag(subject_of(message)) or Tag("")
    sender, name = _sender(message)
    text = written(_text(message))
    return Reply(
        external_id=_identity(message, sender, text),
        code=tag.code,
        kind=tag.kind if tag.kind in (*KINDS, *ACTS) else "",
        token=tag.token,
        sender=sender,
        sender_name=name,
        at=_date(message, received),
        text=text,
        automatic=is_automatic(message, sender),
        only_author=tag.only_author,
    )


def is_automatic(message: Message, sender: str) -> bool:
    """Whether a machine wrote it: an out-of-office note, a bounce, a list."""
    submitted = _header(message, "Auto-Submitted").split(";")[0].strip().lower()
    hushed = _header(message, "X-Auto-Response-Suppress").lower()
    return (
        submitted not in ("", "no")
        or any(word in hushed for word in ("all", "oof", "autoreply"))
        or _header(message, "Precedence").strip().lower() in _BULK
        or _header(message, "Return-Path").strip() == "<>"
        or any(message.get(name) is not None for name in ("X-Autoreply", "X-Autorespond"))
        or message.get_content_type() == "multipart/report"
        or sender.startswith(("mailer-daemon@", "postmaster@"))
    )


def read_mails(path: Path, clock: Clock = now) -> list[Reply]:
    """The replies in an .eml, .emlx or .mbox file. Of a mailbox's messages without a code only the headers are read.

    Problems: `file_missing`, `mail_is_msg`, `mail_unreadable`.
    """
    inner = path / "mbox"  # Apple Mail exports a folder
    place = inner if path.is_dir() and inner.is_file() else path
    try:
        with place.open("rb") as file:
            head = file.read(MOST)
    except FileNotFoundError as error:
        raise Problem("file_missing", path=str(path)) from error
    except OSError as error:
        raise Problem("file_unreadable", path=str(path), reason=error.strerror or type(error).__name__) from error
    if head.startswith(_OUTLOOK) or path.suffix.lower() == ".msg":
        raise Problem("mail_is_msg", path=str(path))
    if head.startswith(b"From ") or path.suffix.lower() in (".mbox", ".mbx"):
        return list(_in_mailbox(place, clock))
    first, _, rest = head.partition(b"\n")
    if first.strip().isdigit():  # .emlx: its length stands before it
        head = rest
    message = message_from_bytes(head)
    if message.get("From") is None and message.get("Subject") is None:
        raise Problem("mail_unreadable", path=str(path))
    return [reply_of(head, clock())]


def _in_mailbox(path: Path, clock: Clock) -> Iterator[Reply]:
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            with box.get_file(key) as file:
                data = file.read(MOST)
            head = data.partition(b"\r\n\r\n" if b"\r\n\r\n" in data else b"\n\n")[0] + b"\n\n"
            yield reply_of(data if tag_of(head) else head, clock())
    finally:
        box.close()


def _sender(message: Message) -> tuple[str, str]:
    """Address and name of the one sender; "" where there are several, or none that can be read."""
    raw = message.get_all("From", [])
    found = [(name, normal(address)) for name, address in getaddresses([_raw(one) for one in raw])]
    if len(found) != 1 or not found[0][1]:
        return "", ""
    return found[0][1], " ".join(_decoded(found[0][0]).split())[:200]


def _identity(message: Message, sender: str, text: str) -> str:
    """The same for each copy of a message, wherever it was found."""
    own = "".join(_raw(message.get("Message-ID", "")).split())
    what = own or "\n".join((sender, _raw(message.get("Date", "")), subject_of(message), text))
    return hashlib.sha256(what.encode("utf-8", "replace")).hexdigest()


def _date(message: Message, received: datetime) -> datetime:
    try:
        told = parsedate_to_datetime(_raw(message.get("Date", "")))
    except (ValueError, TypeError, OverflowError, IndexError):
        return received
    told = told if told.tzinfo else told.replace(tzinfo=UTC)
    try:
        return min(told.astimezone(UTC), received)
    except OverflowError:
        return received


def _text(message: Message) -> str:
    """What stands in its body: plain text where there is some, else its HTML as text; attachments are left."""
    plain, html = list(_parts(message, "text/plain", 0)), list(_parts(message, "text/html", 0))
    text = "\n".join(plain)
    return text if text.strip() or not html else "\n".join(text_of(one) for one in html)


def _parts(message: Message, kind: str, depth: int) -> Iterator[str]:
    if depth > _DEEP or message.get_content_disposition() == "attachment":
        return
    if message.is_multipart():
        if message.get_content_maintype() == "message":  # another mail, attached
            return
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _parts(part, kind, depth + 1)
    elif message.get_content_type() == kind and not message.get_filename():
        text = _content(message)
        if kind == "text/plain" and str(message.get_param("format", "")).lower() == "flowed":
            text = unflowed(text, delete_space=str(message.get_param("delsp", "")).lower() == "yes")
        yield text


def _content(message: Message) -> str:
    data = message.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    try:
        named = message.get_content_charset() or "utf-8"
        return data.decode(named)
    except (LookupError, UnicodeError):
        return _guessed(data)


def _guessed(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _header(message: Message, name: str) -> str:
    return _decoded(_raw(message.get(name, "")))


def _raw(value: object) -> str:
    """A header's own text; bytes that are no ASCII are taken for what they most likely are."""
    return _guessed(str(value).encode("utf-8", "surrogateescape"))


def _decoded(text: str) -> str:
    """A header with its encoded words (RFC 2047) read."""
    try:
        parts = decode_header(text)
    except (MessageError, ValueError):
        return text
    return "".join(_word(part, charset) for part, charset in parts)


def _word(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    try:
        return part.decode(charset or "ascii")
    except (LookupError, UnicodeError):
        return _guessed(part)
