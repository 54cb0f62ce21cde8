"""The HTTP client against a server that behaves badly."""

import gzip
import ssl
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion import __version__
from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket
from companion.connectors.http import Client, Limits
from companion.words.problems import sentence
from servers.hostile import Answer, Asked, Hostile, hostile_server, own_authority
from servers.radicale import free_port

CANARY = "canary-Jw3-hunter2"


@pytest.fixture
def client(hostile: Hostile) -> Iterator[Client]:
    with_password = Client("Alba", hostile.url + "cal?token=" + CANARY, "alba", CANARY, Limits(read=5, total=8))
    yield with_password
    with_password.close()


def _problem(call: Callable[[], object]) -> Problem:
    with pytest.raises(Problem) as caught:
        call()
    told = "".join(traceback.format_exception(caught.value)) + sentence(caught.value) + repr(caught.value.facts)
    assert CANARY not in told
    assert "went wrong" not in sentence(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, "signin_refused"), (403, "forbidden"), (404, "not_found"), (410, "not_found"), (429, "server_busy_for"),
     (503, "server_busy_for"), (500, "server_error"), (418, "server_error")],
)  # fmt: skip
def test_each_refusal_is_its_own_problem(hostile: Hostile, client: Client, status: int, code: str) -> None:
    hostile.answer = lambda _asked: Answer(status, b"x", {"Retry-After": "7"})
    problem = _problem(lambda: client.ask("GET", client.url, Ticket()))
    assert problem.code == code
    assert problem.facts["host"] == f"127.0.0.1:{hostile.port}"
    if code == "server_busy_for":
        assert problem.facts["after"] == 7


def test_it_says_who_it_is_and_reuses_its_line(hostile: Hostile, client: Client) -> None:
    hostile.answer = lambda _asked: Answer(200, b"fine")
    for _ in range(2):
        assert client.ask("GET", client.url, Ticket()).body == b"fine"
    assert {asked.headers["user-agent"] for asked in hostile.asked} == {f"Companion/{__version__}"}


def test_a_server_that_says_nothing(hostile: Hostile) -> None:
    hostile.answer = lambda _asked: Answer(hang=True)
    for limits in (Limits(read=0.3), Limits(read=30, total=0.3)):
        client = Client("Alba", hostile.url, limits=limits)
        assert _problem(lambda: client.ask("GET", "/", Ticket())).code == "server_silent"
        client.close()


def test_nobody_listens_and_no_such_name() -> None:
    client = Client("Alba", f"http://127.0.0.1:{free_port()}/", "alba", CANARY)
    assert _problem(lambda: client.ask("GET", "/", Ticket())).code == "server_unreachable"
    client.close()
    client = Client("Alba", "https://calendar.invalid/", "alba", CANARY)
    problem = _problem(lambda: client.ask("GET", "/", Ticket()))
    assert problem.code in ("server_unknown", "server_unreachable")
    client.close()


def test_a_cancel_ends_a_hanging_request_at_once(hostile: Hostile, client: Client) -> None:
    ticket = Ticket()
    began = threading.Event()

    def answer(_asked: Asked) -> Answer:
        began.set()
        return Answer(hang=True)

    hostile.answer = answer
    times: list[float] = []

    def cancel() -> None:
        began.wait(5)
        times.append(time.monotonic())
        ticket.cancel()

    watcher = threading.Thread(target=cancel)
    watcher.start()
    with pytest.raises(Cancelled):
        client.ask("GET", client.url, ticket)
    assert time.monotonic() - times[0] < 5  # not the thirty seconds of the read; a busy machine is no fault
    watcher.join()
    assert not [thread for thread in threading.enumerate() if thread.name == "companion-http"]
    hostile.answer = lambda _asked: Answer(200, b"fine")
    assert client.ask("GET", client.url, Ticket()).body == b"fine"


@pytest.mark.case(53)
@pytest.mark.case(53)
def test_a_certificate_nobody_vouches_for_gets_no_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    authority, context = own_authority(tmp_path)
    with hostile_server(context) as hostile:
        hostile.answer = lambda _asked: Answer(200, b"fine")
        client = Client("Alba", hostile.url, "alba", CANARY)
        assert _problem(lambda: client.ask("GET", "/", Ticket())).code == "certificate_bad"
        client.close()
        assert hostile.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        client = Client("Alba", hostile.url, "alba", CANARY)
        assert client.ask("GET", "/", Ticket()).body == b"fine"
        client.close()


def test_a_cancel_ends_a_hanging_handshake() -> None:
    import socket

    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        ticket = Ticket()
        threading.Timer(0.2, ticket.cancel).start()
        start = time.monotonic()
        client = Client("Alba", f"https://127.0.0.1:{silent.getsockname()[1]}/", limits=Limits(connect=3))
        with pytest.raises(Cancelled):
            client.ask("GET", "/", ticket)
        assert time.monotonic() - start < 5
        client.close()
    for thread in threading.enumerate():
        if thread.name == "companion-http":
            thread.join(5)


def test_hanging_up_also_closes_what_was_given_up(hostile: Hostile, client: Client) -> None:
    hostile.answer = lambda _asked: Answer(200, b"fine")
    client.ask("GET", client.url, Ticket())
    (line,) = client._lines.values()
    ticket, begun = Ticket(), threading.Event()

    def hanging(_asked: Asked) -> Answer:
        begun.set()
        return Answer(hang=True)

    hostile.answer = hanging
    watcher = threading.Thread(target=lambda: (begun.wait(10), ticket.cancel()))
    watcher.start()
    with pytest.raises(Cancelled):
        client.ask("GET", client.url, ticket)
    watcher.join()
    assert not line.is_closed  # its thread may still be in it
    client.close()
    assert line.is_closed


def test_redirects_on_the_same_host_keep_method_body_and_password(hostile: Hostile, client: Client) -> None:
    hostile.answer = lambda asked: (
        Answer(207, asked.body) if asked.path == "/new" else Answer(301, b"", {"Location": "/new"})
    )
    reply = client.ask("PROPFIND", "/old", Ticket(), body=b"<x/>")
    assert (reply.status, reply.body) == (207, b"<x/>")
    assert reply.url == hostile.url + "new"
    assert all("authorization" in asked.headers for asked in hostile.asked)


@pytest.mark.case(52)
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_to_another_host_carries_no_password(hostile: Hostile, client: Client, status: int) -> None:
    with hostile_server() as other:
        other.answer = lambda _asked: Answer(401, b"", {"WWW-Authenticate": 'Basic realm="x"'})
        hostile.answer = lambda _asked: Answer(status, b"", {"Location": other.url + "login"})
        problem = _problem(lambda: client.ask("GET", client.url, Ticket()))
        assert problem.code == "moved_elsewhere"
        assert problem.facts["other"] == f"127.0.0.1:{other.port}"
        assert len(other.asked) == 1
        assert "authorization" not in other.asked[0].headers
        assert CANARY not in str(other.asked[0])


def test_redirects_in_a_circle_end(hostile: Hostile, client: Client) -> None:
    hostile.answer = lambda _asked: Answer(302, b"", {"Location": "/again"})
    assert _problem(lambda: client.ask("GET", "/", Ticket())).code == "redirects_endless"
    assert len(hostile.asked) < 10


def test_a_packed_bomb_ends_at_the_limit(hostile: Hostile) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    hostile.answer = lambda _asked: Answer(200, bomb, {"Content-Encoding": "gzip"})
    client = Client("Alba", hostile.url, limits=Limits(size=1_000_000))
    assert _problem(lambda: client.ask("GET", "/", Ticket())).code == "answer_too_big"
    hostile.answer = lambda _asked: Answer(200, gzip.compress(bomb), {"Content-Encoding": "gzip, gzip"})
    assert _problem(lambda: client.ask("GET", "/", Ticket())).code == "answer_unreadable"
    hostile.answer = lambda _asked: Answer(200, gzip.compress(b"fine"), {"Content-Encoding": "gzip"})
    assert client.ask("GET", "/", Ticket()).body == b"fine"
    hostile.answer = lambda _asked: Answer(200, gzip.compress(b"fine" * 1000)[:-15], {"Content-Encoding": "gzip"})
    assert _problem(lambda: client.ask("GET", "/", Ticket())).code == "answer_unreadable"
    client.close()


@pytest.mark.case(54)
def test_digest_where_the_server_wants_digest(hostile: Hostile, client: Client) -> None:
    challenge = 'Digest realm="cal", nonce="abc", qop="auth", algorithm=SHA-256'

    def answer(asked: Asked) -> Answer:
        given = asked.headers.get("authorization", "")
        return Answer(200, b"in") if given.startswith("Digest") else Answer(401, b"", {"WWW-Authenticate": challenge})

    hostile.answer = answer
    for _ in range(2):
        assert client.ask("GET", "/cal", Ticket()).body == b"in"
    assert len(hostile.asked) == 3  # Basic, Digest for its refusal, and Digest at once
    assert CANARY not in hostile.asked[-1].headers["authorization"]


def test_plain_http_to_elsewhere_gets_no_password() -> None:
    def opens(url: str, password: str | None) -> Client:
        return Client("Alba", url, "alba", password)

    assert _problem(lambda: opens("http://cal.example/", CANARY)).code == "address_not_secure"
    assert _problem(lambda: opens("http://127.0.0.1.cal.example/", CANARY)).code == "address_not_secure"
    for url in ("http://localhost:5232/", "http://127.0.0.1/", "http://[::1]:8080/", "https://cal.example/"):
        opens(url, CANARY).close()
    opens("http://cal.example/feed.ics", None).close()


@pytest.mark.parametrize(
    "url", ["ftp://x.example/", "cal.example", "https://", f"https://u:{CANARY}@x.example/", "http://x:y/"]
)
def test_an_address_that_cannot_be_used(url: str) -> None:
    assert _problem(lambda: Client("Alba", url, "alba", CANARY)).code == "calendar_address_wrong"


def test_webcal_means_https() -> None:
    assert Client("Alba", "webcal://cal.example/a.ics").url == "https://cal.example/a.ics"


@pytest.mark.case(54)
@pytest.mark.case(54)
def test_neither_netrc_nor_a_proxy_comes_between_us_and_this_machine(
    hostile: Hostile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text(f"machine 127.0.0.1 login eve password {CANARY}\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    hostile.answer = lambda _asked: Answer(200, b"fine")
    client = Client("Alba", hostile.url)
    assert client.ask("GET", "/", Ticket()).body == b"fine"
    assert "authorization" not in hostile.asked[0].headers
    client.close()


def test_no_log_holds_the_address_or_the_password(
    hostile: Hostile, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    hostile.answer = lambda _asked: Answer(200, b"fine")
    reply = client.ask("GET", client.url, Ticket())
    assert CANARY not in caplog.text + repr(client) + repr(reply)
    assert CANARY not in str(vars(client)["_signin"])


def test_a_line_the_server_dropped_is_opened_again(hostile: Hostile, client: Client) -> None:
    hostile.answer = lambda _asked: Answer(200, b"fine", {"Connection": "close"})
    for _ in range(3):
        assert client.ask("GET", client.url, Ticket()).body == b"fine"


@pytest.mark.case(53)
@pytest.mark.case(53)
def test_tls_is_checked_by_name_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority, context = own_authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    assert isinstance(context, ssl.SSLContext)
    with hostile_server(context) as hostile:
        client = Client("Alba", hostile.url.replace("127.0.0.1", "localhost"), "alba", CANARY)
        assert _problem(lambda: client.ask("GET", "/", Ticket())).code == "certificate_bad"
        client.close()
