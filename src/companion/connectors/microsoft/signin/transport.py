"""MSAL's requests over our own line: bounded in time and size, cancellable, and never an answer in a log."""

import json
import logging
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.signin import Registration
from companion.connectors.answers import refuse, trouble
from companion.connectors.http import origin
from companion.connectors.line import Limits, Network, open_line, read_body
from companion.connectors.sockets import Sockets
from companion.connectors.watch import watched

LIMITS = Limits(connect=10.0, read=30.0, total=60.0, size=1024 * 1024)


@dataclass(frozen=True)
class Answer:
    """What MSAL reads of an answer."""

    status_code: int
    headers: dict[str, str] = field(repr=False)
    text: str = field(repr=False)

    def raise_for_status(self) -> None:
        """Nothing: what is no answer became a Problem before."""


class Transport:
    """MSAL's `http_client` for one piece of work on behalf of `account`, which problems name.

    Asks the authority's own host and no other; `date` is what its clock said last, `issuer` how it calls itself.
    """

    def __init__(self, registration: Registration, account: str, ticket: Ticket, limits: Limits = LIMITS) -> None:
        quiet()
        self._home, self._host = origin(registration.authority), urlsplit(registration.authority).netloc
        self._account, self._ticket, self._limits = account, ticket, limits
        self._sockets = Sockets()
        self._line = open_line(limits, network=Network(registration.proxy, registration.ca_bundle))
        self.date = ""
        self.issuer: object = None

    def get(self, url: str, params: Mapping[str, str] | None = None, headers: Any = None, **_: Any) -> Answer:
        """A GET."""
        answer = self._ask("GET", url, params=params, headers=headers)
        self.issuer = json.loads(answer.text).get("issuer", self.issuer)
        return answer

    def post(
        self, url: str, params: Mapping[str, str] | None = None, data: Any = None, headers: Any = None, **_: Any
    ) -> Answer:
        """A POST of a form."""
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        # MSAL hands out bytes too, which httpx would write as Python shows them.
        body = urlencode({name: value for name, value in (data or {}).items() if value is not None})
        return self._ask("POST", url, params=params, headers={**form, **(headers or {})}, content=body)

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _ask(self, method: str, url: str, **parts: Any) -> Answer:
        if origin(url) != self._home:
            raise Problem("ms_link_foreign", account=self._account, host=self._host)
        parts["headers"] = {name: value for name, value in (parts["headers"] or {}).items() if value}
        request = self._line.build_request(method, url, extensions={"trace": self._sockets.trace}, **parts)
        try:
            answer = watched(lambda: self._exchange(request), self._sockets.shut, self._ticket, self._limits.total)
        except httpx.ProxyError as error:
            raise Problem("ms_proxy", account=self._account, host=self._host) from error
        except (httpx.TransportError, TimeoutError) as error:
            raise trouble(error, self._account, self._host, self._limits.read) from error
        except (OverflowError, ValueError, zlib.error, httpx.InvalidURL) as error:
            raise self._unreadable() from error
        return answer

    def _exchange(self, request: httpx.Request) -> Answer:
        response = self._line.send(request, stream=True, follow_redirects=False)
        try:
            text = read_body(response, self._limits.size).decode("utf-8", "replace")
        finally:
            response.close()
        self.date = response.headers.get("date", "")
        if response.status_code == 407:
            raise Problem("ms_proxy", account=self._account, host=self._host)
        if response.status_code == 429 or response.status_code >= 500:
            raise refuse(response.status_code, response.headers, self._account, self._host)
        if not _is_object(text):
            # MSAL would write into its log what it cannot read, and half a token is a token.
            raise self._unreadable()
        return Answer(response.status_code, dict(response.headers), text)

    def _unreadable(self) -> Problem:
        return Problem("ms_answer_wrong", account=self._account, host=self._host)


def quiet() -> None:
    """MSAL writes answers and httpx addresses into logs; both may hold what must not stay."""
    for name, level in (("msal", logging.CRITICAL + 1), ("httpx", logging.WARNING), ("httpcore", logging.WARNING)):
        logging.getLogger(name).setLevel(level)
    logging.getLogger("msal").propagate = False


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
