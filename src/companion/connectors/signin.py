"""Signing in with a user name and a password: Basic, or Digest where the server asks for it."""

from collections.abc import Generator

import httpx

from companion.connectors.answers import ways_in


class UnknownWayError(Exception):
    """The server asks for a sign-in that is none we know; the text names it."""


class SignIn(httpx.Auth):
    """Basic at once, since many servers answer strangers without asking; Digest after a challenge."""

    def __init__(self, user: str, password: str) -> None:
        self._basic = httpx.BasicAuth(user, password)
        self._digest = httpx.DigestAuth(user, password)
        self._digests = False

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The requests of one exchange; UnknownWayError where the server asks for what nobody can give."""
        response = None
        if not self._digests:
            response = yield next(self._basic.auth_flow(request))
            if response.status_code != 401 or not _asks_digest_only(response.headers):
                return
            self._digests = True
        steps = self._digest.auth_flow(request)
        try:
            asking = next(steps)
            while True:
                # The refusal of Basic holds the challenge already: no need to be refused twice.
                given, response = response, None
                asking = steps.send(given if given is not None else (yield asking))
        except StopIteration:
            return
        except (httpx.ProtocolError, KeyError, ValueError, NotImplementedError) as error:
            # What httpx makes of a challenge that is broken, or names a hash or a quality it does not know.
            raise UnknownWayError("digest") from error


def _asks_digest_only(headers: httpx.Headers) -> bool:
    ways = ways_in(headers)
    return "digest" in ways and "basic" not in ways
