"""A small web server on loopback that answers as a test tells it, with or without TLS."""

import contextlib
import datetime
import ipaddress
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What goes back; `hang` waits until the test is over.

    `raw` goes out byte for byte instead of the rest, and the line is cut after it; `drip`: seconds between two of
    its bytes. `reset` slams the door.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    hang: bool = False
    raw: bytes = b""
    drip: float = 0.0
    reset: bool = False


class Hostile:
    """The server: `answer` decides, `asked` remembers."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.answer: Callable[[Asked], Answer] = lambda _asked: Answer(404)
        self.over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        if context:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.scheme = "https" if context else "http"
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The root of the server."""
        return f"{self.scheme}://127.0.0.1:{self.port}/"

    def close(self) -> None:
        """End the server and what hangs in it."""
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hostile = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one packet

            def __getattr__(self, name: str) -> Callable[[], None]:
                if name.startswith("do_"):
                    return self._any
                raise AttributeError(name)

            def _any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, body)
                hostile.asked.append(asked)
                answer = hostile.answer(asked)
                if answer.hang or answer.raw or answer.reset:
                    self.close_connection = True
                    self._oddly(answer)
                    return
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def _oddly(self, answer: Answer) -> None:
                if answer.hang:
                    hostile.over.wait(60)
                if answer.reset:
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    self.connection.close()
                step = 1 if answer.drip else len(answer.raw) or 1
                with contextlib.suppress(OSError):  # whoever asked has hung up
                    for start in range(0, len(answer.raw), step):
                        self.wfile.write(answer.raw[start : start + step])
                        self.wfile.flush()
                        if answer.drip and hostile.over.wait(answer.drip):
                            return

            def log_message(self, *_args: object) -> None:
                return

        return Handler


@contextlib.contextmanager
def hostile_server(context: ssl.SSLContext | None = None) -> Iterator[Hostile]:
    """A server for one test."""
    server = Hostile(context)
    try:
        yield server
    finally:
        server.close()


def own_authority(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate authority of our own (its file) and the TLS context of a server at 127.0.0.1 it vouches for."""
    ca_key, ca_name = ec.generate_private_key(ec.SECP256R1()), _name("Northwind Test Authority")
    ca = _certificate(ca_name, ca_name, ca_key.public_key(), ca_key, authority=True)
    key = ec.generate_private_key(ec.SECP256R1())
    leaf = _certificate(_name("127.0.0.1"), ca_name, key.public_key(), ca_key, authority=False)
    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(ca.public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(private + leaf.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return folder / "ca.pem", context


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, signer: ec.EllipticCurvePrivateKey,
    *, authority: bool,
) -> x509.Certificate:  # fmt: skip
    today = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if not authority:
        address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
        builder = builder.add_extension(x509.SubjectAlternativeName([address]), critical=False)
    return builder.sign(signer, hashes.SHA256())
