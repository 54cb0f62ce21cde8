"""me: reminders, assistants and mails by command; seats for a leader."""

from datetime import UTC, datetime, timedelta

import pytest

from companion.bootstrap import opened
from companion.takeaways.mailed import MailedNote
from fakes.commands import Cli
from fakes.meeting import met, seated

SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)


@pytest.fixture
def firm(ferro: Cli) -> Cli:
    """Dana is asked to a meeting in three days."""
    with opened(ferro.home) as house:
        met(house, "m1abcdef", SOON)
        seated(house, "m1abcdef", "dana", "offered", "host")
    return ferro


def test_reminders_by_mail(firm: Cli) -> None:
    assert "come to you by mail" in firm("me", "reminders")
    assert firm.json("me", "reminders", "off") == {"email": "dana@ferro.example", "reminders": False}
    assert "small windows are ended in Settings" in firm("me", "reminders")


def test_an_assistant_from_the_first_word_to_the_last(firm: Cli) -> None:
    assert "Agnes Moll may" in firm("me", "assistants", "add", "agnes@ferro.example")
    firm("me", "agnes@ferro.example")
    assert "You may act for Dana Okafor." in firm("me", "assistants")
    (seat,) = firm.json("seats", "list", "--for", "dana@ferro.example")
    assert (seat["meeting"], seat["state"]) == ("m1abcdef", "offered")
    firm("seats", "set", "m1ab", "dana@ferro.example", "accepted", "--by", "assistant")
    assert "Said yes." in firm("seats", "list", "--for", "Dana Okafor")
    firm("me", "dana@ferro.example")
    assert [(one["by"], one["says"]) for one in firm.json("me", "assistants")["did"]] == [("Agnes Moll", "accepted")]
    assert "Agnes Moll <agnes@ferro.example>" in firm("me", "assistants")
    firm("me", "assistants", "remove", "agnes@ferro.example")
    assert "Nobody may act for you." in firm("me", "assistants")
    firm("me", "agnes@ferro.example")
    firm("seats", "set", "m1ab", "dana@ferro.example", "declined", "--by", "assistant", code=1)
    assert "Dana Okafor has not let you act" in firm.said


def test_mails_that_may_not_be_mine(firm: Cli) -> None:
    with opened(firm.home) as house, house.workspace() as tx:
        for key in ("aaaa1111", "bbbb2222"):
            tx.mailed.add(MailedNote(key, "dana", "m1abcdef", SOON, f"Words of {key}", "other@mail.example"))
    shown = firm("me", "mails")
    assert "other@mail.example" in shown
    assert "Words of aaaa1111" in shown
    assert "in your note" in firm("me", "mails", "take", "aaaa")
    firm("me", "mails", "leave", "bbbb")
    assert firm.json("me", "mails") == []
    assert "Words of aaaa1111" in firm("notes", "show", "m1abcdef")
    firm("me", "mails", "take", "cccc", code=1)


@pytest.mark.parametrize(
    "words",
    [("reminders", "maybe"), ("assistants", "add"), ("mails", "take"), ("dana@ferro.example", "more"),
     ("assistants", "who", "agnes@ferro.example")],
)  # fmt: skip
def test_what_is_not_understood_is_said(firm: Cli, words: tuple[str, ...]) -> None:
    firm("me", *words, code=1)
    form = {"reminders": "[on|off]", "assistants": "[add|remove EMAIL]", "mails": "[take|leave ID]"}
    assert f"Not understood: {' '.join(words)}." in firm.said
    assert form.get(words[0], "EMAIL | reminders") in firm.said


def test_the_help_names_every_form(firm: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        firm("me", "--help")
    said = " ".join(capsys.readouterr().out.split())
    for form in ("reminders [on|off]: whether briefs", "assistants [add|remove EMAIL]: who", "mails [take|leave ID]"):
        assert form in said


def test_quiet_hours_are_set_and_checked(firm: Cli) -> None:
    assert "Quiet hours: 18:00-08:00" in firm("programme", "set", "--quiet", "18:00-08:00")
    firm("programme", "set", "--quiet", "late", code=1)
    assert "19:00-07:00" in firm.said
    assert firm.json("programme", "show")["quiet"] == "18:00-08:00"
    assert "Quiet hours: —" in firm("programme", "set", "--quiet", "")
