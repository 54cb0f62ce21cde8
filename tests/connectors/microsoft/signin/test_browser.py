"""Signing in with the browser, and everything else that may come to the listener."""

import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket
from companion.connectors.microsoft.signin import loopback
from companion.connectors.microsoft.signin.identity import MicrosoftIdentity
from companion.programme.model import Secrets
from companion.words.problems import sentence
from servers.microsoft import Microsoft365, User

Make = Callable[..., MicrosoftIdentity]


def asked(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def posted(url: str, fields: dict[str, str] | bytes, **headers: str) -> tuple[int, str]:
    """(status, page) of a form sent to a listener."""
    data = fields if isinstance(fields, bytes) else urlencode(fields).encode()
    return fetched(urllib.request.Request(url, data, headers))


def fetched(request: urllib.request.Request) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(request, timeout=10) as told:
            return told.status, told.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def test_who_signs_in_is_known_by_id(identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User) -> None:
    pages: list[str] = []
    person = identity.sign_in(Ticket(), lambda url: pages.append(microsoft.browse(url)))
    assert (person.id, person.address, person.name) == (dana.id, "dana@ferro.example", "Dana Okafor")
    assert identity.people() == [person]
    assert "You can close this tab" in pages[0]


def test_what_the_browser_is_asked(identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User) -> None:
    urls: list[str] = []
    identity.sign_in(Ticket(), lambda url: (urls.append(url), microsoft.browse(url))[0])
    query = asked(urls[0])
    assert query["response_mode"] == "form_post"
    assert query["code_challenge_method"] == "S256"
    assert query["prompt"] == "select_account"
    assert urlsplit(query["redirect_uri"]).hostname == "localhost"
    assert set(query["scope"].split()) >= {"openid", "offline_access"}
    assert {scope.rpartition("/")[2] for scope in query["scope"].split()} >= {"User.Read", "Calendars.Read"}
    assert "cp1" in query["claims"]


def test_a_new_permission_is_asked_for_when_it_is_needed(
    identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User
) -> None:
    urls: list[str] = []

    def show(url: str) -> None:
        urls.append(url)
        microsoft.browse(url)

    identity.sign_in(Ticket(), show)
    identity.sign_in(Ticket(), show, hint=dana.id, needs=("join_reports",))
    first, second = (asked(url)["scope"] for url in urls)
    assert "OnlineMeetings" not in first
    assert "OnlineMeetings.Read" in second
    assert "OnlineMeetingArtifact.Read.All" in second
    assert asked(urls[1])["login_hint"] == "dana@ferro.example"
    assert "prompt" not in asked(urls[1])


def test_several_people_sign_in(identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User, erik: User) -> None:
    identity.sign_in(Ticket(), microsoft.browse)
    microsoft.signin.who = erik
    identity.sign_in(Ticket(), microsoft.browse)
    assert [person.id for person in identity.people()] == [dana.id, erik.id]
    identity.sign_out(dana.id)
    assert [person.id for person in identity.people()] == [erik.id]


def test_somebody_else_chosen_in_the_browser_is_not_kept(
    identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User, erik: User
) -> None:
    identity.sign_in(Ticket(), microsoft.browse)
    microsoft.signin.who = erik
    for hint in (dana.id, "Dana@ferro.example"):
        with pytest.raises(Problem, match="ms_other_person") as refused:
            identity.sign_in(Ticket(), microsoft.browse, hint=hint)
        assert "erik@ferro.example" in sentence(refused.value)
        assert "dana@ferro.example" in sentence(refused.value)
    assert [person.id for person in identity.people()] == [dana.id]


def test_who_was_signed_out_may_come_back_by_id_alone(
    identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User, erik: User
) -> None:
    identity.sign_in(Ticket(), microsoft.browse)
    identity.sign_out(dana.id)
    microsoft.signin.who = erik
    with pytest.raises(Problem, match="ms_other_person") as refused:
        identity.sign_in(Ticket(), microsoft.browse, hint=dana.id)
    assert dana.id not in sentence(refused.value)
    microsoft.signin.who = dana
    assert identity.sign_in(Ticket(), microsoft.browse, hint=dana.id).id == dana.id


def test_a_cancel_ends_the_wait(identity: MicrosoftIdentity, dana: User, secrets: Secrets) -> None:
    ticket, shown = Ticket(), threading.Event()
    ended: list[BaseException] = []

    def work() -> None:
        try:
            identity.sign_in(ticket, lambda _url: shown.set())
        except BaseException as error:
            ended.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    assert shown.wait(20)
    ticket.cancel()
    thread.join(20)
    assert not thread.is_alive()
    assert isinstance(ended[0], Cancelled)
    assert secrets.get("microsoft:tokens") is None


def test_the_listener_is_gone_after_a_cancel(identity: MicrosoftIdentity, dana: User) -> None:
    ticket, urls = Ticket(), []

    def show(url: str) -> None:
        urls.append(url)
        ticket.cancel()

    with pytest.raises(Cancelled):
        identity.sign_in(ticket, show)
    port = urlsplit(asked(urls[0])["redirect_uri"]).port
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port or 0), timeout=5)


def test_nobody_comes_back(make: Make, dana: User) -> None:
    with pytest.raises(Problem, match="ms_signin_timeout"):
        make(minutes=0.005).sign_in(Ticket(), lambda _url: None)


@pytest.mark.parametrize("error", [OSError("no display"), RuntimeError("xdg-open")])
def test_no_browser(identity: MicrosoftIdentity, dana: User, error: Exception) -> None:
    def show(_url: str) -> None:
        raise error

    with pytest.raises(Problem, match="ms_no_browser"):
        identity.sign_in(Ticket(), show)


def test_only_the_right_answer_ends_the_wait(identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User) -> None:
    told: list[int] = []

    def show(url: str) -> None:
        query = asked(url)
        home, state = query["redirect_uri"] + "/", query["state"]
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        told.append(posted(home, {"code": "c", "state": state[:-1] + "!"})[0])
        told.append(posted(home, {"code": "c"})[0])
        told.append(posted(home, {"state": state})[0])
        told.append(posted(home + "other", {"code": "c", "state": state})[0])
        told.append(posted(home, {"code": "c", "state": state, "pad": "x" * 70_000})[0])
        told.append(posted(home, urlencode([("a", "1")] * 99 + [("code", "c"), ("state", state)]).encode(), **form)[0])
        told.append(posted(home, {"code": "c", "state": state}, Host="evil.example")[0])
        told.append(
            posted(home, json.dumps({"code": "c", "state": state}).encode(), **{"Content-Type": "text/plain"})[0]
        )
        told.append(fetched(urllib.request.Request(f"{home}?code=c&state={state}"))[0])
        told.append(fetched(urllib.request.Request(f"{home}favicon.ico"))[0])
        microsoft.browse(url)

    assert identity.sign_in(Ticket(), show).id == dana.id
    assert told == [400] * 9 + [404]


def test_the_first_right_answer_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second one that comes while the page of the first is being written changes nothing."""
    written = loopback.page.done_page
    told: list[tuple[int, str]] = []

    with loopback.listening() as listener:
        listener.expect("s")
        home = listener.redirect_uri + "/"

        def meanwhile() -> bytes:
            if not told:
                told.append((0, "first"))
                told.append(posted(home, {"code": "second", "state": "s"}))
            return written()

        monkeypatch.setattr(loopback.page, "done_page", meanwhile)
        assert posted(home, {"code": "first", "state": "s"})[0] == 200
        assert told[1][0] == 400
        assert listener.wait(Ticket(), "", 1.0)["code"] == "first"


def test_connections_that_say_nothing_hold_nobody_up(
    identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User
) -> None:
    silent: list[socket.socket] = []

    def show(url: str) -> None:
        port = urlsplit(asked(url)["redirect_uri"]).port or 0
        silent.extend(socket.create_connection(("127.0.0.1", port)) for _ in range(5))
        microsoft.browse(url)

    assert identity.sign_in(Ticket(), show).id == dana.id
    for one in silent:
        one.close()


def test_only_this_computer_reaches_the_listener(
    identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User
) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent: it only tells which address of ours looks outside
        except OSError:
            pytest.skip("this machine has no address besides loopback")
        outside = probe.getsockname()[0]
    if outside.startswith("127."):
        pytest.skip("this machine has no address besides loopback")

    def show(url: str) -> None:
        port = urlsplit(asked(url)["redirect_uri"]).port or 0
        with socket.socket() as stranger:
            stranger.settimeout(2)
            assert stranger.connect_ex((outside, port)) != 0
        microsoft.browse(url)

    assert identity.sign_in(Ticket(), show).id == dana.id


def test_the_last_page_asks_nobody(identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User) -> None:
    policies: list[str] = []

    def show(url: str) -> None:
        home = asked(url)["redirect_uri"]
        try:
            urllib.request.urlopen(home, timeout=10)
        except urllib.error.HTTPError as refused:
            with refused:
                policies.append(refused.headers["Content-Security-Policy"])
                text = refused.read().decode()
        assert "<script" not in text
        assert "http" not in text
        microsoft.browse(url)

    identity.sign_in(Ticket(), show)
    assert policies[0].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("AADSTS65004", "ms_consent_refused"),
        ("AADSTS90094", "ms_admin_consent"),
        ("AADSTS50105", "ms_not_assigned"),
        ("AADSTS50057", "ms_account_gone"),
    ],
)
def test_a_no_in_the_browser(
    identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User, secrets: Secrets, number: str, code: str
) -> None:
    microsoft.signin.refuse(number)
    pages: list[str] = []
    with pytest.raises(Problem, match=code):
        identity.sign_in(Ticket(), lambda url: pages.append(microsoft.browse(url)))
    assert "You are not signed in" in pages[0]
    assert secrets.get("microsoft:tokens") is None


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("AADSTS7000218", "ms_public_client_off"),
        ("AADSTS53003", "ms_device_refused"),
        ("AADSTS50076", "ms_mfa_needed"),
        ("AADSTS65001", "ms_consent_needed"),
        ("AADSTS700016", "ms_app_unknown"),
    ],
)
def test_a_no_where_the_code_is_redeemed(
    identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User, secrets: Secrets, number: str, code: str
) -> None:
    microsoft.signin.refuse(number, at="token")
    with pytest.raises(Problem, match=code) as refused:
        identity.sign_in(Ticket(), microsoft.browse)
    assert "Something went wrong" not in sentence(refused.value)
    assert "let Microsoft 365 in" not in sentence(refused.value)
    assert refused.value.facts.get("account") == ""
    assert secrets.get("microsoft:tokens") is None


def test_an_answer_to_another_sign_in_is_refused(
    identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User, secrets: Secrets
) -> None:
    """Somebody slips in a code of a sign-in of their own: its nonce is another."""

    def show(url: str) -> None:
        parts = urlsplit(url)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        microsoft.browse(parts._replace(query=urlencode({**query, "nonce": "another"})).geturl())

    with pytest.raises(Problem, match="ms_answer_wrong"):
        identity.sign_in(Ticket(), show)
    assert secrets.get("microsoft:tokens") is None


@pytest.mark.parametrize("seconds", [3600, -3600])
def test_clocks_that_differ(
    identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User, secrets: Secrets, seconds: int
) -> None:
    microsoft.signin.skew = seconds
    with pytest.raises(Problem, match="ms_clock_wrong") as refused:
        identity.sign_in(Ticket(), microsoft.browse)
    assert sentence(refused.value).count("UTC") == 2
    assert secrets.get("microsoft:tokens") is None
