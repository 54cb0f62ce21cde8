"""Ours: from the bytes to a month's occurrences. Nothing is kept parsed between two readings, so `cpu` is the whole
reading; `expand` is the part that makes occurrences of judged entries (their lines are read in it), `dates` the part of
that which works out the rules, exceptions and zones.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from bench.homes import rules, window
from told import told

from companion.connectors.ics import occurrences, reading

spent = {"expand": 0.0, "dates": 0.0}


def timed(module: Any, function: str, name: str) -> None:
    """Adds up the processor time of every call of a function."""
    work: Callable[..., object] = getattr(module, function)

    def run(*arguments: object) -> object:
        began = time.process_time()
        try:
            return work(*arguments)
        finally:
            spent[name] += time.process_time() - began

    setattr(module, function, run)


file, first, last = Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), date.fromisoformat(sys.argv[3])
data, asked = file.read_bytes(), rules()
month = replace(window(), first=first, last=last)
reading.read(data[:100_000], asked, month)  # loads what is loaded late
timed(reading, "occurrences", "expand")
timed(occurrences, "slots", "dates")
with told() as figures:
    found = reading.read(data, asked, month)
    figures.update(spent)
    figures["occurrences"] = len(found.events)
assert not found.problems, found.problems[:3]
assert found.events, "nothing was expanded"  # not by the time it took: some clocks are coarse
