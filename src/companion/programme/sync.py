"""Sync: pages from a source, sifted in memory, planned, and taken in page by page; then what is new crosses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.ids import canonical_uid, meeting_id, new_id
from companion.basics.progress import Ticket
from companion.calendars.codec import event_to_json
from companion.calendars.model import Account, CalendarReader, Event, Ledger, Page, Reading, Window
from companion.calendars.plan import Plan, plan, shrunk
from companion.calendars.store import SyncRun, SyncState
from companion.crossing.model import Command
from companion.meetings.recognise import Rules
from companion.programme.apply import cross
from companion.programme.aside import UNFETCHED, harmless, of_one_item
from companion.programme.model import DeviceTx, House, WorkspaceTx
from companion.programme.patience import after_failure, after_success, is_due
from companion.programme.rules import rules_of

DAYS_BACK, DAYS_AHEAD = 400, 400
_PARTIAL = {"calendar_cut", "calendar_unreadable"}  # what is missing there is not gone
_UNREAD = {"entry_broken", "series_too_large"}  # the entry is there, only not to be read now


@dataclass(frozen=True)
class Synced:
    """What one sync of one account did. Entries are counted by the ledger, occurrences by the rest."""

    account: Account
    ledger: Ledger = field(default_factory=Ledger)
    added: int = 0
    changed: int = 0
    removed: int = 0
    problems: tuple[Problem, ...] = ()
    failed: bool = False  # nothing could be had from this account


@dataclass(frozen=True)
class Ground:
    """What every account of one sync shares."""

    rules: Rules
    window: Window  # the default days
    given: Window | None  # days asked for by hand; they only widen
    reader: CalendarReader
    known_uids: frozenset[str]  # series the workspace knows from the hosts' side
    accept_fewer: bool


def default_window(house: House, zone: str) -> Window:
    """400 days to both sides of today, in the programme's zone."""
    today = day_of(house.clock(), zone)
    return Window(today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD))


def widen(base: Window, given: Window | None) -> Window:
    """`--from/--to` only widen: what was taken in stays in."""
    return Window(min(base.first, given.first), max(base.last, given.last)) if given else base


def sync(
    house: House, names: Sequence[str] = (), window: Window | None = None, ticket: Ticket | None = None,
    *, accept_fewer: bool = False,
) -> list[Synced]:  # fmt: skip
    """Sync the named accounts (none named: all). One bad account never holds up the others.

    Raises Problem `account_unknown` for a name that is not there, Cancelled where told to stop; what was
    taken in by then stays, and the next sync goes on from there.
    """
    ticket = ticket or Ticket()
    with house.device() as device:
        accounts = device.accounts.all()
        waiting = device.queue.waiting()
    for name in names:
        if name not in {account.name for account in accounts}:
            raise Problem("account_unknown", name=name)
    with house.workspace() as tx:
        rules = rules_of(tx)
        base = default_window(house, rules.zone)
        known = _known_uids(tx, accounts, waiting) if house.workspace_shared else frozenset()
    reader = house.open_reader()
    try:
        ground = Ground(rules, base, window, reader, known, accept_fewer)
        chosen = [account for account in accounts if not names or account.name in names]
        results = [_sync_or_tell(house, account, ground, ticket) for account in chosen]
    finally:
        reader.close()
    cross(house, ticket)
    if house.workspace_shared and _free_what_hosts_know(house):
        cross(house, ticket)
    return results


def due(house: House, at: datetime, every: timedelta) -> list[str]:
    """Names of the accounts that the clock may ask at `at`; those never read before all others.

    An account that answers is asked `every` so often, one in trouble not before its time to try again.
    """
    turns: list[tuple[datetime, str]] = []
    with house.device(write=False) as device:
        for account in device.accounts.all():
            state, runs = device.events.state(account.id), device.events.runs(account.id, 1)
            moments = [*(run.finished or run.started for run in runs), *([state.last_ok] if state.last_ok else [])]
            tried = max(moments, default=None)
            if is_due(state, tried, at, every):
                turns.append((tried or datetime.min.replace(tzinfo=at.tzinfo), account.name))
    return [name for _, name in sorted(turns)]


def try_again(house: House, name: str, ticket: Ticket | None = None) -> list[Synced]:
    """Sync an account and read once more what was set aside of it. Problem `account_unknown`."""
    with house.device() as device:
        account = device.accounts.by_name(name)
        if account is None:
            raise Problem("account_unknown", name=name)
        device.events.read_again(account.id)
    return sync(house, [name], ticket=ticket)


def _known_uids(tx: WorkspaceTx, accounts: Sequence[Account], waiting: Sequence[Command]) -> frozenset[str]:
    """Series that need no yes: the hosts' side has them, or what their owner said yes to crossed or is about to."""
    known = set(tx.meetings.known_uids())
    for account in accounts:
        if not account.hosts:
            known |= {meeting.uid for meeting in tx.meetings.some(tx.meetings.of_account(account.id))}
    for command in waiting:
        if command.kind == "copies" and not command.held:
            known.update(command.body["uids"])
    return frozenset(canonical_uid(uid) for uid in known)


def _free_what_hosts_know(house: House) -> int:
    """Let cross what waited only because the hosts' calendar was read after one's own."""
    with house.workspace(write=False) as tx:
        known = {canonical_uid(uid) for uid in tx.meetings.known_uids()}
    with house.device() as device:
        held = {uid for command in device.queue.waiting() if command.held for uid in command.body["uids"]}
        return sum(device.queue.release(uid) for uid in sorted(held & known))


def _sync_or_tell(house: House, account: Account, ground: Ground, ticket: Ticket) -> Synced:
    started = house.clock()
    try:
        synced = _Round(house, account, ground, ticket).run()
    except Problem as problem:
        synced = Synced(account, problems=(problem,), failed=True)
    with house.device() as device:
        device.events.add_run(
            SyncRun(
                account.id, started, house.clock(), synced.ledger, synced.added, synced.changed, synced.removed,
                tuple({"code": problem.code, "facts": harmless(problem)} for problem in synced.problems),
            )
        )  # fmt: skip
        state = device.events.state(account.id)
        if synced.failed:
            state = after_failure(state, account.id, synced.problems[0], house.clock())
        else:
            state = after_success(state, house.clock())
        device.events.save_state(account.id, state)
    return synced


class _Round:
    """One sync of one account. Network and parsing happen outside any transaction; each page is one."""

    def __init__(self, house: House, account: Account, ground: Ground, ticket: Ticket) -> None:
        self.house, self.account, self.ground, self.ticket = house, account, ground, ticket
        self.done = Synced(account)
        self.problems: list[Problem] = []
        self.closed: set[str] = set()  # meetings made private
        self.listed = 0  # members of this round
        self.seen: set[str] = set()  # their seals
        self.whole = True  # everything that came could be read

    def run(self) -> Synced:
        self._begin()
        source = self.house.open_source(self.account)
        try:
            for page in source.pages(self.state.cursor, self._known, self.ticket):
                if not self._take(page):
                    break
                self.listed += len(page.blobs) + len(page.present)
                self.ticket.step("reading", self.listed, page.total)
        finally:
            source.close()
        return replace(self.done, problems=tuple(self.problems))

    def _begin(self) -> None:
        account, ground = self.account, self.ground
        with self.house.device() as device:
            state = device.events.state(account.id)
            versions = device.events.versions(account.id)
            window = self._window(state)
            same = state.rules == ground.rules.fingerprint and (state.first, state.last) == (window.first, window.last)
            if not same:
                # Rules or days changed: what was dropped may count now, so every member is read again.
                versions = dict.fromkeys(versions, "")
                device.events.put_versions(account.id, versions)
                state = replace(state, cursor="", rules=ground.rules.fingerprint, first=window.first, last=window.last)
                device.events.save_state(account.id, state)
            stored = device.events.of(account.id, versions)
            runs = device.events.runs(account.id, 50)
            self.aside = {item.seal for item in device.events.quarantined(account.id)}
            self.unfetched = self.aside - {i.seal for i in device.events.quarantined(account.id) if i.code != UNFETCHED}
        self.state, self.versions, self.window, self.before = state, versions, window, state.cursor
        self.stored: dict[str, tuple[Event, ...]] = {seal: tuple(events) for seal, events in stored.items()}
        self.seen_before = next((run.ledger.seen for run in runs if run.ledger.seen), 0)

    def _window(self, state: SyncState) -> Window:
        # The days roll on by themselves, but each move reads the calendar whole: so only once a month.
        window = self.ground.window
        if state.first and state.last:
            slack = timedelta(days=30)
            if state.first <= window.first + slack and state.last >= window.last - slack:
                stored = Window(state.first, state.last)
                return stored if self.ground.given is None else widen(stored, self.ground.given)
            # A day that was read stays in: what falls out of the window is not gone from the calendar.
            window = widen(window, Window(state.first, state.last))
        return widen(window, self.ground.given)

    def _known(self, key: str) -> str:
        return self.versions.get(self.house.seal(key), "")

    def _take(self, page: Page) -> bool:
        """Take one page in; False where the answer is not to be believed and the round ends."""
        self.problems += page.problems
        readings = self.ground.reader.read([blob.data for blob in page.blobs], self.ground.rules, self.window)
        gone = [self.house.seal(key) for key in page.removed]
        if self._doubtful(page, readings, len([seal for seal in gone if seal in self.versions])):
            return False
        fetched: dict[str, tuple[Event, ...]] = {}
        for blob, reading in zip(page.blobs, readings, strict=True):
            seal = self.house.seal(blob.key)
            fetched[seal] = self._whole(seal, reading)
            self.problems += reading.problems
        versions = {
            self.house.seal(blob.key): "" if _partial(reading) else blob.version
            for blob, reading in zip(page.blobs, readings, strict=True)
        }
        present = [self.house.seal(key) for key in page.present]
        sweep = page.complete and page.full_round
        self.seen |= {*versions, *present}
        if sweep:
            going = (set(self.versions) | self.aside) - self.seen - set(gone)
            # What the round listed counts, not what we knew of it: after a restore every seal is new.
            if self._fewer(len(self.versions), self.listed + len(page.blobs) + len(page.present)):
                return False
            gone += sorted(going)
        done = plan(self.stored, fetched, gone)
        self.closed |= self._closed(page, fetched, done)
        self._commit(page, fetched, versions, self._aside(page, readings), gone, done)
        self.stored = done.after
        ledger = sum((reading.ledger for reading in readings), self.done.ledger)
        self.done = replace(
            self.done, ledger=ledger, added=self.done.added + len(done.added),
            changed=self.done.changed + len(done.changed), removed=self.done.removed + len(done.removed),
        )  # fmt: skip
        return True

    def _aside(self, page: Page, readings: list[Reading]) -> dict[str, list[Problem]]:
        """What is set aside of this page's members; an empty list releases one."""
        seal = self.house.seal
        found = {seal(blob.key): of_one_item(r.problems) for blob, r in zip(page.blobs, readings, strict=True)}
        unread = {seal(key) for key in page.unread}
        found |= {name: [Problem(UNFETCHED)] for name in unread}
        found |= {name: [] for name in map(seal, page.present) if name in self.unfetched - unread}
        return {name: problems for name, problems in found.items() if problems or name in self.aside}

    def _whole(self, seal: str, reading: Reading) -> tuple[Event, ...]:
        """What a member holds now: what could not be read today stays as it was read before."""
        partial = _partial(reading)
        unread = {str(p.facts.get("uid")) for p in reading.problems if p.code in _UNREAD}
        came = {event.key for event in reading.events}
        kept = (e for e in self.stored.get(seal, ()) if (partial or e.uid in unread) and e.key not in came)
        return (*reading.events, *kept)

    def _closed(self, page: Page, fetched: dict[str, tuple[Event, ...]], done: Plan) -> set[str]:
        """The meetings that went because their owner made them private: their words must not stay anywhere."""
        seals = {seal for seal in fetched for event in self.stored.get(seal, ()) if event in done.removed}
        if not seals:
            return set()
        again = [blob.data for blob in page.blobs if self.house.seal(blob.key) in seals]
        readings = self.ground.reader.read(again, self.ground.rules, self.window, inspect=True)
        rows = (row for reading in readings for row in reading.inspected if row.judgement.decision == "private")
        uids = {canonical_uid(row.uid) for row in rows}
        return {meeting_id(event.uid, event.rec_key) for event in done.removed if canonical_uid(event.uid) in uids}

    def _doubtful(self, page: Page, readings: list[Reading], gone: int) -> bool:
        if gone and self._fewer(len(self.versions), len(self.versions) - gone):
            return True
        if self.account.kind == "ics" and len(page.blobs) == 1 and len(self.versions) == 1:
            return self._fewer(self.seen_before, readings[0].ledger.seen)
        return False

    def _fewer(self, held: int, listed: int) -> bool:
        if self.ground.accept_fewer or not shrunk(held, listed):
            return False
        self.problems.append(Problem("calendar_shrunk", account=self.account.name, held=held, listed=listed))
        return True

    def _commit(
        self, page: Page, fetched: dict[str, tuple[Event, ...]], versions: dict[str, str],
        aside: dict[str, list[Problem]], gone: list[str], done: Plan,
    ) -> None:  # fmt: skip
        if "" in versions.values():
            self.whole = False
        if page.complete:
            # With the old cursor the source tells what could not be read once more.
            self.state = replace(self.state, cursor=page.cursor if self.whole else self.before)
            if page.full_round:
                self.state = replace(self.state, last_full=self.house.clock())
        with self.house.device() as device:
            for seal, events in fetched.items():
                if self.stored.get(seal) != events:
                    device.events.replace(self.account.id, seal, events)
            device.events.put_versions(self.account.id, versions)
            device.events.drop(self.account.id, gone)
            for seal, problems in aside.items():
                device.events.set_aside(self.account.id, seal, problems, self.house.clock())
            if page.complete:
                device.events.save_state(self.account.id, self.state)
            self._supersede(device, done)
            for command in self._commands(done):
                device.queue.put(command)

    def _supersede(self, device: DeviceTx, done: Plan) -> None:
        """What waits for a yes waits in its newest form, and not at all once it is gone or private."""
        news = {meeting_id(event.uid, event.rec_key) for event in (*done.changed, *done.removed)}
        for command in device.queue.waiting() if news else ():
            if command.held and command.body["account"] == self.account.id and news & set(command.body["ids"]):
                device.queue.done(command.id)
                body = command.body
                put = [item for item in body["put"] if meeting_id(item["uid"], item["rec_key"]) not in news]
                if put:
                    left = [key for key in body["ids"] if key not in news]
                    device.queue.put(replace(command, body={**body, "put": put, "ids": left}))

    def _commands(self, done: Plan) -> list[Command]:
        put, drop = [*done.added, *done.changed], list(done.removed)
        if not put and not drop:
            return []
        if not self.house.workspace_shared or self.account.hosts:
            return [self._command(put, drop, held=False)]
        free = [event for event in put if canonical_uid(event.uid) in self.ground.known_uids]
        commands = [self._command(free, drop, held=False)] if free or drop else []
        asking: dict[str, list[Event]] = {}
        for event in put:
            if canonical_uid(event.uid) not in self.ground.known_uids:
                asking.setdefault(canonical_uid(event.uid), []).append(event)
        # A meeting found only in a person's own calendar waits for that person's yes, once per series.
        return commands + [self._command(events, [], held=True) for events in asking.values()]

    def _command(self, put: Iterable[Event], drop: Iterable[Event], *, held: bool) -> Command:
        events = list(put)
        body = {
            "account": self.account.id, "owner": self.account.owner, "hosts": self.account.hosts,
            "put": [event_to_json(event) for event in events],
            "drop": [meeting_id(event.uid, event.rec_key) for event in drop],
            "closed": sorted(self.closed & {meeting_id(event.uid, event.rec_key) for event in drop}),
            "ids": sorted({meeting_id(event.uid, event.rec_key) for event in events}) if held else [],
            "uids": sorted({canonical_uid(event.uid) for event in events}),
        }  # fmt: skip
        return Command(new_id(), "copies", body, self.house.clock(), held)


def _partial(reading: Reading) -> bool:
    """Whether a member was read in part or not at all, so that it is asked for again next time."""
    return any(problem.code in _PARTIAL for problem in reading.problems)
