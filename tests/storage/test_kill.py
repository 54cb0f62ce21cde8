"""kill -9 at any moment loses no row that was acknowledged, and leaves a sound store."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from companion.basics.clock import now
from companion.storage.engine import check, open_device

WRITER = """
import sys
from pathlib import Path
from companion.basics.clock import now
from companion.notes.model import Line, Note
from companion.storage.engine import open_device

run = sys.argv[2]
store = open_device(Path(sys.argv[1]), now)
with store.begin() as tx:
    tx.notes.put(Note(run, "m1", "c1", "a title", now(), now()))
for number in range(100_000):
    with store.begin() as tx:
        tx.notes.put_line(run, 2 * number, Line(f"{number}-a", now(), "", "heard " * 200))
        tx.notes.put_line(run, 2 * number + 1, Line(f"{number}-b", now(), "q", "said " * 200))
    print(number, flush=True)
"""


def write_until_killed(path: Path, run: str, seconds: float) -> int:
    """How many notes' lines were acknowledged before the writer was killed."""
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path), run], stdout=subprocess.PIPE, text=True)
    assert writer.stdout
    acknowledged = []
    line = writer.stdout.readline()  # it writes: the clock starts
    deadline = time.monotonic() + seconds
    while line:
        acknowledged.append(int(line))
        if time.monotonic() > deadline:
            os.kill(writer.pid, signal.SIGKILL)
            break
        line = writer.stdout.readline()
    acknowledged += [int(rest) for rest in writer.stdout.read().split("\n")[:-1] if rest]
    writer.stdout.close()
    assert writer.wait(10) == -signal.SIGKILL
    return len(acknowledged)


def loses_nothing(folder: Path, kills: int, longest: float) -> None:
    """Kill a writer so many times, at chance moments, and count after each."""
    chance = random.Random(20261121)
    path = folder / "device.db"
    folder.chmod(0o700)
    for kill in range(kills):
        acknowledged = write_until_killed(path, f"run-{kill}", chance.uniform(0, longest))
        assert acknowledged > 0
        assert check(path) == []
        with closing(open_device(path, now)) as store, store.begin() as tx:
            note = tx.notes.get(f"run-{kill}")
        assert note
        assert len(note.lines) % 2 == 0  # no half transaction
        assert acknowledged <= len(note.lines) // 2 <= acknowledged + 1
        assert [line.id for line in note.lines] == [f"{n}-{end}" for n in range(len(note.lines) // 2) for end in "ab"]


def test_ten_kills_lose_nothing(tmp_path: Path) -> None:
    loses_nothing(tmp_path, 10, 0.2)


@pytest.mark.torture
def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    loses_nothing(tmp_path, 200, 2)
