"""companion digest: the weekly mails looked at, sent, waiting for a yes; somebody left out of a week."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from companion.bootstrap import opened
from companion.connectors.letters import render_letter
from companion.takeaways.letters import LetterParcel
from companion.takeaways.model import Shown, Takeaway
from fakes.commands import Cli
from servers.mail import mail_server

NOW = datetime.now(UTC).replace(microsecond=0)
SLOT = f"{(NOW - timedelta(hours=2)):%a %H:%M}".lower()
WEEKLY = {"to", "name", "subject", "todo", "told", "hidden", "state"}


@pytest.fixture
def desk(ferro: Cli) -> Cli:
    """A story for everyone, and a slot two hours ago."""
    with opened(ferro.home) as house, house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), zone="UTC"))
        tx.takeaways.put(
            Takeaway("0f9a1c3e", 1, "dana", "", "kestrel", "company", "A crew day", quote="We lose it.",
                     published=NOW - timedelta(days=1))
        )  # fmt: skip
    ferro("programme", "set", "--digest", SLOT)
    return ferro


def test_all_of_them_are_looked_at_and_who_gets_none(desk: Cli) -> None:
    desk("channels", "add", "smtp", "Mail", "127.0.0.1:9", "--security", "none", "--from", "desk@ferro.example")
    desk("programme", "set", "--post", "Mail")
    desk("digest", "rosa@ferro.example", "off")
    shown = desk("digest", "preview")
    assert "Agnes Moll <agnes@ferro.example>: 1 story\n" in shown
    assert "Rosa Vidal: wants none\n" in shown
    assert "2 mails of " in shown
    assert " go when the desk runs next. 2 people get none." in shown
    told = desk.json("digest", "preview")
    assert set(told) == {"week", "slot", "waits", "open", "post", "mails", "none"}
    assert [set(mail) for mail in told["mails"]] == [WEEKLY, WEEKLY]
    assert {"name": "Rosa Vidal", "why": "off", "sentence": "wants none"} in told["none"]


def test_one_reads_as_it_will_where_somebody_asks_for_it_or_for_all(desk: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    desk("channels", "add", "smtp", "Mail", "127.0.0.1:9", "--security", "none", "--from", "desk@ferro.example")
    desk("programme", "set", "--post", "Mail")
    desk("digest", "rosa@ferro.example", "off")
    drawn: list[str] = []

    def made(parcel: LetterParcel) -> tuple[str, Shown]:
        drawn.append(parcel.letter.recipient)
        return render_letter(parcel)

    monkeypatch.setattr("companion.connectors.letters.render_letter", made)
    desk("digest", "preview")
    desk.json("digest", "preview")
    assert drawn == [], "a list draws no mail"
    shown = desk("digest", "preview", "AGNES@ferro.example")
    assert "To: agnes@ferro.example\nSubject: What a customer told us this week\n1 story\n" in shown
    assert "We lose it." in shown
    assert desk("digest", "preview", "rosa@ferro.example") == "Rosa Vidal: wants none\n"
    told = desk.json("digest", "preview", "agnes@ferro.example")
    assert [(mail["to"], "We lose it." in mail["text"]) for mail in told["mails"]] == [("agnes@ferro.example", True)]
    assert told["none"] == []
    assert set(drawn) == {"agnes@ferro.example"}
    told = desk.json("digest", "preview", "--text")
    assert [set(mail) for mail in told["mails"]] == [{*WEEKLY, "text"}] * 2
    assert desk("digest", "preview", "--text").count("We lose it.") == 2
    desk("digest", "preview", "nobody@ferro.example", code=1)
    assert "nobody@ferro.example" in desk.said


def test_they_wait_for_a_yes_and_one_command_sends_them(desk: Cli) -> None:
    with mail_server(None) as box:
        desk("channels", "add", "smtp", "Mail", f"127.0.0.1:{box.port}", "--security", "none",
             "--from", "desk@ferro.example")  # fmt: skip
        desk("programme", "set", "--post", "Mail")
        assert "wait until somebody sends them" in desk("digest", "wait", "on")
        assert "mails made" not in desk("due")
        assert desk("digest", "lev@ferro.example", "out") == "Lev Brandt gets no weekly mail this week.\n"
        assert "2 mails of" in desk("digest", "preview")
        assert desk("digest", "send") == "2 weekly mails went out.\n"
        assert desk("digest", "send") == "0 weekly mails went out.\n"
        assert desk("digest", "lev@ferro.example", "in") == "Lev Brandt gets this week's mail.\n"
        assert desk.json("digest", "send") == {"mails": [{"to": "lev@ferro.example", "state": "sent", "trouble": ""}]}
        assert len(box.messages) == 3
        assert desk.json("digest", "wait", "off") == {"weekly_yes": False}


def test_without_a_mail_server_it_says_so(desk: Cli) -> None:
    desk("digest", "send", code=1)
    assert "There is no mail server to write the weekly mails through" in desk.said
    desk("programme", "set", "--digest", "")
    desk("digest", "preview", code=1)
    assert "The programme has no weekly mail" in desk.said


@pytest.mark.parametrize(
    "words",
    [("preview", "on"), ("wait",), ("wait", "out"), ("agnes@ferro.example",), ("agnes@ferro.example", "perhaps"),
     ("send", "agnes@ferro.example"), ("send", "--text")],
)  # fmt: skip
def test_what_is_no_command_is_told(desk: Cli, words: tuple[str, ...]) -> None:
    desk("digest", *words, code=1)
    assert "Say companion digest preview, preview EMAIL, send" in desk.said


def test_nobody_known_is_left_out(desk: Cli) -> None:
    desk("digest", "nobody@ferro.example", "out", code=1)
    assert "nobody@ferro.example" in desk.said
