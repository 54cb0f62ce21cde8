"""From calendar bytes to what passed the gate. Pure: no file, no network, nothing kept between two readings."""

from collections import Counter
from dataclasses import replace
from functools import cached_property

from companion.basics.clock import zone as iana
from companion.basics.errors import Problem
from companion.calendars.model import Ledger, Reading, Window
from companion.connectors.ics.busy import busy_minutes
from companion.connectors.ics.checking import check_unfolded
from companion.connectors.ics.guard import Guard, Overrun
from companion.connectors.ics.lines import unfold
from companion.connectors.ics.occurrences import Asked, Found, asked, occurrences
from companion.connectors.ics.own import without_own
from companion.connectors.ics.scan import Block, Entry, Scanner, blocks_of
from companion.connectors.ics.series import TooMany
from companion.connectors.ics.sifting import Judged, sift
from companion.connectors.ics.tracing import Tracer, worth_a_look
from companion.connectors.ics.zones import Zone, Zones, named
from companion.meetings.recognise import Rules

SECONDS = 0.5  # of processor time for the entries of one UID
_PATIENCE = 3.0  # seconds lost to series without end; after that each gets a tenth
_MOST_INSPECTED = 100_000
_FEW = 3  # broken entries that their own problems tell well enough


def read(
    data: bytes, rules: Rules, window: Window, *, inspect: bool = False, busy_of: frozenset[str] = frozenset()
) -> Reading:
    """What the gate lets through of some calendar bytes; never raises for what stands in them.

    Only the entries of a UID with a trace of a customer are looked at, and of these only those of a UID of which
    something is kept are parsed. What has no trace counts as `private` or `not_customer` (`tracing.worth_a_look`).
    Problems: `calendar_unreadable` (no calendar at all), `calendar_cut` (what is missing is not gone),
    `entries_broken` (how many of how many, from four on), `entry_cut`, `entry_broken`, `series_too_large`,
    `entry_date_unread`, `zone_uncertain`.
    With `inspect` every occurrence in the window is told, kept or not, and everything is looked at. With `busy_of`
    the busy minutes of who has one of these addresses are counted, whatever the gate says.
    """
    return Question(rules, window, inspect=inspect, busy_of=busy_of).read(data)


class Question:
    """What any number of calendars are read for; what that takes is made ready once, at the first of them."""

    def __init__(
        self, rules: Rules, window: Window, *, inspect: bool = False, busy_of: frozenset[str] = frozenset()
    ) -> None:
        self._rules, self._window, self._inspect, self._busy_of = rules, window, inspect, busy_of

    @cached_property
    def _ask(self) -> Asked:
        return asked(self._rules, self._window, self._inspect)

    @cached_property
    def _tracer(self) -> Tracer:
        return Tracer(self._rules)

    def read(self, data: bytes) -> Reading:
        """What `read` finds in one calendar; nothing of one is told of another."""
        problems: list[Problem] = []
        try:
            blocks, zones = blocks_of(_checked(data, problems))  # unnamed: in memory no longer than needed
            blocks, own = without_own(blocks)
        except Problem as problem:
            return Reading(problems=(Problem("calendar_unreadable", reason=problem.code),))
        reader = _Reader(self._ask, zones, own)
        with Guard() as guard:
            busy = reader.busy(blocks, self._busy_of, guard) if self._busy_of else {}
            for group in reader.groups(blocks, self._tracer):
                reader.take(group, guard)
        return replace(reader.reading(tuple(problems)), busy=tuple(sorted(busy.items())))


def _checked(data: bytes, problems: list[Problem]) -> bytes:
    """The bytes unfolded; a Problem where they are no calendar. What is cut off is added to the problems."""
    text = unfold(data)
    try:
        check_unfolded(text)
    except Problem as problem:
        if problem.code != "calendar_truncated":
            raise
        problems.append(Problem("calendar_cut"))
    return text


class _Reader:
    """One reading: the ledger and what was found so far."""

    def __init__(self, ask: Asked, zones: dict[str, bytes], own: int) -> None:
        self._ask = ask
        self._told = zones
        self._zones: dict[str, Zones] = {}
        self._counts: Counter[str] = Counter(own=own)
        self._found = Found()
        self._lost = 0.0

    def groups(self, blocks: list[Block], tracer: Tracer) -> list[list[Entry]]:
        """The entries by UID; those cut off or without a beginning are counted here and go no further."""
        scanner = Scanner()
        groups: dict[str, list[Entry]] = {}
        self._counts["seen"] = len(blocks) + self._counts["own"]
        if not self._ask.inspect:
            blocks, others = worth_a_look(blocks, tracer)
            self._counts.update(others)
        for block in blocks:
            entry = scanner.look(block)
            glimpse = entry.glimpse
            if entry.whole and glimpse.first is None and not glimpse.rec and not glimpse.private:
                self._counts["broken"] += 1
                self._found.problems.append(Problem("entry_broken", uid=glimpse.uid, entry=entry.number))
            elif entry.whole:
                groups.setdefault(entry.group, []).append(entry)
            elif glimpse.private:
                self._counts["private"] += 1
            else:  # whether it is private may have stood in the part that is missing: it stays unnamed
                self._counts["broken"] += 1
                self._found.problems.append(Problem("entry_cut", entry=entry.number))
        return list(groups.values())

    def busy(self, blocks: list[Block], mine: frozenset[str], guard: Guard) -> dict[str, int]:
        """Busy minutes by month, of all entries."""
        return busy_minutes(blocks, mine, self._ask.window, self._ask.rules.zone, self._zones_of, guard)

    def take(self, group: list[Entry], guard: Guard) -> None:
        """Judge one group and, where it matters, take its occurrences."""
        zones = self._zones_of(group[0].header.zone)
        judged = sift(group, self._ask.rules, self._ask.window, zones)
        if not self._matters(judged):
            self._count(judged)
            return
        seconds = SECONDS if self._lost < _PATIENCE else SECONDS / 10
        try:
            found = guard.run(seconds, lambda: occurrences(judged, self._ask, zones))
        except (Overrun, TooMany):
            self._lost += seconds
            self._too_large(judged)
            return
        for outcome, copies in found.outcomes:
            self._counts[outcome] += copies
        self._found.events += found.events
        self._found.problems += found.problems
        self._found.inspected += found.inspected

    def _matters(self, judged: list[Judged]) -> bool:
        """Whether a group is worth parsing: something is kept, is asked to be seen, or may have been said yes to."""
        decisions = {item.judgement.decision for item in judged}
        if "kept" in decisions:
            return True
        if self._ask.inspect:
            return len(self._found.inspected) < _MOST_INSPECTED and decisions != {"outside"}
        series = any(item.entry.glimpse.repeats or item.entry.added for item in judged)
        return bool(self._ask.yes) and series and not decisions <= {"private", "outside"}

    def _count(self, judged: list[Judged]) -> None:
        for item in judged:
            self._counts[item.judgement.decision] += item.copies

    def _too_large(self, judged: list[Judged]) -> None:
        """What takes too long, nearly always a series without end, yields nothing; named where about to be kept."""
        kept = [item for item in judged if item.judgement.decision == "kept"]
        self._count([item for item in judged if item not in kept])
        self._counts["broken"] += sum(item.copies for item in kept)
        if kept:
            entry = min((item.entry for item in kept), key=lambda entry: entry.number)
            repeats = any(item.entry.glimpse.repeats or item.entry.added for item in kept)
            code = "series_too_large" if repeats else "entry_broken"
            self._found.problems.append(Problem(code, uid=entry.glimpse.uid, entry=entry.number))

    def _zones_of(self, told: str) -> Zones:
        found = self._zones.get(told)
        if found is None:
            name = self._ask.rules.zone
            default = Zone(name, iana(name))
            found = Zones(default, (named(told) if told else None) or default, self._told)
            self._zones[told] = found
        return found

    def reading(self, problems: tuple[Problem, ...]) -> Reading:
        """All that was found, with the ledger; what could not be read is told against what was there."""
        seen, broken = self._counts["seen"], self._counts["broken"]
        if broken > _FEW:
            problems += (Problem("entries_broken", seen=seen, count=broken),)
        return Reading(
            Ledger(**self._counts),
            tuple(self._found.events),
            (*problems, *self._found.problems),
            tuple(self._found.inspected),
        )
