"""A trial of other rules: the past twelve months read again in memory, under today's rules and under those.

Nothing is written: no cursor, no version, no event. What was read is gone with the result.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.ids import canonical_uid, meeting_id
from companion.basics.progress import Ticket
from companion.calendars.model import Account, Blob, CalendarReader, Event, Judgement, Reading, Reason, Window
from companion.meetings.recognise import MOST, NO_WORDS, Rules
from companion.programme.accounts import of_sample, readable
from companion.programme.model import House
from companion.programme.proposal import Proposal, applied, drafted, with_draft
from companion.programme.rules import rules_of

_LOOK = 0.1  # seconds between two looks whether somebody cancelled


@dataclass(frozen=True)
class Case:
    """One occurrence that the rules judge otherwise, or would. A judgement is None where it could not be had."""

    id: str
    uid: str
    rec_key: str
    title: str
    start: datetime
    all_day: bool
    account: str
    customer: str  # name, of the rules that keep it
    before: Judgement | None
    after: Judgement | None
    stands: str = ""  # seat, note or no: people's word, which no rule overrules


@dataclass(frozen=True)
class Outcome:
    """What other rules would do. Meetings count once, whatever calendars hold them."""

    now: int  # kept by today's rules
    then: int  # kept by the proposed ones
    caught: tuple[Case, ...]
    lost: tuple[Case, ...]
    moved: tuple[Case, ...]  # kept by both, for another customer
    standing: tuple[Case, ...]  # judged otherwise, but people's word stands


@dataclass(frozen=True)
class Trial(Outcome):
    """The outcome for the past twelve months, with what its sentences need."""

    window: Window
    zone: str
    needed_now: int
    needed_then: int
    names: dict[str, str]  # customer id -> name
    read: int  # accounts that could be read
    problems: tuple[tuple[str, Problem], ...]  # (account, what is wrong)
    failed: int = 0  # accounts that could not be read

    @property
    def whole(self) -> bool:
        """Whether every calendar could be read."""
        return not self.failed


@dataclass(frozen=True)
class Kept:
    """One occurrence that some rules keep, in one account."""

    account: str
    event: Event
    other: Judgement | None = None  # what the other rules say of it, asked only where they do not keep it


@dataclass
class Sides:
    """What each set of rules keeps, by meeting id; of several copies the one with the most points."""

    now: dict[str, Kept] = field(default_factory=dict)
    then: dict[str, Kept] = field(default_factory=dict)


@dataclass(frozen=True)
class Spoken:
    """Meetings about which people said something: a verdict no, a seat, a note."""

    dismissed: frozenset[str] = frozenset()
    seated: frozenset[str] = frozenset()
    noted: frozenset[str] = frozenset()


def compare(house: House, proposal: Proposal, ticket: Ticket | None = None) -> Trial:
    """Try other rules on every connected calendar; Problem `rule_…` where they cannot be, Cancelled where told to.

    A calendar that cannot be read is told in `problems`, and the others count.
    """
    ticket = ticket or Ticket()
    with house.workspace(write=False) as tx:
        now = rules_of(tx)
        seated = frozenset(item.meeting_id for item in tx.seats.evidence() if item.source != "calendar")
        dismissed = frozenset(item.meeting_id for item in tx.meetings.verdicts() if item.says == "no")
    with house.device(write=False) as device:
        accounts = sorted(readable(house, device.accounts.all()), key=lambda account: account.name.casefold())
        noted = frozenset(note.meeting_id for note in device.notes.all() if note.lines)
    then = with_draft(now, applied(drafted(now), proposal))
    today = day_of(house.clock(), now.zone)
    window = Window(today - timedelta(days=365), today)
    sides, problems = Sides(), list[tuple[str, Problem]]()
    reader = house.open_reader()
    failed, gone = 0, 0
    with closing_when_cancelled(ticket, reader.close):
        for account in accounts:
            try:
                problems += _read(house, account, _Question(reader, now, then, window), sides, ticket)
            except Problem as problem:
                failed += 1
                if of_sample(house, account):  # its server ends with the demo: one sentence for all its calendars
                    gone += 1
                else:
                    problems.append((account.name, problem))
    if gone:
        problems.append(("", Problem("demo_server_gone", count=gone)))
    names = {rule.id: rule.name for rule in (*now.customers, *then.customers)}
    outcome = weigh(sides, Spoken(dismissed, seated, noted), names)
    return Trial(
        **vars(outcome), window=window, zone=now.zone, needed_now=now.threshold, needed_then=then.threshold,
        names=names, read=len(accounts) - failed, problems=tuple(problems), failed=failed,
    )  # fmt: skip


@contextmanager
def closing_when_cancelled(ticket: Ticket, close: Callable[[], None]) -> Iterator[None]:
    """Close at the end, and at once where the ticket is cancelled: a reading under way then ends, however large."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_LOOK):
            if ticket.cancelled:
                close()
                return

    thread = threading.Thread(target=watch, name="trial", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        close()


@dataclass(frozen=True)
class _Question:
    """What is asked of every page: the same bytes under both rules."""

    reader: CalendarReader
    now: Rules
    then: Rules
    window: Window


def _read(house: House, account: Account, ask: _Question, sides: Sides, ticket: Ticket) -> list[tuple[str, Problem]]:
    problems: list[Problem] = []
    listed = 0
    source = house.open_source(account, ask.window)
    try:
        for page in source.pages("", lambda _key: "", ticket):
            problems += page.problems
            problems += _take(account.name, page.blobs, ask, sides)
            listed += len(page.blobs)
            ticket.step("reading", listed, page.total)
    finally:
        source.close()
    return [(account.name, problem) for problem in problems]


def _take(account: str, blobs: Sequence[Blob], ask: _Question, sides: Sides) -> list[Problem]:
    data = [blob.data for blob in blobs]
    problems: list[Problem] = []
    before = ask.reader.read(data, ask.now, ask.window)
    after = ask.reader.read(data, ask.then, ask.window) if ask.then != ask.now else before
    for blob, one, other in zip(data, before, after, strict=True):
        problems += one.problems
        kept, would = _held(one), _held(other)
        lost = {key: event for key, event in kept.items() if key not in would}
        caught = {key: event for key, event in would.items() if key not in kept}
        _add(sides.now, account, kept, _told(blob, ask.then, ask, lost))
        _add(sides.then, account, would, _told(blob, ask.now, ask, caught))
    return problems


def _held(reading: Reading) -> dict[str, Event]:
    """What took place, or was to, by meeting id: a cancelled meeting is none."""
    return {meeting_id(e.uid, e.rec_key): e for e in reading.events if e.status != "cancelled"}


def _told(data: bytes, rules: Rules, ask: _Question, events: dict[str, Event]) -> dict[str, Judgement]:
    """What these rules say of events that only the others keep, by meeting id.

    With no points needed and no word that holds back they tell the points of every entry that has a customer; to
    ask them about every entry there is would take six times as long. What has no customer there has none at all:
    who is one of us is the same under both.
    """
    if not events:
        return {}
    loose = replace(rules, threshold=-MOST, hold_words=NO_WORDS)
    scored = _held(ask.reader.read([data], loose, ask.window)[0])
    return {key: _fallen(event, scored.get(key), rules) for key, event in events.items()}


def _fallen(event: Event, scored: Event | None, rules: Rules) -> Judgement:
    if scored is None:
        return Judgement("not_customer", "", 0, (Reason("nobody_known"),))
    held = rules.held_by(event.title)
    if held:
        return Judgement("held_back", "", 0, (Reason("hold_word", (("word", held),)),))
    return Judgement("not_customer", scored.customer_id, scored.score, scored.why)


def _add(side: dict[str, Kept], account: str, held: dict[str, Event], told: dict[str, Judgement]) -> None:
    for key, event in held.items():
        known = side.get(key)
        if known is None or event.score > known.event.score:
            side[key] = Kept(account, event, told.get(key))


def weigh(sides: Sides, spoken: Spoken, names: dict[str, str]) -> Outcome:
    """What differs between the two sides, earliest first; pure. `names`: customer id -> name."""
    caught, lost, standing = list[Case](), list[Case](), list[Case]()
    for key in sides.then.keys() - sides.now.keys():
        case = _case(key, sides.then[key], names, caught=True)
        if key in spoken.dismissed:
            standing.append(replace(case, stands="no"))
        else:
            caught.append(case)
    for key in sides.now.keys() - sides.then.keys() - spoken.dismissed:
        case = _case(key, sides.now[key], names, caught=False)
        word = "seat" if key in spoken.seated else "note" if key in spoken.noted else ""
        (standing if word else lost).append(replace(case, stands=word))
    moved = [
        replace(_case(key, sides.then[key], names, caught=True), before=_judgement(sides.now[key].event))
        for key in sides.now.keys() & sides.then.keys() - spoken.dismissed
        if sides.now[key].event.customer_id != sides.then[key].event.customer_id
    ]
    now = len(sides.now.keys() - spoken.dismissed)
    stay = sum(1 for case in standing if case.stands != "no")
    then = len(sides.then.keys() - spoken.dismissed) + stay
    return Outcome(now, then, _ordered(caught), _ordered(lost), _ordered(moved), _ordered(standing))


def in_series(cases: Iterable[Case]) -> list[tuple[Case, ...]]:
    """Cases of one series that are judged alike together, the latest series first, each by its days."""
    groups: dict[tuple[object, ...], list[Case]] = {}
    for case in cases:
        alike = (canonical_uid(case.uid), case.title, case.customer, case.account, case.before, case.after, case.stands)
        groups.setdefault(alike, []).append(case)
    ordered = [tuple(sorted(group, key=lambda case: case.start)) for group in groups.values()]
    return sorted(ordered, key=lambda group: group[-1].start, reverse=True)


def _case(key: str, kept: Kept, names: dict[str, str], *, caught: bool) -> Case:
    event, own = kept.event, _judgement(kept.event)
    before, after = (kept.other, own) if caught else (own, kept.other)
    return Case(key, event.uid, event.rec_key, event.title, event.start, event.all_day, kept.account,
                names.get(event.customer_id, ""), before, after)  # fmt: skip


def _judgement(event: Event) -> Judgement:
    return Judgement("kept", event.customer_id, event.score, event.why)


def _ordered(cases: Iterable[Case]) -> tuple[Case, ...]:
    return tuple(sorted(cases, key=lambda case: (case.start, case.title, case.id)))
