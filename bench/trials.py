"""What is measured: the goals, each with its floor and its peer."""

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench.measure import ROOT, Variant, python
from bench.peers import Peers
from bench.report import Goal, Trial

Month = tuple[date, date]
PATH = {"PYTHONPATH": str(ROOT)}


def again(source: Path, target: Path) -> Callable[[], None]:
    """Puts a profile back as it was laid out."""

    def put_back() -> None:
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)

    return put_back


def start(home: Path, empty: Path, meetings: int, rounds: int) -> list[Trial]:
    """Goals 1 and 2: from the start of the process to the first paint, and to the first rows."""
    bare = Variant("bare table", "floor", python("start_bare"))
    eager = Variant("everything first", "peer", python("start_eager"))
    trials = []
    for number, until, most in (("1", "paint", 1.6), ("2", "rows", 3.5)):
        ours = Variant(f"Companion, {meetings:,} meetings", "ours", python("start_ours", home, until))
        plain = Variant("Companion, empty", "ours as well", python("start_ours", empty, until))
        title = "start to first paint" if until == "paint" else "start to first rows"
        goals = (Goal("cpu", bare.name, most), Goal("cpu", eager.name, 1.0), Goal("rss", bare.name, 2.0))
        note = "Whole process, start to exit, no screen. The peer imports all libraries first and reads by an ORM."
        trials.append(Trial(number, title, (bare, ours, plain, eager), goals, rounds, note))
    return trials


def reading(file: Path, laid: Path, work: Path, events: int, rounds: int) -> list[Trial]:
    """Goals 5 and 6: a file into the stores, and the same file once more."""
    floor = Variant("regular expressions", "floor", python("read_floor", file))
    peer = Variant("icalendar, whole", "peer", python("read_icalendar", file))
    alone = Variant("Companion, reading alone", "ours as well", python("read_ours", file), environment=PATH)
    ours = Variant("Companion", "ours", python("sync_ours", work, "first"), again(laid, work), PATH)
    first = Trial(
        "5", f"{events:,} events of a file into the stores", (floor, ours, alone, peer),
        (Goal("cpu", floor.name, 5), Goal("cpu", peer.name, 0.15), Goal("rss", peer.name, 1)), rounds,
        "Ours is the whole sync: its reading process, the gate, both stores. Floor and peer only read.",
    )  # fmt: skip
    hashes = Variant("split and hash", "floor", python("again_floor", file))
    repeated = Variant("Companion", "ours", python("sync_ours", work, "again"), lambda: os.utime(file), PATH)
    second = Trial(
        "6", f"the same {events:,} events once more", (hashes, repeated, peer),
        (Goal("cpu", hashes.name, 3), Goal("cpu", peer.name, 0.02), Goal("rows", "", 2)), rounds,
        "The file's date is new each time, its content the same.",
    )  # fmt: skip
    return [first, second]


def expansion(file: Path, masters: int, month: Month, peers: Peers, rounds: int) -> list[Trial]:
    """Goal 7: the occurrences of a month of many series."""
    first, last = (day.isoformat() for day in month)
    floor = Variant("dateutil, dates alone", "floor", python("month_rrule", file, first, last))
    ours = Variant("Companion", "ours", python("month_ours", file, first, last), environment=PATH)
    rie = "recurring-ical-events"
    peer = Variant(rie, "peer", python("month_rie", file, first, last, interpreter=str(peers.bin / "python")))
    note = (
        "Processor seconds. `dates`: rules to moments (floor: no zones, exceptions, overrides). `expand`: to a month's "
        "finished occurrences; ours reads the lines of each entry in it, the peer parsed them before, not counted."
    )
    goals = (Goal("dates", floor.name, 4), Goal("expand", rie, 0.5))
    return [Trial("7", f"a month of {masters:,} series", (floor, ours, peer), goals, rounds, note)]


def gaps(file: Path, laid: Path, work: Path, events: int, rounds: int) -> list[Trial]:
    """How long the window stands still while a calendar is read."""
    idle = Variant("nothing runs", "floor", python("gap", "idle", file, work))
    peer = Variant("icalendar in a thread", "peer", python("gap", "thread", file, work))
    ours = Variant("Companion syncs", "ours", python("gap", "ours", file, work), again(laid, work), PATH)
    goals = (Goal("worst", peer.name, 0.5), Goal("worst", idle.name, 10))
    note = "In seconds: gaps between ticks of a 1 ms timer that repaints a table. Aim: worst under 0.05."
    return [Trial("", f"worst gap while {events:,} events sync", (idle, ours, peer), goals, rounds, note)]
