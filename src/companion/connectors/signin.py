"""Signing in with a user name and a password: Basic, or Digest where the server asks for it."""

import ipaddress
from collections.abc import Generator

import httpx


class SignIn(httpx.Auth):
    """Basic at once, since many servers answer strangers without asking; Digest after a challenge."""

    def __init__(self, user: str, password: str) -> None:
        self._basic = httpx.BasicAuth(user, password)
        self._digest = httpx.DigestAuth(user, password)
        self._digests = False

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The requests of one exchange."""
        if self._digests:
            yield from self._digest.auth_flow(request)
            return
        response = yield next(self._basic.auth_flow(request))
        if response.status_code == 401 and _asks_digest_only(response.headers):
            self._digests = True
            del request.headers["Authorization"]
            yield from self._digest.auth_flow(request)


def _asks_digest_only(headers: httpx.Headers) -> bool:
    schemes = {value.split(" ", 1)[0].lower() for value in headers.get_list("www-authenticate")}
    return "digest" in schemes and "basic" not in schemes


def is_loopback(host: str) -> bool:
    """Whether a host (a name or an IP address, without a port) is this very machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
