"""A takeaway as a mail: whole text in the body, text before HTML, nothing that is fetched from elsewhere."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY
from email.policy import Policy
from email.utils import format_datetime
from urllib.parse import quote as percent

from companion.basics.errors import Problem
from companion.connectors.cutting import withdrawal
from companion.connectors.letters import render_letter
from companion.connectors.markdown import one_line
from companion.connectors.rendering import render, story, tidy
from companion.people.addresses import domain_of, normal
from companion.takeaways.code import ONLY, tag
from companion.takeaways.letters import Attachment, LetterParcel
from companion.takeaways.model import WITHDRAWAL, Parcel, Shown
from companion.words.language import speaking, t

_NOT_IN_NAMES = frozenset('\\/:*?"<>|')  # Windows takes none of these


def letter(parcel: Parcel, sender: str, channel_id: str, at: datetime) -> EmailMessage:
    """The takeaway for the parcel's recipient, in their language; Problem `mail_recipient_wrong`."""
    takeaway = parcel.takeaway
    with speaking(parcel.language):
        told = story(parcel)
        message = _about(parcel, takeaway.revision, sender, channel_id, at)
        message["Subject"] = f"{told.headline} {tag(takeaway.id)}"
        if told.answer_to:
            message["Reply-To"] = _address("", told.answer_to)
            message["List-Unsubscribe"] = _leave(told.answer_to, takeaway.id)
    return _whole(message, shown(parcel))


def shown(parcel: Parcel) -> Shown:
    """What the mail says: the takeaway, or, once it is withdrawn, that it was."""
    with speaking(parcel.language):
        if parcel.takeaway.withdrawn:
            told = withdrawal(parcel)
            return Shown(told.text, render("channel/withdrawn.html", s=told))
        whole = story(parcel)
        text = tidy(render("mail/takeaway.txt", s=whole))
        return Shown(text, render("mail/takeaway.html", s=whole))


def withdrawn_letter(parcel: Parcel, sender: str, channel_id: str, at: datetime) -> EmailMessage:
    """That the takeaway was withdrawn, as an answer to the mail it came in; nothing of what it said."""
    message = _about(parcel, WITHDRAWAL, sender, channel_id, at)
    told = withdrawal(parcel)
    message["Subject"] = f"{told.pieces[0].text} {tag(parcel.takeaway.id)}"
    if normal(parcel.answer_to):
        message["Reply-To"] = _address("", parcel.answer_to)
    with speaking(parcel.language):
        html = render("channel/withdrawn.html", s=told)
    return _whole(message, Shown(told.text, html))


def programme_letter(parcel: LetterParcel, sender: str, at: datetime) -> EmailMessage:
    """A letter that the programme writes to one person; its Message-ID is made of the letter's id."""
    subject, told = render_letter(parcel)
    domain = domain_of(sender)
    message = _message()
    message["From"] = _address(one_line(parcel.programme), sender)
    message["To"] = _address(one_line(parcel.name), parcel.letter.recipient)
    message["Subject"] = one_line(subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{hashlib.sha256(parcel.letter.id.encode()).hexdigest()}@{domain}>"
    if normal(parcel.answer_to):
        message["Reply-To"] = _address("", parcel.answer_to)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Companion-Id"] = f"letter/{parcel.letter.id}"
    return _with_files(_whole(message, told), parcel.attachments)


def message_id(takeaway_id: str, revision: int, channel_id: str, recipient: str, domain: str) -> str:
    """The same for each try at one delivery, so that a mail system can tell a copy from a second message."""
    what = "\n".join((takeaway_id, str(revision), channel_id, normal(recipient)))
    return f"<{hashlib.sha256(what.encode()).hexdigest()}@{domain}>"


def _about(parcel: Parcel, revision: int, sender: str, channel_id: str, at: datetime) -> EmailMessage:
    """A message about a takeaway, without subject and text."""
    takeaway_id, domain = parcel.takeaway.id, domain_of(sender)
    message = _message()
    message["From"] = _address(one_line(parcel.author), sender)
    message["To"] = _address("", parcel.recipient)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id(takeaway_id, revision, channel_id, parcel.recipient, domain)
    if revision != 1:
        first = message_id(takeaway_id, 1, channel_id, parcel.recipient, domain)
        message["In-Reply-To"] = first
        message["References"] = first
    message["List-Id"] = f"<takeaways.{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Companion-Id"] = f"{takeaway_id}/{revision}"
    return message


def _leave(answer_to: str, takeaway_id: str) -> str:
    """How a mail program lets a reader ask for no more of these (RFC 2369): a mail that a person reads."""
    subject = f"{t('No more takeaways, please')} {tag(takeaway_id, f'question{ONLY}')}"
    body = t("Please send me no more takeaways.")
    address = percent(normal(answer_to), safe="@")
    return f"<mailto:{address}?subject={percent(subject, safe='')}&body={percent(body, safe='')}>"


def _whole(message: EmailMessage, told: Shown) -> EmailMessage:
    message.set_content(told.text, cte="quoted-printable")
    if told.html:
        message.add_alternative(told.html, subtype="html", cte="quoted-printable")
    return message


def _with_files(message: EmailMessage, files: Iterable[Attachment]) -> EmailMessage:
    for file in files:
        media, _, more = file.media_type.partition(";")
        kind, _, form = media.strip().partition("/")
        params = dict(part.strip().partition("=")[::2] for part in more.split(";") if part.strip())
        message.add_attachment(
            file.content, maintype=kind, subtype=form, filename=file_name(file.name), params=params or None
        )
    return message


def file_name(name: str) -> str:
    """A name that every system takes for a file's, at most 100 characters, letters of all languages kept."""
    plain = " ".join("".join(" " if sign in _NOT_IN_NAMES or not sign.isprintable() else sign for sign in name).split())
    stem, dot, ending = plain.rpartition(".") if "." in plain else (plain, "", "")
    return f"{stem[: 99 - len(ending)].strip(' .') or 'file'}{dot}{ending}"


class _Whole(UnstructuredHeader, BaseHeader):
    """Ids and links on one line: the library would write long ones as encoded words, which no mail program reads."""

    def fold(self, *, policy: Policy) -> str:
        """The header as it is sent; RFC 5322 2.1.1 leaves it 998 characters."""
        return f"{self.name}: {self}{policy.linesep}"


def _message() -> EmailMessage:
    headers = HeaderRegistry()
    for name in ("Message-ID", "In-Reply-To", "References", "List-Id", "List-Unsubscribe"):
        headers.map_to_type(name, _Whole)
    return EmailMessage(policy=MAIL_POLICY.clone(header_factory=headers))


def _address(name: str, address: str) -> Address:
    spec = normal(address)
    if not spec or not spec.isascii():
        raise Problem("mail_recipient_wrong", address=address, final="1")
    try:
        return Address(name, addr_spec=spec)
    except ValueError as error:
        raise Problem("mail_recipient_wrong", address=address, final="1") from error
