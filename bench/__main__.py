"""`python -m bench`: measure all, or some by name, and write RESULTS.md."""

import argparse
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench import calendar_file, trials
from bench.measure import ROOT, interleave
from bench.radicale import radicale
from bench.report import Outcome, Trial, write

NAMES = ("start", "reading", "no-change", "gaps")
RESULTS = Path(__file__).with_name("RESULTS.md")


def run(found: list[Trial]) -> list[Outcome]:
    """Measure some trials, one after the other."""
    outcomes = []
    for trial in found:
        print(f"{trial.title} ({trial.rounds} rounds)", file=sys.stderr, flush=True)
        outcomes.append(Outcome(trial, *interleave(trial.variants, trial.rounds)))
    return outcomes


def homes(verb: str, *arguments: object) -> None:
    """`bench.homes` in a process of its own: what this one has in memory, every variant would seem to have had."""
    command = [sys.executable, "-m", "bench.homes", verb, *map(str, arguments)]
    subprocess.run(command, check=True, cwd=ROOT)


def measure(options: argparse.Namespace, folder: Path) -> list[Outcome]:
    """All trials asked for, on profiles and calendars made in a folder."""
    today = datetime.now(UTC).replace(tzinfo=None)
    outcomes: list[Outcome] = []
    if "start" in options.only:
        home, empty = folder / "filled", folder / "empty"
        homes("lay_out", empty)
        homes("lay_out", home)
        homes("fill", home, options.meetings)
        outcomes += run(trials.start(home, empty, options.meetings, max(options.rounds, 9)))
    if {"reading", "gaps"} & set(options.only):
        file, laid, work = folder / "calendar.ics", folder / "laid", folder / "work"
        calendar_file.write(file, options.events, today)
        homes("lay_out", laid, file)
        if "reading" in options.only:
            outcomes += run(trials.reading(file, laid, work, options.events, options.rounds))
        if "gaps" in options.only:
            outcomes += run(trials.gaps(file, laid, work, options.events, options.rounds))
    if "no-change" in options.only:
        with radicale(folder / "dav", options.objects, today) as url:
            outcomes += run(trials.no_change(url, folder, options.objects, options.peers, options.rounds))
    return outcomes


def main() -> None:
    """Read the command line, measure, write."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--rounds", type=int, default=5, help="at least 5; starts are measured at least 9 times")
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--meetings", type=int, default=100_000)
    parser.add_argument("--objects", type=int, default=2_000, help="events on the CalDAV server")
    parser.add_argument("--peers", type=Path, help="the bin folder of the peers' environment")
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        outcomes = measure(options, Path(folder))
    write(outcomes, (before, os.getloadavg()[0]), options.out)


if __name__ == "__main__":
    main()
