"""A Radicale process of its own with one calendar, on a free port of this machine."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from bench.calendar_file import calendar, entries

PROPS = '{"tag": "VCALENDAR"}'


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def radicale(folder: Path, count: int, today: datetime) -> Iterator[str]:
    """The address of a calendar of `count` events, one object each (series with their overrides together)."""
    collection = folder / "collection-root" / "bench" / "work"
    collection.mkdir(parents=True)
    (collection / ".Radicale.props").write_text(PROPS)
    for group in entries(count, today):
        uid = next(line[4:] for line in group if line.startswith("UID:"))
        name = re.sub(r"\W", "-", uid)
        (collection / f"{name}.ics").write_bytes(calendar([group]))
    port = free_port()
    options = {
        "server-hosts": f"127.0.0.1:{port}", "storage-filesystem-folder": str(folder), "auth-type": "none",
        "logging-level": "error",
    }  # fmt: skip
    command = [
        sys.executable,
        "-m",
        "radicale",
        "--config",
        "",
        *(f"--{key}={value}" for key, value in options.items()),
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ))
    address = f"http://127.0.0.1:{port}/bench/work/"
    try:
        _wait(server, f"http://127.0.0.1:{port}/.web/")
        yield address
    finally:
        server.terminate()
        server.wait(10)


def _wait(server: "subprocess.Popen[bytes]", address: str) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"Radicale ended with {server.returncode}")
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("Radicale does not answer")
