"""Signing in and being sent elsewhere: what is sent, to whom, and what is never sent."""

import hashlib
import re
from collections.abc import Callable, Iterator

import pytest

from companion.basics.progress import Ticket
from companion.connectors.answers import ways_in
from companion.connectors.http import Client, Limits
from connectors.sources.engine import PASSWORD, problem_of
from servers.hostile import Answer, Asked, Hostile, hostile_server

BASIC = 'Basic realm="cal"'


@pytest.fixture
def client(hostile: Hostile) -> Iterator[Client]:
    made = Client("Alba", hostile.url, "alba", PASSWORD, Limits(read=5, total=8))
    yield made
    made.close()


class DigestServer:
    """Lets in whoever answers the challenge rightly; `nonces` are used up one by one."""

    def __init__(self, *nonces: str, qop: str = "auth", algorithm: str = "MD5", most: int = 99) -> None:
        self.nonces, self.qop, self.algorithm, self.most = list(nonces), qop, algorithm, most
        self.used = 0

    def __call__(self, asked: Asked) -> Answer:
        given = dict(re.findall(r'(\w+)="?([^",]+)"?', asked.headers.get("authorization", "").removeprefix("Digest ")))
        if given.get("nonce") != self.nonces[0] or self.used >= self.most:
            if given.get("nonce") == self.nonces[0] and len(self.nonces) > 1:
                self.nonces.pop(0)
                self.used = 0
            stale = ", stale=true" if "nonce" in given else ""
            qop = f', qop="{self.qop}"' if self.qop else ""
            challenge = f'Digest realm="cal", nonce="{self.nonces[0]}"{qop}, algorithm={self.algorithm}{stale}'
            return Answer(401, b"", {"WWW-Authenticate": challenge})
        self.used += 1
        return Answer(200, b"in") if given["response"] == self._expected(asked, given) else Answer(401)

    def _expected(self, asked: Asked, given: dict[str, str]) -> str:
        def digest(text: str) -> str:
            return hashlib.new(self.algorithm.replace("-", "").lower(), text.encode()).hexdigest()

        who, what = digest(f"alba:cal:{PASSWORD}"), digest(f"{asked.method}:{given['uri']}")
        middle = f"{given['nc']}:{given['cnonce']}:auth:" if self.qop else ""
        return digest(f"{who}:{given['nonce']}:{middle}{what}")


@pytest.mark.case(54)
@pytest.mark.parametrize(
    ("qop", "algorithm"), [("auth", "MD5"), ("auth", "SHA-256"), ("", "MD5"), ("auth,auth-int", "MD5")]
)
def test_digest_in_its_forms(hostile: Hostile, client: Client, qop: str, algorithm: str) -> None:
    hostile.answer = DigestServer("abc", qop=qop, algorithm=algorithm)
    for path in ("/cal", "/cal?x=1"):
        assert client.ask("PROPFIND", path, Ticket(), body=b"<x/>", fine=(200,)).body == b"in"
    assert [asked.headers["authorization"].split()[0] for asked in hostile.asked] == ["Basic", "Digest", "Digest"]
    assert {asked.body for asked in hostile.asked} == {b"<x/>"}


@pytest.mark.case(54)
def test_a_digest_that_went_stale_is_made_anew(hostile: Hostile, client: Client) -> None:
    hostile.answer = DigestServer("one", "two", "three", most=2)
    for _ in range(5):
        assert client.ask("GET", "/cal", Ticket()).body == b"in"


@pytest.mark.parametrize(
    "challenge",
    ['Digest realm="x", nonce="y", algorithm=SHA3-512', 'Digest realm="x", nonce="y", qop="auth-int"', "Digest",
     'Digest realm="x"', "Digest realm", 'Digest realm="x", nonce="y", qop="psychic"'],
)  # fmt: skip
def test_a_digest_nobody_can_answer_is_said(hostile: Hostile, client: Client, challenge: str) -> None:
    hostile.answer = lambda _asked: Answer(401, b"", {"WWW-Authenticate": challenge})
    assert problem_of(lambda: client.ask("GET", "/cal", Ticket())).code in ("signin_other", "signin_refused")


@pytest.mark.parametrize(
    ("challenge", "code"),
    [
        (BASIC, "signin_refused"),
        (f"{BASIC}, Bearer", "signin_refused"),
        ('Bearer realm="https://accounts.cal.example/"', "signin_other"),
        ("Negotiate, NTLM", "signin_other"),
        ("", "signin_refused"),
    ],
)
def test_a_refusal_says_whether_a_password_could_ever_do(
    hostile: Hostile, client: Client, challenge: str, code: str
) -> None:
    hostile.answer = lambda _asked: Answer(401, b"", {"WWW-Authenticate": challenge} if challenge else {})
    problem = problem_of(lambda: client.ask("GET", "/cal", Ticket()))
    assert problem.code == code
    if code == "signin_other":
        assert problem.facts["ways"] in ("bearer", "negotiate, ntlm")


def test_ways_to_sign_in_as_they_are_written() -> None:
    import httpx

    def ways(*lines: str) -> set[str]:
        return set(ways_in(httpx.Headers([("WWW-Authenticate", line) for line in lines])))

    assert ways('Digest realm="a, Basic b", nonce="x", Basic realm="c"') == {"digest", "basic"}
    assert ways("Negotiate", 'BASIC realm="x"') == {"negotiate", "basic"}
    assert ways("NTLM, Negotiate") == {"ntlm", "negotiate"}
    assert ways() == set()


def test_a_cookie_is_never_sent_back(hostile: Hostile, client: Client) -> None:
    hostile.answer = lambda _asked: Answer(200, b"in", {"Set-Cookie": "session=of-somebody; Path=/"})
    for _ in range(3):
        client.ask("GET", "/cal", Ticket())
    assert not any("cookie" in asked.headers for asked in hostile.asked)


@pytest.mark.case(52)
@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("method", ["PROPFIND", "REPORT", "GET"])
def test_a_redirect_at_home_keeps_the_question(hostile: Hostile, client: Client, status: int, method: str) -> None:
    hostile.answer = lambda asked: (
        Answer(200, b"in") if asked.path == "/new" else Answer(status, b"", {"Location": "/new"})
    )
    reply = client.ask(method, "/old", Ticket(), headers={"Depth": "1"}, body=b"<x/>")
    assert (reply.body, reply.url) == (b"in", hostile.url + "new")
    assert [(asked.method, asked.body, asked.headers["depth"]) for asked in hostile.asked] == [
        (method, b"<x/>", "1")
    ] * 2
    assert all("authorization" in asked.headers for asked in hostile.asked)


@pytest.mark.case(52)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["PROPFIND", "REPORT"])
def test_a_question_is_never_sent_to_another_host_or_port(
    hostile: Hostile, client: Client, status: int, method: str
) -> None:
    with hostile_server() as other:
        other.answer = lambda _asked: Answer(207, b"<d:multistatus xmlns:d='DAV:'/>")
        for place in (other.url, other.url.replace("127.0.0.1", "localhost"), f"//127.0.0.1:{other.port}/cal/"):
            hostile.answer = lambda _asked, place=place: Answer(status, b"", {"Location": place})  # type: ignore[misc]
            if status == 303:
                assert client.ask(method, "/cal/", Ticket(), body=b"<secret-entry/>", fine=(207,)).status == 207
            else:
                code = problem_of(lambda: client.ask(method, "/cal/", Ticket(), body=b"<secret-entry/>")).code
                assert code == "moved_elsewhere"
        assert all("authorization" not in asked.headers and asked.body == b"" for asked in other.asked)
        assert len(other.asked) == (3 if status == 303 else 0)


@pytest.mark.parametrize(
    "place", ["http://[::1", "http://h:99999/", "ftp://x.example/", "file:///etc/passwd", "http://", "javascript:x"]
)
def test_a_redirect_to_nowhere_is_said(hostile: Hostile, client: Client, place: str) -> None:
    hostile.answer = lambda _asked: Answer(302, b"", {"Location": place})
    told = problem_of(lambda: client.ask("GET", "/cal/", Ticket())).code
    assert told in ("answer_unreadable", "server_unreachable", "redirects_endless")


def test_a_published_address_may_send_us_on_without_what_was_told_here(hostile: Hostile) -> None:
    with hostile_server() as other:
        other.answer = lambda _asked: Answer(200, b"fine", {"Set-Cookie": "a=b"})
        hostile.answer = lambda _asked: Answer(302, b"", {"Location": other.url + "x", "Set-Cookie": "c=d"})
        client = Client("Feed", hostile.url)
        for _ in range(2):
            assert client.ask("GET", hostile.url, Ticket()).body == b"fine"
        client.close()
        assert not any({"authorization", "cookie", "referer"} & set(asked.headers) for asked in other.asked)


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("7", 7), ("0", 0), ("-5", 0), ("soon", 0), ("", 0), ("²", 0), ("99999999999999", 86_400), ("1e9", 0),
        ("Sat, 21 Nov 1996 10:00:00 GMT", 0), ("Sat, 21 Nov 2099 10:00:00 GMT", 86_400), ("99, 99 Xxx 2026", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400), ("Sat, 21 Nov 2099 10:00:00 -0000", 86_400),
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", [429, 503])
def test_how_long_a_busy_server_wants_us_to_wait(
    hostile: Hostile, client: Client, status: int, said: str, after: int
) -> None:
    hostile.answer = lambda _asked: Answer(status, b"", {"Retry-After": said.encode().decode("latin-1")})
    problem = problem_of(lambda: client.ask("GET", "/cal", Ticket()))
    assert (problem.code, problem.facts["after"]) == ("server_busy_for" if after else "server_busy", after)


def test_a_date_to_wait_for_is_counted_from_now(hostile: Hostile, client: Client) -> None:
    from datetime import UTC, datetime, timedelta
    from email.utils import format_datetime

    soon: Callable[[int], str] = lambda n: format_datetime(datetime.now(UTC) + timedelta(seconds=n), usegmt=True)  # noqa: E731
    hostile.answer = lambda _asked: Answer(503, b"", {"Retry-After": soon(600)})
    assert 500 < problem_of(lambda: client.ask("GET", "/cal", Ticket())).facts["after"] <= 600
