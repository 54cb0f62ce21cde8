"""Microsoft 365 as a machine: mailboxes change, Graph fails in every known way, processes are killed, and it holds.

The invariants: I1 after a clean round the device holds what the mailboxes show, after a reconcile whatever delta kept
to itself; I2 a second round writes nothing and asks one request for each calendar; I3 a kill and a rerun is no kill;
I5 the cursor is never ahead of the data, so that delta alone brings what a killed round did not; I6 a broken event
hides only itself; I7 the order of the mailboxes does not matter; I8 nothing is there twice; I12 what people said
stands. No title that is private, or none of ours, stands in a store.
"""

import os
import tempfile
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket
from companion.programme import meetings, seats
from fakes.killing import Fate, KilledError
from programme.graph_edits import EDITS, KINDS, create
from programme.graph_office import NAMES, PLACES, check_twin, check_words, move_in, refused, settle

SHARDS = 8
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # a disk would wait for every commit
FAULTS: dict[str, dict[str, object]] = {
    "empty_page": {}, "duplicates": {}, "removed_outside": {}, "bare": {"path": "delta"}, "foreign_link": {},
    "loop": {}, "gone": {"path": "delta"}, "sync_state_lost": {"path": "delta"}, "gateway": {}, "html": {},
    "expired": {}, "claims": {}, "bad_date": {}, "cut": {}, "reset": {}, "no_value": {},
    "throttled": {"retry_after": "3600"}, "busy": {"retry_after": "Sat, 21 Nov 2026 23:00:00 GMT"},
}  # fmt: skip
numbers, days = st.integers(0, 99), st.integers(-60, 60)
kinds = st.sampled_from(["review", "review", "review", *sorted(KINDS)])
rarely, pages = st.sampled_from([False, False, False, True]), st.sampled_from([3, 20, 1000])
new = st.tuples(st.sampled_from(PLACES), kinds, days, st.integers(0, 5), rarely, rarely, rarely)
edit = st.tuples(st.sampled_from(PLACES), numbers, st.sampled_from(sorted(EDITS)), numbers, days)
edits = st.lists(edit, max_size=4)
names = st.lists(st.sampled_from(NAMES), unique=True)


class GraphMachine(RuleBasedStateMachine):
    """Three mailboxes with four calendars, people who speak, a clock, a server that fails, and kills."""

    def __init__(self, laid_out: Path) -> None:
        super().__init__()
        self.laid_out = laid_out
        self.folder = Path(tempfile.mkdtemp(prefix="graph-", dir=MEMORY))
        self.office = move_in(laid_out, self.folder)

    @initialize(flood=st.sampled_from([0, 0, 0, 0, 22]), page=pages, settled=st.sampled_from([True, True, False]),
                entries=st.lists(new, min_size=3, max_size=8))  # fmt: skip
    def begin(self, flood: int, page: int, settled: bool, entries: list[tuple[Any, ...]]) -> None:
        self.office.firm.graph.most = page
        for day in range(flood):
            create(self.office, self.office.calendars["dana"], "review", day + 1, 0)
        for place, *what in entries:
            create(self.office, self.office.calendars[place], *what)
        if settled:
            settle(self.office)

    # What happens in mailboxes

    @rule(entries=st.lists(new, min_size=1, max_size=3))
    def create(self, entries: list[tuple[Any, ...]]) -> None:
        for place, *what in entries:
            create(self.office, self.office.calendars[place], *what)

    def _edit(self, changes: list[tuple[str, int, str, int, int]]) -> None:
        for place, which, what, n, day in changes:
            calendar = self.office.calendars[place]
            if calendar.entries:
                key = sorted(calendar.entries)[which % len(calendar.entries)]
                EDITS[what](self.office, calendar, key, n, day)

    # What people do, and time

    @rule(which=numbers, what=st.sampled_from(["yes", "forget", "attended", "declined"]))
    def say(self, which: int, what: str) -> None:
        house, there = self.office.house, sorted(self.office.meetings())
        if not there:
            return
        key = there[which % len(there)]
        try:
            if what == "yes":
                meetings.confirm(house, [key], "Kestrel")
            elif what == "forget":
                meetings.forget(house, [key])
            else:
                seats.set_state(house, key, "dana@ferro.example", what)
        except Problem as problem:
            if not refused(problem):
                raise
            return
        self.office.heard(key, what)

    @rule(threshold=st.sampled_from([0, 0, 40, 50, 70]), page=pages, forget=st.booleans(),
          hours=st.sampled_from([0, 0, 1, 23, 25, -3, -72, 24 * 8, 24 * 35]))  # fmt: skip
    def meanwhile(self, threshold: int, page: int, forget: bool, hours: int) -> None:
        """Time passes or is put back, other rules hold, Graph makes other pages or forgets its tokens."""
        office = self.office
        office.time[0] += timedelta(hours=hours)
        office.firm.graph.most = page
        if forget:
            office.firm.graph.rounds.forget()
        if threshold:
            with office.house.workspace() as tx:
                tx.programme.put(replace(tx.programme.get(), threshold=threshold))

    # Rounds

    @rule(changes=edits, names=names, accept=st.booleans())
    def sync(self, changes: list[tuple[str, int, str, int, int]], names: list[str], accept: bool) -> None:
        self._edit(changes)
        self.office.sync(tuple(names), accept_fewer=accept)

    @rule(changes=edits, names=names, at=st.integers(1, 60))
    def killed_sync(self, changes: list[tuple[str, int, str, int, int]], names: list[str], at: int) -> None:
        self._edit(changes)
        try:
            self.office.sync(tuple(names), Fate(dies_at=at))
        except KilledError:
            return

    @rule(changes=edits, kind=st.sampled_from(sorted(FAULTS)), after=st.integers(0, 4), times=st.integers(1, 3),
          at=st.integers(-80, 80))  # fmt: skip
    def sync_with_a_fault(
        self, changes: list[tuple[str, int, str, int, int]], kind: str, after: int, times: int, at: int
    ) -> None:
        self._edit(changes)
        office = self.office
        office.firm.faults.next(kind, after=after, times=times, **{"path": "calendar", **FAULTS[kind]})
        office.quiet |= kind == "bad_date"  # a date that could not be read is asked for again by a reconcile only
        try:
            office.sync((), Fate(dies_at=at))
        except KilledError:
            return
        finally:
            office.firm.faults.clear()

    @rule(before=edits, changes=edits, at=st.integers(1, 12))
    def sync_while_it_changes(self, before: Any, changes: Any, at: int) -> None:
        self._edit(before)
        fate, asked = Fate(), count(1)

        def tick(where: str) -> None:
            if where.startswith("asked") and next(asked) == at:
                self._edit(changes)

        fate.tick = tick  # type: ignore[method-assign]
        self.office.sync((), fate)

    @rule(changes=edits, names=names, at=st.integers(1, 30))
    def cancelled_sync(self, changes: list[tuple[str, int, str, int, int]], names: list[str], at: int) -> None:
        self._edit(changes)
        steps = count(1)
        ticket = Ticket(lambda _what, _done, _total: ticket.cancel() if next(steps) == at else None)
        try:
            self.office.sync(tuple(names), ticket=ticket)
        except Cancelled:
            return

    @rule(changes=edits)
    def settle(self, changes: list[tuple[str, int, str, int, int]]) -> None:
        self._edit(changes)
        settle(self.office)

    @invariant()
    def words(self) -> None:
        check_words(self.office)

    def teardown(self) -> None:
        try:
            settle(self.office)
            check_words(self.office)
            order = list(permutations(NAMES))[self.office.serial % 6]
            check_twin(self.office, self.laid_out, self.folder / "twin", order)
        finally:
            self.office.close()


def _run(laid_out: Path, examples: int, steps: int, *, always_the_same: bool) -> None:
    # Making a failing example smaller takes minutes: only where somebody asks for it.
    phases = [Phase.generate, *([Phase.shrink] if os.environ.get("SHRINK") else [])]
    run_state_machine_as_test(
        partial(GraphMachine, laid_out),
        settings=settings(
            max_examples=examples, stateful_step_count=steps, derandomize=always_the_same, deadline=None,
            phases=phases, database=None, report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck), print_blob=True,
        ),
    )  # fmt: skip


@pytest.mark.case(1, 2, 18, 19, 20, 41, 42, 43, 55, 56, 57, 58, 59, 60, 61, 65)
def test_microsoft_365_holds(laid_out: Path) -> None:
    _run(laid_out, 3, 8, always_the_same=True)


@pytest.mark.torture
@pytest.mark.parametrize("shard", range(SHARDS))  # each draws its own: they may run beside each other
def test_microsoft_365_holds_for_hours(laid_out: Path, shard: int) -> None:
    _run(laid_out, int(os.environ.get("EXAMPLES", "2000")) // SHARDS, 15, always_the_same=False)
