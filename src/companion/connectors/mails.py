"""From the bytes of a mail to a reply: its code, who wrote it, and only what that person wrote."""

import hashlib
import mailbox
import re
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
from companion.basics.storable import storable
from companion.connectors.markup import text_of
from companion.connectors.quoting import below, unflowed, written
from companion.people.addresses import normal
from companion.takeaways.answering import ACTS, KINDS
from companion.takeaways.code import Tag, read_tag
from companion.takeaways.inbox import Reply

MOST = 1024 * 1024  # bytes of a message that are asked for at once, and characters of one part that are looked at
LARGEST = 32 * MOST  # bytes of a message that are looked at: words may stand behind a picture
HEADERS = (
    "Subject", "From", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "Precedence",
    "Return-Path", "Content-Type", "X-Autoreply", "X-Autorespond", "Authentication-Results",
)  # fmt: skip
_OUTLOOK = b"\xd0\xcf\x11\xe0"  # the beginning of a .msg file
_DEEP = 20  # parts within parts
_BULK = frozenset({"bulk", "junk", "auto_reply"})
_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r";\s*(dmarc|compauth|dkim|spf)\s*=\s*([a-z]+)")


def tag_of(head: bytes) -> Tag | None:
    """The code in a message's own subject, None where there is none; `head` may be its headers alone."""
    return read_tag(subject_of(message_from_bytes(head)))


def subject_of(message: Message) -> str:
    """The subject as it is read, on one line."""
    return " ".join(_header(message, "Subject").split())


def reply_of(data: bytes, received: datetime) -> Reply:
    """A message as a reply; its `code` is "" where its subject has none. `received` bounds the date it claims."""
    message = message_from_bytes(data[:LARGEST])
    tag = read_tag(subject_of(message)) or Tag("")
    sender, name = _sender(message)
    body, unread = _text(message)
    text = written(body)
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
        aside=unread or is_forged(message) or _header(message, "Precedence").strip().lower() == "list",
        below=below(body) if tag.kind == "after" else "",
    )


def is_automatic(message: Message, sender: str) -> bool:
    """Whether a machine wrote it: an out-of-office note, a bounce, a mass mailing."""
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


def is_forged(message: Message) -> bool:
    """Whether the server that took it in found that its sender is not who it says (RFC 8601).

    The topmost result is that server's. Those of others anybody may have written; they are not asked.
    """
    found = [_COMMENT.sub("", _decoded(_raw(one))).lower() for one in message.get_all("Authentication-Results", [])]
    server = found[0].partition(";")[0].split() if found else []
    told = [result for one in found if one.partition(";")[0].split() == server for result in _RESULT.findall(one)]
    if any(method in ("dmarc", "compauth") and result == "fail" for method, result in told):
        return True
    return ("spf", "fail") in told and not {("dkim", "pass"), ("dmarc", "pass")} & set(told)


def read_mails(path: Path, clock: Clock = now) -> list[Reply]:
    """The replies in an .eml, .emlx or .mbox file. Of a mailbox's messages without a code only the headers are read.

    Problems: `file_missing`, `mail_is_msg`, `mail_unreadable`.
    """
    inner = path / "mbox"  # Apple Mail exports a folder
    place = inner if path.is_dir() and inner.is_file() else path
    try:
        with place.open("rb") as file:
            head = file.read(LARGEST)
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
                data = data + file.read(LARGEST - MOST) if tag_of(head) else head
            yield reply_of(data, clock())
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
    """The same for each copy of a message, wherever it was found; what two senders wrote is never one."""
    own = "".join(_raw(message.get("Message-ID", "")).split())
    more = (own,) if own.strip("<>") else (_raw(message.get("Date", "")), subject_of(message), text)
    what = "\n".join((sender, *more))
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


def _text(message: Message) -> tuple[str, bool]:
    """What stands in its body, and whether something does that could not be read.

    Plain text where there is some, else its HTML as text; attachments are left.
    """
    leaves = list(_leaves(message))
    plain = [_content(leaf) for leaf in leaves if leaf.get_content_type() == "text/plain" and not leaf.get_filename()]
    html = [_content(leaf) for leaf in leaves if leaf.get_content_type() == "text/html" and not leaf.get_filename()]
    text = "\n".join(plain)
    text = text if text.strip() or not html else "\n".join(text_of(one) for one in html)
    # It says that it has parts, and where they begin and end cannot be found.
    torn = [leaf for leaf in leaves if leaf.get_content_maintype() == "multipart"]
    if torn and not text.strip():
        text = "\n".join(_content(leaf) for leaf in torn)
    is_something = message.is_multipart() or bool(str(message.get_payload()).strip())
    return text, is_something and (bool(torn) or not (plain or html))


def _leaves(message: Message, depth: int = 0) -> Iterator[Message]:
    """The parts that stand in the message itself."""
    if depth > _DEEP or message.get_content_disposition() == "attachment":
        return
    if not message.is_multipart():
        yield message
    elif message.get_content_maintype() != "message":  # otherwise another mail, attached
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _leaves(part, depth + 1)


def _content(message: Message) -> str:
    data = message.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    try:
        text = storable(data.decode(message.get_content_charset() or "utf-8"))  # UTF-7 makes halves of characters
    except (LookupError, UnicodeError):
        text = _guessed(data)
    if message.get_content_type() == "text/plain" and str(message.get_param("format", "")).lower() == "flowed":
        return unflowed(text[:MOST], delete_space=str(message.get_param("delsp", "")).lower() == "yes")
    return text[:MOST]


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
    return storable("".join(_word(part, charset) for part, charset in parts))


def _word(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    try:
        return part.decode(charset or "ascii")
    except (LookupError, UnicodeError):
        return _guessed(part)
