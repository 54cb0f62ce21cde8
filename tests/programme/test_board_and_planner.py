"""One seat from the plan to a closed year, over real servers: each mail once, each figure with its word."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar

from companion.attendance.standing import Standing
from companion.connectors.imap import ImapInbox, ImapServer
from companion.people.model import Person
from companion.programme import channels, correcting, due, offers, planning, years
from companion.programme.model import House
from companion.programme.views.board import board
from companion.programme.views.why import why_of
from companion.takeaways.inbox import Inbox
from fakes.house import Made
from fakes.meeting import THURSDAY, met, seated
from servers.imap import PASSWORD, USER, ImapMailbox, imap_server
from servers.mail import Mailbox, mail_server

pytestmark = pytest.mark.server
OPS = Person("ola", "ola@ferro.example", "Ola Lind", (), "Operations", "ops")
LINK = re.compile(r'href="(mailto:[^"]+)"')
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)


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
    """Ola of ops sits at the desk; Dana needs two, and Rosa's review of Thursday week is open."""
    house = replace(made.house, me=OPS.email)
    channels.add_smtp(house, "Mail", f"127.0.0.1:{outgoing.port}", "none", "", "desk@ferro.example")
    with house.workspace() as tx:
        post = next(channel.id for channel in tx.takeaways.channels() if channel.name == "Mail")
        tx.programme.put(replace(tx.programme.get(), post=post, name="Ferro", answers_to=USER, quiet=""))
        tx.inboxes.put(Inbox("in", "Programme", "imap", {}))
        tx.people.put(OPS)
        lev = tx.people.get("lev")
        assert lev is not None
        tx.people.put(replace(lev, end=date(2026, 3, 1)))  # so that nothing is expected of him
    server = ImapServer("Programme", "127.0.0.1", incoming.port, "none", USER, PASSWORD)
    made.time[0] = MONDAY
    return replace(
        house, open_inbox=lambda inbox: ImapInbox(server, inbox.cursor, clock=house.clock),
        render_pdf=lambda html, *_: b"%PDF-1.7\n%%EOF",
    )  # fmt: skip


def desk(house: House) -> None:
    """The desk does what is due, twice: the second time nothing more."""
    outcome = due.run(house)
    assert [problem for step in outcome.steps for problem in step.problems] == []
    again = due.run(house)
    assert not any(step.done for step in again.steps), again.steps


def pressed(message: EmailMessage, kind: str, sender: str) -> EmailMessage:
    """The mail that the link of that kind opens, sent as it is."""
    html = message.get_body(("html",))
    assert html is not None
    for href in LINK.findall(html.get_content()):
        asked = parse_qs(urlsplit(unescape(href)).query)
        subject = asked["subject"][0]
        if re.search(rf"\[T-\w{{8}} {kind} \w{{8}}\]", subject):
            reply = EmailMessage(policy=MAIL_POLICY)
            reply["From"], reply["To"], reply["Subject"] = sender, USER, subject
            reply["Message-ID"] = f"<{kind}.{abs(hash(subject))}@ferro.example>"
            reply.set_content(asked.get("body", [""])[0])
            return reply
    raise AssertionError((kind, message["Subject"]))


def last(outgoing: Mailbox, to: str, words: str) -> EmailMessage:
    """The newest mail to somebody whose body says that."""
    for message in reversed(outgoing.messages):
        text = message.get_body(("plain",))
        if to in message["To"] and text is not None and words in f"{message['Subject']} {text.get_content()}":
            return message
    raise AssertionError([(one["To"], one["Subject"]) for one in outgoing.messages])


def entry(message: EmailMessage) -> Calendar:
    (file,) = [part for part in message.iter_attachments() if part.get_content_type() == "text/calendar"]
    content = file.get_content()
    return Calendar.from_ical(content)


def dana(house: House, span: str = "2026", as_of: date | None = None) -> Standing:
    return next(row.standing for row in board(house, span, as_of).rows if row.person.id == "dana")


def test_from_the_plan_to_a_closed_year(house: House, made: Made, outgoing: Mailbox, incoming: ImapMailbox) -> None:
    met(house)
    stands = dana(house)
    assert (stands.heard, stands.needs, stands.flag) == (0, 2, "cannot_reach"), "one review for two seats"

    # The plan proposes her, with a reason; the host is asked before she is.
    plan = planning.plan(house)
    assert [(seat.meeting_id, seat.person_id) for seat in plan.seats] == [("m1", "dana")]
    assert [short.person_id for short in plan.short] == ["dana"], "one review cannot give her two"
    offers.offer_plan(house, [("m1", "dana")])
    desk(house)
    assert [one["To"] for one in outgoing.messages] == ["Rosa Vidal <rosa@ferro.example>"]
    incoming.drop(pressed(outgoing.messages[-1], "may", "rosa@ferro.example").as_bytes())
    desk(house)

    # She gets the seat with an entry of our own, and says yes; the host gets the words for the customer.
    asked = last(outgoing, "dana@", "Kestrel")
    made_entry = entry(asked)
    (event,) = made_entry.walk("VEVENT")
    assert made_entry["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in event
    incoming.drop(pressed(asked, "take", "dana@ferro.example").as_bytes())
    desk(house)
    assert (dana(house).coming, dana(house).needs) == (1, 1)
    assert last(outgoing, "rosa@", "Dana Okafor")["Subject"] != outgoing.messages[0]["Subject"]

    # The host's invitation holds her: our entry goes.
    seated(house, "m1", "dana", "accepted", "calendar")
    desk(house)
    gone = entry(last(outgoing, "dana@", "Kestrel"))
    (over,) = gone.walk("VEVENT")
    assert (over["STATUS"], over["UID"]) == ("CANCELLED", event["UID"])
    assert int(over["SEQUENCE"]) > int(event["SEQUENCE"])

    # Nobody has said who was there: it counts for nobody. The host is asked the next day, and one reply settles it.
    made.time[0] = THURSDAY + timedelta(hours=3)
    assert (dana(house).heard, dana(house).unknown) == (0, 1)
    made.time[0] = THURSDAY + timedelta(days=1)
    desk(house)
    incoming.drop(pressed(last(outgoing, "rosa@", "Who sat in"), "sat", "rosa@ferro.example").as_bytes())
    desk(house)
    assert (dana(house).heard, dana(house).unknown) == (1, 0)
    why = why_of(house, "dana", "2026", None, "heard")
    assert (why.figure, [line.counts for line in why.lines if line.meeting_id == "m1"]) == ("1", [True])

    # The year is closed; what is corrected later stands beside it, and the audit has both.
    made.time[0] = datetime(2027, 1, 12, 9, tzinfo=UTC)
    years.close(house, "2026", "Told to the directors")
    correcting.correct(house, "m1", "dana", "missed", "It was her deputy")
    assert dana(house).heard == 1, "what was told stays"
    (change,) = [one for one in years.amendments(house, "2026") if one.cell == "heard"]
    assert (change.person_id, change.old, change.new) == ("dana", "1", "0")
    with house.workspace(write=False) as tx:
        told = [(one.old, one.new, one.why) for one in tx.programme.entries() if one.why == "It was her deputy"]
    assert len(told) == 1
    assert all(told[0])

    # Every mail went once.
    names = [(one["To"], one["Message-ID"]) for one in outgoing.messages]
    assert len(names) == len(set(names))
