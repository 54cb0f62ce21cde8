"""Tokens without anybody there: kept, renewed, refused with their reason."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl, urlsplit

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.signin import SignedIn
from companion.connectors.microsoft.signin.identity import MicrosoftIdentity
from companion.programme.model import Secrets
from companion.words.problems import sentence
from servers.microsoft import Microsoft365, User
from servers.microsoft.serving import Answer, Asked

Make = Callable[..., MicrosoftIdentity]
READ = ("Calendars.Read",)
CHALLENGE = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'


@pytest.fixture
def person(identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User) -> SignedIn:
    return identity.sign_in(Ticket(), microsoft.browse)


def renewals(microsoft: Microsoft365) -> int:
    return sum(asked.form.get("grant_type") == "refresh_token" for asked in microsoft.signin_server.asked)


def demanded(microsoft: Microsoft365) -> list[str]:
    return [asked.form.get("claims", "") for asked in microsoft.signin_server.asked if asked.method == "POST"]


def test_a_kept_token_asks_nobody(make: Make, microsoft: Microsoft365, person: SignedIn) -> None:
    before = len(microsoft.signin_server.asked)
    assert make().token(person.id, READ, "Work")
    assert len(microsoft.signin_server.asked) == before


def test_an_old_token_is_renewed(make: Make, microsoft: Microsoft365, dana: User, identity: MicrosoftIdentity) -> None:
    microsoft.signin.lifetime = 60  # less than a token must still live
    person = identity.sign_in(Ticket(), microsoft.browse)
    microsoft.signin.lifetime = 3600
    assert make().token(person.id, READ, "Work")
    assert renewals(microsoft) == 1
    assert make().token(person.id, READ, "Work")
    assert renewals(microsoft) == 1


def test_a_challenge_passes_the_kept_token_by(make: Make, microsoft: Microsoft365, person: SignedIn) -> None:
    identity = make()
    old = identity.token(person.id, READ, "Work")
    new = identity.token(person.id, READ, "Work", claims=CHALLENGE)
    assert new != old
    assert "1604106651" in demanded(microsoft)[-1]
    assert "cp1" in demanded(microsoft)[-1]
    assert identity.token(person.id, READ, "Work") == new


@pytest.mark.parametrize("restarted", [False, True])
def test_a_challenge_only_a_person_can_meet_goes_to_the_next_sign_in(
    identity: MicrosoftIdentity,
    make: Make,
    microsoft: Microsoft365,
    person: SignedIn,
    secrets: Secrets,
    restarted: bool,
) -> None:
    microsoft.signin.refuse("AADSTS50076", at="token", times=1)
    with pytest.raises(Problem, match="ms_mfa_needed") as refused:
        identity.token(person.id, READ, "Work", claims=CHALLENGE)
    assert refused.value.facts["account"] == "Work"
    identity = make() if restarted else identity
    urls: list[str] = []

    def show(url: str) -> None:
        urls.append(url)
        microsoft.browse(url)

    identity.sign_in(Ticket(), show, hint=person.id)
    assert "capolids" in dict(parse_qsl(urlsplit(urls[0]).query))["claims"]
    identity.sign_in(Ticket(), show, hint=person.id)
    assert "capolids" not in dict(parse_qsl(urlsplit(urls[1]).query))["claims"]
    assert secrets.get("microsoft:claims") is None


def test_who_signs_out_leaves_no_demand_behind(
    identity: MicrosoftIdentity, microsoft: Microsoft365, person: SignedIn, secrets: Secrets
) -> None:
    microsoft.signin.refuse("AADSTS50076", at="token", times=1)
    with pytest.raises(Problem, match="ms_mfa_needed"):
        identity.token(person.id, READ, "Work", claims=CHALLENGE)
    assert person.id in (secrets.get("microsoft:claims") or "")
    identity.sign_out(person.id)
    assert secrets.get("microsoft:claims") is None


@pytest.mark.parametrize("text", ["", "no json", "[]", '{"a": 3}', '{"PERSON": "[]"}', '{"PERSON": "no json"}'])
def test_demands_that_cannot_be_read_are_none(
    identity: MicrosoftIdentity, microsoft: Microsoft365, person: SignedIn, secrets: Secrets, text: str
) -> None:
    secrets.put("microsoft:claims", text.replace("PERSON", person.id))
    assert identity.sign_in(Ticket(), microsoft.browse, hint=person.id) == person


@pytest.mark.case(71)
@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("AADSTS65001", "ms_consent_needed"),
        ("AADSTS50076", "ms_mfa_needed"),
        ("AADSTS50079", "ms_mfa_needed"),
        ("AADSTS53000", "ms_device_refused"),
        ("AADSTS53003", "ms_device_refused"),
        ("AADSTS50173", "ms_password_changed"),
        ("AADSTS700082", "ms_signin_needed"),
        ("AADSTS70043", "ms_signin_needed"),
        ("AADSTS70000", "ms_signin_needed"),
        ("AADSTS50058", "ms_signin_needed"),
        ("AADSTS700016", "ms_app_unknown"),
        ("AADSTS7000218", "ms_public_client_off"),
        ("AADSTS500133", "ms_clock_wrong"),
    ],
)
def test_why_there_is_no_token(make: Make, microsoft: Microsoft365, person: SignedIn, number: str, code: str) -> None:
    microsoft.signin.refuse(number, at="token")
    with pytest.raises(Problem, match=code) as refused:
        make().token(person.id, READ, "Work", claims=CHALLENGE)
    assert refused.value.facts["account"] == "Work"
    assert refused.value.facts["person"] == "dana@ferro.example"
    assert refused.value.facts["scopes"] == "Calendars.Read"
    microsoft.signin.allow()
    assert make().token(person.id, READ, "Work", claims=CHALLENGE)


def test_a_refusal_is_about_a_person_and_names_the_account(
    make: Make, microsoft: Microsoft365, person: SignedIn
) -> None:
    microsoft.signin.refuse("AADSTS50173", at="token")
    with pytest.raises(Problem, match="ms_password_changed") as refused:
        make().token(person.id, READ, "Work", claims=CHALLENGE)
    assert sentence(refused.value).startswith("The password of dana@ferro.example was changed")
    assert "account Work" in sentence(refused.value)
    with pytest.raises(Problem, match="ms_password_changed") as refused:
        make().token(person.id, READ, "dana@ferro.example", claims=CHALLENGE)
    assert sentence(refused.value).count("dana@ferro.example") == 1


@pytest.mark.case(71)
def test_a_revoked_person_is_signed_out_until_they_come_back(
    identity: MicrosoftIdentity, make: Make, microsoft: Microsoft365, dana: User, person: SignedIn
) -> None:
    microsoft.revoke(dana)
    with pytest.raises(Problem, match=r"ms_password_changed|ms_signin_needed"):
        make().token(person.id, READ, "Work", claims=CHALLENGE)
    microsoft.welcome(dana)
    assert identity.sign_in(Ticket(), microsoft.browse, hint=person.id).id == person.id
    assert make().token(person.id, READ, "Work")


def test_nobody_there(identity: MicrosoftIdentity, microsoft: Microsoft365, person: SignedIn) -> None:
    before = len(microsoft.signin_server.asked)
    with pytest.raises(Problem, match="ms_signin_needed"):
        identity.token("somebody.else", READ, "Work")
    assert len(microsoft.signin_server.asked) == before


def test_signed_out_is_signed_out(
    identity: MicrosoftIdentity, make: Make, microsoft: Microsoft365, erik: User, person: SignedIn, secrets: Secrets
) -> None:
    identity.token(person.id, READ, "Work")
    microsoft.signin.who = erik
    other = identity.sign_in(Ticket(), microsoft.browse)
    identity.sign_out(person.id)
    for one in (identity, make()):
        with pytest.raises(Problem, match="ms_signin_needed"):
            one.token(person.id, READ, "Work")
    assert person.id not in (secrets.get("microsoft:tokens") or "")
    assert make().token(other.id, READ, "Theirs")


def test_signing_out_needs_no_network(microsoft: Microsoft365, identity: MicrosoftIdentity, person: SignedIn) -> None:
    microsoft.signin_server.close()
    assert identity.people() == [person]
    identity.sign_out(person.id)
    assert identity.people() == []


def test_a_renewal_does_not_bring_back_who_signed_out(
    identity: MicrosoftIdentity, make: Make, microsoft: Microsoft365, person: SignedIn, secrets: Secrets,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    reply = microsoft.signin.reply

    def signed_out_meanwhile(asked: Asked) -> Answer:
        told = reply(asked)
        if asked.form.get("grant_type") == "refresh_token":
            make().sign_out(person.id)
        return told

    monkeypatch.setattr(microsoft.signin_server, "_reply", signed_out_meanwhile)
    identity.token(person.id, READ, "Work", claims=CHALLENGE)
    assert person.id not in (secrets.get("microsoft:tokens") or "")
    assert make().people() == []


def test_threads_share_one_renewal(
    make: Make, microsoft: Microsoft365, dana: User, identity: MicrosoftIdentity
) -> None:
    microsoft.signin.lifetime = 60
    person = identity.sign_in(Ticket(), microsoft.browse)
    microsoft.signin.lifetime = 3600
    shared, start = make(), threading.Barrier(8)

    def ask(_: int) -> str:
        start.wait(20)
        return shared.token(person.id, READ, "Work")

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1
    assert renewals(microsoft) == 1


def test_threads_that_were_refused_together_share_one_renewal(
    make: Make, microsoft: Microsoft365, person: SignedIn
) -> None:
    shared, start = make(), threading.Barrier(8)
    old = shared.token(person.id, READ, "Work")

    def ask(_: int) -> str:
        start.wait(20)
        return shared.token(person.id, READ, "Work", claims=CHALLENGE)

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(ask, range(8)))
    assert old not in found
    assert renewals(microsoft) == len(found) < 8
    again = shared.token(person.id, READ, "Work", claims=CHALLENGE)
    assert again not in found  # a later refusal is of what came then


def test_people_of_another_registration_are_not_shown(make: Make, microsoft: Microsoft365, person: SignedIn) -> None:
    assert make().people() == [person]
    assert make(microsoft.registration(client_id="another")).people() == []


def test_another_cloud_has_its_own_root_before_each_permission(
    identity: MicrosoftIdentity, microsoft: Microsoft365, person: SignedIn
) -> None:
    first = next(asked for asked in microsoft.signin_server.asked if asked.path.endswith("authorize"))
    assert f"{microsoft.graph}/Calendars.Read" in first.query["scope"].split()


def test_a_permission_nobody_agreed_to_is_missing(make: Make, microsoft: Microsoft365, person: SignedIn) -> None:
    with pytest.raises(Problem, match="ms_consent_needed") as refused:
        make().token(person.id, ("Mail.Send",), "Work")
    assert (refused.value.facts["account"], refused.value.facts["scopes"]) == ("Work", "Mail.Send")
    make().sign_in(Ticket(), microsoft.browse, hint=person.id, needs=("send_mail",))
    assert make().token(person.id, ("Mail.Send",), "Work")
    assert make().token(person.id, READ, "Work")
