"""The collector's certificate: the app reads as itself, for nobody who signed in."""

import os
import stat
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from msal import ConfidentialClientApplication

from companion.basics.errors import Problem
from companion.calendars.signin import Registration
from companion.connectors.microsoft.signin.app import CAPABILITIES, at_home
from companion.connectors.microsoft.signin.work import Work
from companion.words.language import t


def app_token(work: Work, account: str, scopes: Sequence[str], claims: str = "") -> tuple[str, float]:
    """(token, seconds it lives) of the collector. Problem `ms_certificate_bad` or another `ms_*`."""
    registration = work.registration
    if not registration.collector_id or not registration.certificate:
        raise Problem("ms_collector_not_set_up")
    pem = read_certificate(registration, work.clock())

    def made() -> ConfidentialClientApplication:
        return ConfidentialClientApplication(
            registration.collector_id, authority=registration.authority, http_client=work.transport,
            client_credential={"private_key": pem, "public_certificate": pem},
            client_capabilities=CAPABILITIES, instance_discovery=False,
        )  # fmt: skip

    app = at_home(work, account, made)
    with work.understood(account):
        result = app.acquire_token_for_client(
            [f"{registration.graph_url.rstrip('/')}/.default"], claims_challenge=claims or None
        )
    own = replace(work, registration=replace(registration, client_id=registration.collector_id))
    try:
        good = own.checked(result, account, scopes)
    except Problem as problem:
        # The same refusal means another thing where the app itself signs in.
        if problem.code == "ms_public_client_off":
            raise _bad(registration, str(problem.facts["number"])) from problem
        raise
    with work.understood(account):
        return str(good["access_token"]), float(good.get("expires_in", 0))


def read_certificate(registration: Registration, now: datetime) -> str:
    """The PEM text with key and certificate; Problem `ms_certificate_bad` where it cannot be used, and why."""
    path = Path(registration.certificate)
    try:
        if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise _bad(registration, t("others may read it; its rights must be 0600"))
        pem = path.read_bytes()
        certificate = x509.load_pem_x509_certificate(pem)
        if load_pem_private_key(pem, password=None).public_key() != certificate.public_key():
            raise _bad(registration, t("its key belongs to another certificate"))
    except OSError as error:
        raise _bad(registration, error.strerror or type(error).__name__) from error
    except (ValueError, TypeError) as error:
        raise _bad(registration, t("it holds no certificate with its unencrypted key in PEM form")) from error
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise _bad(registration, t("it is valid until {day} only", day=f"{certificate.not_valid_after_utc:%Y-%m-%d}"))
    return pem.decode("ascii", "replace")


def _bad(registration: Registration, reason: str) -> Problem:
    return Problem("ms_certificate_bad", path=registration.certificate, reason=reason)
