"""Answers by command, and the whole circle through real mail servers: told, read, answered, answered back, done."""

import io
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote

import pytest

from cli.firm import Lasting
from cli.test_loop import stamp
from fakes.commands import Cli
from fakes.ics import calendar, event
from servers.imap import PASSWORD, USER, ImapMailbox, imap_server
from servers.mail import Mailbox, mail_server

pytestmark = pytest.mark.server


@pytest.fixture
def desk(ferro: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A profile whose secrets outlive a command."""
    kept = Lasting()
    monkeypatch.setenv("COMPANION_SECRETS", "keyring")
    monkeypatch.setattr("companion.bootstrap._open_secrets", lambda *_: kept)
    return ferro


@pytest.fixture
def outgoing() -> Iterator[Mailbox]:
    with mail_server(None) as box:
        yield box


@pytest.fixture
def incoming() -> Iterator[ImapMailbox]:
    with imap_server() as box:
        yield box


def add_inbox(desk: Cli, incoming: ImapMailbox, monkeypatch: pytest.MonkeyPatch, password: str = PASSWORD) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    desk(
        "inboxes", "add", "imap", "Programme", f"127.0.0.1:{incoming.port}", "--user", USER, "--security", "none",
        "--password-stdin",
    )  # fmt: skip


def published(desk: Cli, outgoing: Mailbox) -> str:
    """A takeaway told to Finance by mail; its id."""
    desk("channels", "add", "smtp", "Mail", f"127.0.0.1:{outgoing.port}", "--security", "none",
         "--from", "programme@ferro.example")  # fmt: skip
    desk("programme", "set", "--post", "Mail", "--answers-to", USER)
    desk("accounts", "add", "ics", "Work", desk.file("work.ics", calendar(event("past", stamp(-5), answer="ACCEPTED"))))
    desk("sync")
    meeting = desk.json("meetings")[0]["id"]
    note = desk.json("notes", "new", meeting, "--file", desk.file("n.md", "q My foreman has three numbers."))["id"]
    made = desk.json("takeaways", "publish", note, "--headline", "Three numbers", "--audience", "team:Finance",
                     "--channel", "Mail")  # fmt: skip
    return str(made["id"])


def body(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def post(outgoing: Mailbox, recipient: str) -> list[EmailMessage]:
    """What came for somebody."""
    return [message for message in outgoing.messages if recipient in str(message["To"])]


def link(message: EmailMessage, kind: str) -> tuple[str, str]:
    """Address and subject of the link of a mail that says that."""
    part = message.get_body(("html",))
    assert part is not None
    for address, subject in re.findall(r'href="mailto:([^?"]+)\?subject=([^&"]+)', str(part.get_content())):
        if re.search(rf"\[T-\S+ {kind}[ \]]", unquote(subject)):
            return unquote(address), unquote(subject)
    raise AssertionError(part.get_content())


def answer(message: EmailMessage, kind: str, sender: str, text: str) -> bytes:
    """A mail as a mail programme writes it after a click on a link, with what was read quoted below."""
    address, subject = link(message, kind)
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, address, subject
    made["Message-ID"] = f"<{abs(hash((kind, sender, text)))}@phone.example>"
    quoted = "\n".join(f"> {line}" for line in body(message).splitlines())
    made.set_content(
        f"{text}\n\nSent from my iPhone\n\nOn 22 Nov 2026, at 10:04, Dana <d@ferro.example> wrote:\n{quoted}\n"
    )
    return made.as_bytes()


def test_the_whole_circle_by_mail(
    desk: Cli, outgoing: Mailbox, incoming: ImapMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    takeaway = published(desk, outgoing)
    add_inbox(desk, incoming, monkeypatch)
    desk("inboxes", "test", "Programme")
    desk("outbox")
    (told,) = post(outgoing, "agnes@ferro.example")

    # The reader answers, twice delivered, beside what is nobody's business.
    reply = answer(told, "changes", "Agnes Moll <agnes@ferro.example>", "We print two books.")
    incoming.drop(b"From: agnes@ferro.example\r\nSubject: Pay slip\r\n\r\nprivate\r\n")
    incoming.drop(reply)
    incoming.drop(reply)
    before = incoming.files()
    found = desk.json("inboxes", "read")
    assert (len(found["ids"]), found["known"], found["left"], found["problems"]) == (1, 1, 1, [])
    assert incoming.files() == before
    (said,) = desk.json("answers", "list", takeaway)
    assert (said["kind"], said["text"], said["name"]) == ("changes", "We print two books.", "Agnes Moll")
    assert "address" not in said

    # The author hears of it, and answers by mail.
    desk("outbox")
    heard = post(outgoing, "dana@ferro.example")[-1]
    assert "We print two books." in body(heard)
    incoming.drop(answer(heard, "reply", "dana@ferro.example", "One book from December."))
    assert desk.json("inboxes", "read")["acted"] == 1
    desk("outbox")
    assert "One book from December." in body(post(outgoing, "agnes@ferro.example")[-1])

    # It becomes an action; what was done goes back to the reader, and to the host.
    action = desk.json("actions", "add", takeaway, "--text", "One book for both", "--answer", said["id"])["id"]
    desk("actions", "done", action, "--result", "Both teams use one book now.")
    desk("outbox")
    for recipient in ("agnes@ferro.example", "rosa@ferro.example"):
        assert "Both teams use one book now." in body(post(outgoing, recipient)[-1])

    # Once more all of it: nothing is sent or taken twice.
    count = len(outgoing.messages)
    assert desk.json("inboxes", "read")["ids"] == []
    desk("outbox", "--retry")
    assert len(outgoing.messages) == count


def test_a_host_holds_by_mail(
    desk: Cli, outgoing: Mailbox, incoming: ImapMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    takeaway = published(desk, outgoing)
    add_inbox(desk, incoming, monkeypatch)
    desk("outbox")
    (copy,) = post(outgoing, "rosa@ferro.example")
    token = link(copy, "hold")[1][-9:-1]
    guessed = answer(copy, "hold", "mallory@elsewhere.example", "Ha.").replace(token.encode(), b"AAAAAAAA")
    incoming.drop(guessed)
    incoming.drop(answer(copy, "hold", "rosa@ferro.example", "Wait for the contract."))
    found = desk.json("inboxes", "read")
    assert (found["acted"], len(found["review"])) == (1, 1)
    held = desk.json("takeaways", "show", takeaway)
    assert held["held"]
    assert held["held_why"] == "Wait for the contract."
    desk("outbox")
    assert "Wait for the contract." in body(post(outgoing, "dana@ferro.example")[-1])


def test_whom_nobody_knows_is_looked_at(desk: Cli, outgoing: Mailbox, tmp_path: Path) -> None:
    takeaway = published(desk, outgoing)
    told = post(outgoing, "agnes@ferro.example")[0]
    one, two = tmp_path / "one.eml", tmp_path / "two.eml"
    one.write_bytes(answer(told, "more", "agnes@home.example", "They moved."))
    two.write_bytes(answer(told, "question", "spam@elsewhere.example", "Buy this."))
    assert len(desk.json("answers", "import", str(one), str(two))["review"]) == 2
    assert desk.json("answers", "list", takeaway) == []
    waiting = desk.json("answers", "list", "--review")
    assert [item["address"] for item in waiting] == ["agnes@home.example", "spam@elsewhere.example"]
    assert "(outside)" in desk("answers", "list", "--review")
    desk("answers", "accept", waiting[0]["id"], "--as", "agnes@ferro.example")
    desk("answers", "dismiss", waiting[1]["id"])
    assert [item["name"] for item in desk.json("answers", "list", takeaway)] == ["Agnes Moll"]
    assert desk.json("answers", "list", "--review") == []
    desk("answers", "reply", takeaway, "--text", "Thank you.")
    assert "Thank you." in desk("answers", "list", takeaway)
    desk("answers", "reply", takeaway, "--text", "Again.", code=1)
    assert "Nobody waits" in desk.said


def test_bad_files_are_named_and_the_good_come_in(desk: Cli, outgoing: Mailbox, tmp_path: Path) -> None:
    published(desk, outgoing)
    good = tmp_path / "good.eml"
    good.write_bytes(answer(post(outgoing, "agnes@ferro.example")[0], "already", "agnes@ferro.example", "Since May."))
    outlook = desk.file("old.msg", b"\xd0\xcf\x11\xe0")
    found = desk.json("answers", "import", str(good), outlook, str(tmp_path / "gone.eml"))
    assert (len(found["ids"]), [item["code"] for item in found["problems"]]) == (1, ["mail_is_msg", "file_missing"])
    assert "Save as" in desk.said
    desk("answers", "import", outlook, code=1)
    assert "old.msg" in desk.said


def test_inboxes_by_command(desk: Cli, incoming: ImapMailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    add_inbox(desk, incoming, monkeypatch, "wrong")
    desk("inboxes", "test", "Programme", code=1)
    assert "did not let" in desk.said
    assert desk.json("inboxes", "read", code=1)["problems"][0]["code"] == "inbox_signin"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    desk("inboxes", "password", "Programme", "--password-stdin")
    desk("inboxes", "test", "Programme")
    listed = desk.json("inboxes", "list")
    assert [(item["name"], item["kind"]) for item in listed] == [("Programme", "imap")]
    assert "cursor" not in listed[0]
    assert PASSWORD not in str(listed)
    monkeypatch.setattr("sys.stdin", io.StringIO("x\n"))
    for arguments, said in (
        (("add", "imap", "Programme", "h.example:993", "--user", "u", "--password-stdin"), "already"),
        (("add", "imap", "Other", "h.example", "--user", "u", "--password-stdin"), "h.example"),
        (("add", "imap", "Other", "h.example:143", "--user", "u", "--security", "none", "--password-stdin"), "clear"),
        (("add", "graph", "Other", "--user", "dana@ferro.example"), "Microsoft 365"),
        (("test", "Nothing"), "Nothing"),
    ):
        desk("inboxes", *arguments, code=1)
        assert said in desk.said, arguments
    desk("inboxes", "remove", "Programme")
    assert desk.json("inboxes", "list") == []
