"""Answers from a mailbox at Microsoft 365: subjects by delta, whole only where there is a code, nothing changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.connectors.graph_inbox import GraphInbox
from companion.connectors.mails import reply_of
from companion.takeaways.inbox import Inbox, Reply, Swept
from companion.words.problems import sentence
from fakes.graph_lines import account_of, line_of
from servers.microsoft import Microsoft365, User

pytestmark = pytest.mark.server
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
NOW = AT + timedelta(days=1)
INBOX = Inbox("i", "Programme", "graph", {"user": "dana@ferro.example"})
OURS = "Re: Two [T-K7QX2M4A changes]"


@pytest.fixture
def dana(microsoft: Microsoft365) -> User:
    return microsoft.user("dana@ferro.example", "Dana Okafor")


def mime(subject: str, number: int = 1, text: str = "Two books.", *more: str) -> bytes:
    head = ["From: Agnes Moll <agnes@ferro.example>", f"Subject: {subject}", f"Message-ID: <{number}@ferro.example>"]
    return "\r\n".join([*head, *more, "Content-Type: text/html; charset=utf-8", "", f"<p>{text}</p>"]).encode()


def inbox(microsoft: Microsoft365, reader: User, cursor: str = "", mailbox: str = "") -> GraphInbox:
    account = account_of(microsoft, reader, mailbox)
    return GraphInbox(replace(INBOX, cursor=cursor), lambda: line_of(microsoft, account, reader), lambda: NOW)


def swept(source: GraphInbox) -> list[Swept]:
    return list(source.sweep(Ticket()))


def replies(pages: list[Swept]) -> list[Reply]:
    return [reply for page in pages for reply in page.replies]


def refused(source: GraphInbox) -> Problem:
    with pytest.raises(Problem) as caught:
        swept(source)
    assert "{" not in sentence(caught.value)
    assert "went wrong" not in sentence(caught.value)
    return caught.value


def test_only_messages_with_a_code_are_asked_for_whole(microsoft: Microsoft365, dana: User) -> None:
    box = microsoft.at_graph.messages
    for number in range(450):
        box.add(dana, AT, mime(OURS if number in (3, 300) else "Pay slip", number))
    pages = swept(inbox(microsoft, dana))
    assert len(replies(pages)) == 2
    assert sum(page.left for page in pages) == 448
    assert box.bodies == 2
    assert {asked.method for asked in microsoft.asked} == {"GET"}
    box.add(dana, AT, mime(OURS, 900, "Later."))
    assert [reply.text for reply in replies(swept(inbox(microsoft, dana, pages[-1].cursor)))] == ["Later."]


def test_it_is_the_same_reply_as_by_any_other_way(microsoft: Microsoft365, dana: User) -> None:
    message = mime(OURS, 1, "Two <b>books</b>.", "Date: Fri, 20 Nov 2026 09:00:00 +0000")
    microsoft.at_graph.messages.add(dana, AT, message)
    assert replies(swept(inbox(microsoft, dana))) == [reply_of(message, NOW)]


@pytest.mark.parametrize("line", ["Auto-Submitted: auto-replied", "Precedence: bulk", "X-Auto-Response-Suppress: All"])
def test_machines_are_known(microsoft: Microsoft365, dana: User, line: str) -> None:
    microsoft.at_graph.messages.add(dana, AT, mime(OURS, 1, "Away.", line))
    assert [reply.automatic for reply in replies(swept(inbox(microsoft, dana)))] == [True]


def test_a_state_that_the_server_forgot_begins_anew(microsoft: Microsoft365, dana: User) -> None:
    box = microsoft.at_graph.messages
    box.add(dana, AT, mime(OURS))
    cursor = swept(inbox(microsoft, dana))[-1].cursor
    box.lost = True
    assert len(replies(swept(inbox(microsoft, dana, cursor)))) == 1
    assert replies(swept(inbox(microsoft, dana, cursor))) == []


@pytest.mark.parametrize("cursor", ["nonsense", "graph1 https://evil.example/v1.0/me", "imap1 3 4"])
def test_a_cursor_of_another_place_is_not_followed(microsoft: Microsoft365, dana: User, cursor: str) -> None:
    microsoft.at_graph.messages.add(dana, AT, mime(OURS))
    assert len(replies(swept(inbox(microsoft, dana, cursor)))) == 1


def test_a_shared_mailbox(microsoft: Microsoft365, dana: User) -> None:
    programme = microsoft.user("answers@ferro.example", "Answers")
    microsoft.at_graph.messages.add(programme, AT, mime(OURS))
    source = inbox(microsoft, dana, "", "answers@ferro.example")
    assert refused(source).code == "inbox_closed"
    microsoft.at_graph.messages.shared.add((programme.address, dana.address))
    assert len(replies(swept(source))) == 1
    source.test()


def test_one_that_is_gone_meanwhile_and_one_that_cannot_be_read(
    microsoft: Microsoft365, dana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from companion.connectors import graph_inbox

    def reading(data: bytes, *rest: object) -> object:
        if b"<1@" in data:
            raise RuntimeError("a fault of ours")
        return real(data, *rest)  # type: ignore[arg-type]

    real = graph_inbox.reply_of
    monkeypatch.setattr(graph_inbox, "reply_of", reading)
    for number in range(3):
        microsoft.at_graph.messages.add(dana, AT, mime(OURS, number))
    microsoft.at_graph.messages.gone.add(microsoft.at_graph.messages.kept[2].id)
    pages = swept(inbox(microsoft, dana))
    assert len(replies(pages)) == 1
    assert [problem.code for page in pages for problem in page.problems] == ["inbox_message"]  # type: ignore[attr-defined]
