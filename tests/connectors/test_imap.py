"""Answers from a real IMAP server: read page by page, never changed, and every trouble has its name."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket
from companion.connectors.imap import ImapInbox, ImapServer
from companion.takeaways.inbox import Swept
from companion.words.problems import sentence
from servers.hostile import own_authority
from servers.imap import PASSWORD, USER, ImapMailbox, imap_server

pytestmark = pytest.mark.server
OURS = "[T-K7QX2M4A changes]"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authority")
    own_authority(folder)
    return folder


@pytest.fixture
def box(authority: Path) -> Iterator[ImapMailbox]:
    with imap_server(authority / "server.pem", authority / "server.pem") as running:
        yield running


@pytest.fixture
def server(box: ImapMailbox, authority: Path) -> ImapServer:
    return ImapServer(
        "Programme", "127.0.0.1", box.port, "starttls", USER, PASSWORD, ca_file=str(authority / "ca.pem")
    )  # fmt: skip


def mail(number: int, subject: str, text: str = "Words.") -> bytes:
    head = f"From: Agnes <agnes@ferro.example>\r\nSubject: {subject}\r\nMessage-ID: <{number}@ferro.example>\r\n\r\n"
    return f"{head}{text}\r\n".encode()


def swept(server: ImapServer, cursor: str = "", ticket: Ticket | None = None) -> list[Swept]:
    return list(ImapInbox(server, cursor, timeout=5.0).sweep(ticket or Ticket()))


def refused(server: ImapServer, **options: float) -> Problem:
    """The problem of one look; its sentence is whole, and nothing holds the password."""
    with pytest.raises(Problem) as caught:
        list(ImapInbox(server, **{"timeout": 5.0, **options}).sweep(Ticket()))  # type: ignore[arg-type]
    said = sentence(caught.value)
    assert "{" not in said
    assert "went wrong" not in said
    assert PASSWORD not in said + repr(caught.value) + repr(caught.value.__cause__)
    return caught.value


@pytest.mark.parametrize("security", ["starttls", "tls", "none"])
def test_mails_with_a_code_are_read_and_the_others_counted(box: ImapMailbox, server: ImapServer, security: str) -> None:
    port = box.tls_port if security == "tls" else box.port
    for number, subject in enumerate(("Lunch", f"Re: Two {OURS}", "Pay slip")):
        box.drop(mail(number, subject, "Two books."))
    pages = swept(replace(server, security=security, port=port))  # type: ignore[arg-type]
    assert [reply.text for page in pages for reply in page.replies] == ["Two books."]
    assert sum(page.left for page in pages) == 2
    assert swept(server, pages[-1].cursor)[0].replies == ()
    box.drop(mail(9, OURS, "Later."))
    more = swept(server, pages[-1].cursor)
    assert [reply.text for page in more for reply in page.replies] == ["Later."]
    assert sum(page.left for page in more) == 0


def test_nothing_in_the_mailbox_changes(box: ImapMailbox, server: ImapServer) -> None:
    for number in range(4):
        box.drop(mail(number, OURS if number % 2 else "Lunch"))
    before = box.files()
    swept(server)
    assert box.files() == before
    assert set(box.flags()) == {""}
    assert not list((box.folder / "mail" / "cur").iterdir())  # not even marked as no longer new


def test_of_mails_without_a_code_only_the_subject_leaves_the_server(box: ImapMailbox, server: ImapServer) -> None:
    box.drop(mail(1, "Lunch", "PRIVATE " * 50))
    swept(server)
    told = box.sessions()
    assert told
    assert all("body_count=0" in line for line in told)


def test_a_mailbox_made_anew_is_read_from_the_beginning(box: ImapMailbox, server: ImapServer) -> None:
    box.drop(mail(1, OURS))
    cursor = swept(server)[-1].cursor
    validity = int(cursor.split()[1])
    again = [reply for page in swept(server, f"imap1 {validity - 1} 99") for reply in page.replies]
    assert len(again) == 1
    assert swept(server, "nonsense")[0].replies == tuple(again)


def test_another_folder_and_one_that_is_not_there(box: ImapMailbox, server: ImapServer) -> None:
    box.drop(mail(1, OURS), "Answers")
    assert len(swept(replace(server, folder="Answers"))[0].replies) == 1
    assert refused(replace(server, folder="Thánks & more")).code == "inbox_folder"


def test_sign_in_and_certificates(server: ImapServer, tmp_path: Path) -> None:
    ImapInbox(server).test()
    assert refused(replace(server, password="wrong")).code == "inbox_signin"
    assert refused(replace(server, password="")).code == "inbox_password_missing"
    assert refused(replace(server, ca_file="")).code == "inbox_certificate"
    assert refused(replace(server, ca_file=str(tmp_path / "none"))).code == "inbox_authority"
    assert refused(replace(server, security="none", host="mail.elsewhere.example")).code == "inbox_not_secure"


def test_a_server_without_tls_gets_no_password() -> None:
    with imap_server() as plain:
        server = ImapServer("Programme", "127.0.0.1", plain.port, "starttls", USER, PASSWORD)
        assert refused(server).code == "inbox_no_tls"
        assert "Login" not in plain.log()


def test_nobody_there(server: ImapServer) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refused(replace(server, port=port)).code == "inbox_unreachable"


def test_a_message_that_cannot_be_read_is_told_and_the_rest_comes(
    box: ImapMailbox, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from companion.connectors import imap

    def reading(data: bytes, *rest: object) -> object:
        if b"<1@" in data:
            raise RuntimeError("a fault of ours")
        return real(data, *rest)  # type: ignore[arg-type]

    real = imap.reply_of
    monkeypatch.setattr(imap, "reply_of", reading)
    for number in range(3):
        box.drop(mail(number, OURS))
    pages = swept(server)
    assert sum(len(page.replies) for page in pages) == 2
    assert [problem.code for page in pages for problem in page.problems] == ["inbox_message"]  # type: ignore[attr-defined]


def test_words_behind_a_large_picture_are_fetched(box: ImapMailbox, server: ImapServer) -> None:
    picture = b"Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n" + (b"A" * 76 + b"\n") * 30_000
    head = mail(1, "Re: Two [T-K7QX2M4A more]").replace(b"\r", b"").partition(b"\n\n")[0]
    head += b'\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n--B\n'
    box.drop(head + picture + b"--B\nContent-Type: text/plain\n\nThey moved in spring.\n--B--\n")
    assert [one.text for page in swept(server) for one in page.replies] == ["They moved in spring."]


@pytest.mark.parametrize("count", [2_000, pytest.param(10_000, marks=pytest.mark.torture)])
def test_thousands_of_messages_come_in_pages(box: ImapMailbox, server: ImapServer, count: int) -> None:
    box.drop(mail(0, "first"))
    for number in range(1, count):
        path = box.folder / "mail" / "new" / f"{1_800_000_000 + number}.M{number}.test"
        path.write_bytes(mail(number, OURS if number % 500 == 0 else f"Subject {number}"))
    pages = swept(server)
    assert sum(len(page.replies) for page in pages) == (count - 1) // 500
    assert sum(page.left for page in pages) == count - (count - 1) // 500
    assert max(len(page.replies) + page.left for page in pages) <= 200


def test_a_kill_between_two_pages_goes_on_there(box: ImapMailbox, server: ImapServer) -> None:
    for number in range(450):
        box.drop(mail(number, OURS if number in (10, 300) else "Lunch"))
    inbox = ImapInbox(server)
    first = next(inbox.sweep(Ticket()))  # the generator is dropped here, as by a kill
    rest = swept(server, first.cursor)
    assert len(first.replies) + sum(len(page.replies) for page in rest) == 2
    assert first.left + sum(page.left for page in rest) == 448


def test_cancelled_between_pages(box: ImapMailbox, server: ImapServer) -> None:
    for number in range(5):
        box.drop(mail(number, OURS))
    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        swept(server, ticket=ticket)


@contextlib.contextmanager
def scripted(talk: Callable[[socket.socket, int], None]) -> Iterator[int]:
    """A port whose every connection is handled by `talk`, which also learns which one it is."""
    listener = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []
    lines: list[socket.socket] = []

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = listener.accept()
                lines.append(line)
                talker = threading.Thread(target=one, args=(line, len(lines)), daemon=True)
                threads.append(talker)
                talker.start()

    def one(line: socket.socket, number: int) -> None:
        with contextlib.suppress(OSError):
            talk(line, number)
            line.close()

    server = threading.Thread(target=serve, daemon=True)
    server.start()
    try:
        yield listener.getsockname()[1]
    finally:
        for line in (listener, *lines):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        server.join(5)
        for talker in threads:
            talker.join(5)


def at(port: int) -> ImapServer:
    return ImapServer("Programme", "127.0.0.1", port, "none", USER, "secret")


def conversation(line: socket.socket, *, cut_at_body: bool = False) -> None:
    """A small server with two messages, one of them ours; cut in the middle of the second answer if so told."""
    line.sendall(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
    body = mail(1, OURS)
    for asked in line.makefile("rb"):
        tag, word = asked.split()[0], asked.upper()
        if b"EXAMINE" in word:
            line.sendall(b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 3] x\r\n")
        elif b"SEARCH" in word:
            line.sendall(b"* SEARCH 1 2\r\n")
        elif b"HEADER" in word:
            for uid, subject in ((1, OURS), (2, "Lunch")):
                text = f"Subject: {subject}\r\n\r\n".encode()
                name = b'* %d FETCH (UID %d BODY[HEADER.FIELDS ("SUBJECT")]<0> {%d}\r\n' % (uid, uid, len(text))
                line.sendall(name + text + b")\r\n")
        elif b"FETCH" in word:
            line.sendall(b"* 1 FETCH (UID 1 BODY[]<0> {%d}\r\n" % len(body))
            line.sendall(body[:20])
            if cut_at_body:
                return
            line.sendall(body[20:] + b")\r\n")
        elif b"CAPABILITY" in word:
            line.sendall(b"* CAPABILITY IMAP4rev1\r\n")
        line.sendall(tag + b" OK done\r\n")


def test_a_line_cut_in_the_middle_is_opened_again() -> None:
    with scripted(lambda line, number: conversation(line, cut_at_body=number == 1)) as port:
        pages = swept(at(port))
    assert [reply.text for page in pages for reply in page.replies] == ["Words."]


def test_a_line_that_is_always_cut_is_told() -> None:
    with scripted(lambda line, _number: conversation(line, cut_at_body=True)) as port:
        assert refused(at(port)).code == "inbox_unreachable"


def test_a_silent_server_is_not_waited_for_for_ever() -> None:
    over = threading.Event()
    with scripted(lambda _line, _number: over.wait(20) and None) as port:
        assert refused(at(port), timeout=0.3).code == "inbox_silent"
        over.set()


def test_a_cancel_ends_a_look_wherever_it_hangs() -> None:
    over, reached = threading.Event(), threading.Event()

    def hang(line: socket.socket, _number: int) -> None:
        line.sendall(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
        line.recv(100)
        reached.set()
        over.wait(20)

    ticket = Ticket()
    with scripted(hang) as port:
        waiter = threading.Thread(target=lambda: (reached.wait(20), ticket.cancel()))
        waiter.start()
        with pytest.raises(Cancelled):
            list(ImapInbox(at(port), timeout=20.0).sweep(ticket))
        over.set()
        waiter.join(5)


@pytest.mark.parametrize(
    "greeting", [b"220 mail.example SMTP\r\n", b"HTTP/1.1 400 Bad\r\n\r\n", b"* BYE busy\r\n", b"\x00" * 100]
)
def test_what_is_no_imap_server_is_told(greeting: bytes) -> None:
    with scripted(lambda line, _number: line.sendall(greeting)) as port:
        assert refused(at(port)).code == "inbox_unreachable"
