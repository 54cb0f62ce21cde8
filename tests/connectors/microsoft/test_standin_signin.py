"""The stand-in's authority: MSAL itself signs in at it, and is refused as Entra refuses."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import msal
import pytest
import requests

from servers.microsoft import Microsoft365, User

SCOPES = ["User.Read", "Calendars.Read"]


@pytest.fixture
def dana(microsoft: Microsoft365) -> User:
    return microsoft.user("dana@ferro.example", "Dana Okafor")


@pytest.fixture
def web(microsoft: Microsoft365) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env, session.verify = False, str(microsoft.ca)
        yield session


@pytest.fixture
def app(microsoft: Microsoft365, dana: User, web: requests.Session) -> Any:
    del dana  # somebody has to sit at the browser
    return msal.PublicClientApplication(
        microsoft.client_id, authority=microsoft.authority, instance_discovery=False, http_client=web,
        client_capabilities=["cp1"],
    )  # fmt: skip


def sign_in(app: Any, microsoft: Microsoft365, scopes: list[str]) -> dict[str, Any]:
    """Through the browser to a loopback of our own and back."""
    posted: dict[str, str] = {}

    class Loopback(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.update(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Loopback) as server:
        listening = threading.Thread(target=server.handle_request)
        listening.start()
        redirect = f"http://localhost:{server.server_port}"
        flow = app.initiate_auth_code_flow(scopes, redirect_uri=redirect, response_mode="form_post")
        microsoft.browse(flow["auth_uri"])
        listening.join()
    told: dict[str, Any] = app.acquire_token_by_auth_code_flow(flow, posted)
    return told


def silently(app: Any, *scopes: str, **more: Any) -> dict[str, Any]:
    """Whatever the cache or a renewal gives for the one account."""
    told: dict[str, Any] = app.acquire_token_silent_with_error(list(scopes), app.get_accounts()[0], **more)
    return told


def test_a_sign_in_a_cached_token_and_a_renewed_one(app: Any, microsoft: Microsoft365, dana: User) -> None:
    told = sign_in(app, microsoft, SCOPES)
    assert told["id_token_claims"]["preferred_username"] == dana.address
    assert [account["home_account_id"] for account in app.get_accounts()] == [dana.id]
    assert json.loads(microsoft.signin.claims_seen[0]) == {"access_token": {"xms_cc": {"values": ["cp1"]}}}
    assert silently(app, *SCOPES)["token_source"] == "cache"
    assert silently(app, *SCOPES, force_refresh=True)["token_source"] == "identity_provider"
    assert told["access_token"] in microsoft.secrets


def test_a_scope_nobody_consented_to(app: Any, microsoft: Microsoft365) -> None:
    sign_in(app, microsoft, SCOPES)
    told = silently(app, "Mail.Send")
    assert (told["error"], told["suberror"], told["error_codes"]) == ("invalid_grant", "consent_required", [65001])
    sign_in(app, microsoft, ["Mail.Send"])
    assert "Calendars.Read" in silently(app, "Mail.Send", force_refresh=True)["scope"]  # and all from before


def test_a_revoked_sign_in(app: Any, microsoft: Microsoft365, dana: User) -> None:
    sign_in(app, microsoft, SCOPES)
    microsoft.revoke(dana)
    told = silently(app, *SCOPES, force_refresh=True)
    assert (told["error"], told["suberror"]) == ("invalid_grant", "bad_token")
    microsoft.welcome(dana)
    assert "access_token" in sign_in(app, microsoft, SCOPES)


def test_a_policy_that_asks_for_more_tells_what(app: Any, microsoft: Microsoft365) -> None:
    sign_in(app, microsoft, SCOPES)
    microsoft.signin.refuse("AADSTS50076")
    told = silently(app, *SCOPES, force_refresh=True)
    assert told["suberror"] == "basic_action"
    assert "capolids" in told["claims"]


def test_claims_bypass_the_cache(app: Any, microsoft: Microsoft365) -> None:
    sign_in(app, microsoft, SCOPES)
    demanded = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}'
    assert silently(app, *SCOPES, claims_challenge=demanded)["token_source"] == "identity_provider"
    assert json.loads(microsoft.signin.claims_seen[-1])["access_token"].keys() == {"nbf", "xms_cc"}


def test_the_person_says_no(app: Any, microsoft: Microsoft365) -> None:
    microsoft.signin.refuse("AADSTS65004")
    told = sign_in(app, microsoft, SCOPES)
    assert told["error"] == "access_denied"
    assert "AADSTS65004" in told["error_description"]
    microsoft.signin.allow()
    microsoft.signin.admin_only.add("OnlineMeetingArtifact.Read.All")
    assert "AADSTS90094" in sign_in(app, microsoft, ["OnlineMeetingArtifact.Read.All"])["error_description"]


def test_a_code_is_good_once_and_only_with_its_verifier(
    app: Any, microsoft: Microsoft365, web: requests.Session
) -> None:
    sign_in(app, microsoft, SCOPES)
    form = {"grant_type": "authorization_code", "client_id": microsoft.client_id, "code": "code-again"}
    told = web.post(f"{microsoft.authority}/oauth2/v2.0/token", data=form).json()
    assert told["error_codes"] == [54005]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ("client_id=nobody", "AADSTS700016"),
        ("redirect_uri=http://evil.example/", "AADSTS50011"),
        ("code_challenge_method=plain", "AADSTS9002325"),
        ("response_mode=query", "AADSTS900144"),
    ],
)
def test_the_page_refuses_what_never_comes_back(app: Any, microsoft: Microsoft365, change: str, word: str) -> None:
    flow = app.initiate_auth_code_flow(SCOPES, redirect_uri="http://localhost:1", response_mode="form_post")
    name, _, value = change.partition("=")
    start, _, query = flow["auth_uri"].partition("?")
    told = dict(parse_qsl(query)) | {name: value}
    assert word in microsoft.browse(f"{start}?{urlencode(told)}")


def test_another_tenant_is_unknown(web: requests.Session, microsoft: Microsoft365) -> None:
    url = f"{microsoft.signin_server.url}/elsewhere.example"
    assert web.get(f"{url}/v2.0/.well-known/openid-configuration").json()["error_codes"] == [90002]
    with pytest.raises(ValueError, match="tenant"):
        msal.PublicClientApplication("x", authority=url, instance_discovery=False, http_client=web)


def test_a_device_code(app: Any, microsoft: Microsoft365) -> None:
    flow = app.initiate_device_flow(SCOPES)
    microsoft.signin.type_code(flow["user_code"])
    assert "access_token" in app.acquire_token_by_device_flow(flow)
    microsoft.signin.refuse("AADSTS53003", at="device")
    assert app.initiate_device_flow(SCOPES)["error_codes"] == [53003]


def test_the_collector_proves_itself_with_its_certificate(microsoft: Microsoft365, web: requests.Session) -> None:
    registration = microsoft.collector()
    key, _, rest = Path(registration.certificate).read_text("ascii").partition("-----BEGIN CERTIFICATE")
    secret = {"private_key": key, "public_certificate": f"-----BEGIN CERTIFICATE{rest}"}

    def acquire() -> dict[str, Any]:
        app = msal.ConfidentialClientApplication(
            registration.collector_id, authority=microsoft.authority, instance_discovery=False, http_client=web,
            client_credential=secret,
        )  # fmt: skip
        told: dict[str, Any] = app.acquire_token_for_client([f"{microsoft.graph}/.default"])
        return told

    assert "access_token" in acquire()
    microsoft.signin.collector_pem = b""
    assert acquire()["error_codes"] == [700027]
