"""Noting and finding: from a key to a saved line, from a click to an open note, and search (goal 16)."""

import subprocess
import sys
from pathlib import Path

from bench.measure import ROOT, Variant, python
from bench.report import Goal, Trial
from bench.trials import PATH


def memory(folder: Path, notes: int, texts: int, rounds: int) -> list[Trial]:
    """All of it on one profile, which is made here."""
    home = folder / "memory"
    command = [sys.executable, "-m", "bench.memory_fill", str(home), str(notes), str(texts)]
    subprocess.run(command, check=True, cwd=ROOT)
    found = []
    for what, title in (("line", "from key to saved line"), ("note", "from click to open note")):
        floor = Variant("raw SQL", "floor", python("note_floor", home, what))
        ours = Variant("Companion", "ours", python("note_ours", home, what), environment=PATH)
        note = "The verbs that the window calls, in a running app; the floor writes or reads the same rows, as durably."
        found.append(
            Trial("", f"{title}, {notes:,} notes", (ours, floor), (Goal("wall", floor.name, 5),), rounds, note)
        )
    same = Variant("raw FTS5, the same queries", "floor", python("find_floor", home, "fts"))
    scan = Variant("LIKE", "peer", python("find_floor", home, "like"))
    ours = Variant("Companion", "ours", python("find_ours", home), environment=PATH)
    goals = (Goal("worst_ms", same.name, 1.5), Goal("worst_ms", scan.name, 0.5), Goal("wall", scan.name, 0.5))
    note = (
        "A rare word, a common one, a beginning of one letter, two words, a phrase; the first 50, newest first, "
        "with texts. Ours asks who may see them, folds what was typed, finds excerpts. `worst_ms`: the slowest."
    )
    return [*found, Trial("16", f"search in {texts:,} takeaways", (ours, same, scan), goals, rounds, note)]
