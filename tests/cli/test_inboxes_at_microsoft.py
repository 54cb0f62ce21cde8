"""A mailbox at Microsoft 365 that takes answers, by command: connected, read, shared, refused."""

from datetime import UTC, datetime, timedelta

import pytest

from cli.firm import connect, dana, firm, microsoft
from companion.takeaways.code import tag
from fakes.commands import Cli
from servers.microsoft import Microsoft365, User

__all__ = ["dana", "firm", "microsoft"]
pytestmark = pytest.mark.server
AT = datetime.now(UTC) - timedelta(hours=2)


def mime(subject: str, sender: str = "agnes@ferro.example") -> bytes:
    return f"From: {sender}\r\nSubject: {subject}\r\nMessage-ID: <1@x.example>\r\n\r\nWe print two books.\r\n".encode()


def told(cli: Cli) -> str:
    """A takeaway of the programme; its id."""
    from dataclasses import replace

    from companion.bootstrap import opened
    from companion.takeaways.model import Takeaway

    made = Takeaway("t1", 1, "dana", "", "kestrel", "company", "Two trainers", scene="S", published=AT)
    with opened(cli.home) as house, house.workspace() as tx:
        tx.takeaways.put(made)
        tx.programme.put(replace(tx.programme.get(), answers_to="dana@ferro.example"))
    return made.id


def test_answers_from_ones_own_mailbox(firm: Cli, microsoft: Microsoft365, dana: User) -> None:
    connect(firm, microsoft)
    takeaway = told(firm)
    microsoft.at_graph.messages.add(dana, AT, mime(f"Re: Two {tag(takeaway, 'more')}"))
    microsoft.at_graph.messages.add(dana, AT, mime("Pay slip"))
    firm("inboxes", "add", "graph", "Answers")
    firm("inboxes", "test", "Answers")
    found = firm.json("inboxes", "read")
    assert (len(found["ids"]), found["left"], found["problems"]) == (1, 1, [])
    assert firm.json("inboxes", "read")["ids"] == []
    assert [item["text"] for item in firm.json("answers", "list", takeaway)] == ["We print two books."]
    assert [(item["name"], item["kind"]) for item in firm.json("inboxes", "list")] == [("Answers", "graph")]


def test_a_mailbox_that_nobody_shared(firm: Cli, microsoft: Microsoft365, dana: User) -> None:
    connect(firm, microsoft)
    programme = microsoft.user("answers@ferro.example", "Answers")
    firm("inboxes", "add", "graph", "Answers", "--mailbox", programme.address, code=1)
    assert "share that mailbox" in firm.said
    assert firm.json("inboxes", "list") == []
    microsoft.at_graph.messages.shared.add((programme.address, dana.address))
    firm("inboxes", "add", "graph", "Answers", "--mailbox", programme.address)


def test_who_never_signed_in_and_who_is_not_set_up(ferro: Cli) -> None:
    ferro("inboxes", "add", "graph", "Answers", code=1)
    assert "Microsoft 365" in ferro.said
