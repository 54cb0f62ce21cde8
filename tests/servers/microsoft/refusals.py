"""The ways in which Entra says no, by their AADSTS numbers."""

from dataclasses import dataclass
from typing import Any

# number -> error, suberror, where it usually comes, the words
_KNOWN = {
    "50034": ("access_denied", "", "authorize", "The user account does not exist in the directory."),
    "50057": ("access_denied", "", "authorize", "The user account is disabled."),
    "50058": ("login_required", "", "token", "Session information is not sufficient for single-sign-on."),
    "50076": ("invalid_grant", "basic_action", "token", "You must use multi-factor authentication to access."),
    "50079": ("invalid_grant", "basic_action", "token", "You must enroll in multi-factor authentication."),
    "50105": ("access_denied", "", "authorize", "The signed in user is not assigned to a role for the application."),
    "50148": ("invalid_grant", "", "token", "The code_verifier does not match the code_challenge."),
    "50173": ("invalid_grant", "bad_token", "token", "The grant has expired due to it being revoked."),
    "53000": ("invalid_grant", "message_only", "token", "Device is not in required device state: compliant."),
    "53003": ("invalid_grant", "message_only", "token", "Access has been blocked by Conditional Access policies."),
    "54005": ("invalid_grant", "", "token", "OAuth2 Authorization code was already redeemed."),
    "65001": ("invalid_grant", "consent_required", "token", "The user or administrator has not consented."),
    "65004": ("access_denied", "", "authorize", "User declined to consent to access the app."),
    "70000": ("invalid_grant", "bad_token", "token", "The provided value for the 'refresh_token' is not valid."),
    "70003": ("unsupported_grant_type", "", "token", "The app returned an unsupported grant type."),
    "70043": ("invalid_grant", "bad_token", "token", "The refresh token has expired due to sign-in frequency checks."),
    "90002": ("invalid_tenant", "", "token", "Tenant not found. Check to make sure you have the correct tenant ID."),
    "90094": ("access_denied", "", "authorize", "Administrator consent is required for the permissions."),
    "500133": ("invalid_request", "", "token", "Assertion is not within its valid time range."),
    "500011": ("invalid_resource", "", "token", "The resource principal was not found in the tenant."),
    "700016": ("unauthorized_client", "", "token", "Application was not found in the directory."),
    "700027": ("invalid_client", "", "token", "The certificate used to sign the assertion is not registered."),
    "700082": ("invalid_grant", "bad_token", "token", "The refresh token has expired due to inactivity."),
    "7000218": ("invalid_client", "", "token", "The request body must contain client_assertion or client_secret."),
}


@dataclass
class Refusal:
    """One refusal, and how often it still comes."""

    number: str
    error: str
    suberror: str
    words: str
    at: str
    times: int = 1
    claims: str = ""

    def body(self) -> dict[str, Any]:
        """As the token endpoint tells it."""
        return {
            "error": self.error,
            "error_description": f"AADSTS{self.number}: {self.words} Trace ID: t-1 Correlation ID: c-1",
            "error_codes": [int(self.number)],
            "timestamp": "2026-11-22 08:00:00Z",
            "trace_id": "t-1",
            "correlation_id": "c-1",
            **({"suberror": self.suberror} if self.suberror else {}),
            **({"claims": self.claims} if self.claims else {}),
        }

    def fields(self) -> dict[str, str]:
        """As a form tells it to the app's own address."""
        told = {"error": self.error, "error_description": f"AADSTS{self.number}: {self.words}"}
        return {**told, **({"error_subcode": "cancel"} if self.number == "65004" else {})}


def refusal_of(code: str, at: str = "", times: int = 1_000_000, claims: str = "") -> Refusal:
    """The refusal with an AADSTS code; policies that ask for more tell which claims would do."""
    number = code.removeprefix("AADSTS")
    error, suberror, usual, words = _KNOWN[number]
    if not claims and number in ("50076", "50079", "53000"):
        claims = '{"access_token":{"capolids":{"essential":true,"values":["0a6a1d4e"]}}}'
    return Refusal(number, error, suberror, words, at or usual, times, claims)
