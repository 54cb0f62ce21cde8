"""The one HTTP client: bounded in time and size, cancellable, and its password never leaves the host it is for."""

import logging
import ssl
import threading
import zlib
from collections.abc import Callable, Collection, Generator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpx

from companion import __version__
from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket
from companion.connectors.answers import refuse, trouble
from companion.connectors.signin import SignIn, is_loopback
from companion.connectors.sockets import Sockets

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_SLICE = 0.1  # seconds between two looks at the ticket


@dataclass(frozen=True)
class Limits:
    """How long and how much; seconds and decoded bytes."""

    connect: float = 10.0
    read: float = 30.0
    total: float = 300.0
    size: int = 64 * 1024 * 1024


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
        self, account: str, url: str, user: str = "", password: str | None = None, limits: Limits = Limits()
    ) -> None:
        self.account = account
        self.url, self.host = _checked(account, url)
        self._limits = limits
        self._signin = SignIn(user, password) if password is not None else None
        if self._signin and urlsplit(self.url).scheme == "http" and not is_loopback(origin(self.url)[1]):
            raise Problem("address_not_secure", account=account, host=self.host)
        self._sockets = Sockets()
        self._line: httpx.Client | None = None

    @property
    def signs_in(self) -> bool:
        """Whether there is a password to send."""
        return self._signin is not None

    def close(self) -> None:
        """Hang up."""
        line, self._line = self._line, None
        if line:
            line.close()

    def ask(
        self, method: str, url: str, ticket: Ticket, *, headers: dict[str, str] | None = None,
        body: bytes | None = None, fine: Collection[int] = (200, 207),
    ) -> Reply:  # fmt: skip
        """Send a request and give back its answer where the status is in `fine`; a Problem otherwise.

        Redirects are followed with the method kept; beyond the account's own host without the password.
        """
        target, home = urljoin(self.url, url), origin(self.url)
        for _ in range(_MOST_REDIRECTS + 1):
            away = origin(target) != home
            reply = self._once(method, target, headers or {}, body, ticket, away)
            place = reply.headers.get("location")
            if reply.status in _REDIRECTS and place:
                target = self._next(target, place)
                if reply.status == 303:
                    method, body = "GET", None
                continue
            if reply.status in fine:
                return reply
            if away and self.signs_in and reply.status in (401, 403):
                raise Problem("moved_elsewhere", account=self.account, host=self.host, other=_host(target))
            if reply.status == 401 and not self.signs_in:
                raise Problem("password_missing", account=self.account, host=self.host)
            raise refuse(reply.status, reply.headers, self.account, self.host)
        raise Problem("redirects_endless", account=self.account, host=self.host)

    def _next(self, target: str, place: str) -> str:
        moved = urljoin(target, place)
        if urlsplit(moved).scheme not in ("http", "https"):
            raise Problem("answer_unreadable", account=self.account, host=self.host)
        if urlsplit(target).scheme == "https" and urlsplit(moved).scheme == "http":
            raise Problem("moved_elsewhere", account=self.account, host=self.host, other=_host(moved))
        return moved

    def _once(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None, ticket: Ticket, away: bool
    ) -> Reply:
        """One request, once more where a kept connection turned out to be dead."""
        for attempt in (1, 2):
            line = self._open()
            request = line.build_request(
                method, url, headers=headers, content=body, extensions={"trace": self._sockets.trace}
            )
            try:
                return _watched(lambda: self._exchange(line, request, away), self._give_up, ticket, self._limits.total)  # noqa: B023
            except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError) as error:
                self.close()
                if attempt == 2:
                    raise trouble(error, self.account, self.host, self._limits.read) from error
            except (httpx.TransportError, TimeoutError) as error:
                self.close()
                raise trouble(error, self.account, self.host, self._limits.read) from error
            except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
                raise Problem("calendar_address_wrong", account=self.account) from error
        raise AssertionError("two attempts end in an answer or an error")

    def _open(self) -> httpx.Client:
        if self._line is None:
            self._line = open_line(self._limits)
        return self._line

    def _give_up(self) -> None:
        self._sockets.shut()
        self._line = None  # what the thread still holds is closed by the thread

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
            except StopIteration:
                return Reply(response.status_code, response.headers, body, str(response.url))

    def _read(self, response: httpx.Response) -> bytes:
        try:
            return _body(response, self._limits.size)
        except (zlib.error, ValueError) as error:
            raise Problem("answer_unreadable", account=self.account, host=self.host) from error
        except OverflowError as error:
            most = self._limits.size // (1024 * 1024)
            raise Problem("answer_too_big", account=self.account, host=self.host, most=most) from error


def open_line(limits: Limits = Limits()) -> httpx.Client:
    """An httpx client with our time-outs, the system's certificates and proxies; never .netrc, no redirects."""
    for name in ("httpx", "httpcore"):
        # At INFO they log whole addresses, and the address of a calendar may be its only secret.
        logging.getLogger(name).setLevel(logging.WARNING)
    return httpx.Client(
        headers={"User-Agent": f"Companion/{__version__}", "Accept-Encoding": "gzip"},
        timeout=httpx.Timeout(limits.read, connect=limits.connect),
        verify=_trust(),
        follow_redirects=False,
        trust_env=True,
        mounts={"all://localhost": None, "all://127.0.0.1": None, "all://[::1]": None},  # never through a proxy
    )


def origin(url: str) -> tuple[str, str, int]:
    """(scheme, host, port): what a password is for."""
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or (443 if parts.scheme == "https" else 80)


def _trust() -> ssl.SSLContext:
    # The system's store knows the firm's own authority; certifi fills in where a system has none.
    context = ssl.create_default_context()
    import certifi

    context.load_verify_locations(certifi.where())
    return context


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


def _body(response: httpx.Response, most: int) -> bytes:
    """The decoded body; OverflowError past `most` bytes, however small it was on the wire."""
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise ValueError(coding)
    unzip = None if coding in ("identity", "") else zlib.decompressobj(zlib.MAX_WBITS | 32)
    parts: list[bytes] = []
    size = 0
    for raw in response.iter_raw():
        chunk = unzip.decompress(raw, most - size + 1) if unzip else raw
        size += len(chunk)
        if size > most:
            raise OverflowError(most)
        parts.append(chunk)
    if unzip and parts and not unzip.eof:
        raise ValueError("the packed answer ends early")
    return b"".join(parts)


def _watched(work: Callable[[], Reply], give_up: Callable[[], None], ticket: Ticket, total: float) -> Reply:
    """Do the work on a thread of its own, so that a cancel or the deadline ends it wherever it hangs."""
    ticket.step()
    done = threading.Event()
    came: list[Reply] = []
    went_wrong: list[BaseException] = []

    def run() -> None:
        try:
            came.append(work())
        except BaseException as error:  # raised again on the thread that asked
            went_wrong.append(error)
        finally:
            done.set()

    thread = threading.Thread(target=run, name="companion-http", daemon=True)
    thread.start()
    waited = 0.0
    while not done.wait(_SLICE):
        waited += _SLICE
        if ticket.cancelled or waited >= total:
            give_up()
            thread.join(0.5)
            if ticket.cancelled:
                raise Cancelled
            raise TimeoutError
    if went_wrong:
        # A request that a cancel cut off looks like a broken line.
        ticket.step()
        raise went_wrong[0]
    return came[0]
