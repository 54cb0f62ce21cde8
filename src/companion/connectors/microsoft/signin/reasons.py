"""Why Microsoft gave no token, as the problem a person or IT can mend."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from companion.basics.errors import Problem
from companion.calendars.signin import Registration
from companion.connectors.microsoft.signin.skew import Times

_NUMBER = re.compile(r"AADSTS(\d{4,9})")
_WORD = re.compile(r"[a-z_]{1,40}")
# From learn.microsoft.com/entra/identity-platform/reference-error-codes, which warns that numbers come and go: whatever
# is not here is told by its suberror or error.
_BY_NUMBER = {
    "ms_consent_needed": (65001,),
    "ms_consent_refused": (65004,),
    "ms_admin_consent": (90093, 90094, 90095, 900941, 500011, 650051, 650052, 650056, 650057),
    "ms_mfa_needed": (50072, 50074, 50076, 50079, 50158, 53004, 500121),
    "ms_device_refused": (50097, 50129, 53000, 53001, 53002, 53003, 135011, 530001, 530002, 530003, 530021, 530036),
    "ms_password_changed": (50055, 50132, 50133, 50144, 50173),
    "ms_account_gone": (50020, 50034, 50053, 50057, 51004, 53011),
    "ms_not_assigned": (50105,),
    "ms_app_unknown": (70001, 700016, 7000112, 7000113),
    "ms_tenant_unknown": (50059, 50128, 50194, 90002, 900021, 900023),
    "ms_public_client_off": (7000215, 7000218),
    "ms_redirect_unknown": (50011, 500112, 500113, 500117),
    "ms_signin_needed": (16000, 50058, 50078, 50089, 70000, 70008, 70043, 700081, 700082, 700084),
    "ms_clock_wrong": (500133, 700024),
    "ms_certificate_bad": (50013, 50027, 700021, 700025, 700027, 700030, 7000222),
    "ms_code_refused": (70018,),
    "ms_code_expired": (70019, 70020),
    "server_busy": (50196, 90033, 90055),
}
_NUMBERS = {number: code for code, numbers in _BY_NUMBER.items() for number in numbers}
_BY_SUBERROR = {
    "consent_required": "ms_consent_needed",
    "user_password_expired": "ms_password_changed",
    "message_only": "ms_device_refused",
    "additional_action": "ms_device_refused",
    "device_authentication_failed": "ms_device_refused",
    "protection_policy_required": "ms_device_refused",
    "basic_action": "ms_mfa_needed",
    "bad_token": "ms_signin_needed",
    "token_expired": "ms_signin_needed",
}
_BY_ERROR = {
    "access_denied": "ms_consent_refused",
    "bad_verification_code": "ms_code_refused",
    "consent_required": "ms_consent_needed",
    "expired_token": "ms_code_expired",
    "interaction_required": "ms_signin_needed",
    "invalid_client": "ms_public_client_off",
    "invalid_grant": "ms_signin_needed",
    "login_required": "ms_signin_needed",
    "temporarily_unavailable": "server_busy",
    "unauthorized_client": "ms_app_unknown",
}


def problem_of(
    result: Mapping[str, Any] | None, registration: Registration, account: str, scopes: Iterable[str], times: Times
) -> Problem:
    """The problem of an answer without a token; None as MSAL gives it means that there was nothing to renew."""
    code, number = _code(result or {"error": "login_required"})
    parts = urlsplit(registration.authority)
    return Problem(
        code, account=account, host=parts.netloc, tenant=parts.path.strip("/"), client=registration.client_id,
        scopes=", ".join(scopes), number=number, here=times.here, there=times.there, path=registration.certificate,
        reason=number,
    )  # fmt: skip


def _code(result: Mapping[str, Any]) -> tuple[str, str]:
    """(code of the problem, what to tell IT: AADSTS50076 or interaction_required)."""
    error, suberror = str(result.get("error", "")), str(result.get("suberror", ""))
    numbers = [int(found) for found in _NUMBER.findall(str(result.get("error_description", "")))]
    told = result.get("error_codes")
    numbers += [number for number in told if isinstance(number, int)] if isinstance(told, list) else []
    if error == "authorization_declined":  # the number only says that the code is spent
        return "ms_code_refused", error
    for number in numbers:
        if number in _NUMBERS:
            return _NUMBERS[number], f"AADSTS{number}"
        if str(number).startswith("5300"):  # every one of them is Conditional Access
            return "ms_device_refused", f"AADSTS{number}"
    shown = f"AADSTS{numbers[0]}" if numbers else error if _WORD.fullmatch(error) else "-"
    return _BY_SUBERROR.get(suberror) or _BY_ERROR.get(error) or "ms_signin_failed", shown
