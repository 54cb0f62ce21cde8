"""A web server over TLS on loopback, which can also answer as a broken network does."""

import contextlib
import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass
class Asked:
    """One request as it came in; `user` is the address whose token it bore ("" for none, "app" for the collector)."""

    method: str
    host: str
    path: str  # decoded, without the query
    query: dict[str, str]
    headers: dict[str, str]  # names in lower case; Prefer lines joined
    body: bytes
    raw: str  # path and query as they were written
    user: str = ""

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form that was posted."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    @property
    def json(self) -> Any:
        """The JSON that was posted, None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


@dataclass
class Answer:
    """What goes back. `how`: "" whole, or reset, cut, slow (a byte a while), hang (until released)."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    how: str = ""


def answer(status: int, shape: Any = None, **headers: str) -> Answer:
    """An answer in JSON; header names with underscores for hyphens."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    if shape is None:
        return Answer(status, b"", told)
    kind = {"Content-Type": "application/json; charset=utf-8"}
    return Answer(status, json.dumps(shape).encode(), {**kind, **told})


class Server:
    """One port. `asked` remembers every request, `most_at_once` how many were in flight together."""

    def __init__(self, context: ssl.SSLContext, reply: Callable[[Asked], Answer]) -> None:
        self.asked: list[Asked] = []
        self.over = threading.Event()
        self.go_on = threading.Event()  # what hangs until then
        self.most_at_once = self._at_once = 0
        self.ahead = 0  # seconds its clock is ahead of ours
        self._lock, self._reply = threading.Lock(), reply
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"web": self}))
        self._server.daemon_threads = True
        # The handshake belongs to the thread of its request, or one silent client would stop all others.
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self._server.server_address[1]
        self.url = f"https://localhost:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the server and what hangs in it."""
        self.over.set()
        self.go_on.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def take(self, asked: Asked) -> Answer:
        """Answer a request, and remember it."""
        with self._lock:
            self.asked.append(asked)
            return self._reply(asked)

    def count(self, more: int) -> None:
        """One more, or one less, in flight."""
        with self._lock:
            self._at_once += more
            self.most_at_once = max(self.most_at_once, self._at_once)


class _Handler(BaseHTTPRequestHandler):
    web: Server
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet

    def __getattr__(self, name: str) -> Callable[[], None]:
        if name.startswith("do_"):
            return self._any
        raise AttributeError(name)

    def setup(self) -> None:
        # A client that goes away in the middle is no fault of the server's.
        with contextlib.suppress(OSError):
            self.request.do_handshake()
        super().setup()

    def handle(self) -> None:
        with contextlib.suppress(OSError):
            super().handle()

    def finish(self) -> None:
        with contextlib.suppress(OSError):
            super().finish()

    def _any(self) -> None:
        asked = self._asked()
        self.web.count(1)
        try:
            told = self.web.take(asked)
            self._odd(told) if told.how else self._whole(told)
        finally:
            self.web.count(-1)

    def _asked(self) -> Asked:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        headers["prefer"] = ", ".join(self.headers.get_all("Prefer") or ())
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        host = headers.get("host", "")
        return Asked(self.command, host, unquote(parts.path), query, headers, body, self.path)

    def _whole(self, told: Answer) -> None:
        self.send_response(told.status)
        for name, value in told.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(told.body)))
        self.end_headers()
        self.wfile.write(told.body)
        self.wfile.flush()

    def _odd(self, told: Answer) -> None:
        self.close_connection = True
        if told.how == "hang":
            self.web.go_on.wait(60)
            self._whole(told)
        elif told.how == "reset":
            linger = struct.pack("ii", 1, 0)  # close with a reset
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            socket.socket(fileno=self.connection.detach()).close()
        else:
            self._piecemeal(told)

    def _piecemeal(self, told: Answer) -> None:
        """Half of the body, or all of it a byte a while."""
        head = "".join(f"{name}: {value}\r\n" for name, value in told.headers.items())
        start = f"HTTP/1.1 {told.status} X\r\n{head}Content-Length: {len(told.body)}\r\n\r\n".encode()
        self.wfile.write(start)
        rest = told.body[: len(told.body) // 2] if told.how == "cut" else told.body
        step = len(rest) or 1 if told.how == "cut" else 1
        for at in range(0, len(rest), step):
            self.wfile.write(rest[at : at + step])
            self.wfile.flush()
            if told.how == "slow" and self.web.over.wait(0.05):
                return

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string((timestamp or time.time()) + self.web.ahead)

    def log_message(self, *_args: object) -> None:
        return
