"""One message to a webhook: posted once, and an honest answer to whether it arrived. Its address is never repeated."""

import socket
import ssl
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.connectors.answers import is_page, retry_after, trouble
from companion.connectors.line import Limits, Network, open_line, read_body, trust
from companion.connectors.sending import of_channel
from companion.connectors.sockets import Sockets
from companion.connectors.watch import watched
from companion.programme.webhooks import WebhookKind, check_address
from companion.takeaways.model import Unsure

_LIMITS = Limits(connect=10.0, read=30.0, total=60.0, size=64 * 1024)
_LOST = frozenset({502, 504})  # a gateway gave up waiting: what stands behind it may have done its part


@dataclass(frozen=True)
class Reply:
    """What a webhook answered."""

    status: int
    headers: httpx.Headers = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def after(self) -> int:
        """Seconds it asks to wait, 0 where it says nothing."""
        return retry_after(self.headers)

    @property
    def word(self) -> str:
        """The one word that says why, "" where it is none: anything else could hold what we sent."""
        text = self.body[:60].decode("ascii", "replace").strip()
        return text if len(text) <= 40 and text.replace("_", "").isalpha() and text.islower() else ""


class Webhook:
    """The address of one channel. Problems are those of `check_address`, `channel_elsewhere`, and `webhook_*`."""

    def __init__(
        self, name: str, kind: WebhookKind, address: str | None,
        *, network: Network = Network(), limits: Limits = _LIMITS,  # noqa: B008 - frozen
    ) -> None:  # fmt: skip
        self._name, self._kind, self._address = name, kind, address
        self._network, self._limits = network, limits

    def post(self, body: bytes, refusal: Callable[[Reply], tuple[str, str]]) -> Reply:
        """Post JSON; what was answered where it was taken. `refusal`: a problem's code, and the service's own word.

        A Problem where the message surely was not taken, `Unsure` where nobody can know.
        """
        address, host = self._checked()
        sockets = Sockets()
        told = self._exchange(address, host, body, sockets)
        # Raised here, where no error that knows the address is being handled: it would be dragged along.
        if isinstance(told, Problem):
            if sockets.handed_over and told.code != "channel_proxy":
                raise Unsure
            raise told
        if told.status in _LOST:
            raise Unsure
        self._settle(told, host)
        if told.status >= 300:
            code, word = refusal(told)
            raise Problem(code, name=self._name, status=told.status, reason=word, final="1")
        return told

    def reach(self) -> None:
        """Connect, and see who answers; nothing is sent."""
        address, host = self._checked()
        parts = urlsplit(address)
        told: Problem | None = None
        try:
            port = parts.port or (443 if parts.scheme == "https" else 80)
            with socket.create_connection((host, port), self._limits.connect) as line:
                if parts.scheme == "https":
                    trust(self._network.ca_bundle).wrap_socket(line, server_hostname=host).close()
        except (ssl.SSLError, OSError) as error:
            told = self._line_problem(error, host)
        if told is not None:
            raise told

    def _checked(self) -> tuple[str, str]:
        if not self._address:
            raise Problem("channel_elsewhere", name=self._name, how=f"companion channels address {self._name}")
        return self._address, check_address(self._kind, self._name, self._address)

    def _exchange(self, address: str, host: str, body: bytes, sockets: Sockets) -> Reply | Problem:
        line = open_line(self._limits, secure=address.startswith("https:"), network=self._network)

        def ask() -> Reply:
            request = line.build_request(
                "POST", address, content=body, headers={"Content-Type": "application/json"},
                extensions={"trace": sockets.trace},
            )  # fmt: skip
            response = line.send(request, stream=True, follow_redirects=False)
            try:
                return Reply(response.status_code, response.headers, _bounded(response, self._limits.size))
            finally:
                response.close()

        try:
            return watched(ask, sockets.shut, Ticket(), self._limits.total)
        except (TimeoutError, httpx.HTTPError) as error:
            return self._line_problem(error, host)
        except httpx.InvalidURL:
            return Problem("webhook_wrong", name=self._name)
        finally:
            line.close()

    def _line_problem(self, error: Exception, host: str) -> Problem:
        return of_channel(trouble(error, self._name, host, self._limits.total), self._name)

    def _settle(self, reply: Reply, host: str) -> None:
        """What stands between us and every service alike."""
        if reply.status in (407, 511) or (reply.status < 300 and is_page(reply.body)):
            raise Problem("channel_proxy", name=self._name, host=host)
        if 300 <= reply.status < 400:
            raise Problem("webhook_moved", name=self._name, host=host, final="1")
        if reply.status == 413:
            raise Problem("channel_too_big", name=self._name, host=host, final="1")
        if reply.status == 429:
            raise Problem("channel_busy", name=self._name, host=host, after=reply.after or 60)
        if reply.status >= 500:
            facts = {"after": reply.after} if reply.after else {}
            raise Problem("channel_error", name=self._name, host=host, status=reply.status, **facts)


def _bounded(response: httpx.Response, most: int) -> bytes:
    """The answer's body; b"" for one that cannot be read: its status has said what counts."""
    try:
        return read_body(response, most)
    except (ValueError, OverflowError, zlib.error, httpx.HTTPError):
        return b""
