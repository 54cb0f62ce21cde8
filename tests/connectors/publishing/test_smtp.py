"""Mail through a real server with TLS and sign-in: what arrives, and what each trouble is called."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from companion.basics.errors import Problem
from companion.connectors.smtp import SmtpChannel
from companion.takeaways.model import Unsure
from companion.words.problems import sentence
from connectors.publishing.made import a_parcel
from servers.hostile import own_authority
from servers.mail import PASSWORD, USER, Mailbox, mail_server

pytestmark = pytest.mark.server
READER = "agnes@ferro.example"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    return own_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def mailbox(authority: tuple[Path, ssl.SSLContext]) -> Iterator[Mailbox]:
    with mail_server(authority[1]) as box:
        yield box


@pytest.fixture
def channel(mailbox: Mailbox, authority: tuple[Path, ssl.SSLContext]) -> Callable[..., SmtpChannel]:
    def made(**changes: Any) -> SmtpChannel:
        settings: dict[str, Any] = {
            "host": "127.0.0.1", "port": mailbox.port, "security": "starttls", "user": USER, "password": PASSWORD,
            "sender": "programme@ferro.example", "channel_id": "c1", "ca_file": str(authority[0]), "timeout": 5.0,
        }  # fmt: skip
        return SmtpChannel(**{**settings, **changes})

    return made


def refused(channel: SmtpChannel) -> Problem:
    """The problem of sending one mail; its sentence is whole and holds no password."""
    with pytest.raises(Problem) as caught:
        channel.send(a_parcel(recipient=READER))
    said = sentence(caught.value)
    assert "{" not in said
    assert "went wrong" not in said
    assert PASSWORD not in said + repr(caught.value) + repr(caught.value.__cause__)
    return caught.value


def test_a_mail_arrives_whole_over_tls_after_signing_in(mailbox: Mailbox, channel: Callable[..., SmtpChannel]) -> None:
    channel().send(a_parcel(recipient=READER, scene="Two lines.\n\n.A dot begins this one.\n."))
    [envelope], [message] = mailbox.envelopes, mailbox.messages
    assert (envelope.mail_from, envelope.rcpt_tos) == ("programme@ferro.example", [READER])
    assert mailbox.sessions[0].ssl is not None
    assert mailbox.sessions[0].authenticated
    assert mailbox.sessions[0].host_name == "ferro.example"  # and not the name of this machine
    body = message.get_body(("plain",))
    assert body is not None
    assert "\n.A dot begins this one.\n." in body.get_content().replace("\r\n", "\n")


@pytest.mark.filterwarnings(
    "ignore:Requiring AUTH while not requiring TLS"
)  # the server's way to say: TLS from the start
def test_tls_from_the_first_byte(authority: tuple[Path, ssl.SSLContext], channel: Callable[..., SmtpChannel]) -> None:
    with mail_server(authority[1], at_once=True) as box:
        channel(port=box.port, security="tls").send(a_parcel(recipient=READER))
        assert len(box.envelopes) == 1


def test_the_same_delivery_has_the_same_message_id(mailbox: Mailbox, channel: Callable[..., SmtpChannel]) -> None:
    for parcel in (a_parcel(recipient=READER), a_parcel(recipient=READER), a_parcel(recipient="sam@ferro.example"),
                   a_parcel(recipient=READER, revision=2)):  # fmt: skip
        channel().send(parcel)
    first, again, other, second = mailbox.messages
    assert first["Message-ID"] == again["Message-ID"]
    assert len({message["Message-ID"] for message in (first, other, second)}) == 3
    assert second["In-Reply-To"] == second["References"] == first["Message-ID"]
    assert first["In-Reply-To"] is None


def test_a_test_signs_in_and_sends_nothing(mailbox: Mailbox, channel: Callable[..., SmtpChannel]) -> None:
    channel().test()
    assert mailbox.envelopes == []
    with pytest.raises(Problem, match="mail_signin"):
        channel(password="wrong").test()


def test_a_wrong_password_is_told_without_it(channel: Callable[..., SmtpChannel]) -> None:
    problem = refused(channel(password="not-this-one"))
    assert (problem.code, problem.facts) == ("mail_signin", {"host": "127.0.0.1", "user": USER})
    assert "not-this-one" not in repr(problem.__context__) + sentence(problem)
    assert refused(channel(password=None)).code == "mail_password_missing"


@pytest.mark.parametrize(
    ("answer", "code", "status"),
    [("550 no such mailbox here", "mail_refused", 550), ("450 come back later", "mail_later", 450)],
)
def test_the_servers_no_is_final_or_not(
    mailbox: Mailbox, channel: Callable[..., SmtpChannel], answer: str, code: str, status: int
) -> None:
    mailbox.rcpt_answer = answer
    problem = refused(channel())
    assert (problem.code, problem.facts["status"], problem.facts["reason"]) == (code, status, answer[4:])
    assert mailbox.envelopes == []


@pytest.mark.parametrize(
    ("answer", "code"), [("554 we do not like it", "mail_refused"), ("451 disk full", "mail_later"),
                         ("421 going down", "mail_closing")]
)  # fmt: skip
def test_a_no_after_the_message_is_a_no(
    mailbox: Mailbox, channel: Callable[..., SmtpChannel], answer: str, code: str
) -> None:
    mailbox.data_answer = answer
    assert refused(channel()).code == code


def test_a_server_that_repeats_the_password_is_not_quoted(
    mailbox: Mailbox, channel: Callable[..., SmtpChannel]
) -> None:
    mailbox.rcpt_answer = "550 you said hunter2 to me"
    with pytest.raises(Problem):
        channel(password="hunter2").test()  # a wrong one, and nothing told
    channel()
    problem = refused(SmtpChannel("127.0.0.1", mailbox.port, "none", "", "hunter2", "a@ferro.example"))
    assert "hunter2" not in str(problem)


def test_an_answer_lost_after_the_message_is_unsure(mailbox: Mailbox, channel: Callable[..., SmtpChannel]) -> None:
    mailbox.cut_after_data = True
    with pytest.raises(Unsure):
        channel().send(a_parcel(recipient=READER))
    assert len(mailbox.envelopes) == 1  # it did arrive, and we could not know


@contextlib.contextmanager
def scripted(*steps: str) -> Iterator[int]:
    """A server that answers each line with the next step; `cut` closes, `hang` says nothing more."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        with contextlib.suppress(OSError), listener.accept()[0] as connection, connection.makefile("rb") as lines:
            for number, step in enumerate(steps):
                if number:
                    line = lines.readline()
                    while steps[number - 1].startswith("354") and line not in (b".\r\n", b""):
                        line = lines.readline()
                if step == "cut":
                    return
                if step == "hang":
                    over.wait(10)
                    return
                connection.sendall(f"{step}\r\n".encode())
            lines.read()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        listener.close()
        thread.join(10)


OPENING = ("220 hello", "250 hello", "250 sender", "250 reader")


@pytest.mark.parametrize(
    "steps",
    [("cut",), ("hang",), ("220 hello", "cut"), (*OPENING[:3], "cut"), (*OPENING[:3], "hang"), (*OPENING, "cut")],
)
def test_a_connection_that_ends_before_the_message_is_surely_not_sent(steps: tuple[str, ...]) -> None:
    with scripted(*steps) as port:
        channel = SmtpChannel("127.0.0.1", port, "none", "", None, "a@ferro.example", timeout=0.3)
        assert refused(channel).code == "mail_unreachable"


@pytest.mark.parametrize("end", ["cut", "hang"])
def test_a_connection_that_ends_after_the_message_is_unsure(end: str) -> None:
    with scripted(*OPENING, "354 go on", end) as port:
        channel = SmtpChannel("127.0.0.1", port, "none", "", None, "a@ferro.example", timeout=0.3)
        with pytest.raises(Unsure):
            channel.send(a_parcel(recipient=READER))


def test_no_goodbye_after_a_sent_message_changes_nothing() -> None:
    with scripted(*OPENING, "354 go on", "250 kept", "cut") as port:
        SmtpChannel("127.0.0.1", port, "none", "", None, "a@ferro.example").send(a_parcel(recipient=READER))


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    problem = refused(SmtpChannel("127.0.0.1", port, "none", "", None, "a@ferro.example"))
    assert (problem.code, problem.facts["port"]) == ("mail_unreachable", port)


def test_a_certificate_nobody_vouches_for_gets_nothing(mailbox: Mailbox, channel: Callable[..., SmtpChannel]) -> None:
    assert refused(channel(ca_file="")).code == "mail_certificate_bad"
    assert refused(channel(ca_file="/nowhere/ca.pem")).code == "mail_authority_missing"
    assert mailbox.envelopes == []


def test_a_server_without_tls_gets_nothing() -> None:
    with mail_server(None) as box:
        channel = SmtpChannel("127.0.0.1", box.port, "starttls", USER, PASSWORD, "a@ferro.example")
        assert refused(channel).code == "mail_no_tls"
        assert box.envelopes == []


@pytest.mark.parametrize("host", ["mail.ferro.example", "192.0.2.1", "127.0.0.1.ferro.example"])
def test_plain_mail_never_leaves_this_computer(host: str) -> None:
    assert refused(SmtpChannel(host, 25, "none", "", None, "a@ferro.example")).code == "mail_not_secure"


@pytest.mark.parametrize("recipient", ["", "nobody", "józef@ferro.example", "a@b.example, c@d.example"])
def test_a_recipient_that_is_none(channel: Callable[..., SmtpChannel], recipient: str) -> None:
    with pytest.raises(Problem, match="mail_recipient_wrong"):
        channel().send(a_parcel(recipient=recipient))
