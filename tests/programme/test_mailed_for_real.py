"""From the brief to the draft over real servers: mails by SMTP, the reply through Dovecot, and nothing else in them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY

import pytest

from companion.connectors.imap import ImapInbox, ImapServer
from companion.customers.memory import Fact
from companion.programme import answers, channels, listening, mailed, meeting_letters, postbag, preparing, publishing
from companion.programme.model import House
from companion.takeaways.inbox import Inbox
from fakes.house import Made
from fakes.meeting import THURSDAY, met, seated
from servers.imap import PASSWORD, USER, ImapMailbox, imap_server
from servers.mail import Mailbox, mail_server

pytestmark = pytest.mark.server
EXPECTED, LINE, AVOID, PRIVATE = "CANARY-EXPECTED", "CANARY-LINE", "CANARY-AVOID", "CANARY-OFF-RECORD"


@pytest.fixture
def outgoing() -> Iterator[Mailbox]:
    with mail_server(None) as box:
        yield box


@pytest.fixture
def incoming() -> Iterator[ImapMailbox]:
    with imap_server() as box:
        yield box


@pytest.fixture
def house(made: Made, outgoing: Mailbox, incoming: ImapMailbox) -> House:
    house = made.house
    channels.add_smtp(house, "Mail", f"127.0.0.1:{outgoing.port}", "none", "", "desk@ferro.example")
    with house.workspace() as tx:
        post = next(channel.id for channel in tx.takeaways.channels() if channel.name == "Mail")
        tx.programme.put(replace(tx.programme.get(), post=post, name="Ferro", answers_to=USER))
        tx.inboxes.put(Inbox("in", "Programme", "imap", {}))
        tx.facts.put(Fact("f1", "kestrel", "avoid", AVOID, heard_on=date(2026, 11, 2)))
    server = ImapServer("Programme", "127.0.0.1", incoming.port, "none", USER, PASSWORD)
    made.time[0] = THURSDAY - timedelta(hours=48)
    return replace(
        house, open_inbox=lambda inbox: ImapInbox(server, inbox.cursor, clock=house.clock),
        render_pdf=lambda html, *_: b"%PDF-1.7\n" + html.encode() + b"\n%%EOF",
    )  # fmt: skip


def run(house: House) -> None:
    meeting_letters.make_briefs(house)
    meeting_letters.make_questions(house)
    answers.sweep(house)
    postbag.send(house)


def body(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_from_the_brief_to_a_draft(house: House, made: Made, outgoing: Mailbox, incoming: ImapMailbox) -> None:
    met(house)
    seated(house, "m1", "dana")
    preparing.expect(house, "m1", EXPECTED)
    note = listening.take_text(house, "m1", f"{LINE}\n")
    listening.write_answer(house, note.id, "off_record", PRIVATE)
    run(house)
    briefs = {message["To"]: message for message in outgoing.messages}
    assert set(briefs) == {"Dana Okafor <dana@ferro.example>", "Rosa Vidal <rosa@ferro.example>"}
    mine = briefs["Dana Okafor <dana@ferro.example>"]
    assert mine["Subject"] == "Brief: Kestrel Plumbing Supply, Thursday, 26 November at 10:00"
    (paper,) = mine.iter_attachments()
    assert paper.get_filename() == "Brief Kestrel Plumbing Supply 26 November.pdf"
    assert paper.get_content_type() == "application/pdf"
    assert bytes(paper.get_content()).startswith(b"%PDF-1.7") and AVOID in body(mine)  # noqa: PT018
    assert mine.get_body(("html",)) is not None
    hosts = briefs["Rosa Vidal <rosa@ferro.example>"]
    assert "They only listen" in body(hosts)

    made.time[0] = THURSDAY + timedelta(hours=1, minutes=10)
    run(house)
    asked = outgoing.messages[2]
    assert (asked["To"], asked["Reply-To"], len(outgoing.messages)) == ("Dana Okafor <dana@ferro.example>", USER, 3)
    assert AVOID not in asked.as_string()
    sent = b"\n".join(bytes(one.content or b"") for one in outgoing.envelopes)
    for canary in (EXPECTED, LINE, PRIVATE):
        assert canary.encode() not in sent

    reply = EmailMessage(policy=MAIL_POLICY)
    reply["From"], reply["To"], reply["Message-ID"] = "Dana Okafor <dana@ferro.example>", USER, "<1@ferro.example>"
    reply["Subject"] = f"Re: {asked['Subject']}"
    quoted = "\n".join(f"> {line}" for line in body(asked).splitlines())
    said = "1. We lose a crew day.\n2. Two trainers stood in the rain.\n3. They never open the portal."
    reply.set_content(f"{said}\n\nOn Thu, 26 Nov 2026 at 12:10, Ferro <desk@ferro.example> wrote:\n{quoted}\n")
    incoming.drop(reply.as_bytes())
    run(house)
    assert len(outgoing.messages) == 3
    assert mailed.fetch(house) == 1
    kept = listening.get(house, "m1")
    assert (kept.said, kept.surprise) == ("We lose a crew day.", "They never open the portal.")
    assert publishing.begin(house, kept.id).scene == "Two trainers stood in the rain."
    assert incoming.flags() == [""], "the mailbox is only read"
