"""The way to the identity provider: addresses, certificates, proxies, and answers that are none."""

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket
from companion.connectors.microsoft.signin.identity import MicrosoftIdentity
from companion.words.problems import sentence
from servers.microsoft import Microsoft365, User
from servers.microsoft.serving import Answer, Asked

Make = Callable[..., MicrosoftIdentity]
Reply = Callable[[Asked], Answer]


@pytest.fixture
def turn(microsoft: Microsoft365, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Reply], None]:
    """Lets the authority answer otherwise where a path ends so."""

    def turned(path: str, reply: Reply) -> None:
        usual = microsoft.signin.reply
        monkeypatch.setattr(
            microsoft.signin_server, "_reply", lambda asked: reply(asked) if asked.path.endswith(path) else usual(asked)
        )

    return turned


@contextlib.contextmanager
def proxy(answer: bytes) -> Iterator[str]:
    """A proxy that answers every CONNECT alike."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = listening.accept()
                with line:
                    line.recv(65536)
                    line.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(20)


def test_nothing_set_up(make: Make, microsoft: Microsoft365) -> None:
    with pytest.raises(Problem, match="ms_not_set_up"):
        make(microsoft.registration(client_id="")).sign_in(Ticket(), microsoft.browse)
    assert microsoft.signin_server.asked == []


@pytest.mark.parametrize(
    "authority",
    ["", "login.microsoftonline.com/x", "http://localhost/x", "https://localhost", "https:///x", "https://[::1/x", "ftp://a/b",
     "https://localhost:0/x", "https://localhost:99999/x"],
)  # fmt: skip
def test_an_authority_that_is_none(make: Make, microsoft: Microsoft365, authority: str) -> None:
    with pytest.raises(Problem, match="ms_authority_wrong"):
        make(microsoft.registration(authority=authority)).sign_in(Ticket(), microsoft.browse)
    assert make(microsoft.registration(authority=authority)).people() == []


def test_a_tenant_that_is_not_there(make: Make, microsoft: Microsoft365, dana: User) -> None:
    there = microsoft.registration()
    wrong = replace(there, authority=there.authority.rpartition("/")[0] + "/ferrro.example")
    with pytest.raises(Problem, match="ms_tenant_unknown") as refused:
        make(wrong).sign_in(Ticket(), microsoft.browse)
    assert "ferrro.example" in sentence(refused.value)


def test_an_app_that_is_not_there(make: Make, microsoft: Microsoft365, dana: User) -> None:
    """Microsoft says so in the browser and never comes back."""
    pages: list[str] = []
    with pytest.raises(Problem, match="ms_signin_timeout") as ended:
        make(microsoft.registration(client_id="wrong"), minutes=0.005).sign_in(
            Ticket(), lambda url: pages.append(microsoft.browse(url))
        )
    assert "AADSTS" in pages[0]
    assert "AADSTS" in sentence(ended.value)


def test_a_certificate_nobody_knows(make: Make, microsoft: Microsoft365, dana: User, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="certificate_bad") as refused:
        make(microsoft.registration(ca_bundle="")).sign_in(Ticket(), microsoft.browse)
    assert "certificate" in sentence(refused.value)
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    with pytest.raises(Problem, match="certificate_bad"):
        make(microsoft.registration(ca_bundle=str(other))).sign_in(Ticket(), microsoft.browse)


def test_a_variable_for_another_library_changes_nothing(
    make: Make, microsoft: Microsoft365, dana: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other))
    monkeypatch.setenv("CURL_CA_BUNDLE", str(other))
    assert make().sign_in(Ticket(), microsoft.browse).id == dana.id


def test_a_proxy_that_wants_a_sign_in(make: Make, microsoft: Microsoft365) -> None:
    with proxy(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n") as url:
        told = microsoft.registration(authority="https://login.ferro.example/x", proxy=url)
        with pytest.raises(Problem, match="ms_proxy") as refused:
            make(told).sign_in(Ticket(), microsoft.browse)
    assert "login.ferro.example" in sentence(refused.value)


def test_nobody_is_there(make: Make, microsoft: Microsoft365, dana: User) -> None:
    microsoft.signin_server.close()
    with pytest.raises(Problem, match="server_unreachable"):
        make().sign_in(Ticket(), microsoft.browse)


@pytest.mark.parametrize("path", [".well-known/openid-configuration", "/token"])
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(200, b"<html>Welcome to the hotel</html>", {"Content-Type": "text/html"}), "ms_answer_wrong"),
        (Answer(200, b"[]"), "ms_answer_wrong"),
        (Answer(200, b"\xff\xfe{"), "ms_answer_wrong"),
        (Answer(302, b"", {"Location": "https://elsewhere.example/"}), "ms_answer_wrong"),
        (Answer(200, b'{"x": "' + b"y" * 2_000_000 + b'"}'), "ms_answer_wrong"),
        (Answer(407, b""), "ms_proxy"),
        (Answer(503, b"", {"Retry-After": "7"}), "server_busy_for"),
        (Answer(429, b""), "server_busy"),
        (Answer(500, b"{}"), "server_error"),
        (Answer(200, b"{", how="reset"), "server_unreachable"),
    ],
)
def test_answers_that_are_none(
    identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User, turn: Callable[[str, Reply], None],
    path: str, answer: Answer, code: str,
) -> None:  # fmt: skip
    turn(path, lambda _asked: answer)
    with pytest.raises(Problem, match=f"^{code}") as refused:
        identity.sign_in(Ticket(), microsoft.browse)
    assert "Something went wrong" not in sentence(refused.value)
    assert identity.people() == []


@pytest.mark.parametrize("name", ["token_endpoint", "authorization_endpoint"])
def test_no_token_goes_to_another_host(
    identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User, turn: Callable[[str, Reply], None], name: str
) -> None:
    person = identity.sign_in(Ticket(), microsoft.browse)

    def elsewhere(asked: Asked) -> Answer:
        told = json.loads(microsoft.signin.reply(asked).body)
        return Answer(200, json.dumps({**told, name: f"{microsoft.elsewhere.url}/x/y"}).encode())

    turn("openid-configuration", elsewhere)
    shown: list[str] = []
    with pytest.raises(Problem, match="ms_link_foreign"):
        identity.sign_in(Ticket(), shown.append)
    with pytest.raises(Problem, match="ms_link_foreign"):
        identity.token(person.id, ("Calendars.Read",), "Work", claims="{}")
    assert shown == []
    assert microsoft.elsewhere.asked == []


def test_a_cancel_ends_a_silent_server(
    identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User, turn: Callable[[str, Reply], None]
) -> None:
    ticket, came = Ticket(), threading.Event()

    def hang(_asked: Asked) -> Answer:
        came.set()
        return Answer(200, b"{}", how="hang")

    turn("openid-configuration", hang)
    ended: list[BaseException] = []

    def work() -> None:
        try:
            identity.sign_in(ticket, microsoft.browse)
        except BaseException as error:
            ended.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    assert came.wait(20)
    ticket.cancel()
    thread.join(20)
    assert isinstance(ended[0], Cancelled)


def test_a_token_still_good_outlives_a_broken_line(
    identity: MicrosoftIdentity, make: Make, microsoft: Microsoft365, dana: User
) -> None:
    person = identity.sign_in(Ticket(), microsoft.browse)
    microsoft.signin_server.close()
    assert make().token(person.id, ("Calendars.Read",), "Work")
    with pytest.raises(Problem, match="server_unreachable") as refused:
        make().token(person.id, ("Calendars.Read",), "Work", claims="{}")
    assert refused.value.facts["account"] == "Work"
