"""Kill -9 at a random moment, start again: the stores end as if nobody had killed anything."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from fakes.ics import calendar, event
from servers.radicale import PASSWORD, Radicale

pytestmark = pytest.mark.server
SHORT, LONG = 2, 40
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
            process.communicate(timeout=dice.uniform(0.3, longest))
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


def entries(count: int) -> list[tuple[str, str]]:
    return [
        (f"e{at}", event(f"e{at}", f"202612{1 + at % 28:02d}T{8 + at % 9:02d}0000Z", title=f"Kestrel review {at}",
                         answer="ACCEPTED"))
        for at in range(count)
    ]  # fmt: skip


def kills(profile: Profile, dice: random.Random, times: int, longest: float, *arguments: str) -> int:
    return sum(profile.kill(dice, longest, *arguments) for _ in range(times))


def sync_case(server: Radicale, tmp_path: Path, times: int, seed: int) -> None:
    home = server.make_calendar(f"kills-{seed}")
    everything = calendar(*(text for _, text in entries(COUNT)))
    server.line.put(home, content=everything, headers={"Content-Type": "text/calendar"}, timeout=60).raise_for_status()
    stores = []
    for name in ("whole", "killed"):
        (tmp_path / name).mkdir()
        profile = Profile(tmp_path / name / "home")
        lay_out(profile, tmp_path / name)
        profile.run(
            "accounts", "add", "caldav", "Work", home, "--user", server.user, "--password-stdin", stdin=PASSWORD + "\n"
        )
        if name == "killed":
            assert kills(profile, random.Random(seed), times, 2.5, "sync")
        profile.run("sync")
        stores.append(seen(profile))
        last = profile.run("sync")["accounts"][0]
        assert (last["added"], last["changed"], last["removed"]) == (0, 0, 0)
    assert len(stores[0]) == COUNT
    assert stores[0] == stores[1]


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
def test_many_kills_of_a_sync(server: Radicale, tmp_path: Path) -> None:
    sync_case(server, tmp_path, LONG, 2)


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
