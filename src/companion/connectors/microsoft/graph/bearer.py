"""Signing in at Graph with a token: renewed once where the server wants another one, and never shown to anybody."""

import base64
import binascii
import json
import re
from collections.abc import Generator, Sequence

import httpx

from companion.basics.errors import Problem
from companion.calendars.model import Account
from companion.connectors.microsoft.tokens import Tokens

_RENEW = "{}"  # demands nothing in particular, so that a token is renewed that looks good to us and not to the server
_TOKEN = re.compile(r"[!-~]+")  # what can stand in a header; all else would come back in some error's text
_CLAIMS = re.compile(r'\bclaims\s*=\s*"([^"]*)"', re.IGNORECASE)


class Bearer(httpx.Auth):
    """The token of an account for some permissions. Problem `ms_*` where only a person can help."""

    def __init__(self, account: Account, tokens: Tokens) -> None:
        self._account, self._tokens = account, tokens
        self.scopes: Sequence[str] = ()  # of the request to come

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The requests of one exchange: a second one with a new token where the first was refused."""
        response = yield self._signed(request, "")
        if response.status_code != 401:
            return
        claims = _claims(response.headers)
        response = yield self._signed(request, claims or _RENEW)
        if response.status_code == 401:
            raise Problem("ms_signin_needed", account=self._account.name)

    def _signed(self, request: httpx.Request, claims: str) -> httpx.Request:
        token = self._tokens.token(self._account.user, self.scopes, self._account.name, claims)
        if not _TOKEN.fullmatch(token):
            raise Problem("ms_answer_wrong", account=self._account.name, host=request.url.host)
        request.headers["Authorization"] = f"Bearer {token}"
        return request


def _claims(headers: httpx.Headers) -> str:
    """What a refusal demands of the next token, as JSON; "" where it demands nothing that can be read."""
    for line in headers.get_list("www-authenticate"):
        found = _CLAIMS.search(line)
        if found:
            return _demand(found.group(1))
    return ""


def _demand(text: str) -> str:
    """The JSON of a demand, which is an object of objects; "" for anything else."""
    try:
        told = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_").decode("utf-8")
        demand = json.loads(told)
    except (binascii.Error, ValueError, RecursionError):
        return ""
    good = isinstance(demand, dict) and all(isinstance(part, dict) for part in demand.values())
    return told if good else ""
