"""Noting, preparing and finding: a key in a long note, a saved line, an open note, a brief, and search (goal 16)."""

import subprocess
import sys
from pathlib import Path

from bench.measure import ROOT, Variant, python
from bench.report import Goal, Trial
from bench.trials import PATH

LINES = 5_000  # of the note that is typed into


def memory(folder: Path, notes: int, texts: int, rounds: int) -> list[Trial]:
    """All of it on one profile, which is made here."""
    home = folder / "memory"
    command = [sys.executable, "-m", "bench.memory_fill", str(home), str(notes), str(texts)]
    subprocess.run(command, check=True, cwd=ROOT)
    found = []
    for what, title in (("line", "from key to saved line"), ("note", "from click to open note")):
        floor = Variant("raw SQL", "floor", python("note_floor", home, what, notes))
        ours = Variant("Companion", "ours", python("note_ours", home, what, notes), environment=PATH)
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
    found += [_typing(LINES, rounds), _brief(folder / "brief", notes, rounds)]
    return [*found, Trial("16", f"search in {texts:,} takeaways", (ours, same, scan), goals, rounds, note)]


def _typing(lines: int, rounds: int) -> Trial:
    floor = Variant("bare QPlainTextEdit", "floor", python("keys_typed", "bare", lines))
    ours = Variant("Companion", "ours", python("keys_typed", "ours", lines), environment=PATH)
    goals = (
        Goal("worst_ms", "", 16), Goal("worst_cpu_ms", floor.name, 4), Goal("key_cpu_ms", floor.name, 4)
    )  # fmt: skip
    note = "Four hundred keys, in the middle and at the end; no screen. `worst_ms`: the slowest key, painting included."
    return Trial("", f"a key in a note of {lines:,} lines", (ours, floor), goals, rounds, note)


def _brief(home: Path, takeaways: int, rounds: int) -> Trial:
    subprocess.run([sys.executable, "-m", "bench.brief_fill", str(home), str(takeaways)], check=True, cwd=ROOT)
    floor = Variant("the same rows read raw", "floor", python("brief_floor", home))
    ours = Variant("Companion", "ours", python("brief_ours", home), environment=PATH)
    note = "Twenty briefs of a customer with 200 facts and 40 meetings: read, chosen, cut to a page, and kept if new."
    return Trial("", f"a brief, {takeaways:,} takeaways", (ours, floor), (Goal("cpu", floor.name, 10),), rounds, note)
