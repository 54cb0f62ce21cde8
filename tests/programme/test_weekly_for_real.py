"""The weekly mails over real servers: a leader, a host, ops and a reader; a reply does what its button says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY
from email.utils import make_msgid
from html import unescape
from re import findall
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from companion.attendance.seats import seat
from companion.connectors.imap import ImapInbox, ImapServer
from companion.programme import channels, digest, due, offers, presence
from companion.programme.model import House
from companion.takeaways.answering import PRESENCE_ACTS
from companion.takeaways.code import code_of
from companion.takeaways.inbox import Inbox
from fakes.house import Made
from fakes.meeting import THURSDAY, met, seated
from fakes.post import OPS, as_
from fakes.sending import told
from servers.imap import PASSWORD, USER, ImapMailbox, imap_server
from servers.mail import Mailbox, mail_server

pytestmark = pytest.mark.server
AGNES, DANA, LEV, ROSA = (f"{name}@ferro.example" for name in ("agnes", "dana", "lev", "rosa"))
MONDAY = THURSDAY + timedelta(days=4)  # the slot of the week after


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
    """On Thursday Dana and Lev were expected at Kestrel; on Wednesday Dana was at another review there."""
    house = made.house
    channels.add_smtp(house, "Mail", f"127.0.0.1:{outgoing.port}", "none", "", "desk@ferro.example")
    with house.workspace() as tx:
        post = next(channel.id for channel in tx.takeaways.channels() if channel.name == "Mail")
        tx.programme.put(
            replace(tx.programme.get(), post=post, name="Ferro", answers_to=USER, digest="mon 09:00", weekly_yes=True)
        )
        tx.inboxes.put(Inbox("in", "Programme", "imap", {}))
        tx.people.put(OPS)
    server = ImapServer("Programme", "127.0.0.1", incoming.port, "none", USER, PASSWORD)
    house = replace(
        house, open_inbox=lambda inbox: ImapInbox(server, inbox.cursor, clock=house.clock),
        render_pdf=lambda *_: b"%PDF-1.7\n%%EOF",
    )  # fmt: skip
    made.time[0] = THURSDAY + timedelta(hours=1, minutes=20)
    met(house, "m0", THURSDAY - timedelta(days=1))
    seated(house, "m0", "dana", "attended", "ops")
    met(house, "m1")
    seated(house, "m1", "dana")
    met(house, "m2", THURSDAY + timedelta(days=20))
    met(house, "m3", THURSDAY + timedelta(days=21))
    return house


def weekly(outgoing: Mailbox) -> dict[str, EmailMessage]:
    """The weekly mails that came in, by address; each address once."""
    ours = [one for one in outgoing.messages if "once a week" in body(one)]
    found = {str(one["To"]).partition("<")[2].rstrip(">"): one for one in ours}
    assert len(found) == len(ours)
    return found


def body(message: EmailMessage, kind: str = "plain") -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def hrefs(message: EmailMessage) -> list[str]:
    """The mails that its buttons open."""
    return [unescape(address) for address in findall(r'<a href="(mailto:[^"]+)"', body(message, "html"))]


def links(message: EmailMessage) -> dict[str, str]:
    """The mails that its buttons open: label -> address."""
    found = findall(r'<a href="(mailto:[^"]+)"[^>]*>([^<]+)</a>', body(message, "html"))
    return {unescape(label): unescape(address) for address, label in found}


def pressed(incoming: ImapMailbox, message: EmailMessage, label: str, sender: str) -> None:
    """Send the mail that a button opens."""
    opened(incoming, links(message)[label], sender)


def opened(incoming: ImapMailbox, address: str, sender: str) -> None:
    """Send the mail at the other end of a link."""
    link = urlsplit(address)
    reply = EmailMessage(policy=MAIL_POLICY)
    reply["From"], reply["To"], reply["Message-ID"] = sender, link.path, make_msgid(domain="ferro.example")
    reply["Subject"] = parse_qs(link.query)["subject"][0]
    reply.set_content(parse_qs(link.query).get("body", [""])[0])
    incoming.drop(reply.as_bytes())


def state(house: House, meeting: str, person: str) -> str:
    with house.workspace(write=False) as tx:
        known = tx.meetings.get(meeting)
        assert known
        return seat(known, person, tx.seats.evidence([meeting]), house.clock(), zone="Europe/Amsterdam").state


def test_each_has_what_is_theirs_and_a_reply_does_it(
    house: House, made: Made, outgoing: Mailbox, incoming: ImapMailbox
) -> None:
    due.run(house)  # ten minutes after the meeting: Dana is asked
    made.time[0] = THURSDAY + timedelta(days=1)
    offers.propose(as_(house, OPS.email), "m2", "dana")
    offers.propose(as_(house, OPS.email), "m3", "lev")
    due.run(house)  # Rosa is asked who sat in, and whether they may
    mails = {str(one["Subject"]): one for one in outgoing.messages}
    made.time[0] = THURSDAY + timedelta(days=1, hours=3)
    asked = next(one for one in mails.values() if "Yes, they may" in links(one) and "Dana" in body(one))
    pressed(incoming, asked, "Yes, they may", ROSA)
    due.run(house)
    told(house, "t1", author_id="lev", published=THURSDAY + timedelta(days=1))

    made.time[0] = MONDAY
    due.run(house)
    assert weekly(outgoing) == {}, "they wait for a yes"
    digest.send_now(as_(house, OPS.email))
    came = weekly(outgoing)
    assert set(came) == {AGNES, DANA, ROSA, OPS.email}, "Lev told the story, and his seat waits for its host"

    hers = body(came[DANA])
    assert [hers.count(f"{number}. ") for number in (1, 2, 3, 4)] == [1, 1, 1, 0]
    for line in ("Were you with Kestrel", "Tell your team about Kestrel", "A seat for you with Kestrel"):
        assert line in hers
    assert {"I was there", "I was not there", "I take it", "I cannot"} <= set(links(came[DANA]))
    assert str(came[DANA]["Subject"]) == "3 things for you this week, and what customers told us"
    assert "Who sat in with Kestrel" in body(came[ROSA])
    assert "May Lev Brandt sit in with Kestrel" in body(came[ROSA])
    assert "nobody has said who was there" in body(came[OPS.email])
    assert "Headline t1" in body(came[AGNES])
    assert "yours to do" not in body(came[AGNES])

    pressed(incoming, came[DANA], "I was there", DANA)
    pressed(incoming, came[DANA], "I take it", DANA)
    pressed(incoming, came[ROSA], "Yes, they may", ROSA)
    due.run(house)
    assert (state(house, "m1", "dana"), state(house, "m2", "dana")) == ("attended", "accepted")
    assert state(house, "m3", "lev") == "offered"


def test_where_nobody_asked_after_the_meeting_the_weekly_mail_does(
    house: House, made: Made, outgoing: Mailbox, incoming: ImapMailbox
) -> None:
    for days, key in enumerate(("m4", "m5", "m6"), 5):  # they came in by a table, long after
        met(house, key, THURSDAY - timedelta(days=days))
        seated(house, key, "lev")
    made.time[0] = MONDAY
    digest.send_now(as_(house, OPS.email))
    with house.workspace(write=False) as tx:
        assert {one.kind for one in tx.letters.all()} == {"digest"}
    came = weekly(outgoing)
    found = {
        (key, act): href
        for href in hrefs(came[LEV]) for key in ("m1", "m4", "m5", "m6", "m0") for act in PRESENCE_ACTS
        if f"[T-{code_of(key)} {act} " in parse_qs(urlsplit(href).query)["subject"][0]
    }  # fmt: skip
    assert set(found) == {(key, act) for key in ("m4", "m5", "m6") for act in ("there", "missed")}
    opened(incoming, found["m4", "there"], LEV)
    opened(incoming, found["m5", "missed"], LEV)
    opened(incoming, found["m6", "there"], AGNES)
    opened(incoming, found["m4", "there"].replace(quote(code_of("m4")), quote(code_of("m0"))), LEV)
    opened(incoming, found["m6", "there"].replace("there", "instead"), LEV)
    due.run(house)
    assert [state(house, key, "lev") for key in ("m4", "m5", "m6", "m0")] == ["attended", "missed", "unknown", "open"]
    (left,) = presence.waiting(house)
    assert (left.meeting.id, left.told.sender) == ("m6", AGNES)
