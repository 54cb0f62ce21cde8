"""Who sat in, over real servers: the mail by SMTP, a host presses one of its links, the reply through Dovecot."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from companion.attendance.seats import seat
from companion.connectors.imap import ImapInbox, ImapServer
from companion.programme import answers, channels, meeting_letters, postbag, presence_letters
from companion.programme.model import House
from companion.takeaways.inbox import Inbox
from fakes.house import ROSA, Made
from fakes.meeting import THURSDAY, met, seated
from servers.imap import PASSWORD, USER, ImapMailbox, imap_server
from servers.mail import Mailbox, mail_server

pytestmark = pytest.mark.server
FRIDAY = datetime(2026, 11, 27, 8, tzinfo=UTC)
LANGUAGES = ("en", "it", "pl", "vi")


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
    """Dana and Lev were coming to Rosa's meeting with Kestrel."""
    house = made.house
    channels.add_smtp(house, "Mail", f"127.0.0.1:{outgoing.port}", "none", "", "desk@ferro.example")
    with house.workspace() as tx:
        post = next(channel.id for channel in tx.takeaways.channels() if channel.name == "Mail")
        tx.programme.put(replace(tx.programme.get(), post=post, name="Ferro", answers_to=USER))
        tx.inboxes.put(Inbox("in", "Programme", "imap", {}))
    server = ImapServer("Programme", "127.0.0.1", incoming.port, "none", USER, PASSWORD)
    met(house)
    made.time[0] = THURSDAY - timedelta(days=1)
    for person in ("dana", "lev"):
        seated(house, "m1", person)
    return replace(house, open_inbox=lambda inbox: ImapInbox(server, inbox.cursor, clock=house.clock))


def links(message: EmailMessage) -> list[dict[str, str]]:
    """What each link of a mail would write: to whom, with which subject and text."""
    part = message.get_body(("html",))
    assert part is not None
    found = []
    for address in re.findall(r'href="(mailto:[^"]+)"', part.get_content()):
        parts = urlsplit(unescape(address))
        asked = {key: value[0] for key, value in parse_qs(parts.query).items()}
        found.append({"to": unquote(parts.path), **asked})
    return found


def send(incoming: ImapMailbox, link: dict[str, str], sender: str, text: str, name: str) -> None:
    mail = EmailMessage(policy=MAIL_POLICY)
    mail["From"], mail["To"], mail["Subject"] = sender, link["to"], link["subject"]
    mail["Message-ID"], mail["Date"] = f"<{name}@ferro.example>", "Fri, 27 Nov 2026 08:05:00 +0000"
    mail.set_content(text)
    incoming.drop(mail.as_bytes())


def states(house: House) -> dict[str, str]:
    with house.workspace(write=False) as tx:
        meeting, said = tx.meetings.get("m1"), tx.seats.evidence(["m1"])
        assert meeting
        return {key: seat(meeting, key, said, house.clock()).state for key in ("dana", "lev", "agnes")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_of_the_mail_is_the_hosts_word(
    house: House, made: Made, outgoing: Mailbox, incoming: ImapMailbox, language: str
) -> None:
    with house.workspace() as tx:
        tx.people.put(replace(ROSA, language=language))
    made.time[0] = FRIDAY
    presence_letters.make(house)
    postbag.send(house)
    (asked,) = outgoing.messages
    assert (asked["To"], asked["Reply-To"]) == ("Rosa Vidal <rosa@ferro.example>", USER)
    there, nobody, otherwise, _stop = links(asked)
    assert there["subject"] == nobody["subject"] == otherwise["subject"]
    lines = otherwise["body"].splitlines()
    signature = "\r\n\r\n-- \r\nRosa Vidal\r\nSales\r\n"
    send(incoming, otherwise, "rosa@ferro.example", f"{lines[0]}\r\nLev Brandt: Agnes Moll{signature}", "one")
    made.time[0] += timedelta(hours=1)
    answers.sweep(house)
    assert states(house) == {"dana": "attended", "lev": "delegated", "agnes": "attended"}
    answers.sweep(house)
    with house.workspace(write=False) as tx:
        assert sum(one.source == "host" for one in tx.seats.evidence(["m1"])) == 2
        assert tx.presence.waiting() == []


def test_a_reply_with_the_letter_below_it_is_read_to_where_it_ends(
    house: House, made: Made, outgoing: Mailbox, incoming: ImapMailbox
) -> None:
    made.time[0] = FRIDAY
    presence_letters.make(house)
    postbag.send(house)
    (asked,) = outgoing.messages
    quoted = "".join(f"> {line}\r\n" for line in str(asked.get_body(("plain",)).get_content()).splitlines())  # type: ignore[union-attr]
    text = f"Dana Okafor: no, ill\r\nLev: yes\r\n\r\nOn Friday Ferro's programme wrote:\r\n{quoted}"
    send(incoming, {"to": USER, "subject": f"Re: {asked['Subject']}"}, "rosa@ferro.example", text, "two")
    made.time[0] += timedelta(hours=1)
    answers.sweep(house)
    assert states(house) == {"dana": "missed", "lev": "attended", "agnes": "open"}
    with house.workspace(write=False) as tx:
        assert tx.presence.waiting() == []


def test_a_listener_presses_i_was_there(house: House, made: Made, outgoing: Mailbox, incoming: ImapMailbox) -> None:
    made.time[0] = THURSDAY + timedelta(hours=1, minutes=10)
    meeting_letters.make_questions(house)
    postbag.send(house)
    mine = next(one for one in outgoing.messages if "dana@" in one["To"])
    _lines, there, missed, instead, _stop = links(mine)
    send(incoming, there, "dana@ferro.example", "", "three")
    made.time[0] += timedelta(days=1)
    answers.sweep(house)
    assert states(house)["dana"] == "attended"
    assert {one["subject"].split("[")[0] for one in (there, missed, instead)} == {"My seat "}
