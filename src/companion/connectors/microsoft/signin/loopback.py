"""Where the browser brings the answer: a listener on this computer alone, for one sign-in and no longer."""

import contextlib
import hmac
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.connectors.microsoft.signin import page

_HERE = "127.0.0.1"  # never 0.0.0.0: nobody else may bring an answer
_MOST = 64 * 1024  # bytes of a form
_PATIENCE = 10.0  # seconds for a browser that opens a connection ahead of need
_SLICE = 0.05  # seconds between two looks at the ticket
_FORM = "application/x-www-form-urlencoded"
Take = Callable[[dict[str, str]], tuple[int, bytes]]


class Loopback:
    """Listens for one answer, a form that is posted with the right state; all else is refused and waited on."""

    def __init__(self) -> None:
        self._state = ""
        self._answer: dict[str, str] = {}
        self._answering = threading.Lock()
        self._came = threading.Event()
        self._server = _Server((_HERE, 0), _handler(self._take, self._came.set))

    @property
    def redirect_uri(self) -> str:
        """What Microsoft sends the browser to; "localhost" is what is registered, any port goes with it."""
        return f"http://localhost:{self._server.server_port}"

    def expect(self, state: str) -> None:
        """The state that only the right answer knows."""
        self._state = state

    def wait(self, ticket: Ticket, account: str, minutes: float) -> dict[str, str]:
        """The answer's fields. Cancelled within a moment; Problem `ms_signin_timeout` after that many minutes."""
        end = time.monotonic() + minutes * 60
        while not self._came.wait(_SLICE):
            ticket.step()
            if time.monotonic() >= end:
                raise Problem("ms_signin_timeout", account=account, minutes=max(1, round(minutes)))
        ticket.step()
        return self._answer

    def serve(self) -> None:
        """Answer until `close`; for a thread of its own."""
        self._server.serve_forever(poll_interval=_SLICE)

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def _take(self, fields: dict[str, str]) -> tuple[int, bytes]:
        """(status, page) for a form."""
        good = bool(self._state) and hmac.compare_digest(fields.get("state", "").encode(), self._state.encode())
        if not good or not ("code" in fields or "error" in fields):
            return 400, page.wrong_page()
        with self._answering:
            if self._answer:  # the first one counts, even while its page is still being written
                return 400, page.wrong_page()
            self._answer = fields
        return 200, page.done_page() if "code" in fields else page.refused_page()


@contextlib.contextmanager
def listening() -> Iterator[Loopback]:
    """A listener for the length of a block."""
    loopback = Loopback()
    thread = threading.Thread(target=loopback.serve, name="companion-sign-in", daemon=True)
    thread.start()
    try:
        yield loopback
    finally:
        loopback.close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a silent connection holds nobody up

    def handle_error(self, _request: Any, _client: Any) -> None:
        """Nothing: a browser that hangs up is no news, and a traceback could hold a code."""


def _handler(take: Take, came: Callable[[], None]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _PATIENCE
        server_version, sys_version = "Companion", ""

        def do_GET(self) -> None:
            # An answer in an address would stay in the browser's history; that is why a form is asked for.
            self._say(400 if "code=" in urlsplit(self.path).query else 404, page.wrong_page())

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not self._is_for_us() or not length.isdigit() or int(length) > _MOST:
                self._say(400, page.wrong_page())
                return
            text = self.rfile.read(int(length)).decode("utf-8", "replace")
            try:
                fields = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=50))
            except ValueError:
                fields = {}
            status, body = take(fields)
            try:
                self._say(status, body)
            finally:
                if status == 200:  # not before the page is written: what waits closes the listener
                    came()

        def _is_for_us(self) -> bool:
            kind = self.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            name = self.headers.get("Host", "").rpartition(":")[0]
            return kind == _FORM and name in ("localhost", _HERE) and self.path.partition("?")[0] == "/"

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            for name, value in {**page.HEADERS, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Nothing: what is asked for may hold a code."""

    return Handler
