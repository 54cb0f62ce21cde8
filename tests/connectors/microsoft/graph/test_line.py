"""The line to Graph: who gets the token, what is refused before it is asked, and what each refusal means."""

import logging
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.connectors.http import Limits
from companion.connectors.line import Network, open_line
from companion.connectors.microsoft.graph.line import GraphError, GraphLine
from companion.connectors.microsoft.graph.walk import LoopError
from companion.connectors.microsoft.signin.scopes import OWN_CALENDAR, SHARED_CALENDAR
from companion.words.problems import sentence
from connectors.microsoft.graph.mirrored import Mirrored, mirrored
from servers.hostile import Answer, Asked, Hostile, hostile_server
from servers.microsoft import Microsoft365, User

pytestmark = pytest.mark.server


@pytest.fixture
def dana(microsoft: Microsoft365) -> User:
    return microsoft.user("dana@ferro.example", "Dana Okafor")


@pytest.fixture
def at(microsoft: Microsoft365, dana: User) -> Mirrored:
    return mirrored(microsoft, dana)


@pytest.fixture
def line(at: Mirrored) -> Iterator[GraphLine]:
    made = at.line()
    yield made
    made.close()


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    with hostile_server() as server:
        yield server


def me(line: GraphLine, path: str = "/me/calendars") -> dict[str, object]:
    return line.get(path, Ticket(), scopes=OWN_CALENDAR)


def problem_of(call: Callable[[], object], secrets: set[str]) -> Problem:
    """The problem a call ends in; it tells no token, wherever one looks."""
    with pytest.raises(Problem) as caught:
        call()
    told = "".join(traceback.format_exception(caught.value)) + sentence(caught.value) + repr(caught.value)
    assert not [secret for secret in secrets if secret in told]
    assert "went wrong" not in sentence(caught.value)
    return caught.value


def told(hostile: Hostile, at: Mirrored, *answers: Answer) -> GraphLine:
    """A line to a server that gives these answers, the last one again and again."""
    waiting = list(answers)
    hostile.answer = lambda _asked: waiting.pop(0) if len(waiting) > 1 else waiting[0]
    at.registration = replace(at.registration, graph_url=hostile.url.rstrip("/"))
    return at.line()


def test_every_request_has_the_token_of_its_permissions(microsoft: Microsoft365, at: Mirrored, line: GraphLine) -> None:
    me(line)
    line.get("/me", Ticket(), scopes=("User.Read",))
    assert [scopes for _, scopes, _ in at.tokens.asked] == [OWN_CALENDAR, ("User.Read",)]
    assert [asked.user for asked in microsoft.asked] == ["dana@ferro.example"] * 2


def test_a_mailbox_is_in_the_account_s_address(microsoft: Microsoft365, dana: User) -> None:
    assert mirrored(microsoft, dana).line().mailbox == "/me"
    assert mirrored(microsoft, dana, "rosa@ferro.example").line().mailbox == "/users/rosa@ferro.example"
    assert mirrored(microsoft, dana, "ro%2Fsa?x@ferro.example").line().mailbox == "/users/ro%2Fsa"


@pytest.mark.parametrize("demand", ["claims", "expired"])
def test_a_refused_token_is_renewed_once(
    microsoft: Microsoft365, at: Mirrored, line: GraphLine, demand: str
) -> None:  # fmt: skip
    me(line)
    microsoft.faults.next(demand)
    assert me(line)["value"]
    claims = [claims for _, _, claims in at.tokens.asked]
    assert claims[:2] == ["", ""]
    assert "nbf" in claims[2] if demand == "claims" else claims[2] == "{}"


def test_who_is_refused_twice_has_to_sign_in(microsoft: Microsoft365, line: GraphLine) -> None:
    microsoft.faults.next("expired", times=2)
    assert problem_of(lambda: me(line), microsoft.secrets).code == "ms_signin_needed"
    assert len(microsoft.asked) == 2


def test_who_is_signed_out_is_told_so(microsoft: Microsoft365, dana: User, line: GraphLine) -> None:
    me(line)
    microsoft.revoke(dana)
    assert problem_of(lambda: me(line), microsoft.secrets).code == "ms_signin_needed"


def test_a_calendar_that_is_not_shared_and_a_permission_that_is_missing(microsoft: Microsoft365, dana: User) -> None:
    microsoft.user("rosa@ferro.example", "Rosa Vidal")
    line = mirrored(microsoft, dana, "rosa@ferro.example").line()
    problem = problem_of(
        lambda: line.get(f"{line.mailbox}/calendar", Ticket(), scopes=SHARED_CALENDAR), microsoft.secrets
    )
    assert problem.code == "ms_not_shared"
    mine = mirrored(microsoft, dana).line()
    problem = problem_of(lambda: mine.get("/me/calendars", Ticket(), scopes=("User.Read",)), microsoft.secrets)
    assert problem.code == "ms_consent_needed"
    with pytest.raises(GraphError) as caught:
        mine.get("/me/calendars", Ticket(), scopes=("User.Read",), account_fine=(403,))
    assert (caught.value.status, caught.value.error) == (403, "ErrorAccessDenied")
    line.close()
    mine.close()


def test_who_has_no_mailbox(microsoft: Microsoft365) -> None:
    microsoft.user("lev@ferro.example", "Lev Brandt", mailbox=False)
    line = mirrored(microsoft, microsoft.users["lev@ferro.example"]).line()
    assert problem_of(lambda: me(line), microsoft.secrets).code == "ms_no_mailbox"
    line.close()


def test_links_lead_to_graph_or_nowhere(microsoft: Microsoft365, line: GraphLine) -> None:
    port = microsoft.graph.rpartition(":")[2]
    for link in (
        f"{microsoft.elsewhere.url}/v1.0/me", f"http://localhost:{port}/v1.0/me", f"https://127.0.0.1:{port}/v1.0/me",
        f"https://x@localhost:{port}/v1.0/me", f"https://localhost:{port}/other", f"https://localhost:{port}",
        "https://[::1/v1.0/me", "ftp://localhost/v1.0/me", "localhost/v1.0/me", "\\\\elsewhere/v1.0", " ",
    ):  # fmt: skip
        assert problem_of(lambda link=link: me(line, link), microsoft.secrets).code == "ms_link_foreign"
    assert me(line, f"{microsoft.graph.replace('localhost', 'LOCALHOST')}/v1.0/me/calendars")["value"]
    assert len(microsoft.asked) == 1
    assert not microsoft.elsewhere.asked


@pytest.mark.case(52)
def test_no_redirect_is_followed(microsoft: Microsoft365, at: Mirrored, hostile: Hostile) -> None:
    for status in (301, 302, 307):
        moved = Answer(status, b"", {"Location": f"{microsoft.elsewhere.url}/v1.0/me/calendars"})
        line = told(hostile, at, moved)
        assert problem_of(lambda line=line: me(line), microsoft.secrets).code == "answer_is_page"
        line.close()
    assert not microsoft.elsewhere.asked


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(200, b"<!DOCTYPE html><title>Sign in</title>"), "answer_is_page"),
        (Answer(200, b"{"), "answer_unreadable"),
        (Answer(200, b"[]"), "answer_unreadable"), (Answer(200, b"[" * 100_000), "answer_unreadable"),
        (Answer(500, b"x"), "server_error"), (Answer(404), "not_found"), (Answer(511), "answer_is_page"),
        (Answer(407), "ms_proxy"), (Answer(reset=True), "server_unreachable"),
        (Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"), "server_unreachable"),
        (Answer(200, b"x", {"Content-Encoding": "gzip"}), "answer_unreadable"),
    ],
    ids=["web page", "half", "list", "deep", "500", "404", "511", "407", "reset", "cut", "bad gzip"],
)  # fmt: skip
def test_each_bad_answer_is_a_sentence(
    microsoft: Microsoft365, at: Mirrored, hostile: Hostile, answer: Answer, code: str
) -> None:  # fmt: skip
    line = told(hostile, at, answer)
    assert problem_of(lambda: me(line), microsoft.secrets).code == code
    line.close()


@pytest.mark.case(59)
def test_pages_are_walked_to_their_end_with_every_header(microsoft: Microsoft365, at: Mirrored, dana: User) -> None:
    for number in range(7):
        dana.add_calendar(f"Team {number}")
    line = at.line()
    pages = line.pages(
        "/me/calendars", Ticket(), scopes=OWN_CALENDAR, params={"$top": "2"}, prefer=('IdType="ImmutableId"', "x")
    )
    assert [len(page["value"]) for page in pages] == [2, 2, 2, 2]
    assert {asked.headers["prefer"] for asked in microsoft.asked} == {'IdType="ImmutableId", x'}
    line.close()


@pytest.mark.parametrize("same", [True, False])
def test_pages_without_an_end_are_left(microsoft: Microsoft365, line: GraphLine, same: bool) -> None:
    microsoft.faults.next("loop", times=10_000, same_link=same)
    with pytest.raises(LoopError) as caught:
        list(line.pages("/me/calendars", Ticket(), scopes=OWN_CALENDAR))
    assert len(microsoft.asked) <= 2
    assert "went wrong" not in sentence(caught.value)


def test_empty_pages_without_an_end_are_left_too(microsoft: Microsoft365, line: GraphLine) -> None:
    microsoft.faults.next("empty_page", times=10_000)
    with pytest.raises(LoopError):
        list(line.pages("/me/calendars", Ticket(), scopes=OWN_CALENDAR))
    assert len(microsoft.asked) < 100


def test_a_page_without_items_is_no_page(microsoft: Microsoft365, line: GraphLine) -> None:
    microsoft.faults.next("no_value")
    assert problem_of(lambda: list(line.pages("/me/calendars", Ticket(), scopes=OWN_CALENDAR)), set()).code == (
        "answer_unreadable"
    )


def test_a_question_with_effects_is_never_sent_twice(at: Mirrored, hostile: Hostile) -> None:
    for answer in (Answer(reset=True), Answer(503), Answer(504)):
        before, line = len(hostile.asked), told(hostile, at, answer)
        with pytest.raises(Problem):
            line.post("/me/sendMail", {}, Ticket(), scopes=("Mail.Send",))
        assert len(hostile.asked) == before + 1
        line.close()


def test_a_post_may_be_answered_with_nothing(at: Mirrored, hostile: Hostile) -> None:
    line = told(hostile, at, Answer(202))
    assert line.post("/me/sendMail", {"a": 1}, Ticket(), scopes=("Mail.Send",)) == {}
    assert hostile.asked[0].body == b'{"a": 1}'
    line.close()


@pytest.mark.case(53)
def test_only_a_known_authority_is_believed(microsoft: Microsoft365, at: Mirrored, tmp_path: Path) -> None:
    at.registration = replace(at.registration, ca_bundle="")
    line = at.line()
    assert problem_of(lambda: me(line), microsoft.secrets).code == "certificate_bad"
    for path, text in ((tmp_path / "away.pem", None), (tmp_path / "bad.pem", "no certificate")):
        if text:
            path.write_text(text)
        at.registration = replace(at.registration, ca_bundle=str(path))
        problem = problem_of(lambda: me(at.line()), microsoft.secrets)
        assert problem.code == "ca_bundle_bad"
        assert str(path) in sentence(problem)
    assert not microsoft.asked
    line.close()


def test_a_proxy_is_gone_through_and_never_to_loopback(hostile: Hostile, microsoft: Microsoft365, at: Mirrored) -> None:
    at.registration = replace(at.registration, proxy=hostile.url)
    line = at.line()
    assert me(line)["value"]
    assert not hostile.asked
    line.close()
    hostile.answer = lambda _asked: Answer(407)
    at.registration = replace(at.registration, graph_url="https://graph.ferro.example")
    line = at.line()
    assert problem_of(lambda: me(line), microsoft.secrets).code == "ms_proxy"
    assert [(asked.method, asked.path) for asked in hostile.asked] == [("CONNECT", "graph.ferro.example:443")]
    line.close()


@pytest.mark.parametrize("address", ["nonsense", "ftp://x", "http://", "http://x:99999", "socks5://x"])
def test_a_proxy_s_address_that_is_none_is_told_without_it(address: str) -> None:
    with pytest.raises(Problem) as caught:
        open_line(Limits(), network=Network(address))
    assert caught.value.code == "proxy_wrong"
    assert "http://server:port" in sentence(caught.value)
    assert address not in repr(Network(address))


def test_no_token_is_logged(
    microsoft: Microsoft365, line: GraphLine, caplog: pytest.LogCaptureFixture
) -> None:  # fmt: skip
    with caplog.at_level(logging.DEBUG):
        microsoft.faults.next("claims")
        me(line)
    assert microsoft.secrets
    assert not [secret for secret in microsoft.secrets if secret in caplog.text]


def test_a_token_goes_over_no_open_line(at: Mirrored) -> None:
    at.registration = replace(at.registration, graph_url="http://graph.ferro.example")
    assert problem_of(at.line, set()).code == "address_not_secure"


def test_what_is_asked_is_written_so_that_it_arrives(at: Mirrored, hostile: Hostile) -> None:
    asked: list[Asked] = hostile.asked
    line = told(hostile, at, Answer(200, b"{}"))
    line.get("/me/x", Ticket(), scopes=OWN_CALENDAR, params={"$filter": "a eq 'b&c+d é'", "$select": "id,start"})
    assert asked[0].path == "/v1.0/me/x?$filter=a%20eq%20%27b%26c%2Bd%20%C3%A9%27&$select=id,start"
    line.close()
