"""A real CalDAV server (Radicale, a process of its own) that serves the sample calendars on this machine only."""

import base64
import importlib.util
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from companion.basics.errors import Problem
from companion.basics.paths import write_whole

USER = "ferro"


@dataclass
class Server:
    """The running server: where it listens and how to sign in."""

    url: str
    user: str
    password: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """End the process; what it serves stays in its folder."""
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def put(self, name: str, calendar: str) -> None:
        """Upload one whole calendar, replacing what stood there."""
        token = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        request = urllib.request.Request(  # noqa: S310 - our own server on loopback
            f"{self.url}{self.user}/{name}/", calendar.encode(), method="PUT",
            headers={"Authorization": f"Basic {token}", "Content-Type": "text/calendar; charset=utf-8"},
        )  # fmt: skip
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            answer.read()


def available() -> bool:
    """Whether Radicale is installed (the extra `demo`)."""
    return importlib.util.find_spec("radicale") is not None


def start(folder: Path) -> Server:
    """Start the server on a free port of this machine; Problem `demo_server` where it does not come up."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    password = secrets.token_urlsafe(18)
    users, config = folder / "users", folder / "config"
    write_whole(users, f"{USER}:{password}\n".encode())
    port = _free_port()
    write_whole(
        config,
        (
            f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = htpasswd\nhtpasswd_filename = {users}\n"
            f"htpasswd_encryption = plain\n[storage]\nfilesystem_folder = {folder / 'collections'}\n"
            "[logging]\nlevel = error\n"
        ).encode(),
    )
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
            [sys.executable, "-m", "radicale", "--config", str(config)], stdout=log, stderr=log,
            stdin=subprocess.DEVNULL, env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
    server = Server(f"http://127.0.0.1:{port}/", USER, password, process)
    _wait(server, port, folder / "server.log")
    return server


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: Server, port: int, log: Path) -> None:
    limit = time.monotonic() + 20
    while time.monotonic() < limit and server.process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    server.stop()
    raise Problem("demo_server", log=str(log))
