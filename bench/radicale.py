"""A Radicale process of its own with one calendar, on a free port of this machine, its cache warm."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bench.calendar_file import calendar, entries

_PROPS = ".Radicale.props"
_SIGNED_IN = "Basic YmVuY2g6YmVuY2g="  # bench, bench; any password will do
PLACE = "/bench/work/"


@dataclass(frozen=True)
class Server:
    """Where the calendar is, and where the server notes its requests."""

    url: str
    log: Path
    objects: int


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write_objects(target: Path, count: int, today: datetime) -> int:
    """A folder of `count` events, a file for each object (series with their overrides together); how many files."""
    target.mkdir(parents=True)
    made = 0
    for group in entries(count, today):
        uid = next(line[4:] for line in group if line.startswith("UID:"))
        (target / f"{re.sub(r'[^0-9a-zA-Z]', '-', uid)}.ics").write_bytes(calendar([group]))
        made += 1
    return made


@contextmanager
def radicale(folder: Path, count: int, today: datetime) -> Iterator[Server]:
    """A server with a calendar of `count` events."""
    work = folder / "collection-root" / PLACE.strip("/")
    objects = write_objects(work, count, today)
    (work / _PROPS).write_text('{"tag": "VCALENDAR"}')
    _warm(folder)
    log = folder / "requests.log"
    with _serving(folder, log, "info") as address:
        _list_all(address)
        yield Server(f"{address}{PLACE}", log, objects)


@contextmanager
def _serving(folder: Path, log: Path, level: str) -> Iterator[str]:
    port = free_port()
    options = {
        "server-hosts": f"127.0.0.1:{port}", "storage-filesystem-folder": str(folder), "auth-type": "none",
        "logging-level": level,
        "reporting-max-expand-occurrence": "10000000",  # vdirsyncer asks for all entries at once
    }  # fmt: skip
    command = [
        sys.executable,
        "-m",
        "radicale",
        "--config",
        "",
        *(f"--{key}={value}" for key, value in options.items()),
    ]
    with log.open("wb") as notes:
        server = subprocess.Popen(command, stdout=notes, stderr=notes, env=dict(os.environ))
        try:
            _wait(server, f"http://127.0.0.1:{port}/.web/")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:  # it may hang at its end; nothing of it is kept
                server.kill()
                server.wait()


def _warm(folder: Path) -> None:
    """Have every entry parsed into the server's cache, a part of them by each core: one server takes minutes."""
    work = folder / "collection-root" / PLACE.strip("/")
    files = sorted(work.glob("*.ics"))
    lanes = [folder / f"lane-{number}" for number in range(os.cpu_count() or 1)]
    with ExitStack() as stack:
        asking = []
        for number, lane in enumerate(lanes):
            part = lane / "collection-root" / PLACE.strip("/")
            part.mkdir(parents=True)
            shutil.copy(work / _PROPS, part)
            for file in files[number :: len(lanes)]:
                file.rename(part / file.name)
            address = stack.enter_context(_serving(lane, lane / "log", "error"))
            asking.append(threading.Thread(target=_list_all, args=(address,)))
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
    for lane in lanes:
        shutil.copytree(
            lane / "collection-root", folder / "collection-root", dirs_exist_ok=True, copy_function=shutil.move
        )
        shutil.rmtree(lane)


def _list_all(address: str) -> None:
    body = "<sync-collection xmlns='DAV:'><sync-token/><sync-level>1</sync-level><prop/></sync-collection>"
    headers = {"Depth": "1", "Content-Type": "application/xml", "Authorization": _SIGNED_IN}
    request = urllib.request.Request(address + PLACE, body.encode(), headers, method="REPORT")
    with urllib.request.urlopen(request, timeout=900) as answer:
        answer.read()


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
