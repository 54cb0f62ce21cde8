"""A real Radicale in a process of its own, on a free port of this machine, with a password."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

USER, PASSWORD = "alba", "canary-Zx9"
_CONFIG = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[rights]
type = owner_only
[storage]
filesystem_folder = {folder}/storage
[logging]
level = warning
"""
MKCALENDAR = """<?xml version="1.0"?><d:mkcol xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop>
<d:resourcetype><d:collection/><c:calendar/></d:resourcetype><d:displayname>{name}</d:displayname>
<c:supported-calendar-component-set><c:comp name="{kind}"/></c:supported-calendar-component-set>
</d:prop></d:set></d:mkcol>"""


@dataclass
class Radicale:
    """The server and what a test does to it from the other side."""

    url: str
    folder: Path
    line: httpx.Client
    user: str = USER

    def home(self) -> str:
        """The address of the user's calendars."""
        return f"{self.url}/{self.user}/"

    @contextlib.contextmanager
    def newcomer(self, user: str, password: str = PASSWORD) -> Iterator["Radicale"]:
        """The same server for another user, who has no calendar yet."""
        with (self.folder / "users").open("a") as users:
            users.write(f"{user}:{password}\n")
        with httpx.Client(auth=(user, password), trust_env=False) as line:
            yield Radicale(self.url, self.folder, line, user)

    def make_calendar(self, name: str, kind: str = "VEVENT") -> str:
        """A new, empty calendar; gives its address."""
        url = f"{self.home()}{name}/"
        self.line.request("MKCOL", url, content=MKCALENDAR.format(name=name, kind=kind)).raise_for_status()
        return url

    def put(self, calendar: str, uid: str, title: str = "Review") -> str:
        """Put one entry; gives its path."""
        return self.put_text(calendar, uid, event(uid, title))

    def put_text(self, calendar: str, name: str, text: str) -> str:
        """Put one entry as it is written; gives its path."""
        reply = self.line.put(f"{calendar}{name}.ics", content=text, headers={"Content-Type": "text/calendar"})
        reply.raise_for_status()
        return httpx.URL(f"{calendar}{name}.ics").raw_path.decode()

    def fill(self, calendar: str, count: int) -> None:
        """Put a whole calendar of `count` entries in one request."""
        events = "".join(_vevent(f"many-{number}", f"Review {number}") for number in range(count))
        reply = self.line.put(
            calendar, content=_calendar(events), headers={"Content-Type": "text/calendar"}, timeout=120
        )
        reply.raise_for_status()

    def delete(self, url: str) -> None:
        """Take away an entry or a calendar."""
        self.line.delete(url).raise_for_status()

    def forget_tokens(self) -> None:
        """Lose the user's sync tokens, as after a restore or a clean-up."""
        for token in self.folder.glob(f"storage/collection-root/{self.user}/*/.Radicale.cache/sync-token/*"):
            token.unlink()


def events(titles: dict[str, str]) -> str:
    """The text of a calendar with an entry for each UID."""
    return _calendar("".join(_vevent(uid, title) for uid, title in titles.items()))


def event(uid: str, title: str = "Review") -> str:
    """The text of a calendar with one entry."""
    return _calendar(_vevent(uid, title))


def _vevent(uid: str, title: str) -> str:
    return (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20261101T090000Z\r\nDTSTART:20261201T090000Z\r\n"
        f"DTEND:20261201T100000Z\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n"
    )


def _calendar(events: str) -> str:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\n{events}END:VCALENDAR\r\n"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running_radicale(folder: Path, users: dict[str, str] | None = None) -> Iterator[Radicale]:
    """Start Radicale on an empty storage in `folder`, and end it afterwards."""
    users = users or {USER: PASSWORD}
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "users").write_text("".join(f"{user}:{password}\n" for user, password in users.items()))
    (folder / "config").write_text(_CONFIG.format(port=port, folder=folder))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", str(folder / "config")],
            stdout=log, stderr=log, env={**os.environ, "RADICALE_CONFIG": ""},
        )  # fmt: skip
        try:
            wait_for(process, port, folder / "log")
            user, password = next(iter(users.items()))
            with httpx.Client(auth=(user, password), trust_env=False) as line:
                yield Radicale(f"http://127.0.0.1:{port}", folder, line, user)
        finally:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a server: asked first, killed where it does not go."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until a server takes connections; RuntimeError with the end of its log where it ends instead."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise RuntimeError(f"The server did not start: {log.read_text()[-2000:]}")
