"""kill -9 at any moment loses no row that was acknowledged, and leaves a sound store."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from companion.basics.clock import now
from companion.storage.engine import check, open_device

# One process loads the app; each run is a fork of it that writes until it is killed.
WRITER = """
import os, sys
from pathlib import Path
from companion.basics.clock import now
from companion.notes.merge import Version
from companion.notes.model import Note
from companion.storage.engine import open_device

def write(path, run):
    store = open_device(path, now)
    with store.begin() as tx:
        tx.notes.put(Note(run, "m1", "c1", "a title", now(), now()))
    for number in range(100_000):
        with store.begin() as tx:
            heard = Version("heard " * 200, (), "", now(), 2 * number)
            tx.versions.put(run, f"line:{number}-a", (heard,), now())
            said = Version("said " * 200, (), "q", now(), 2 * number + 1)
            tx.versions.put(run, f"line:{number}-b", (said,), now())
        os.write(1, f"{number}\\n".encode())

for run in sys.stdin:
    child = os.fork()
    if not child:
        write(Path(sys.argv[1]), run.strip())
    os.write(1, f"pid {child}\\n".encode())
    _, status = os.waitpid(child, 0)
    os.write(1, f"dead {os.waitstatus_to_exitcode(status)}\\n".encode())
"""


@contextmanager
def writing(path: Path) -> Iterator[subprocess.Popen[str]]:
    """The process that forks writers."""
    script = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        try:
            yield writer
        finally:
            if writer.stdin:
                writer.stdin.close()


def write_until_killed(writer: subprocess.Popen[str], run: str, seconds: float) -> int:
    """How many notes' lines were acknowledged before the writer was killed."""
    assert writer.stdin
    assert writer.stdout
    writer.stdin.write(f"{run}\n")
    writer.stdin.flush()
    pid, acknowledged, deadline = 0, 0, float("inf")
    for line in writer.stdout:
        word, _, rest = line.strip().partition(" ")
        if word == "dead":
            assert int(rest) == -signal.SIGKILL
            return acknowledged
        if word == "pid":
            pid = int(rest)
        else:
            acknowledged += 1
            deadline = min(deadline, time.monotonic() + seconds)  # it writes: the clock starts
        if pid and time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            deadline = float("inf")
    raise AssertionError("the process that forks writers ended")


def loses_nothing(folder: Path, kills: int, longest: float) -> None:
    """Kill a writer so many times, at chance moments, and count after each."""
    chance = random.Random(20261121)
    path = folder / "device.db"
    folder.chmod(0o700)
    with writing(path) as writer:
        for kill in range(kills):
            acknowledged = write_until_killed(writer, f"run-{kill}", chance.uniform(0, longest))
            is_whole(path, f"run-{kill}", acknowledged)


def is_whole(path: Path, run: str, acknowledged: int) -> None:
    """Whether every acknowledged line is there, and nothing by halves."""
    assert acknowledged > 0
    assert check(path) == []
    with closing(open_device(path, now)) as store, store.begin() as tx:
        note = tx.notes.get(run)
    assert note
    assert len(note.lines) % 2 == 0  # no half transaction
    assert acknowledged <= len(note.lines) // 2 <= acknowledged + 1
    assert [line.id for line in note.lines] == [f"{n}-{end}" for n in range(len(note.lines) // 2) for end in "ab"]


def test_ten_kills_lose_nothing(tmp_path: Path) -> None:
    loses_nothing(tmp_path, 10, 0.2)


@pytest.mark.torture
def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    loses_nothing(tmp_path, 200, 2)
