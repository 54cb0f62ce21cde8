"""The open sockets of one client, so that a hanging request can be ended from another thread."""

import contextlib
import socket
import threading
from typing import Any


class Sockets:
    """Filled by httpcore's trace of a request; `shut` wakes whoever waits on one of them.

    `handed_over`: whether the last request went out to its last byte, so that the server may have acted on it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self.handed_over = self._asks = False

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """The `trace` extension of a request."""
        if event.endswith(("connect_tcp.started", "start_tls.started", "send_request_headers.started")):
            self.handed_over = False
        elif event.endswith("send_request_body.started"):
            # What opens a tunnel through a proxy asks the server for nothing.
            self._asks = getattr(info.get("request"), "method", b"") != b"CONNECT"
        elif event.endswith("send_request_body.complete"):
            self.handed_over = self._asks
        if not event.endswith(("connect_tcp.complete", "start_tls.complete")):
            return
        found = info["return_value"].get_extra_info("socket")
        if isinstance(found, socket.socket):
            with self._lock:
                self._open = [one for one in self._open if one.fileno() >= 0] + [found]

    def shut(self) -> None:
        """End every connection; a reader gets an error at once."""
        with self._lock:
            gone, self._open = self._open, []
        for one in gone:
            with contextlib.suppress(OSError):  # closed in the meantime: what was wanted
                # The plain socket's own method: the one of SSL sockets also drops what the reader is using.
                socket.socket.shutdown(one, socket.SHUT_RDWR)
