"""One note told through every way out: the network cut in the middle, corrected, answered, held, let go, withdrawn.

Every recipient gets each revision once, and what is to stay in the room stands in nothing that went out.
"""

import base64
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from companion.basics.ids import meeting_id
from companion.connectors.graph_channel import GraphChannel
from companion.connectors.graph_mail import GraphMailChannel
from companion.customers.model import Contact
from companion.programme import answers, channels, holding, listening, outbox, publishing
from companion.programme.model import House
from companion.programme.publishing import Order
from companion.programme.sync import sync
from companion.programme.views.where import where_it_went
from companion.takeaways.code import tag
from companion.takeaways.driver import ChannelDriver
from companion.takeaways.model import Channel
from connectors.publishing.ways import graph_line
from fakes.house import KESTREL, Made
from fakes.ics import calendar, event
from servers.chat import Chat, slack_hook, teams_flow
from servers.hostile import Answer, Asked, Hostile, hostile_server
from servers.mail import Mailbox, mail_server

pytestmark = pytest.mark.server

FEELING = "She was close to tears when she spoke of her father"
SECRET_WORD = "Project Heron"  # on the customer's list
OPS_WORD = "Nightjar"  # on the programme's
NAME = "Ken Doyle"
CANARIES = (FEELING, SECRET_WORD, OPS_WORD, NAME, "mobile number of the night porter")
WAYS = ("Site", "Files", "Mail", "Teams", "Slack", "Own mailbox", "Channel")
READERS = ("agnes@ferro.example", "lev@ferro.example", "rosa@ferro.example")


@dataclass
class Firm:
    """A house with every channel, the servers behind them, and what those took in."""

    house: House
    made: Made
    mail: Mailbox
    teams: Chat
    slack: Chat
    graph: Hostile
    graph_mails: list[EmailMessage]
    posts: list[str]

    def later(self, **time: float) -> None:
        """Time goes by."""
        self.made.time[0] += timedelta(**time)

    def chats(self) -> tuple[int, int, int]:
        """How many messages came to Teams by its flow, to Slack, and to Teams in somebody's name."""
        return len(self.teams.posted), len(self.slack.posted), len(self.posts)

    def page(self, takeaway: str) -> str:
        """Its page on the site."""
        return (self.house.paths.home / "site" / "t" / f"{takeaway}.html").read_text()

    def mails(self) -> list[EmailMessage]:
        """Mails of either server that carry a takeaway (letters of the programme left out)."""
        return [one for one in (*self.mail.messages, *self.graph_mails) if one["X-Companion-Id"].count("/") == 1]

    def everything(self) -> str:
        """All that ever left the house, as one text; and every file others read."""
        went = [bytes(one.content or b"").decode("utf-8", "replace") for one in self.mail.envelopes]
        went += [_text(one) for one in (*self.mail.messages, *self.graph_mails)]
        went += [json.dumps(told, ensure_ascii=False) for told in (*self.teams.posted, *self.slack.posted)]
        for folder in ("site", "files"):
            files = sorted((self.house.paths.home / folder).rglob("*"))
            went += [path.read_text("utf-8", "replace") for path in files if path.is_file()]
        return "\n".join((*went, *self.posts))


def _text(message: EmailMessage) -> str:
    return "\n".join(str(part.get_content()) for part in message.walk() if not part.is_multipart())


@pytest.fixture
def firm(made: Made, tmp_path: Path) -> Iterator[Firm]:
    """Dana heard Kestrel; nothing is published yet."""
    with ExitStack() as stack:
        mail, teams = stack.enter_context(mail_server(None)), stack.enter_context(teams_flow())
        slack, graph = stack.enter_context(slack_hook()), stack.enter_context(hostile_server())
        (tmp_path / "graph").mkdir()
        line = stack.enter_context(graph_line(graph.url, tmp_path / "graph"))
        firm = Firm(made.house, made, mail, teams, slack, graph, [], [])
        graph.answer = lambda asked: _graph(firm, asked)

        def open_channel(channel: Channel) -> ChannelDriver:
            # Signing in at Microsoft is held elsewhere; here somebody is signed in.
            if channel.kind == "graph_mail":
                return GraphMailChannel(channel, line, made.house.clock)
            return GraphChannel(channel, line) if channel.kind == "graph_channel" else made.house.open_channel(channel)

        firm.house = replace(made.house, open_channel=open_channel)
        _lay_out(firm)
        yield firm


def _graph(firm: Firm, asked: Asked) -> Answer:
    if asked.path.endswith("/sendMail"):
        sent = message_from_bytes(base64.b64decode(asked.body), policy=default)
        assert isinstance(sent, EmailMessage)
        firm.graph_mails.append(sent)
        return Answer(202)
    firm.posts.append(json.loads(asked.body)["body"]["content"])
    return Answer(201, b'{"id": "1"}')


def _lay_out(firm: Firm) -> None:
    house = firm.house
    firm.made.account("Work", "dana@ferro.example").members = {"a": calendar(event("a", answer="ACCEPTED"))}
    sync(house)
    channels.add_place(house, "site", "Site", str(house.paths.home / "site"))
    channels.add_place(house, "folder", "Files", str(house.paths.home / "files"))
    channels.add_smtp(house, "Mail", f"127.0.0.1:{firm.mail.port}", "none", "", "desk@ferro.example")
    channels.add_teams(house, "Teams", firm.teams.address)
    channels.add_slack(house, "Slack", firm.slack.address)
    config = {"user": "ines@ferro.example", "team": "team-1", "channel": "19:a@thread.tacv2"}
    with house.workspace() as tx:
        tx.takeaways.put_channel(Channel("g1", "Own mailbox", "graph_mail", config))
        tx.takeaways.put_channel(Channel("g2", "Channel", "graph_channel", config, "company"))
        tx.customers.put(replace(KESTREL, off_limits=(SECRET_WORD,)))
        tx.customers.put_contact(Contact("k", "kestrel", "ken@kestrel.example", NAME, "the owner", may_quote="yes"))
        tx.programme.put(replace(tx.programme.get(), ops_words=(OPS_WORD,), answers_to="answers@ferro.example"))


def _told(firm: Firm) -> str:
    """The note, with what stays in it, told to everybody; the takeaway's id."""
    note = listening.take_text(
        firm.house, meeting_id("a", "-"),
        f"q We lose a crew day for every late pallet.\nf They plan by the tide.\n! {FEELING}\n"
        f"? mobile number of the night porter\np Rosa: forecast every Friday",
    )  # fmt: skip
    draft = replace(
        publishing.begin(firm.house, note.id), headline="They plan by the tide", audience="company",
        quote_role="the owner", matters="We book by our route.", question="Where do we hand out half-day windows?",
    )  # fmt: skip
    return publishing.send(firm.house, draft, Order(WAYS), note_id=note.id).id


def _run(firm: Firm) -> None:
    """The desk's turn, until nothing is due."""
    for _ in range(4):
        firm.later(hours=13)
        outbox.run(firm.house)


def _states(firm: Firm) -> set[str]:
    return {delivery.state for delivery, _, _ in outbox.all_of(firm.house)}


def _once(firm: Firm, takeaway: str, revision: int) -> None:
    """Each reader has this revision once by each mail channel."""
    ids = [(one["To"], one["From"], one["X-Companion-Id"]) for one in firm.mails()]
    wanted = f"{takeaway}/{revision}"
    got = Counter(str(to) for to, _, mark in ids if mark == wanted)
    assert got == dict.fromkeys(READERS, 2), got


def test_one_note_goes_everywhere_once(firm: Firm) -> None:
    takeaway = _through_a_bad_line(firm)
    _corrected_and_answered(firm, takeaway)
    _held_and_let_go(firm, takeaway)
    _withdrawn(firm, takeaway)

    # Once more, later, all of it: nothing.
    count = (len(firm.mails()), firm.chats())
    _run(firm)
    assert (len(firm.mails()), firm.chats()) == count
    text = re.sub(r"=\r?\n", "", firm.everything())
    for canary in CANARIES:
        assert canary not in text
    assert "crew day" in text


def _through_a_bad_line(firm: Firm) -> str:
    # The network fails in the middle: some were never asked, some took it and their answer got lost.
    firm.mail.rcpt_answer = "451 4.3.0 the line is down"
    firm.teams.lost.append(Answer(reset=True))
    firm.slack.waiting.append(Answer(503))
    takeaway = _told(firm)
    outbox.run(firm.house)
    assert {"failed", "unknown", "sent"} <= _states(firm)
    assert (firm.chats(), len(firm.mail.messages)) == ((1, 0, 1), 0)

    # It is back. What nobody could know is asked of a person, who looks into the chat and sees the card.
    firm.mail.rcpt_answer = ""
    _run(firm)
    assert firm.chats() == (1, 1, 1)
    outbox.it_arrived(firm.house, takeaway, "Teams")
    assert _states(firm) == {"sent"}
    _once(firm, takeaway, 1)
    return takeaway


def _corrected_and_answered(firm: Firm, takeaway: str) -> None:
    """The next revision, once, everywhere the first one went; and a mail that somebody dropped on it, twice."""
    publishing.correct(firm.house, takeaway, "A pallet, not a lorry", {"matters": "We book by our route, not theirs."})
    _run(firm)
    _once(firm, takeaway, 2)
    assert firm.chats() == (2, 2, 2)
    reply = firm.house.paths.home / "reply.eml"
    reply.write_bytes(
        f"From: Agnes Moll <agnes@ferro.example>\r\nMessage-ID: <1@x.example>\r\n"
        f"Subject: Re: They plan by the tide {tag(takeaway, 'changes')}\r\n\r\nI moved my checks.\r\n".encode()
    )
    for _ in range(2):
        answers.import_mails(firm.house, [reply])
    with firm.house.workspace(write=False) as tx:
        assert [said.text for said in tx.takeaways.answers([takeaway])] == ["I moved my checks."]


def _held_and_let_go(firm: Firm, takeaway: str) -> None:
    """The places let go of it; then it is back, and nobody gets it again."""
    holding.hold(firm.house, takeaway, "They announce it on Friday", by="rosa@ferro.example")
    _run(firm)
    assert "pallet" not in firm.page(takeaway)
    holding.let_go(firm.house, takeaway, by="rosa@ferro.example")
    _run(firm)
    assert "crew day" in firm.page(takeaway)
    assert "I moved my checks." in firm.page(takeaway)
    _once(firm, takeaway, 2)
    assert firm.chats() == (2, 2, 2)


def _withdrawn(firm: Firm, takeaway: str) -> None:
    """While a mailbox is full: everybody is told once, and no place holds a word of it."""
    firm.mail.rcpt_answer = "452 4.2.2 mailbox full"
    publishing.withdraw(firm.house, takeaway, "Asked for by the customer")
    outbox.run(firm.house)
    firm.mail.rcpt_answer = ""
    _run(firm)
    _once(firm, takeaway, 0)
    assert firm.chats() == (3, 3, 3)
    assert "crew day" not in firm.page(takeaway)
    assert "crew day" not in (firm.house.paths.home / "site" / "index.html").read_text()
    assert not list((firm.house.paths.home / "files").glob("*T-*.md"))
    assert {row.channel for row in where_it_went(firm.house, takeaway).rows} == set(WAYS)
