"""`python -m bench`: measure all, or some by name, and write what came of it into RESULTS.md."""

import argparse
import os
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench import (
    board_trials,
    calendar_file,
    channel_trials,
    dav_trials,
    graph_trials,
    memory_trials,
    plan_trials,
    site_trials,
    table_trials,
    trials,
)
from bench.channels import servers
from bench.graph import graph
from bench.measure import ROOT, interleave
from bench.peers import Peers
from bench.radicale import radicale
from bench.report import Outcome, Trial, write
from companion.basics.paths import open_home

NAMES = (
    "start",
    "reading",
    "expansion",
    "caldav",
    "no-change",
    "graph",
    "listing",
    "table",
    "gaps",
    "site",
    "channels",
    "memory",
    "board",
    "planner",
)
RESULTS = Path(__file__).with_name("RESULTS.md")
MEMORY = Path("/dev/shm")


def run(found: list[Trial]) -> list[Outcome]:
    """Measure some trials, one after the other."""
    outcomes = []
    for trial in found:
        print(f"{trial.number} {trial.title} ({trial.rounds} rounds)", file=sys.stderr, flush=True)
        warm = trial.warm if trial.rounds > 1 else 0
        outcomes.append(Outcome(trial, *interleave(trial.variants, trial.rounds, warm)))
    return outcomes


def homes(verb: str, *arguments: object) -> None:
    """`bench.homes` in a process of its own: what this one has in memory, every variant would seem to have had."""
    command = [sys.executable, "-m", "bench.homes", verb, *map(str, arguments)]
    subprocess.run(command, check=True, cwd=ROOT)


class Run:
    """One run of the bench: what was asked for, and the folder in which profiles and calendars are made."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.options, self.folder, self.rounds = options, folder, options.rounds
        self.today = datetime.now(UTC).replace(tzinfo=None)
        self.peers = Peers((options.peers or Path("absent")).absolute(), folder / "peers")

    def measured(self) -> list[Outcome]:
        """Everything asked for."""
        only = set(self.options.only)
        outcomes: list[Outcome] = []
        if only & {"start", "table"}:
            outcomes += self._filled(only)
        if only & {"reading", "gaps"}:
            outcomes += self._reading(only)
        if "expansion" in only:
            outcomes += self._expansion()
        if "listing" in only:
            outcomes += self._listing()
        if only & {"caldav", "no-change"}:
            outcomes += self._caldav(only)
        if "graph" in only:
            outcomes += self._graph()
        if "site" in only:
            outcomes += run(site_trials.site(self.folder, self.options.takeaways, self.peers, self.rounds))
        if "memory" in only:
            outcomes += run(memory_trials.memory(self.folder, self.options.notes, self.options.texts, self.rounds))
        if "board" in only:
            outcomes += self._board()
        if "planner" in only:
            outcomes += run(plan_trials.plans(self.rounds))
        if "channels" in only:
            with servers() as here:
                outcomes += run([channel_trials.channels(here, self.folder / "channels", self.rounds)])
        return outcomes

    def _filled(self, only: set[str]) -> list[Outcome]:
        home, empty, meetings = self.folder / "filled", self.folder / "empty", self.options.meetings
        homes("lay_out", empty)
        homes("lay_out", home)
        homes("fill", home, meetings)
        outcomes: list[Outcome] = []
        if "start" in only:
            outcomes += run(trials.start(home, empty, meetings, max(self.rounds, self.options.starts)))
        if "table" in only:
            file, laid = self.folder / "beside.ics", self.folder / "beside"
            calendar_file.write(file, calendar_file.entries(self.options.events, self.today))
            homes("lay_out", laid, file)
            work, rounds = self.folder / "beside-work", min(self.rounds, 3)  # minutes each
            outcomes += run([table_trials.table(home, laid, work, meetings, rounds)])
        return outcomes

    def _board(self) -> list[Outcome]:
        leaders, meetings, rounds = self.options.leaders, self.options.meetings, min(self.rounds, 3)
        home, empty, work = self.folder / "board", self.folder / "board-empty", self.folder / "board-work"
        homes("lay_out", empty)
        board_trials.fill(home, leaders, meetings)
        outcomes = run([board_trials.bulk(empty, work, min(meetings, 10_000), leaders, self.rounds)])
        outcomes += run([board_trials.year(str(open_home(home).workspace), "SQLite", self.rounds)])
        with board_trials.server(leaders, meetings) as url:
            outcomes += run([board_trials.year(url, "PostgreSQL", self.rounds)])
        file, laid = self.folder / "beside-board.ics", self.folder / "beside-board"
        calendar_file.write(file, calendar_file.entries(self.options.events, self.today))
        homes("lay_out", laid, file)
        size = f"{leaders:,} leaders and {meetings:,} meetings"
        return outcomes + run([board_trials.page(home, laid, work, size, rounds)])

    def _reading(self, only: set[str]) -> list[Outcome]:
        file, laid, work = self.folder / "calendar.ics", self.folder / "laid", self.folder / "work"
        events = self.options.events
        calendar_file.write(file, calendar_file.entries(events, self.today))
        homes("lay_out", laid, file)
        outcomes: list[Outcome] = []
        if "reading" in only:
            outcomes += run(trials.reading(file, laid, work, events, self.rounds))
        if "gaps" in only:
            outcomes += run(trials.gaps(file, laid, work, events, self.rounds))
        return outcomes

    def _expansion(self) -> list[Outcome]:
        file, count = self.folder / "series.ics", self.options.masters
        calendar_file.write(file, calendar_file.masters(count, self.today))
        first = self.today.date().replace(day=1)
        month = (first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
        return run(trials.expansion(file, count, month, self.peers, self.rounds))

    def _listing(self) -> list[Outcome]:
        home, events = self.folder / "listed", self.options.events
        homes("lay_out", home)
        homes("fill", home, events)
        if self.peers.has("khal"):
            self.peers.lay_out()
            self.peers.fill(events, self.today)
        monday = date.fromordinal(self.today.toordinal() - self.today.weekday())
        week = (monday, monday + timedelta(days=6))
        return run(dav_trials.listing(home, events, week, self.peers, self.rounds))

    def _caldav(self, only: set[str]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        print("Radicale reads its calendar", file=sys.stderr, flush=True)
        with radicale(self.folder / "dav", self.options.objects, self.today) as server:
            laid = self.folder / "dav-laid"
            homes("lay_out", laid, server.url)
            if "caldav" in only:
                rounds = min(self.rounds, 3)  # the peers take most of a minute each
                outcomes += run(dav_trials.first(server, laid, self.folder, self.peers, rounds))
            if "no-change" in only:
                outcomes += run(dav_trials.no_change(server, laid, self.folder, self.peers, self.rounds))
        return outcomes

    def _graph(self) -> list[Outcome]:
        laid, work, count = self.folder / "graph-laid", self.folder / "graph", self.options.events
        with graph(self.folder, count, self.today) as server:
            homes("lay_out", laid, server.url)
            outcomes = run([graph_trials.first(server, laid, work / "first", count, self.rounds)])
            return outcomes + run([graph_trials.no_change(server, laid, work / "again", count, self.rounds)])


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--rounds", type=int, default=5, help="at least 5 for figures one may quote")
    parser.add_argument("--starts", type=int, default=9, help="the rounds of a start, where that is more")
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--takeaways", type=int, default=10_000)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--texts", type=int, default=100_000, help="takeaways that are searched")
    parser.add_argument("--meetings", type=int, default=100_000)
    parser.add_argument("--leaders", type=int, default=1_000)
    parser.add_argument("--masters", type=int, default=1_000, help="series of which a month is expanded")
    parser.add_argument("--objects", type=int, default=10_000, help="events on the CalDAV server")
    parser.add_argument("--peers", type=Path, help="the bin folder of the peers' environment")
    parser.add_argument("--out", type=Path, default=RESULTS)
    return parser.parse_args()


def main() -> None:
    """Measure and write."""
    options = parsed()
    before = os.getloadavg()[0]
    # A file system on a disk writes thousands of files in one time or in four, for reasons of its own.
    place = MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="bench-", dir=place) as folder:
        outcomes = Run(options, Path(folder)).measured()
    write(outcomes, (before, os.getloadavg()[0]), options.out, options.peers)


if __name__ == "__main__":
    main()
