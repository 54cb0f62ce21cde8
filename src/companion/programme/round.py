"""One sync of one account: pages from its source, sifted in memory, planned, and taken in one by one."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from companion.basics.clock import start_of
from companion.basics.errors import Problem
from companion.basics.ids import canonical_uid, meeting_id
from companion.basics.progress import Ticket
from companion.calendars.model import Account, CalendarReader, Event, Ledger, Page, Reading, Window
from companion.calendars.plan import Holding, Members, Plan, bereft, shrunk
from companion.calendars.store import SyncState
from companion.meetings.recognise import Rules
from companion.people.addresses import normal
from companion.programme.apply_erasing import without_erased
from companion.programme.aside import UNFETCHED, of_one_item
from companion.programme.copies import News, commands, supersede
from companion.programme.model import House

RECONCILE = timedelta(days=7)  # what tokens lose is found by listing everything; nothing known is fetched again
_SLACK = timedelta(days=30)
_BEYOND = timedelta(days=366)
_MOST = timedelta(days=4 * 365 + 1)
_PARTIAL = frozenset({"calendar_cut", "calendar_unreadable"})  # what is missing there is not gone
_UNREAD = frozenset({"entry_broken", "series_too_large"})  # the entry is there, only not to be read now


@dataclass(frozen=True)
class Synced:
    """What one sync of one account did. Entries are counted by the ledger, occurrences by the rest."""

    account: Account
    ledger: Ledger = field(default_factory=Ledger)
    added: int = 0
    changed: int = 0
    removed: int = 0
    problems: tuple[Problem, ...] = ()
    failed: bool = False  # the account did not answer to the end
    beside: int = 0  # join reports and words of who is free that came with it; of one sync the first account tells all


@dataclass(frozen=True)
class Ground:
    """What every account of one sync shares."""

    rules: Rules
    window: Window  # the default days
    given: Window | None  # days asked for by hand; they only widen
    reader: CalendarReader
    known_uids: frozenset[str]  # series the workspace knows from the hosts' side
    accept_fewer: bool
    mine: frozenset[str] = frozenset()  # addresses of who works here


def widen(base: Window, given: Window | None) -> Window:
    """`--from/--to` only widen: what was taken in stays in."""
    return Window(min(base.first, given.first), max(base.last, given.last)) if given else base


def days_of(default: Window, given: Window | None, state: SyncState) -> Window:
    """The days an account is read in; each move of them reads the calendar whole, so only once a month.

    A day that was read stays in, up to four years in all: Graph answers for no more than five, and what is older
    changes no more. Days far beyond the default's end were reckoned by a clock that was wrong, or asked for once by
    hand; read for good they would fill the window with years that nobody asked for.
    """
    if not (state.first and state.last):
        return widen(default, given)
    last = state.last if default.last - _SLACK <= state.last <= default.last + _BEYOND else default.last
    first = state.first if state.first <= default.first + _SLACK else default.first
    return widen(Window(max(first, last - _MOST), last), given)


class Round:
    """One sync of one account. Network and parsing happen outside any transaction; each page is one, if it has news.

    Pages bring; what they say is gone goes with the last one, when it is known how much that is.
    """

    def __init__(self, house: House, account: Account, ground: Ground, ticket: Ticket) -> None:
        self._house, self._account, self._ground, self._ticket = house, account, ground, ticket
        self._done = Synced(account)
        self._problems: list[Problem] = []
        self._closed: set[str] = set()  # meetings made private
        self._listed = 0  # members of this round
        self._seen: set[str] = set()  # their seals
        self._gone: set[str] = set()  # seals told to be gone
        self._renamed = 0
        self._whole = True  # everything that came could be read
        self._counts: dict[str, int] = {}  # entries in each calendar of this round, by its seal
        own = not account.hosts and (not account.owner or normal(account.owner) in ground.mine)
        self._mine = ground.mine if own else frozenset()  # whose busy time is counted
        self._busy: dict[str, dict[str, int]] = {}  # minutes by month of this page's members, by seal
        self.full = False  # everything was listed, and believed

    @property
    def done(self) -> Synced:
        """What was done so far."""
        return replace(self._done, problems=tuple(self._problems))

    def run(self) -> Synced:
        """Take in what is new. Problem where nothing (more) can be had, Cancelled where told to stop."""
        self._begin()
        source = self._house.open_source(self._account, self._window)
        try:
            for page in source.pages(self._from, self._known, self._ticket):
                self._listed += len(page.blobs) + len(page.present)
                if not self._take(page):
                    break
                self._ticket.step("reading", self._listed, page.total)
        finally:
            source.close()
        if self._renamed:
            self._problems.append(Problem("entries_renamed", account=self._account.name, count=self._renamed))
        return self.done

    def _begin(self) -> None:
        account, ground = self._account, self._ground
        with self._house.device(write=False) as device:
            state = device.events.state(account.id)
            versions = device.events.versions(account.id)
            stored: Members = device.events.of(account.id, versions)
            aside = device.events.quarantined(account.id)
            runs = [] if state.counts else device.events.runs(account.id, 50)  # of a store from before the counts
        self._window = days_of(ground.window, ground.given, state)
        stored = self._trimmed(account.id, stored, versions)
        days = (self._window.first, self._window.last)
        if (state.rules, state.first, state.last) != (ground.rules.fingerprint, *days):
            # Rules or days changed: what was dropped may count now, so every member is read again.
            versions = dict.fromkeys(versions, "")
            state = replace(state, cursor="", rules=ground.rules.fingerprint, first=days[0], last=days[1])
            with self._house.device() as device:
                device.events.put_versions(account.id, versions)
                device.events.save_state(account.id, state)
        self._state, self._versions, self._holding = state, versions, Holding(stored)
        self._held = len(versions)
        self._seen_before = next((run.ledger.seen for run in runs if run.ledger.seen), 0)
        self._aside = {item.seal for item in aside}
        self._unfetched = self._aside - {item.seal for item in aside if item.code != UNFETCHED}
        if not state.cursor and not any(versions.values()):
            ground.reader.warm()  # every member will be read: the reading process starts while the server lists
        since = self._house.clock() - state.last_full if state.last_full else RECONCILE
        self._from = state.cursor if timedelta(0) <= since < RECONCILE else ""

    def _trimmed(self, account_id: str, stored: Members, versions: dict[str, str]) -> Members:
        """What is held, without what lies before the days that are read: it is neither listed nor gone.

        Its meetings stay in the workspace as they are; this device lets it go without a word.
        """
        first, begin = self._window.first, start_of(self._window.first, self._ground.rules.zone)

        def is_over(event: Event) -> bool:
            return event.end.date() <= first if event.all_day else event.end <= begin and event.start < begin

        over = {seal for seal, events in stored.items() if any(map(is_over, events))}
        if not over:
            return stored
        left = {seal: tuple(event for event in stored[seal] if not is_over(event)) for seal in sorted(over)}
        emptied = [seal for seal, events in left.items() if not events]
        with self._house.device() as device:
            device.events.replace_all(account_id, left)
            device.events.drop(account_id, emptied)
        for seal in emptied:
            versions.pop(seal, None)
        return {**stored, **left}

    def _known(self, key: str) -> str:
        return self._versions.get(self._house.seal(key), "")

    def _take(self, page: Page) -> bool:
        """Take one page in; False where the answer is not to be believed and the round ends."""
        self._problems += page.problems
        rules = self._ground.rules
        data = [blob.data for blob in page.blobs]
        readings = self._ground.reader.read(data, rules, self._window, busy_of=self._mine)
        readings = [_without(reading, rules) for reading in readings]
        if self._is_less(page, readings):
            return False
        self._busy = {}
        fetched: dict[str, tuple[Event, ...]] = {}
        versions: dict[str, str] = {}
        for blob, reading in zip(page.blobs, readings, strict=True):
            seal = self._house.seal(blob.key)
            fetched[seal] = self._all_of(seal, reading)
            versions[seal] = "" if _partial(reading) else blob.version
            if self._mine and not _partial(reading):
                self._busy[seal] = dict(reading.busy)
            self._problems += self._told(reading)
        here = {*versions, *(self._house.seal(key) for key in page.present)}
        removed = {self._house.seal(key) for key in page.removed}
        self._seen = (self._seen - removed) | here  # what a later page says of a member holds
        self._gone = (self._gone | removed) - here
        going = self._going(page) if page.complete else []
        if going is None:
            # What came is news all the same; only what would go waits. The cursor waits with it: past it, nobody
            # would tell of those removals again.
            going, self._whole = [], False
        plan = self._holding.plan(fetched, going)
        closed, unclear = self._made_private(page, fetched, plan)
        if unclear:
            # Nobody can say whether they became private or only changed: they stay as they are, and are read again.
            fetched |= {seal: self._holding.of(seal) for seal in unclear}
            versions |= dict.fromkeys(unclear, "")
            plan = self._holding.plan(fetched, going)
        self._closed |= closed
        self._whole = self._whole and "" not in versions.values()
        self._commit(page, plan, versions, going, self._set_aside(page, readings))
        self._holding.take(plan)
        self._count(readings, plan)
        return True

    def _count(self, readings: list[Reading], plan: Plan) -> None:
        done, self._renamed = self._done, self._renamed + plan.renamed
        self._done = replace(
            done, ledger=sum((reading.ledger for reading in readings), done.ledger),
            added=done.added + len(plan.added), changed=done.changed + len(plan.changed),
            removed=done.removed + len(plan.removed),
        )  # fmt: skip

    def _going(self, page: Page) -> list[str] | None:
        """The members that go with the last page; None where so many would that it is rather a fault."""
        if not page.full_round:
            return None if self._told_many() else sorted(self._gone)
        swept = sorted((set(self._versions) | self._aside | self._gone) - self._seen)
        further = self._holding.further(swept)  # a series has many members, and goes all at once
        # What the round listed counts, not what we knew of it: after a restore every seal is new.
        if self._fewer(self._held, self._listed, further):
            return None
        # Of several calendars each speaks for itself: one that is empty now is not made up for by another.
        counts = {self._house.seal(key): count for key, count in page.counted}
        if any(self._fewer(self._state.counts.get(seal, 0), count, further) for seal, count in counts.items()):
            return None
        self._counts |= counts
        if self._is_closed(counts):
            return sorted(self._gone)
        self.full = True
        return swept

    def _told_many(self) -> bool:
        """Whether so many removals were told that they are doubted: counted by series, of what says anything to us.

        Each of them the server told by name, so a few are believed even where they are all there is.
        """
        further, told = self._holding.further(self._gone), self._holding.speaking(self._gone)
        held = len(self._holding) - further
        left = held - (told - further)
        return bereft(held, left) and self._fewer(held, left)

    def _is_closed(self, counts: dict[str, int]) -> bool:
        """Whether a calendar that held something could not be listed now: what it held is not gone."""
        closed = {seal: held for seal, held in self._state.counts.items() if held and seal not in counts}
        if self._ground.accept_fewer or not closed or not any(one.code == "calendar_skipped" for one in self._problems):
            return False
        self._counts |= closed
        return True

    def _is_less(self, page: Page, readings: list[Reading]) -> bool:
        """Whether a calendar that is one file holds so much less than before that it is rather half a file."""
        if self._account.kind != "ics" or len(page.blobs) != 1 or self._held > 1:
            return False
        seal, seen = self._house.seal(page.blobs[0].key), readings[0].ledger.seen
        if self._fewer(self._state.counts.get(seal, self._seen_before), seen):
            return True
        self._counts[seal] = seen
        return False

    def _fewer(self, held: int, listed: int, further: int = 0) -> bool:
        """Whether a listing is not believed; `further`: members that do not count, see `Holding.further`."""
        if self._ground.accept_fewer or not shrunk(held - further if listed else held, listed):
            return False
        self._problems.append(Problem("calendar_shrunk", account=self._account.name, held=held, listed=listed))
        return True

    def _all_of(self, seal: str, reading: Reading) -> tuple[Event, ...]:
        """What a member holds now: what could not be read today stays as it was read before."""
        # an entry that was cut off cannot be named: whatever did not come may be the one
        partial = _partial(reading) or any(problem.code == "entry_cut" for problem in reading.problems)
        unread = {str(p.facts.get("uid")) for p in reading.problems if p.code in _UNREAD}
        came = {event.key for event in reading.events}
        kept = (e for e in self._holding.of(seal) if (partial or e.uid in unread) and e.key not in came)
        return (*reading.events, *kept)

    def _told(self, reading: Reading) -> Iterable[Problem]:
        """What a member's reading has to tell; on a server each entry is a member, so its place in it says nothing."""
        if self._account.kind == "ics":
            return reading.problems
        told = (problem for problem in reading.problems if problem.code != "entries_broken")
        return [Problem(one.code, **{k: v for k, v in one.facts.items() if k != "entry"}) for one in told]

    def _set_aside(self, page: Page, readings: list[Reading]) -> dict[str, list[Problem]]:
        """What is set aside of this page's members; an empty list releases one."""
        seal = self._house.seal
        pairs = zip(page.blobs, readings, strict=True)
        found = {seal(blob.key): of_one_item(self._told(reading)) for blob, reading in pairs}
        unread = {seal(key) for key in page.unread}
        found |= {name: [Problem(UNFETCHED)] for name in unread}
        found |= {name: [] for name in map(seal, page.present) if name in self._unfetched - unread}
        return {name: problems for name, problems in found.items() if problems or name in self._aside}

    def _made_private(self, page: Page, fetched: dict[str, tuple[Event, ...]], plan: Plan) -> tuple[set[str], set[str]]:
        """The meetings that went because their owner made them private, whose words must not stay anywhere.

        And the members of which that could not be read.
        """
        went = set(plan.removed)
        seals = {seal for seal in fetched for event in self._holding.of(seal) if event in went}
        if not seals:
            return set(), set()
        again = [blob for blob in page.blobs if self._house.seal(blob.key) in seals]
        data = [blob.data for blob in again]
        readings = self._ground.reader.read(data, self._ground.rules, self._window, inspect=True)
        rows = (row for reading in readings for row in reading.inspected if row.judgement.decision == "private")
        uids = {canonical_uid(row.uid) for row in rows}
        unclear = {self._house.seal(blob.key) for blob, one in zip(again, readings, strict=True) if _partial(one)}
        return {meeting_id(event.uid, event.rec_key) for event in went if canonical_uid(event.uid) in uids}, unclear

    def _commit(
        self, page: Page, plan: Plan, versions: dict[str, str], going: list[str], aside: dict[str, list[Problem]]
    ) -> None:
        """One transaction: facts, cursor, and the commands that carry the news; none where there is no news."""
        state, account = self._state, self._account
        if page.complete and self._whole:  # with the old cursor the source tells once more what could not be read
            state = replace(state, cursor=page.cursor, counts=self._counts or state.counts)
        fresh = {seal: version for seal, version in versions.items() if self._versions.get(seal) != version}
        known = [seal for seal in going if seal in self._versions or seal in self._aside]
        if state == self._state and not (plan.members or fresh or known or aside):
            return
        with self._house.device() as device:
            device.events.replace_all(account.id, {seal: e for seal, e in plan.members.items() if seal not in going})
            device.events.put_versions(account.id, fresh, self._busy)
            device.time.put_busy(account.id, self._busy)
            device.events.drop(account.id, known)
            for seal, problems in aside.items():
                device.events.set_aside(account.id, seal, problems, self._house.clock())
            if state != self._state:
                device.events.save_state(account.id, state)
            news = News(self._house, account, self._ground.known_uids, plan, frozenset(self._closed))
            supersede(device, news)
            for command in commands(news):
                device.queue.put(command)
        self._state = state
        self._versions |= fresh
        for seal in known:
            self._versions.pop(seal, None)


def _without(reading: Reading, rules: Rules) -> Reading:
    """What was read without the people who asked to be forgotten."""
    if not rules.erased:
        return reading
    return replace(reading, events=tuple(without_erased(event, rules.without) for event in reading.events))


def _partial(reading: Reading) -> bool:
    """Whether a member was read in part or not at all, so that it is asked for again next time."""
    return any(problem.code in _PARTIAL for problem in reading.problems)
