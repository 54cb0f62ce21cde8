"""The one HTTP client: bounded in time and size, cancellable, and its password never leaves the host it is for."""

import zlib
from collections.abc import Collection, Generator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpx

from companion.basics.errors import Problem
from companion.basics.hosts import is_loopback
from companion.basics.progress import Ticket
from companion.connectors.answers import is_page, refuse, trouble
from companion.connectors.line import Limits, Network, open_line, read_body
from companion.connectors.signin import SignIn, UnknownWayError
from companion.connectors.sockets import Sockets
from companion.connectors.watch import watched

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5


@dataclass(frozen=True)
class Reply:
    """What a server answered, whole. `url` is where it came from after redirects."""

    status: int
    headers: httpx.Headers = field(repr=False)
    body: bytes = field(repr=False)
    url: str = field(repr=False)


class Client:
    """Requests of one account to one server, one at a time. Raises Problem for what the user can mend."""

    def __init__(
        self, account: str, url: str, user: str = "", password: str | None = None, limits: Limits | None = None,
        *, signin: httpx.Auth | None = None, network: Network = Network(),  # noqa: B008 - frozen
    ) -> None:  # fmt: skip
        """`signin`: how to sign in otherwise than with a password."""
        self.account = account
        self.url, self.host = _checked(account, url)
        self._limits, self._network = limits or Limits(), network
        self._signin = signin or (SignIn(user, password) if password is not None else None)
        if self._signin and urlsplit(self.url).scheme == "http" and not is_loopback(origin(self.url)[1]):
            raise Problem("address_not_secure", account=account, host=self.host)
        self._sockets = Sockets()
        self._lines: dict[str, httpx.Client] = {}  # by scheme
        self._given_up: list[httpx.Client] = []

    @property
    def signs_in(self) -> bool:
        """Whether there is a password to send."""
        return self._signin is not None

    @property
    def handed_over(self) -> bool:
        """Whether the last request went out whole, so that the server may have acted on it."""
        return self._sockets.handed_over

    def close(self) -> None:
        """Hang up."""
        lines = [*self._lines.values(), *self._given_up]
        self._lines, self._given_up = {}, []
        for line in lines:
            line.close()

    def ask(
        self, method: str, url: str, ticket: Ticket, *, headers: dict[str, str] | None = None,
        body: bytes | None = None, fine: Collection[int] = (200, 207), again: bool = True,
    ) -> Reply:  # fmt: skip
        """Send a request and give back its answer where the status is in `fine`; a Problem otherwise.

        Redirects are followed with the method kept, unless they are `fine`; beyond the account's own host only for
        a plain GET, and without the password. Without `again`, what may have arrived is never sent twice.
        """
        target, home = urljoin(self.url, url), origin(self.url)
        for _ in range(_MOST_REDIRECTS + 1):
            away = origin(target) != home
            reply = self._once(method, target, headers or {}, body, ticket, away, again)
            place = reply.headers.get("location")
            if reply.status in _REDIRECTS and place and reply.status not in fine:
                target = self._next(target, place)
                if reply.status == 303:
                    method, body = "GET", None
                if method != "GET" and origin(target) != home:
                    # A question names entries, and whoever is asked elsewhere could make up an answer.
                    raise Problem("moved_elsewhere", account=self.account, host=self.host, other=_host(target))
                continue
            if reply.status in fine:
                return reply
            if away and self.signs_in and reply.status in (401, 403):
                raise Problem("moved_elsewhere", account=self.account, host=self.host, other=_host(target))
            if reply.status == 401 and not self.signs_in:
                raise Problem("password_missing", account=self.account, host=self.host)
            if reply.status < 400 and is_page(reply.body):
                raise Problem("answer_is_page", account=self.account, host=self.host)
            raise refuse(reply.status, reply.headers, self.account, self.host)
        raise Problem("redirects_endless", account=self.account, host=self.host)

    def _next(self, target: str, place: str) -> str:
        try:
            moved = urljoin(target, place)
            good = urlsplit(moved).scheme in ("http", "https") and bool(origin(moved)[1])
        except ValueError:  # half a bracket, a port of 99999
            good = False
        if not good:
            raise Problem("answer_unreadable", account=self.account, host=self.host)
        if urlsplit(target).scheme == "https" and urlsplit(moved).scheme == "http":
            raise Problem("moved_elsewhere", account=self.account, host=self.host, other=_host(moved))
        return moved

    def _once(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None, ticket: Ticket, away: bool,
        again: bool,
    ) -> Reply:  # fmt: skip
        """One request, once more where a kept connection turned out to be dead."""
        for attempt in (1, 2):
            line = self._open(urlsplit(url).scheme)
            request = self._request(line, method, url, headers, body)
            try:
                return watched(lambda: self._exchange(line, request, away), self._give_up, ticket, self._limits.total)  # noqa: B023
            except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError) as error:
                self.close()
                if attempt == 2 or not again:
                    raise trouble(error, self.account, self.host, self._limits.read) from error
            except TimeoutError as error:
                raise trouble(error, self.account, self.host, self._limits.total) from error
            except httpx.TransportError as error:
                self.close()
                raise trouble(error, self.account, self.host, self._limits.read) from error
            except httpx.InvalidURL as error:  # of a place we are sent on to
                raise Problem("answer_unreadable", account=self.account, host=self.host) from error
        raise AssertionError("two attempts end in an answer or an error")

    def _request(
        self, line: httpx.Client, method: str, url: str, headers: dict[str, str], body: bytes | None
    ) -> httpx.Request:
        trace = {"trace": self._sockets.trace}
        try:
            return line.build_request(method, url, headers=headers, content=body, extensions=trace)
        except httpx.InvalidURL as error:
            raise Problem("calendar_address_wrong", account=self.account) from error

    def _open(self, scheme: str) -> httpx.Client:
        if scheme not in self._lines:
            self._lines[scheme] = open_line(self._limits, secure=scheme == "https", network=self._network)
        return self._lines[scheme]

    def _give_up(self) -> None:
        self._sockets.shut()
        self._given_up += self._lines.values()  # the thread may still be in them: closed when we hang up
        self._lines = {}

    def _exchange(self, line: httpx.Client, request: httpx.Request, away: bool) -> Reply:
        signing = self._signin.auth_flow(request) if self._signin and not away else iter((request,))
        asking = next(signing)
        while True:
            # The steps of the sign-in are walked here, since httpx would read a refusal's body without a limit.
            response = line.send(asking, auth=None, stream=True, follow_redirects=False)
            try:
                body = self._read(response)
            finally:
                response.close()
            try:
                asking = signing.send(response) if isinstance(signing, Generator) else next(signing)
            except UnknownWayError as error:
                raise Problem("signin_other", account=self.account, host=self.host, ways=str(error)) from error
            except StopIteration:
                return Reply(response.status_code, response.headers, body, str(response.url))

    def _read(self, response: httpx.Response) -> bytes:
        try:
            return read_body(response, self._limits.size)
        except (zlib.error, ValueError) as error:
            raise Problem("answer_unreadable", account=self.account, host=self.host) from error
        except OverflowError as error:
            most = self._limits.size // (1024 * 1024)
            raise Problem("answer_too_big", account=self.account, host=self.host, most=most) from error


def origin(url: str) -> tuple[str, str, int]:
    """(scheme, host, port): what a password is for."""
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or (443 if parts.scheme == "https" else 80)


def _host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def _checked(account: str, url: str) -> tuple[str, str]:
    """The address as https where it says webcal, and its host; Problem `address_wrong` otherwise."""
    plain = url.strip()
    lower = plain.lower()
    for scheme in ("webcal://", "webcals://"):
        if lower.startswith(scheme):
            plain = "https://" + plain[len(scheme) :]
    try:
        parts = urlsplit(plain)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or parts.password is not None:
        raise Problem("calendar_address_wrong", account=account)
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="")
    return bare.geturl(), _host(plain)
