"""kill -9 while a copy is written: the file is the old one or the new one, whole, and nothing else is touched."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from companion.connectors.notes_copy import NotesCopyFiles

WRITER = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from companion.connectors.notes_copy import NotesCopyFiles
from companion.notes.copying import Sheet
from companion.notes.merge import Kept, Version

box, at = NotesCopyFiles(), datetime(2026, 11, 12, tzinfo=UTC)
folder, key = Path(sys.argv[1]), sys.argv[2]
heard = os.urandom(60_000).hex()

def write():
    for counter in range(1, 100_000):
        units = {"line:l1": (Version(heard + str(counter), (("a", counter),), "", at),)}
        kept = Kept("m1", frozenset({"n1"}), at, at, units=units)
        box.write(folder, key, {}, Sheet("a", "x", counter, {"m1": box.seal(key, kept, str(counter))}))
        os.write(1, f"{counter}\\n".encode())

for _ in sys.stdin:
    child = os.fork()
    if not child:
        write()
    os.write(1, f"pid {child}\\n".encode())
    os.waitpid(child, 0)
    os.write(1, b"dead\\n")
"""


def stands(folder: Path, kills: int, longest: float) -> None:
    """Kill a writer so many times at chance moments, and read what stands after each."""
    box, chance = NotesCopyFiles(), random.Random(20261122)
    key = box.new_key()
    (folder / "companion-b.notes").write_bytes(b"somebody else's")
    script = [sys.executable, "-c", WRITER, str(folder), key]
    with subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdin
        assert writer.stdout
        for _ in range(kills):
            writer.stdin.write("go\n")
            writer.stdin.flush()
            pid, acknowledged = 0, 0
            while not (pid and acknowledged):
                word = writer.stdout.readline().split()
                pid, acknowledged = (int(word[1]), acknowledged) if word[0] == "pid" else (pid, int(word[0]))
            time.sleep(chance.uniform(0, longest))
            os.kill(pid, signal.SIGKILL)
            for line in iter(writer.stdout.readline, "dead\n"):
                acknowledged = int(line)
            mine = next(one for one in box.look(folder) if one.name == "companion-a.notes")
            copied = box.read(folder, mine, key)
            assert acknowledged <= copied.counter <= acknowledged + 1
            assert copied.notes["m1"].units["line:l1"][0].text.endswith(str(copied.counter))
        writer.stdin.close()
    assert (folder / "companion-b.notes").read_bytes() == b"somebody else's"
    box.remove(folder, "a")
    assert [path.name for path in folder.iterdir()] == ["companion-b.notes"], "what killed writers left is gone as well"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the writer forks")
def test_five_kills(tmp_path: Path) -> None:
    stands(tmp_path, 5, 0.05)


@pytest.mark.torture
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the writer forks")
def test_two_hundred_kills(tmp_path: Path) -> None:
    stands(tmp_path, 200, 0.3)
