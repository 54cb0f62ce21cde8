"""A real IMAP server (Dovecot) on loopback: one mailbox as a Maildir, with TLS, STARTTLS and a plain port."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

USER, PASSWORD = "answers@ferro.example", "hässlich & geheim"
_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
{certificate}
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = {somebody}
default_internal_group = {group}
default_login_user = {somebody}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{folder}/mail
mailbox_list_index = no
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={somebody} gid={group} home={folder}/home
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
  }}
}}
service stats {{
  chroot =
}}
"""


@dataclass
class ImapMailbox:
    """A running server and the folder its one mailbox lives in."""

    folder: Path
    port: int
    tls_port: int
    somebody: str

    def __post_init__(self) -> None:
        self._numbers = count(1)

    def drop(self, message: bytes, box: str = "") -> Path:
        """Lay a message into the mailbox as a mail server does: written beside it, then moved."""
        place = self.folder / "mail" / (f".{box}" if box else "")
        if not (place / "tmp").is_dir():
            for name in ("cur", "new", "tmp"):
                (place / name).mkdir(parents=True, exist_ok=True)
            self._give(place)
        name = f"{time.time_ns()}.{next(self._numbers)}.test"
        waiting = place / "tmp" / name
        waiting.write_bytes(message)
        self._give(waiting)
        return waiting.rename(place / "new" / name)

    def files(self) -> list[str]:
        """The names of all messages, in which Maildir keeps their flags, without where the server put them."""
        return sorted(path.name for part in ("new", "cur") for path in (self.folder / "mail" / part).glob("*"))

    def flags(self) -> list[str]:
        """The flags of all messages, "" for none."""
        return [name.partition(":2,")[2] for name in self.files()]

    def anew(self) -> None:
        """Forget which message had which number: the next client sees another UIDVALIDITY."""
        for path in (self.folder / "mail").glob("dovecot*"):
            path.unlink()

    def log(self) -> str:
        """What the server wrote down."""
        path = self.folder / "log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def sessions(self) -> list[str]:
        """What the server wrote down of each session that is over, once it has."""
        end = time.monotonic() + 10
        while time.monotonic() < end:
            told = [line for line in self.log().splitlines() if "body_count=" in line]
            if told:
                return told
            time.sleep(0.02)
        return []

    def _give(self, place: Path) -> None:
        if os.geteuid() == 0:
            for path in (place, *(place.rglob("*") if place.is_dir() else ())):
                shutil.chown(path, self.somebody)


def _free_ports() -> tuple[int, int]:
    """Two ports that are free, held at once, so that they are never one."""
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1]), int(other.getsockname()[1])


@contextmanager
def imap_server(certificate: Path | None = None, key: Path | None = None) -> Iterator[ImapMailbox]:
    """A server for one test; with a certificate it speaks TLS and STARTTLS, without one neither."""
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    if program is None:
        raise RuntimeError("The tests of answers need Dovecot (Debian: apt-get install dovecot-imapd).")
    # Dovecot reads no mail as root; Debian's package brings a user for it.
    somebody = "dovecot" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="companion-imap-"))
    folder.chmod(0o755)
    box = ImapMailbox(folder, *_free_ports(), somebody)
    try:
        _write(box, certificate, key)
        command = [program, "-F", "-c", str(folder / "dovecot.conf")]
        with (folder / "output").open("wb") as output:
            server = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            _wait(server, box)
            yield box
        finally:
            server.terminate()
            server.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(box: ImapMailbox, certificate: Path | None, key: Path | None) -> None:
    folder = box.folder
    entry = pwd.getpwnam(box.somebody)
    import grp

    for name in ("mail", "home"):
        (folder / name).mkdir()
        shutil.chown(folder / name, box.somebody)
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", "utf-8")
    named = f"ssl_cert = <{certificate}\nssl_key = <{key}" if certificate else ""
    config = _CONFIG.format(
        folder=folder, ssl="yes" if certificate else "no", certificate=named, somebody=box.somebody,
        group=grp.getgrgid(entry.pw_gid).gr_name, plain=box.port, tls=box.tls_port if certificate else 0,
    )  # fmt: skip
    (folder / "dovecot.conf").write_text(config, "utf-8")


def _wait(server: "subprocess.Popen[bytes]", box: ImapMailbox) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with socket.create_connection(("127.0.0.1", box.port), 1) as line:
                if line.recv(4) == b"* OK":
                    return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError((box.folder / "output").read_text("utf-8", "replace") + box.log())
