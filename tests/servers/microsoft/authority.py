"""The identity provider: what a browser and a client ask of it, as OpenID Connect says and Entra does."""

import base64
import hashlib
import html
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from servers.microsoft.mailbox import User
from servers.microsoft.refusals import Refusal, refusal_of
from servers.microsoft.serving import Answer, Asked, answer
from servers.microsoft.signing import Signer, asserted_by
from servers.microsoft.tokens import Grant, Ledger, short

STANDARD = {"openid", "profile", "offline_access", "email"}
FORM = (
    "<!doctype html><html lang=en><title>Signing in</title><body onload='document.forms[0].submit()'>"
    "<form method=post action='{action}'>{fields}<noscript><button>Go on</button></noscript></form></body></html>"
)


@dataclass
class Code:
    """What one sign-in in the browser ended with; good once."""

    user: User
    scopes: frozenset[str]
    client_id: str
    redirect: str
    challenge: str
    nonce: str
    claims: str


@dataclass
class Device:
    """A code that somebody is to type elsewhere."""

    user_code: str
    scopes: frozenset[str]
    user: User | None = None
    error: str = ""  # authorization_declined, expired_token


@dataclass
class Authority:
    """The sign-in of one firm. `who` plays the person at the browser; `interval` is that of the device code."""

    tenant: str
    client_id: str
    ledger: Ledger
    signer: Signer
    users: dict[str, User]
    root: str = ""
    who: User | None = None
    lifetime: int = 3600
    interval: int = 1
    skew: int = 0  # seconds the clock of this server is ahead
    admin_only: set[str] = field(default_factory=set)  # scopes a person cannot consent to
    collector_id: str = ""
    collector_pem: bytes = b""
    collector_roles: set[str] = field(default_factory=set)
    strict_rotation: bool = False  # the real one lets an older refresh token live on
    public_client: bool = True
    refusals: list[Refusal] = field(default_factory=list)
    codes: dict[str, Code] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)
    claims_seen: list[str] = field(default_factory=list)  # of each sign-in and each renewal, "" for none

    def refuse(self, code: str, *, at: str = "", times: int = 1_000_000, claims: str = "") -> None:
        """Answer with an AADSTS code from now on; `at` authorize, token or device, where it usually comes if empty."""
        self.refusals.append(refusal_of(code, at, times, claims))

    def allow(self) -> None:
        """Refuse nothing any longer."""
        self.refusals.clear()

    def type_code(self, user_code: str, who: User | None = None, *, error: str = "") -> None:
        """Somebody types the code of a device, or says no (`error`)."""
        device = next(one for one in self.devices.values() if one.user_code == user_code)
        device.error = error
        device.user = None if error else who or self.who
        if device.user:
            device.user.consents |= {short(scope) for scope in device.scopes}

    def reply(self, asked: Asked) -> Answer:
        """An answer to a browser or a client."""
        tenant, _, rest = asked.path.lstrip("/").partition("/")
        if tenant not in (self.tenant, "organizations", "common"):
            return self._error(refusal_of("AADSTS90002"))
        if rest in ("v2.0/.well-known/openid-configuration", ".well-known/openid-configuration"):
            return answer(200, self._discovery(tenant))
        if rest == "discovery/v2.0/keys":
            return answer(200, {"keys": [self.signer.jwk()]})
        if rest == "oauth2/v2.0/authorize":
            return self._authorize(asked)
        if rest == "oauth2/v2.0/devicecode":
            return self._device(asked.form)
        if rest == "oauth2/v2.0/token":
            return self._token(asked.form)
        return answer(200, {}) if rest == "oauth2/v2.0/logout" else answer(404, {"error": "not_found"})

    def _discovery(self, tenant: str) -> dict[str, Any]:
        base = f"{self.root}/{tenant}"
        return {
            "issuer": f"{base}/v2.0",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
            "end_session_endpoint": f"{base}/oauth2/v2.0/logout",
            "jwks_uri": f"{base}/discovery/v2.0/keys",
            "response_modes_supported": ["query", "fragment", "form_post"],
        }

    def _authorize(self, asked: Asked) -> Answer:
        """Sign the person in who sits at the browser; what the app cannot mend is shown there and never comes back."""
        query = asked.query
        back = urlsplit(query.get("redirect_uri", ""))
        if query.get("client_id") != self.client_id:
            return _page("AADSTS700016: Application was not found in the directory.")
        if back.scheme != "http" or back.hostname not in ("localhost", "127.0.0.1"):
            return _page("AADSTS50011: The redirect URI does not match the redirect URIs of the application.")
        if query.get("code_challenge_method") != "S256" or not query.get("code_challenge"):
            return _page("AADSTS9002325: Proof Key for Code Exchange is required.")
        if query.get("response_type") != "code" or query.get("response_mode") != "form_post":
            return _page("AADSTS900144: response_type=code and response_mode=form_post are expected.")
        refusal, user = self._refusal("authorize"), self.who
        scopes = frozenset(query.get("scope", "").split())
        if refusal is None and {short(scope) for scope in scopes} & self.admin_only:
            refusal = refusal_of("AADSTS90094")
        if refusal or user is None:
            return self._form(query, (refusal or refusal_of("AADSTS50034")).fields())
        user.consents |= {short(scope) for scope in scopes}
        self.claims_seen.append(query.get("claims", ""))
        code = self.ledger.secret("code")
        challenge, nonce = query["code_challenge"], query.get("nonce", "")
        self.codes[code] = Code(user, scopes, self.client_id, back.geturl(), challenge, nonce, query.get("claims", ""))
        info = _client_info(user)
        return self._form(query, {"code": code, "client_info": info, "session_state": "s-1"})

    def _form(self, query: dict[str, str], told: dict[str, str]) -> Answer:
        fields = {**told, **({"state": query["state"]} if "state" in query else {})}
        inputs = "".join(
            f"<input type=hidden name='{html.escape(name)}' value='{html.escape(value)}'>"
            for name, value in fields.items()
        )
        page = FORM.format(action=html.escape(query["redirect_uri"]), fields=inputs)
        return Answer(200, page.encode(), {"Content-Type": "text/html; charset=utf-8"})

    def _device(self, form: dict[str, str]) -> Answer:
        refusal = self._refusal("device")
        if refusal is None and form.get("client_id") != self.client_id:
            refusal = refusal_of("AADSTS700016")
        if refusal:
            return self._error(refusal)
        number = len(self.devices) + 1
        device = Device(f"KESTREL{number:02d}", frozenset(form.get("scope", "").split()))
        code = self.ledger.secret("device")
        self.devices[code] = device
        return answer(
            200,
            {
                "device_code": code,
                "user_code": device.user_code,
                "verification_uri": f"{self.root}/devicelogin",
                "expires_in": 900,
                "interval": self.interval,
                "message": f"Open {self.root}/devicelogin and enter {device.user_code}.",
            },
        )

    def _token(self, form: dict[str, str]) -> Answer:
        refusal = self._refusal("token")
        if refusal:
            return self._error(refusal)
        if form.get("client_id") not in (self.client_id, self.collector_id or self.client_id):
            return self._error(refusal_of("AADSTS700016"))
        kind = form.get("grant_type", "")
        if kind == "client_credentials":
            return self._collector(form)
        if not self.public_client:
            return self._error(refusal_of("AADSTS7000218"))
        if kind == "authorization_code":
            return self._of_code(form)
        if kind == "refresh_token":
            return self._of_refresh(form)
        if "device_code" in kind:
            return self._of_device(form)
        return self._error(refusal_of("AADSTS70003"))

    def _of_code(self, form: dict[str, str]) -> Answer:
        code = self.codes.pop(form.get("code", ""), None)
        self.ledger.secrets.add(form.get("code_verifier") or "no verifier")
        if code is None:
            return self._error(refusal_of("AADSTS54005"))  # already redeemed
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).decode()
        if proof.rstrip("=") != code.challenge or form.get("redirect_uri") != code.redirect:
            return self._error(refusal_of("AADSTS50148"))
        return self._issued(code.user, frozenset(form.get("scope", "").split()) or code.scopes, code.nonce, form)

    def _of_refresh(self, form: dict[str, str]) -> Answer:
        told = form.get("refresh_token", "")
        grant = self.ledger.refresh.get(told)
        if grant is None or grant.user is None or not grant.good:
            return self._error(refusal_of("AADSTS50173"))
        scopes = frozenset(form.get("scope", "").split())
        missing = {short(scope) for scope in scopes} - STANDARD - grant.user.consents
        if missing:
            return self._error(refusal_of("AADSTS65001"))
        if self.strict_rotation:
            grant.good = False
        return self._issued(grant.user, scopes, "", form)

    def _of_device(self, form: dict[str, str]) -> Answer:
        device = self.devices.get(form.get("device_code", ""))
        if device is None or device.error:
            name = device.error if device else "expired_token"
            return answer(400, {"error": name, "error_description": f"AADSTS70020: {name}", "error_codes": [70020]})
        if device.user is None:
            waits = {
                "error": "authorization_pending",
                "error_description": "AADSTS70016: Not yet.",
                "error_codes": [70016],
            }
            return answer(400, waits)
        self.devices.pop(form["device_code"])
        return self._issued(device.user, device.scopes, "", form)

    def _collector(self, form: dict[str, str]) -> Answer:
        """The collector proves with its certificate that it is itself."""
        audience = f"{self.root}/"
        if not asserted_by(self.collector_pem, form.get("client_assertion", ""), self.collector_id, audience):
            return self._error(refusal_of("AADSTS700027"))
        token = self.ledger.issue("access", Grant(None, frozenset(self.collector_roles)))
        return answer(200, {"token_type": "Bearer", "expires_in": self.lifetime, "access_token": token})

    def _issued(self, user: User, scopes: frozenset[str], nonce: str, form: dict[str, str]) -> Answer:
        """Tokens for the scopes asked for, and for all else that the person had consented to before."""
        claims = form.get("claims", "")
        self.claims_seen.append(claims)
        if user.address in self.ledger.revoked:
            return self._error(refusal_of("AADSTS50173"))
        asked = {short(scope) for scope in scopes}
        prefix = next((scope.rpartition("/")[0] + "/" for scope in scopes if "/" in scope), "")
        further = {f"{prefix}{scope}" for scope in user.consents - asked - STANDARD}
        granted = Grant(user, frozenset(asked | user.consents), claims="values" if self._demands(claims) else "")
        body: dict[str, Any] = {
            "token_type": "Bearer",
            "scope": " ".join(sorted((scopes - {"offline_access"}) | further)),
            "expires_in": self.lifetime,
            "ext_expires_in": self.lifetime,
            "access_token": self.ledger.issue("access", granted),
            "refresh_token": self.ledger.issue("refresh", Grant(user, granted.scopes)),
            "client_info": _client_info(user),
            "id_token": self.signer.id_token(user, f"{self.root}/{self.tenant}/v2.0", self.client_id, nonce, self.skew),
        }
        self.ledger.secrets.add(body["id_token"])
        return answer(200, body)

    @staticmethod
    def _demands(claims: str) -> bool:
        """Whether there is more in it than that the client can handle challenges (xms_cc)."""
        try:
            return bool(json.loads(claims or "{}").get("access_token", {}).keys() - {"xms_cc"})
        except (ValueError, AttributeError):
            return False

    def _refusal(self, at: str) -> Refusal | None:
        found = next((one for one in self.refusals if one.at == at and one.times > 0), None)
        if found:
            found.times -= 1
        return found

    def _error(self, refusal: Refusal) -> Answer:
        return answer(400 if refusal.error != "invalid_client" else 401, refusal.body())


def _page(text: str) -> Answer:
    page = f"<!doctype html><html lang=en><title>Sorry</title><p>{html.escape(text)}</p></html>"
    return Answer(400, page.encode(), {"Content-Type": "text/html; charset=utf-8"})


def _client_info(user: User) -> str:
    told = json.dumps({"uid": user.oid, "utid": user.tenant}).encode()
    return base64.urlsafe_b64encode(told).decode().rstrip("=")
