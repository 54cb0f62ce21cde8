"""A real Xandikos in a process of its own, on a free port of this machine. It knows no passwords without TLS."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from servers.radicale import MKCALENDAR, end, event, free_port, wait_for


@dataclass
class Xandikos:
    """The server and what a test does to it from the other side; every user has a home of his own."""

    url: str
    line: httpx.Client
    user: str = "user"

    def home(self) -> str:
        """The address of the user's calendars."""
        return f"{self.url}/{self.user}/calendars/"

    def newcomer(self, user: str) -> "Xandikos":
        """The same server with an empty home for another user."""
        for folder in (f"{self.url}/{user}/", f"{self.url}/{user}/calendars/"):
            self.line.request("MKCOL", folder).raise_for_status()
        return Xandikos(self.url, self.line, user)

    def make_calendar(self, name: str, kind: str = "VEVENT") -> str:
        """A new, empty calendar; gives its address."""
        url = f"{self.home()}{name}/"
        body = MKCALENDAR.format(name=name, kind=kind)
        self.line.request("MKCOL", url, content=body, headers={"Content-Type": "application/xml"}).raise_for_status()
        return url

    def put(self, calendar: str, uid: str, title: str = "Review") -> str:
        """Put one entry; gives its path."""
        return self.put_text(calendar, uid, event(uid, title))

    def put_text(self, calendar: str, name: str, text: str) -> str:
        """Put one entry as it is written; gives its path."""
        reply = self.line.put(f"{calendar}{name}.ics", content=text, headers={"Content-Type": "text/calendar"})
        reply.raise_for_status()
        return httpx.URL(f"{calendar}{name}.ics").raw_path.decode()

    def delete(self, url: str) -> None:
        """Take away an entry or a calendar."""
        self.line.delete(url).raise_for_status()


@contextlib.contextmanager
def running_xandikos(folder: Path) -> Iterator[Xandikos]:
    """Start Xandikos on an empty storage in `folder`, and end it afterwards."""
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "xandikos", "serve", "--autocreate", "--no-detect-systemd"]
    command += ["-d", str(folder / "storage"), "--state-dir", str(folder / "state")]
    command += ["-l", "127.0.0.1", "-p", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            wait_for(process, port, folder / "log")
            with httpx.Client(trust_env=False, timeout=60) as line:
                yield Xandikos(f"http://127.0.0.1:{port}", line)
        finally:
            end(process)
