"""What a mail server's no is called, and whether it is worth asking again."""

import pytest

from companion.connectors.mail_answers import refused, signin_refused
from companion.words.problems import sentence

READER = "agnes@ferro.example"


@pytest.mark.parametrize(
    ("status", "reason", "code", "final"),
    [
        (550, "5.1.1 <agnes@ferro.example>: Recipient address rejected", "mail_recipient_unknown", True),
        (550, "5.1.10 RESOLVER.ADR.RecipientNotFound", "mail_recipient_unknown", True),
        (452, "4.2.2 The email account that you tried to reach is over quota", "mail_box_full", False),
        (452, "Requested action not taken", "mail_box_full", False),
        (552, "5.2.2 mailbox is full", "mail_box_full", True),
        (554, "5.2.2 mailbox is full", "mail_box_full", True),
        (552, "5.3.4 Message size exceeds fixed limit", "mail_too_big", True),
        (552, "Message too large", "mail_too_big", True),
        (450, "4.7.1 Greylisted, see https://postgrey.example", "mail_greylisted", False),
        (451, "Greylisting in action, please come back later", "mail_greylisted", False),
        (421, "4.3.2 Service shutting down", "mail_closing", False),
        (451, "4.3.0 disk", "mail_later", False),
        (530, "5.7.0 Must issue a STARTTLS or AUTH first", "mail_signin_wanted", False),
        (554, "5.7.1 Spam", "mail_refused", True),
        (550, "no such mailbox here", "mail_refused", True),
    ],
)
def test_each_no_has_its_sentence_and_its_end(status: int, reason: str, code: str, final: bool) -> None:
    problem = refused("mail.ferro.example", status, reason, READER)
    assert (problem.code, problem.facts.get("final") == "1") == (code, final)
    assert "went wrong" not in sentence(problem)
    assert "{" not in sentence(problem)


def test_a_number_in_the_middle_of_the_words_is_no_status() -> None:
    assert refused("h", 550, "version 5.1.1.2 of our rules says no", READER).code == "mail_refused"
    assert refused("h", 550, "see rule 15.1.1", READER).code == "mail_refused"


def test_a_firm_that_switched_passwords_off_is_told_apart_from_a_wrong_one() -> None:
    off = b"5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant."
    assert signin_refused("h", "ines", 535, off).code == "mail_basic_off"
    assert signin_refused("h", "ines", 535, b"5.7.8 bad password hunter2").code == "mail_signin"
    assert signin_refused("h", "ines", 454, b"4.7.0 later").code == "mail_later"
    for status, words in ((535, off), (535, b"5.7.8 hunter2"), (454, b"hunter2")):
        assert "hunter2" not in sentence(signin_refused("h", "ines", status, words))
