"""A PostgreSQL server of our own: a cluster in a temporary folder, on loopback, gone after the session."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

USER = "companion"


@dataclass(frozen=True)
class Server:
    """A running server and how to reach it as its owner."""

    port: int
    password: str

    def url(self, database: str, *, user: str = USER, password: str | None = None) -> str:
        """The address of a database."""
        return f"postgresql://{user}:{password or self.password}@127.0.0.1:{self.port}/{database}"

    def run(self, statement: str, database: str = "postgres") -> None:
        """Run one statement outside a transaction."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """A fresh database's address; it is dropped after."""
        name = f"t_{secrets.token_hex(6)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


def _programs() -> Path:
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    if not found:
        raise RuntimeError("The storage tests need PostgreSQL's own programs (Debian: apt-get install postgresql).")
    return max(found, key=lambda path: int(path.parent.name) if path.parent.name.isdigit() else 0)


def _as_somebody() -> list[str]:
    # PostgreSQL does not run as root; Debian's package brings a user for it.
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running() -> Iterator[Server]:
    """A server for as long as the block lasts."""
    programs, somebody = _programs(), _as_somebody()
    folder = Path(tempfile.mkdtemp(prefix="companion-pg-"))
    password = secrets.token_urlsafe(12)
    secret = folder / "password"
    secret.write_text(password)
    if somebody:
        for path in (folder, secret):
            shutil.chown(path, "postgres")

    def run(program: str, *arguments: str) -> None:
        # Its output goes to a file: a pipe would stay open as long as the server that inherits it.
        said = folder / "said"
        with said.open("w") as file:
            done = subprocess.run(
                [*somebody, str(programs / program), *arguments], cwd="/", stdout=file, stderr=file, check=False
            )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {said.read_text()}")

    data = str(folder / "data")
    try:
        run(
            "initdb", "-D", data, "-U", USER, "-A", "scram-sha-256", f"--pwfile={secret}", "--no-sync",
            "-E", "UTF8", "--locale=C",
        )  # fmt: skip
        port = _free_port()
        options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c max_connections=40 -c shared_buffers=32MB"
        run("pg_ctl", "-D", data, "-l", str(folder / "log"), "-w", "-o", options, "start")
        try:
            yield Server(port, password)
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
