"""Canned servers on loopback that take everything at once: one for all that is posted, one for mail."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Servers:
    """Where the two listen."""

    web: int
    mail: int


class _Posted(BaseHTTPRequestHandler):
    protocol_version, wbufsize = "HTTP/1.1", -1

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body = b"ok" if self.path.startswith("/services/") else b"{}"
        self.send_response(202 if self.path.endswith("sendMail") else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        return


class _Mailed(socketserver.StreamRequestHandler):
    """As much SMTP as one mail needs."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() not in (b".\r\n", b""):
                    continue
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 yes\r\n")
            if word == b"QUIT":
                return


@contextmanager
def servers() -> Iterator[Servers]:
    """Both, in threads of this process."""
    web = ThreadingHTTPServer(("127.0.0.1", 0), _Posted)
    mail = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mailed)
    web.daemon_threads = mail.daemon_threads = True
    for server in (web, mail):
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield Servers(web.server_address[1], mail.server_address[1])
    finally:
        for server in (web, mail):
            server.shutdown()
            server.server_close()
