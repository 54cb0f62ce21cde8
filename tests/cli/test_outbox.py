"""The outbox by command: a line for each reader, why one waits, and nobody named who answered only to the author."""

from datetime import UTC, datetime, timedelta

import pytest

from companion.bootstrap import opened
from companion.programme import letters
from companion.takeaways.model import Answer, Delivery, Takeaway
from fakes.commands import Cli

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
AGNES, LEV = "agnes@ferro.example", "lev@ferro.example"


@pytest.fixture
def desk(ferro: Cli) -> Cli:
    """Two versions that reached Agnes, and one that waits for a yes; a letter to Lev, who answered."""
    ferro("channels", "add", "smtp", "Mail", "127.0.0.1:9", "--security", "none", "--from", "desk@ferro.example")
    out = Takeaway("0f9a1c3e", 2, "dana", "", "kestrel", "company", "A crew day", quote="We lose it.", published=NOW)
    asked = Takeaway("1b7c2d4f", 1, "dana", "", "kestrel", "company", "A gate", published=NOW, needs_yes=True)
    answer = Answer("a1", out.id, "question", "Why?", NOW, address=LEV, only_author=True)
    with opened(ferro.home) as house, house.workspace() as tx:
        (mail,) = tx.takeaways.channels()
        for takeaway in (out, asked):
            tx.takeaways.put(takeaway)
        for revision in (1, 2):
            since = NOW + timedelta(hours=revision)
            tx.takeaways.put_delivery(Delivery(out.id, revision, mail.id, AGNES, "sent", since))
        tx.takeaways.put_delivery(Delivery(asked.id, 1, mail.id, AGNES, "pending", NOW))
        tx.letters.add([letters.replied(out, answer, NOW)])
    return ferro


def test_each_reader_has_one_line_and_json_says_why_too(desk: Cli) -> None:
    shown = desk("outbox")
    assert shown.count("A crew day") == 1
    assert "It waits for a yes" in shown
    waits = {(row["takeaway"], row["revision"]): row["waits"] for row in desk.json("outbox")}
    assert waits[("0f9a1c3e", 2)] == waits[("0f9a1c3e", 1)] == ""
    assert waits[("1b7c2d4f", 1)].startswith("It waits for a yes")


def test_who_answered_only_to_the_author_is_not_named(desk: Cli) -> None:
    assert "→ a reader" in desk("outbox", "--letters")
    assert LEV not in desk("outbox", "--letters") + desk("outbox", "--letters", "--json")
