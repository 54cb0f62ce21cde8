"""The sync as a machine: people change their calendars and their minds, the process is killed anywhere, and it holds.

The invariants: I1 after a clean round the stores hold what the calendars tell; I2 a second round writes nothing; I3 a
kill and a rerun is no kill; I4 nothing past or spoken of vanishes; I5 the cursor is never ahead of the data; I6 a
broken entry hides only itself; I7 the order of the calendars does not matter; I8 nothing is there twice; I12 what
people decided stands. I9: who cancels gets out, and the stores are whole. And no title that is private, or none of
ours, stands in a store; what could not be read is set aside until it can; an account in trouble waits for its time.
"""

import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count, permutations
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from companion.basics.errors import Problem
from companion.basics.ids import meeting_id
from companion.basics.progress import Cancelled, Ticket
from companion.programme import meetings, seats
from companion.programme.model import House
from companion.programme.sync import due
from fakes.calendars import Entry, FakeCalendar
from fakes.edits import EDITS
from fakes.ics import NOW
from fakes.killing import FailingReader, Fate, KilledError, fated
from fakes.office import (
    ACCOUNTS,
    Office,
    check_cursors,
    check_decisions,
    check_twin,
    marea,
    move_in,
    refused,
    settle,
)  # fmt: skip

SHARDS = 8
Clock = Literal["zoned", "floating", "day"]
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # a disk would wait for every commit
NAMES = tuple(account.name for account in ACCOUNTS)
KINDS = {
    "review": ("Kestrel review", ("ken@kestrel.example", "dana@ferro.example")),
    "marea": ("Marea review", ("ana@marea.example", "lev@ferro.example")),
    "weak": ("Kestrel talk", ()),
    "ours": ("Lunch", ("lev@ferro.example",)),
    "held": ("Kestrel lawsuit review", ("ken@kestrel.example",)),
}
VERBS: dict[str, Callable[[House, str], object]] = {
    "yes": lambda house, key: meetings.confirm(house, [key], "Kestrel"),
    "no": lambda house, key: meetings.dismiss(house, [key]),
    "forget": lambda house, key: meetings.forget(house, [key]),
    "attended": lambda house, key: seats.set_state(house, key, "dana@ferro.example", "attended"),
    "declined": lambda house, key: seats.set_state(house, key, "dana@ferro.example", "declined"),
}
REFUSALS = (
    Problem("signin_refused", host="cal.example", account="x"),
    Problem("server_busy_for", host="cal.example", account="x", after=7200),
    Problem("server_silent", host="cal.example", account="x", seconds=30),
)
numbers, days, points = st.integers(0, 99), st.integers(-60, 60), st.integers(1, 40)
edits = st.tuples(st.sampled_from(NAMES), numbers, st.sampled_from(sorted(EDITS)), numbers, days)


class SyncMachine(RuleBasedStateMachine):
    """Three calendars (one with tokens, one that lists, one file), people, a clock, and kills."""

    def __init__(self, laid_out: Path) -> None:
        super().__init__()
        self.laid_out = laid_out
        self.folder = Path(tempfile.mkdtemp(prefix="machine-", dir=MEMORY))
        calendars = {
            "Work": FakeCalendar(tokens=True), "Hosts": FakeCalendar(tail=False), "Feed": FakeCalendar(one_file=True)
        }  # fmt: skip
        time = [NOW]
        self.office = Office(move_in(laid_out, self.folder, time, calendars), time, calendars)

    @initialize(flood=st.sampled_from([0, 0, 0, 26]), per_page=st.sampled_from([1, 2, 7, 100]), entries=st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(sorted(KINDS)), days, st.integers(0, 4)), min_size=2,
        max_size=6,
    ))  # fmt: skip
    def begin(self, flood: int, per_page: int, entries: list[tuple[str, str, int, int]]) -> None:
        for calendar in self.office.calendars.values():
            calendar.per_page = per_page
        for day in range(flood):
            self._create("Work", "review", day + 1, 0)
        for name, kind, day, weeks in entries:
            self._create(name, kind, day, weeks)

    # What happens in calendars

    @rule(name=st.sampled_from(NAMES), kind=st.sampled_from(sorted(KINDS)), day=days, weeks=st.integers(0, 4),
          private=st.sampled_from([False, False, False, True]),
          clock=st.sampled_from(["zoned", "zoned", "floating", "day"]))  # fmt: skip
    def create(self, name: str, kind: str, day: int, weeks: int, private: bool, clock: Clock) -> None:
        self._create(name, kind, day, weeks, private=private, clock=clock)

    def _create(
        self, name: str, kind: str, day: int, weeks: int, *, private: bool = False, clock: Clock = "zoned"
    ) -> None:
        office, (words, guests) = self.office, KINDS[kind]
        title = office.title(words)
        if private or kind in ("ours", "held"):
            office.never.add(title)
        uid = f"u{office.serial}@x"
        if private:
            office.closed.add(uid)
        weeks = weeks if weeks > 1 else 0
        entry = Entry(uid, NOW + timedelta(days=day), title, guests, weeks=weeks, private=private, clock=clock)
        office.put(name, f"m{office.serial}", [entry])

    @rule(changes=st.lists(edits, min_size=1, max_size=4))
    def change(self, changes: list[tuple[str, int, str, int, int]]) -> None:
        self._edit(changes)

    def _edit(self, changes: list[tuple[str, int, str, int, int]]) -> None:
        for name, which, what, n, day in changes:
            calendar = self.office.calendars[name]
            if calendar.members:
                key = sorted(calendar.members)[which % len(calendar.members)]
                EDITS[what](self.office, name, key, n, day)

    @rule(name=st.sampled_from(NAMES), per_page=st.sampled_from([1, 2, 7, 100]), backwards=st.booleans())
    def reorder(self, name: str, per_page: int, backwards: bool) -> None:
        calendar = self.office.calendars[name]
        calendar.per_page, calendar.backwards = per_page, backwards

    @rule()
    def lose_token(self) -> None:
        self.office.calendars["Work"].epoch += 1

    # What people do

    @rule(rule_=st.sampled_from(["marea", "no marea", "threshold 40", "threshold 50", "threshold 70"]))
    def change_rules(self, rule_: str) -> None:
        with self.office.house.workspace() as tx:
            if "marea" in rule_:
                tx.customers.put(marea(known=rule_ == "marea"))
            else:
                tx.programme.put(replace(tx.programme.get(), threshold=int(rule_.split()[1])))

    @rule(which=numbers, what=st.sampled_from(["yes", "no", "forget", "attended", "declined"]), kill=st.integers(0, 6))
    def say(self, which: int, what: str, kill: int) -> None:
        there = self.office.meetings()
        if there:
            self._say(sorted(there)[which % len(there)], what, kill)

    @rule(name=st.sampled_from(NAMES), which=numbers, kill=st.integers(0, 6))
    def say_yes_to_what_was_dropped(self, name: str, which: int, kill: int) -> None:
        members = self.office.calendars[name].members
        if members:
            entry = members[sorted(members)[which % len(members)]][0]
            if entry.private:
                return
            slot = entry.rec_key(entry.start) if entry.weeks else "-"
            self._say(meeting_id(entry.uid, slot), "yes", kill)

    def _say(self, key: str, what: str, kill: int) -> None:
        office, cut = self.office, False
        for house in (fated(office.house, Fate(dies_at=kill)), office.house):
            try:
                VERBS[what](house, key)
            except KilledError:
                cut = True
                continue
            except Problem as problem:
                if not refused(problem):
                    raise
                done = cut and what == "forget"  # the one that was cut may have been done all the same
            else:
                done = True
            break
        office.heard(key, what, done=done)

    @rule(more=st.integers(1, 20))
    def wait(self, more: int) -> None:
        self.office.time[0] += timedelta(days=more)

    @rule(hours=st.integers(-72, 72))
    def put_the_clock_on_or_back(self, hours: int) -> None:
        self.office.time[0] += timedelta(hours=hours)

    # Rounds

    @rule(names=st.lists(st.sampled_from(NAMES), unique=True), accept=st.booleans())
    def sync(self, names: list[str], accept: bool) -> None:
        self.office.sync(tuple(names), accept_fewer=accept)

    @rule(names=st.lists(st.sampled_from(NAMES), unique=True), at=points)
    def killed_sync(self, names: list[str], at: int) -> None:
        try:
            self.office.sync(tuple(names), Fate(dies_at=at))
        except KilledError:
            return

    @rule(at=st.integers(1, 4), kill=st.integers(0, 20))
    def sync_while_the_workspace_is_away(self, at: int, kill: int) -> None:
        try:
            self.office.sync((), Fate(away_from=at, dies_at=kill))
        except KilledError:
            return
        except Problem as problem:
            if problem.code != "store_locked":
                raise

    @rule(name=st.sampled_from(NAMES), lie=st.sampled_from(["nothing", "less"]))
    def sync_with_a_liar(self, name: str, lie: str) -> None:
        calendar, account = self.office.calendars[name], next(a for a in ACCOUNTS if a.name == name)
        if calendar.one_file:
            return
        before = self.office.events(account.id)
        held = len(before)
        with self.office.house.device(write=False) as device:
            listed = calendar.reached(device.events.state(account.id).cursor) is None
        calendar.lie = lie
        (done,) = self.office.sync((name,))
        calendar.lie = ""
        believed = "calendar_shrunk" not in [problem.code for problem in done.problems]
        # What a server names as gone is believed of a few members; what a listing only leaves out is not.
        if lie == "nothing" and held and listed:
            assert not believed or set(before) <= set(self.office.events(account.id))
        calendar.epoch += believed  # a server that told less tells the rest under another token

    @rule(name=st.sampled_from(NAMES), changes=st.lists(edits, min_size=1, max_size=4))
    def sync_while_it_changes(self, name: str, changes: list[tuple[str, int, str, int, int]]) -> None:
        calendar = self.office.calendars[name]
        calendar.per_page = 1
        calendar.meanwhile = partial(self._edit, changes)
        self.office.sync((name,))
        calendar.meanwhile = lambda: None

    @rule(names=st.lists(st.sampled_from(NAMES), unique=True), at=st.integers(1, 12))
    def cancelled_sync(self, names: list[str], at: int) -> None:
        steps = count(1)
        ticket = Ticket(lambda _what, _done, _total: ticket.cancel() if next(steps) == at else None)
        try:
            self.office.sync(tuple(names), ticket=ticket)
        except Cancelled:
            return
        assert not ticket.cancelled or next(steps) == at + 1, "it went on though somebody cancelled"

    @rule(name=st.sampled_from(NAMES), refusal=st.sampled_from(REFUSALS), times=st.integers(1, 3))
    def sync_what_refuses(self, name: str, refusal: Problem, times: int) -> None:
        office, account = self.office, next(a for a in ACCOUNTS if a.name == name)
        office.calendars[name].refusal = refusal
        before = office.events(account.id)
        with office.house.device(write=False) as device:
            failures = device.events.state(account.id).failures
        for _ in range(times):
            (done,) = office.sync((name,))
            assert done.failed
        office.calendars[name].refusal = None
        assert office.events(account.id) == before
        with office.house.device(write=False) as device:
            state = device.events.state(account.id)
        assert (state.failures, state.trouble) == (failures + times, refusal.code)
        assert (state.signed_out is not None) >= (refusal.code == "signin_refused")
        assert state.retry_at is not None
        assert state.retry_at - office.now >= timedelta(seconds=refusal.facts.get("after", 15 * 60))
        assert name not in due(office.house, office.now, timedelta(0))
        assert name in due(office.house, state.retry_at, timedelta(0))

    @rule(names=st.lists(st.sampled_from(NAMES), unique=True), every=st.integers(1, 3))
    def sync_with_a_failing_reader(self, names: list[str], every: int) -> None:
        self.office.sync(tuple(names), open_reader=lambda: FailingReader(every))

    @rule()
    def settle(self) -> None:
        settle(self.office)

    @invariant()
    def cursors(self) -> None:
        check_cursors(self.office)

    @invariant()
    def decisions(self) -> None:
        check_decisions(self.office)

    def teardown(self) -> None:
        try:
            settle(self.office)
            check_decisions(self.office)
            order = list(permutations(NAMES))[self.office.serial % 6]
            check_twin(self.office, self.laid_out, self.folder / "twin", order)
        finally:
            self.office.close()


def _run(laid_out: Path, examples: int, steps: int, *, always_the_same: bool) -> None:
    # Making a failing example smaller takes minutes: only where somebody asks for it.
    phases = [Phase.generate, *([Phase.shrink] if os.environ.get("SHRINK") else [])]
    run_state_machine_as_test(
        partial(SyncMachine, laid_out),
        settings=settings(
            max_examples=examples, stateful_step_count=steps, derandomize=always_the_same, deadline=None,
            phases=phases, database=None, report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck), print_blob=True,
        ),
    )  # fmt: skip


def test_the_sync_holds(laid_out: Path) -> None:
    _run(laid_out, 5, 15, always_the_same=True)


@pytest.mark.torture
@pytest.mark.parametrize("shard", range(SHARDS))  # each draws its own: they may run beside each other
def test_the_sync_holds_for_hours(laid_out: Path, shard: int) -> None:
    _run(laid_out, int(os.environ.get("EXAMPLES", "2000")) // SHARDS, 20, always_the_same=False)
