"""A takeaway as a mail: whole text in the body, text before HTML, nothing that is fetched from elsewhere."""

import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY
from email.utils import format_datetime

from companion.basics.errors import Problem
from companion.connectors.markdown import one_line
from companion.connectors.rendering import render, story, tidy
from companion.people.addresses import domain_of, normal
from companion.takeaways.code import tag
from companion.takeaways.model import Parcel
from companion.words.language import speaking


def letter(parcel: Parcel, sender: str, channel_id: str, at: datetime) -> EmailMessage:
    """The message for the parcel's recipient, in their language; Problem `mail_recipient_wrong`."""
    takeaway = parcel.takeaway
    domain = domain_of(sender)
    message = EmailMessage(policy=MAIL_POLICY)
    with speaking(parcel.language):
        told = story(parcel)
        message["From"] = _address(one_line(parcel.author), sender)
        message["To"] = _address("", parcel.recipient)
        message["Subject"] = f"{told.headline} {tag(takeaway.id)}"
        message["Date"] = format_datetime(at)
        message["Message-ID"] = message_id(takeaway.id, takeaway.revision, channel_id, parcel.recipient, domain)
        if takeaway.revision > 1:
            first = message_id(takeaway.id, 1, channel_id, parcel.recipient, domain)
            message["In-Reply-To"] = first
            message["References"] = first
        if told.answer_to:
            message["Reply-To"] = _address("", told.answer_to)
        message["List-Id"] = f"<takeaways.{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message["X-Companion-Id"] = f"{takeaway.id}/{takeaway.revision}"
        text = tidy(render("mail/takeaway.txt", s=told))
        html = render("mail/takeaway.html", s=told, lang=parcel.language)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message


def message_id(takeaway_id: str, revision: int, channel_id: str, recipient: str, domain: str) -> str:
    """The same for each try at one delivery, so that a mail system can tell a copy from a second message."""
    what = "\n".join((takeaway_id, str(revision), channel_id, normal(recipient)))
    return f"<{hashlib.sha256(what.encode()).hexdigest()}@{domain}>"


def _address(name: str, address: str) -> Address:
    spec = normal(address)
    if not spec or not spec.isascii():
        raise Problem("mail_recipient_wrong", address=address)
    try:
        return Address(name, addr_spec=spec)
    except ValueError as error:
        raise Problem("mail_recipient_wrong", address=address) from error
