"""Answers that are JSON and yet not what the protocol says: told as such, with nothing kept and nobody signed out."""

import base64
import contextlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.connectors.microsoft.signin.identity import MicrosoftIdentity
from companion.connectors.microsoft.signin.proof import is_proof
from companion.programme.model import Secrets
from servers.microsoft import Microsoft365, User
from servers.microsoft.serving import Answer, Asked, answer

Make = Callable[..., MicrosoftIdentity]
Bend = Callable[[str, dict[str, Any]], None]
READ = ("Calendars.Read",)
CHALLENGE = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'
WELL_KNOWN, TOKEN, DEVICE = "openid-configuration", "/token", "/devicecode"


@pytest.fixture
def bend(microsoft: Microsoft365, monkeypatch: pytest.MonkeyPatch) -> Bend:
    """Lets the authority say something else in places."""

    def bent(path: str, other: dict[str, Any]) -> None:
        def reply(asked: Asked) -> Answer:
            told = microsoft.signin.reply(asked)
            if not asked.path.endswith(path) or told.status != 200:
                return told
            body = {**json.loads(told.body), **other}
            if "error" in body:
                body.pop("access_token", None)
            return answer(400 if "error" in body else 200, body)

        monkeypatch.setattr(microsoft.signin_server, "_reply", reply)

    return bent


@pytest.mark.parametrize(
    "other",
    [
        {"authorization_endpoint": "https://localhost:99999/x"},
        {"authorization_endpoint": 5},
        {"authorization_endpoint": ["a"]},
        {"authorization_endpoint": ""},
        {"token_endpoint": None},
        {"token_endpoint": 5},
        {"token_endpoint": "https://[bad/x"},
        {"device_authorization_endpoint": 5},
        {"issuer": 5},
    ],
)
def test_an_authority_that_describes_itself_oddly(
    make: Make, microsoft: Microsoft365, dana: User, secrets: Secrets, bend: Bend, other: dict[str, Any]
) -> None:
    bend(WELL_KNOWN, other)
    identity = make(microsoft.registration(device_code=True))
    for sign_in in (
        lambda: identity.sign_in(Ticket(), microsoft.browse),
        lambda: identity.sign_in_by_code(Ticket(), lambda code: microsoft.signin.type_code(code.code)),
    ):
        with pytest.raises(Problem, match=r"^ms_(answer_wrong|tenant_unknown|link_foreign)"):
            sign_in()
    assert secrets.get("microsoft:tokens") is None


ODD = [
    {"expires_in": None}, {"expires_in": "abc"}, {"expires_in": 1e400}, {"expires_in": 10**30}, {"refresh_in": "x"},
    {"id_token": "x.y.z"}, {"id_token": 5}, {"client_info": "%%%"}, {"client_info": 5}, {"scope": 5}, {"scope": ["a"]},
    {"access_token": 5}, {"access_token": ["a"]}, {"access_token": ""}, {"access_token": "tok\nen"},
    {"access_token": "tok\u00e9n"}, {"refresh_token": 5}, {"error": ["x"]}, {"error": "x", "claims": 5},
    {"error": "interaction_required", "claims": "[]"}, {"error": "invalid_grant", "error_codes": 5},
    {"error": "invalid_grant", "error_description": 5, "error_codes": [None, "x"]},
]  # fmt: skip


@pytest.mark.parametrize("other", ODD)
def test_tokens_that_come_oddly(
    make: Make, microsoft: Microsoft365, dana: User, bend: Bend, other: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make().sign_in(Ticket(), microsoft.browse)
    bend(TOKEN, other)
    for ask in (
        lambda: make().token(person.id, READ, "Work", claims=CHALLENGE),
        lambda: make().sign_in(Ticket(), microsoft.browse, hint=person.id),
    ):
        with contextlib.suppress(Problem):  # some of it does no harm
            ask()
    monkeypatch.setattr(microsoft.signin_server, "_reply", microsoft.signin.reply)
    assert make().sign_in(Ticket(), microsoft.browse, hint=person.id) == person
    assert make().token(person.id, READ, "Work", claims=CHALLENGE)


@pytest.mark.parametrize("token", [5, ["a"], "", "tok\nen", "tok en", "tok\u00e9n"])
def test_a_token_that_cannot_be_sent_is_none(
    make: Make, microsoft: Microsoft365, dana: User, bend: Bend, token: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make().sign_in(Ticket(), microsoft.browse)
    bend(TOKEN, {"access_token": token})
    with pytest.raises(Problem, match="ms_answer_wrong"):
        make().token(person.id, READ, "Work", claims=CHALLENGE)
    monkeypatch.setattr(microsoft.signin_server, "_reply", microsoft.signin.reply)
    assert make().token(person.id, READ, "Work", claims=CHALLENGE)
    assert make().token(person.id, READ, "Work")


@pytest.mark.parametrize(
    "other",
    [{"expires_in": "abc"}, {"interval": "x"}, {"interval": None}, {"verification_uri": None, "user_code": 5},
     {"expires_in": 10**20}],
)  # fmt: skip
def test_a_code_that_comes_oddly(
    make: Make, microsoft: Microsoft365, dana: User, secrets: Secrets, bend: Bend, other: dict[str, Any]
) -> None:
    bend(DEVICE, other)
    ticket = Ticket()
    with pytest.raises(Exception) as ended:  # noqa: PT011 - either is told, or the code is shown and the person stops
        make(microsoft.registration(device_code=True)).sign_in_by_code(ticket, lambda _code: ticket.cancel())
    assert type(ended.value).__name__ in ("Problem", "Cancelled")
    assert secrets.get("microsoft:tokens") is None


STRANGE = [
    {"aud": "another-app"}, {"aud": None}, {"iss": "https://evil.example/v2.0"}, {"iss": None}, {"tid": None},
    {"tid": "00000000-0000-0000-0000-000000000000"}, {"oid": "11111111-1111-1111-1111-111111111111"}, {"oid": 5},
]  # fmt: skip


@pytest.mark.parametrize("other", STRANGE)
def test_an_id_token_of_another_app_firm_or_person_signs_nobody_in(
    identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User, secrets: Secrets, monkeypatch: pytest.MonkeyPatch,
    other: dict[str, Any],
) -> None:  # fmt: skip
    def reply(asked: Asked) -> Answer:
        told = microsoft.signin.reply(asked)
        if not asked.path.endswith(TOKEN):
            return told
        body = json.loads(told.body)
        head, middle, end = body["id_token"].split(".")
        claims = {**json.loads(base64.urlsafe_b64decode(middle + "==")), **other}
        text = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
        return answer(200, {**body, "id_token": f"{head}.{text}.{end}"})

    monkeypatch.setattr(microsoft.signin_server, "_reply", reply)
    with pytest.raises(Problem, match="ms_answer_wrong"):
        identity.sign_in(Ticket(), microsoft.browse)
    assert secrets.get("microsoft:tokens") is None


@pytest.mark.parametrize("authority", ["organizations", "common"])
def test_an_authority_of_many_firms_leaves_a_gap_for_the_firm(
    make: Make, microsoft: Microsoft365, dana: User, bend: Bend, authority: str
) -> None:
    root = microsoft.authority.rpartition("/")[0]
    bend(WELL_KNOWN, {"issuer": f"{root}/{{tenantid}}/v2.0"})
    identity = make(microsoft.registration(authority=f"{root}/{authority}"))
    assert identity.sign_in(Ticket(), microsoft.browse).id == dana.id


def test_a_guest_of_the_firm_has_an_id_of_their_own_there() -> None:
    claims = {"aud": "app", "iss": "https://login/firm/v2.0", "tid": "firm", "oid": "guest"}
    assert is_proof(claims, "app", "https://login/firm/v2.0", "person.home")
    assert not is_proof(claims, "app", "https://login/firm/v2.0", "person.firm")
