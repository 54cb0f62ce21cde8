"""Kill -9 at a random moment, start again: the stores end as if nobody had killed anything."""

import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from fakes.ics import calendar, event
from servers.radicale import PASSWORD, Radicale

pytestmark = pytest.mark.server
SHORT, KILLS, ROUNDS = 2, 200, 4
COUNT = 210  # three pages


class Profile:
    """The real command in processes of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        passphrase = home.parent / "passphrase"
        passphrase.write_text("correct horse")
        self.env = {**os.environ, "COMPANION_SECRETS": "passphrase", "COMPANION_PASSPHRASE_FILE": str(passphrase)}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "companion", "--home", str(self.home), *arguments]
        return subprocess.Popen(
            command, env=self.env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip

    def run(self, *arguments: str, stdin: str = "") -> Any:
        process = self.start(*arguments, "--json")
        out, err = process.communicate(stdin, timeout=120)
        assert process.returncode == 0, (arguments, out, err)
        return json.loads(out)

    def kill(self, dice: random.Random, longest: float, *arguments: str) -> bool:
        """Whether the command was still at work when it was killed."""
        process = self.start(*arguments)
        try:
            process.communicate(timeout=dice.uniform(0.1, longest))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return True
        return False


def lay_out(profile: Profile, tmp_path: Path) -> None:
    people, customers = tmp_path / "people.csv", tmp_path / "customers.csv"
    people.write_text(
        "name,email,team,role,target\nDana,dana@ferro.example,Finance,leader,2\nRosa,rosa@ferro.example,Sales,host,\n"
    )
    customers.write_text("name,domains,host_email\nKestrel,kestrel.example,rosa@ferro.example\n")
    profile.run("programme", "--domain", "ferro.example", "--zone", "Europe/Amsterdam", "--start", "2026-01-01")
    profile.run("people", "import", str(people))
    profile.run("customers", "import", str(customers))
    profile.run("me", "dana@ferro.example")


def seen(profile: Profile) -> list[Any]:
    """What the board rests on: every meeting with its seats, in an order of their own."""
    return sorted(
        (m["id"], m["title"], m["start"], m["status"], [(s["email"], s["state"]) for s in m["seats"]])
        for m in profile.run("meetings")
    )


@dataclass
class Calendars:
    """Entries that change while they are read: on a real CalDAV server, and in a file of the hosts'."""

    server: Radicale
    home: str
    path: Path
    dice: random.Random
    began: datetime = field(default_factory=lambda: datetime.now(UTC).replace(hour=0, minute=0, second=0))
    served: dict[str, str] = field(default_factory=dict)
    filed: dict[str, str] = field(default_factory=dict)

    def lay(self) -> None:
        """Put the first entries; some of them stand in both calendars."""
        self.served = {f"e{at}": self._entry(f"e{at}") for at in range(COUNT)}
        self.filed = {f"e{at}": self._entry(f"e{at}") for at in range(0, 3 * COUNT, 3)}
        whole = calendar(*self.served.values())
        put = self.server.line.put(self.home, content=whole, headers={"Content-Type": "text/calendar"}, timeout=60)
        put.raise_for_status()
        self._write()

    def change(self) -> None:
        """A few entries go, come, move, or are called off, in both calendars."""
        for entries in (self.served, self.filed):
            uid, new = self.dice.choice(sorted(entries)), f"n{self.dice.randrange(10**9)}"
            del entries[uid]
            entries[new] = self._entry(new)
            changed = self.dice.sample(sorted(entries), 4)
            entries.update((other, self._entry(other)) for other in changed)
            if entries is self.served:
                self.server.delete(f"{self.home}{uid}.ics")
                for other in (new, *changed):
                    self.server.put_text(self.home, other, calendar(entries[other]).decode())
        self._write()

    def _entry(self, uid: str) -> str:
        at = self.began + timedelta(days=self.dice.randint(3, 90), hours=self.dice.randint(7, 17))
        answer = self.dice.choice(("ACCEPTED", "DECLINED", "NEEDS-ACTION"))
        state = ("STATUS:CANCELLED",) if self.dice.random() < 0.1 else ()
        title = f"Kestrel review {uid} {self.dice.randrange(10**6)}"
        return event(uid, f"{at:%Y%m%dT%H%M%SZ}", *state, title=title, answer=answer)

    def _write(self) -> None:
        new = self.path.with_suffix(".new")
        new.write_bytes(calendar(*self.filed.values()))
        new.replace(self.path)


def stores(home: Path) -> dict[str, list[Any]]:
    """What both stores hold of the calendars, without what is random or of the moment."""
    told = 'uid, rec_key, start, "end", title, status, guests, organiser, score'
    paths = home / "device.db", home / "workspace.db"
    with closing(sqlite3.connect(paths[0])) as device, closing(sqlite3.connect(paths[1])) as work:
        for store in (device, work):
            assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert store.execute("PRAGMA foreign_key_check").fetchall() == []
        assert device.execute("SELECT count(*) FROM command").fetchone() == (0,)
        return {
            "members": sorted(device.execute("SELECT * FROM member")),
            "events": sorted(device.execute(f"SELECT account_id, seal, {told} FROM event")),
            "copies": sorted(work.execute(f"SELECT account_id, meeting_id, {told} FROM meeting_copy")),
            "meetings": sorted(work.execute(f"SELECT id, {told}, host_email, verdict FROM meeting")),
            "said": sorted(work.execute("SELECT meeting_id, person_id, source, says FROM evidence")),
        }


def kills(profile: Profile, dice: random.Random, times: int, longest: float, *arguments: str) -> int:
    return sum(profile.kill(dice, longest, *arguments) for _ in range(times))


def connected(tmp_path: Path, calendars: Calendars) -> tuple[Profile, Profile]:
    """Two profiles alike with both calendars in them, nothing read: one to be killed, one to be left in peace."""
    for name in ("killed", "whole"):
        (tmp_path / name).mkdir()
    killed, whole = (Profile(tmp_path / name / "home") for name in ("killed", "whole"))
    lay_out(killed, tmp_path / "killed")
    killed.run(
        "accounts", "add", "caldav", "Work", calendars.home, "--user", calendars.server.user, "--password-stdin",
        stdin=PASSWORD + "\n",
    )  # fmt: skip
    killed.run("accounts", "add", "ics", "Hosts", str(calendars.path), "--hosts")
    shutil.copytree(killed.home, whole.home)
    return killed, whole


def sync_case(server: Radicale, tmp_path: Path, times: int, seed: int) -> None:
    dice = random.Random(seed)
    calendars = Calendars(server, server.make_calendar(f"kills-{seed}"), tmp_path / "hosts.ics", dice)
    calendars.lay()
    killed, whole = connected(tmp_path, calendars)
    began = time.monotonic()
    killed.run("sync")
    longest = time.monotonic() - began
    at_work = 0
    for _ in range(times):
        calendars.change()
        at_work += killed.kill(dice, longest, "sync")
    assert at_work * 3 > times, "too few were still at work"
    killed.run("sync")
    whole.run("sync")
    ours, theirs = stores(killed.home), stores(whole.home)
    for table, rows in theirs.items():
        assert ours[table] == rows, table
    assert len(ours["events"]) == 2 * COUNT
    assert seen(killed) == seen(whole)
    for account in killed.run("sync")["accounts"]:
        assert (account["added"], account["changed"], account["removed"], account["problems"]) == (0, 0, 0, [])


class Post:
    """A mail server that counts what it took."""

    def __init__(self) -> None:
        self.took: Counter[tuple[str, str]] = Counter()

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:
        text = envelope.content.decode("utf-8", "replace")
        message_id = next(line for line in text.splitlines() if line.lower().startswith("message-id:"))
        self.took.update((address, message_id) for address in envelope.rcpt_tos)
        return "250 taken"


@pytest.fixture
def post() -> Iterator[tuple[Post, int]]:
    handler = Post()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


def publish_case(tmp_path: Path, post: tuple[Post, int], times: int, seed: int) -> None:
    handler, port = post
    profile = Profile(tmp_path / "home")
    lay_out(profile, tmp_path)
    work = tmp_path / "work.ics"
    work.write_bytes(calendar(event("past", "20260110T130000Z", answer="ACCEPTED")))
    profile.run("accounts", "add", "ics", "Work", str(work))
    profile.run("sync")
    meeting = profile.run("meetings")[0]["id"]
    lines = tmp_path / "lines.md"
    lines.write_text("q We lose a crew day.\n")
    note = profile.run("notes", "new", meeting, "--file", str(lines))["id"]
    profile.run("channels", "add", "site", "Intranet", str(tmp_path / "site"))
    profile.run(
        "channels", "add", "smtp", "Mail", f"127.0.0.1:{port}", "--security", "none", "--from", "a@ferro.example"
    )
    readers = [f"reader{at}@ferro.example" for at in range(12)]
    order: Sequence[str] = ("takeaways", "publish", note, "--headline", "A crew day", "--audience", "company",
                            "--channel", "Intranet", "--channel", "Mail",
                            *(word for one in readers for word in ("--to", one)))  # fmt: skip
    dice = random.Random(seed)
    first = profile.kill(dice, 1.6, *order)
    made = profile.run("takeaways", "list")
    if not made:  # killed before anything was promised; nothing may have gone out
        assert not handler.took
        profile.run(*order)
    kills(profile, dice, times, 1.6, "outbox")
    profile.run("outbox")
    made = profile.run("takeaways", "list")
    assert len(made) == 1, (first, made)
    assert max(handler.took.values(), default=0) <= 1, "nobody gets a revision twice"
    states = {row["recipient"]: row["state"] for row in profile.run("outbox") if row["recipient"]}
    assert set(states) == set(readers)
    got = {address for address, _ in handler.took}
    for reader in readers:  # a kill between the server's yes and our note is the one thing nobody can know
        assert states[reader] in ("sent", "unknown", "sending")
        assert (states[reader] != "sent") or reader in got
    assert "A crew day" in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_a_few_kills_of_a_sync(server: Radicale, tmp_path: Path) -> None:
    sync_case(server, tmp_path, SHORT, 1)


def test_a_few_kills_of_publishing(tmp_path: Path, post: tuple[Post, int]) -> None:
    publish_case(tmp_path, post, SHORT, 1)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(10, 10 + ROUNDS))
def test_many_kills_of_a_sync(server: Radicale, tmp_path: Path, seed: int) -> None:
    sync_case(server, tmp_path, KILLS // ROUNDS, seed)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(20))
def test_many_kills_of_publishing(tmp_path: Path, post: tuple[Post, int], seed: int) -> None:
    publish_case(tmp_path, post, 4, seed)


@pytest.mark.torture
def test_kills_of_the_demo(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    profile = Profile(tmp_path / "x" / "home")
    dice = random.Random(3)
    for _ in range(8):
        profile.kill(dice, 15, "demo", "--no-window", "--shots", str(tmp_path / "shots"))
    process = profile.start("demo", "--no-window", "--shots", str(tmp_path / "shots"))
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, (out, err)
    titles = [item["headline"] for item in profile.run("takeaways", "list")]
    assert len(titles) == len(set(titles))
