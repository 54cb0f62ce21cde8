"""The collector signs in with a certificate, for nobody."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.calendars.signin import APP
from companion.connectors.microsoft.signin.identity import MicrosoftIdentity
from companion.programme.model import Secrets
from companion.words.problems import sentence
from servers.microsoft import Microsoft365
from servers.microsoft.signing import rsa_key

Make = Callable[..., MicrosoftIdentity]
READ = ("Calendars.Read",)


def test_a_token_for_the_app(make: Make, microsoft: Microsoft365, secrets: Secrets) -> None:
    collector = make(microsoft.collector())
    token = collector.token(APP, READ, "Programme")
    assert collector.token(APP, READ, "Programme") == token
    posts = [asked.form for asked in microsoft.signin_server.asked if asked.method == "POST"]
    assert len(posts) == 1
    assert posts[0]["grant_type"] == "client_credentials"
    assert posts[0]["scope"] == f"{microsoft.graph}/.default"
    assert secrets.get("microsoft:tokens") is None
    assert collector.people() == []


def test_a_challenge_renews_the_apps_token(make: Make, microsoft: Microsoft365) -> None:
    collector = make(microsoft.collector())
    token = collector.token(APP, READ, "Programme")
    claims = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'
    assert collector.token(APP, READ, "Programme", claims=claims) != token


@pytest.mark.skipif(os.name != "posix", reason="rights of a file are POSIX's")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_certificate_that_others_may_read(make: Make, microsoft: Microsoft365, mode: int) -> None:
    registration = microsoft.collector()
    Path(registration.certificate).chmod(mode)
    with pytest.raises(Problem, match="ms_certificate_bad") as refused:
        make(registration).token(APP, READ, "Programme")
    assert "0600" in sentence(refused.value)
    assert microsoft.signin_server.asked == []


def test_a_certificate_that_is_over(make: Make, microsoft: Microsoft365) -> None:
    with pytest.raises(Problem, match="ms_certificate_bad") as refused:
        make(microsoft.collector(days=-1)).token(APP, READ, "Programme")
    assert "valid until" in sentence(refused.value)


@pytest.mark.parametrize("text", [b"", b"no certificate", b"\xff\xfe", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_a_file_that_is_no_certificate(make: Make, microsoft: Microsoft365, text: bytes) -> None:
    registration = microsoft.collector()
    Path(registration.certificate).write_bytes(text)
    with pytest.raises(Problem, match="ms_certificate_bad"):
        make(registration).token(APP, READ, "Programme")


def test_a_file_with_half_of_it(make: Make, microsoft: Microsoft365) -> None:
    registration = microsoft.collector()
    path = Path(registration.certificate)
    whole = path.read_bytes()
    cut = whole.index(b"-----BEGIN CERTIFICATE")
    for half in (whole[:cut], whole[cut:]):
        path.write_bytes(half)
        with pytest.raises(Problem, match="ms_certificate_bad"):
            make(registration).token(APP, READ, "Programme")


def test_a_key_of_another_certificate(make: Make, microsoft: Microsoft365) -> None:
    from cryptography.hazmat.primitives import serialization

    registration = microsoft.collector()
    path = Path(registration.certificate)
    whole = path.read_bytes()
    other = rsa_key("another").private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(other + whole[whole.index(b"-----BEGIN CERTIFICATE") :])
    with pytest.raises(Problem, match="ms_certificate_bad"):
        make(registration).token(APP, READ, "Programme")


def test_no_file(make: Make, microsoft: Microsoft365, tmp_path: Path) -> None:
    registration = microsoft.registration(collector_id="x", certificate=str(tmp_path / "none.pem"))
    with pytest.raises(Problem, match="ms_certificate_bad"):
        make(registration).token(APP, READ, "Programme")


def test_no_collector(identity: MicrosoftIdentity) -> None:
    with pytest.raises(Problem, match="ms_collector_not_set_up"):
        identity.token(APP, READ, "Programme")


def test_a_certificate_that_is_not_registered(make: Make, microsoft: Microsoft365) -> None:
    registration = microsoft.collector()
    microsoft.signin.collector_pem = b""
    with pytest.raises(Problem, match="ms_certificate_bad") as refused:
        make(registration).token(APP, READ, "Programme")
    assert "AADSTS700027" in sentence(refused.value)


def test_no_key_in_a_log(make: Make, microsoft: Microsoft365, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    registration = microsoft.collector()
    token = make(registration).token(APP, READ, "Programme")
    assertion = next(asked.form["client_assertion"] for asked in microsoft.signin_server.asked if asked.form)
    lines = Path(registration.certificate).read_text().splitlines()
    assert not [secret for secret in (token, assertion, lines[1]) if secret in caplog.text]
