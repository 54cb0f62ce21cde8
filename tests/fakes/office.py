"""A small office for the machine of the sync: three calendars, people who speak, and what must hold of it all."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from companion.basics.errors import Problem
from companion.basics.ids import canonical_uid, meeting_id
from companion.basics.progress import Ticket
from companion.bootstrap import build
from companion.calendars.model import Account, CalendarReader, Event, Window
from companion.calendars.store import SyncState
from companion.connectors.ics.worker import InlineReader
from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.programme.aside import of_one_item
from companion.programme.model import House
from companion.programme.rules import rules_of
from companion.programme.sync import Synced, sync
from fakes.calendars import Entry, FakeCalendar
from fakes.desk import dump, shared_view, written
from fakes.ics import NOW
from fakes.killing import Fate, fated

WORK = Account("work", "Work", "caldav", "https://cal.example/w/", "", "dana@ferro.example", False, NOW)
HOSTS = Account("hosts", "Hosts", "caldav", "https://cal.example/h/", "", "rosa@ferro.example", True, NOW)
FEED = Account("feed", "Feed", "ics", "https://cal.example/…", "", "lev@ferro.example", False, NOW)
ACCOUNTS = (WORK, HOSTS, FEED)


def marea(*, known: bool) -> Customer:
    """A firm that is a customer, or is none any more."""
    return Customer("marea", "Marea Boats" if known else "Closed 1", ("marea.example",) if known else ())


@dataclass
class Office:
    """The house under test and everything it is measured against."""

    house: House
    time: list[datetime]
    calendars: dict[str, FakeCalendar]
    serial: int = 0
    never: set[str] = field(default_factory=set)  # titles that may stand in no store, ever
    lingering: set[str] = field(default_factory=set)  # titles of what was gone before it became private
    verdicts: dict[str, str] = field(default_factory=dict)
    words: set[tuple[str, str]] = field(default_factory=set)  # (meeting, what Dana said)
    closed: set[str] = field(default_factory=set)  # canonical uids that ever were private
    moved: set[str] = field(default_factory=set)  # canonical uids that ever went to another day
    dropped: set[tuple[str, str]] = field(default_factory=set)  # words that went with a forgotten meeting
    renamed: set[str] = field(default_factory=set)  # uids whose members changed their names since the last round
    sequences: dict[Entry, int] = field(default_factory=dict)  # of everything that was ever said
    stays: dict[str, str] = field(default_factory=dict)  # meetings that must not vanish, and why

    @property
    def now(self) -> datetime:
        """The clock."""
        return self.time[0]

    def next(self) -> int:
        """A number there is only once."""
        self.serial += 1
        return self.serial

    def title(self, words: str) -> str:
        """A title there is only once."""
        return f"{words} T{self.next():05d}"

    def put(self, name: str, key: str, entries: list[Entry]) -> None:
        """Let a member of a calendar hold these entries.

        What is said again has the SEQUENCE it was first said with: how often it changed between two rounds nobody
        can know, and of two calendars the one that changed to and fro must not win by its number.
        """
        calendar = self.calendars[name]
        calendar.members[key] = [
            replace(entry, sequence=self.sequences.setdefault(replace(entry, sequence=0), entry.sequence))
            for entry in entries
        ]
        calendar.touch(key)

    def is_ours(self, entry: Entry) -> bool:
        """Whether an entry is none of the programme's, private or not."""
        return entry.title.startswith("Lunch") or "lawsuit" in entry.title

    def close_uid(self, uid: str, titles: list[str]) -> None:
        """What has this uid becomes private now; what was gone before it did keeps its title."""
        self.closed.add(uid)
        mine = {key: meeting for key, meeting in self.meetings().items() if canonical_uid(meeting.uid) == uid}
        self.lingering |= {meeting.title for meeting in mine.values() if meeting.status in ("gone", "cancelled")}
        for key in mine:
            if self.stays.get(key) != "spoken of":
                self.stays.pop(key, None)

    def sync(
        self, names: tuple[str, ...] = (), fate: Fate | None = None, *, accept_fewer: bool = False,
        open_reader: Callable[[], CalendarReader] = InlineReader, ticket: Ticket | None = None,
    ) -> list[Synced]:  # fmt: skip
        """A sync under a fate."""
        fate = fate or Fate()
        for source in self.calendars.values():
            source.tick = fate.tick
        house = replace(fated(self.house, fate), open_reader=open_reader)
        return sync(house, names, ticket=ticket, accept_fewer=accept_fewer)

    def heard(self, key: str, what: str, *, done: bool) -> None:
        """Write down what somebody said; one who was cut off may have said it all the same."""
        with self.house.workspace(write=False) as tx:
            now = {verdict.meeting_id: verdict.says for verdict in tx.meetings.verdicts()}.get(key, "")
        if what in ("yes", "no", "forget"):
            assert now in ({what} if done else {what, self.verdicts.get(key, "")})
            if now:
                self.verdicts[key] = now
        elif done or (key, what) in self.uttered():
            self.words.add((key, what))
        if what == "yes":
            kept = [entry for entry in self.entries() if not entry.private and self.names(entry, key)]
            self.never -= {entry.title for entry in kept}
        if now == "forget":
            self.dropped |= {word for word in self.words if word[0] == key}
            self.words -= self.dropped
            self.stays.pop(key, None)

    def uttered(self) -> set[tuple[str, str]]:
        """What people said of seats, in the workspace or on its way."""
        with self.house.workspace(write=False) as tx:
            said = {(item.meeting_id, item.says) for item in tx.seats.evidence() if item.source != "calendar"}
        with self.house.device(write=False) as device:
            waiting = [command.body for command in device.queue.waiting() if command.kind == "evidence"]
        return said | {(body["meeting_id"], body["says"]) for body in waiting}

    def entries(self) -> list[Entry]:
        """All entries of all calendars."""
        return [entry for one in self.calendars.values() for some in one.members.values() for entry in some]

    def names(self, entry: Entry, key: str) -> bool:
        """Whether an entry is, or holds, the meeting of that id."""
        slots = {meeting_id(entry.uid, entry.rec_key(at)) for at in (*entry.slots, *entry.added)}
        return key in slots | {meeting_id(entry.uid, "-")}

    def meetings(self) -> dict[str, Meeting]:
        """All meetings by id."""
        with self.house.workspace(write=False) as tx:
            return {meeting.id: meeting for meeting in tx.meetings.everything()}

    def events(self, account: str) -> dict[str, list[Event]]:
        """The device's events of an account, by seal."""
        with self.house.device(write=False) as device:
            return device.events.of(account, device.events.versions(account))

    def close(self) -> None:
        """Close the stores and take them away."""
        self.house.close()
        shutil.rmtree(self.house.paths.home.parent)


def move_in(laid_out: Path, folder: Path, time: list[datetime], calendars: dict[str, FakeCalendar]) -> House:
    """A house with the three accounts, nothing synced."""
    shutil.copytree(laid_out, folder / "home")
    house = build(folder / "home", clock=lambda: time[0], secrets_mode="session")
    house = replace(
        house,
        me="dana@ferro.example",
        open_reader=InlineReader,
        open_source=lambda account, _days: calendars[account.name],
    )
    with house.device() as device:
        for account in ACCOUNTS:
            device.accounts.put(account)
    return house


# What must hold at any time, also right after a kill


def check_cursors(office: Office) -> None:
    """I5: what the cursor says was seen is held, in the version the server has."""
    for account in ACCOUNTS:
        source = office.calendars[account.name]
        with office.house.device(write=False) as device:
            state, held = device.events.state(account.id), device.events.versions(account.id)
        reached = source.reached(state.cursor)
        assert "nobody may keep" not in state.cursor
        for key in () if reached is None else set(source.log) - set(source.log[reached:]):
            seal = office.house.seal(key)
            if key in source.shown():
                assert held.get(seal) == source.version(key), f"the cursor is ahead of {key}"
            else:
                assert seal not in held, f"the cursor is past the removal of {key}"


def check_decisions(office: Office) -> None:
    """I12 and I4: what people said stands, and what is past or spoken of is there."""
    with office.house.workspace(write=False) as tx:
        verdicts = {verdict.meeting_id: verdict.says for verdict in tx.meetings.verdicts()}
        said = {(item.meeting_id, item.says) for item in tx.seats.evidence() if item.source != "calendar"}
        refusals = [entry for entry in tx.programme.entries(1000) if entry.what == "command.refused"]
    with office.house.device(write=False) as device:
        waiting = [command.body for command in device.queue.waiting() if command.kind == "evidence"]
    assert verdicts == office.verdicts
    heard = said | {(body["meeting_id"], body["says"]) for body in waiting}
    assert heard - office.words <= office.dropped
    there = office.meetings()
    for word in office.words - heard:
        assert refusals, f"a word is lost: {word}"
        office.words.discard(word)
    for key, why in office.stays.items():
        assert key in there, f"a meeting vanished that is {why}"
    for key, meeting in there.items():
        assert office.verdicts.get(key) != "forget", "a forgotten meeting came back"
        assert meeting.verdict == office.verdicts.get(key, ""), "a verdict is not on its meeting"
        _stays(office, key, meeting, {key for key, _ in said})


def _stays(office: Office, key: str, meeting: Meeting, spoken: set[str]) -> None:
    uid = canonical_uid(meeting.uid)
    if key in spoken:
        office.stays[key] = "spoken of"
    elif meeting.verdict and uid not in office.closed:
        office.stays[key] = "judged"
    elif meeting.end <= office.now and not {uid} & (office.closed | office.moved):
        office.stays[key] = "past"
    else:
        office.stays.pop(key, None)


# What must hold after a clean round


def settle(office: Office) -> None:
    """Sync everything without a fault, accept what is truly less, and check I1, I2, I6, I8 and what may be written."""
    for source in office.calendars.values():
        source.lie, source.refusal, source.meanwhile = "", None, lambda: None
    if any("calendar_shrunk" in [p.code for p in done.problems] for done in office.sync()):
        assert not [done for done in office.sync(accept_fewer=True) if done.failed]
    office.time[0] += timedelta(seconds=1)
    before, states = dump(office.house), _states(office)
    done = office.sync()
    assert [(one.added, one.changed, one.removed, one.failed) for one in done] == [(0, 0, 0, False)] * 3
    after = dump(office.house)
    assert {name for name in before if before[name] != after[name]} == set(), "the second round wrote"
    assert after["device.command"] == [], "something did not cross"
    for name, state in _states(office).items():
        assert state.last_ok == office.now
        assert (state.failures, state.trouble, state.retry_at, state.signed_out) == (0, "", None, None)
        assert states[name].cursor == state.cursor
    for account in ACCOUNTS:
        _check_account(office, account)
    _check_copies(office)
    _check_titles(office)
    office.renamed.clear()


def _states(office: Office) -> dict[str, SyncState]:
    with office.house.device(write=False) as device:
        return {account.name: device.events.state(account.id) for account in ACCOUNTS}


def _check_account(office: Office, account: Account) -> None:
    source = office.calendars[account.name]
    with office.house.workspace(write=False) as tx:
        rules = rules_of(tx)
    with office.house.device(write=False) as device:
        state, versions = device.events.state(account.id), device.events.versions(account.id)
        aside = sorted((item.seal, item.code) for item in device.events.quarantined(account.id))
    assert state.first is not None
    assert state.last is not None
    window = Window(state.first, state.last)
    assert window.first <= (office.now - timedelta(days=360)).date()
    assert window.last >= (office.now + timedelta(days=360)).date()
    held = office.events(account.id)
    assert versions == {office.house.seal(key): source.version(key) for key in source.shown()}
    broken = {entry.uid for entries in source.members.values() for entry in entries if entry.broken}
    shown = source.shown()
    readings = dict(zip(shown, InlineReader().read(list(shown.values()), rules, window), strict=True))
    unread = [(office.house.seal(key), one.code) for key in shown for one in of_one_item(readings[key].problems)]
    assert aside == sorted(unread), f"{account.name}: what was set aside is not what cannot be read"
    for key, reading in readings.items():
        mine = held[office.house.seal(key)]
        sound = [event for event in mine if event.uid not in broken]
        assert _sorted(sound) == _sorted(e for e in reading.events if e.uid not in broken), f"{account.name}: {key}"


def _sorted(events: Any) -> list[Event]:
    return sorted(events, key=lambda event: (event.uid, event.rec_key, event.start, event.title))


def _check_copies(office: Office) -> None:
    """I1 and I8 in the workspace: one copy of each account's occurrence, and one meeting of all its copies."""
    expected = {
        (meeting_id(event.uid, event.rec_key), account.id)
        for account in ACCOUNTS
        for events in office.events(account.id).values()
        for event in events
    }
    there = office.meetings()
    with office.house.workspace(write=False) as tx:
        copies = tx.meetings.copies(there)
        orphans = {key for account in ACCOUNTS for key in tx.meetings.of_account(account.id)} - set(there)
    assert orphans == set(), "copies without a meeting"
    assert {(key, copy.account_id) for key, some in copies.items() for copy in some} == expected
    names = [(canonical_uid(meeting.uid), meeting.rec_key) for meeting in there.values()]
    assert len(names) == len(set(names))
    for key, meeting in there.items():
        away = meeting.status in ("gone", "cancelled") if key not in copies else meeting.status != "gone"
        assert away, f"{meeting.title} is {meeting.status}"


def _check_titles(office: Office) -> None:
    entries = [e for c in office.calendars.values() for some in c.members.values() for e in some]
    open_titles = {entry.title for entry in entries if not entry.private}
    shut = {entry.title for entry in entries if entry.private and entry.uid not in office.renamed}
    data = written(office.house)
    for title in office.never | (shut - open_titles - office.lingering):
        assert title.encode() not in data, f"{title} is private or none of ours, and stands in a store"


def check_twin(office: Office, laid_out: Path, folder: Path, order: tuple[str, ...]) -> None:
    """I3 and I7: a house that was never killed, and reads in another order, comes to the same meetings and seats."""
    house = move_in(laid_out, folder, office.time, office.calendars)
    with office.house.workspace(write=False) as ours, house.workspace() as theirs:
        theirs.programme.put(ours.programme.get())
        for customer in ours.customers.all():
            theirs.customers.put(customer)
        for verdict in ours.meetings.verdicts():
            theirs.meetings.put_verdict(verdict)
    twin = replace(house, seal=office.house.seal)
    for name in order:
        sync(twin, (name,))
    broken = {e.uid for c in office.calendars.values() for some in c.members.values() for e in some if e.broken}
    ours_view, theirs_view = (shared_view(one, {canonical_uid(uid) for uid in broken}) for one in (office.house, twin))
    for table, rows in ours_view.items():
        assert set(rows) == set(theirs_view[table]), f"{table}: {set(rows) ^ set(theirs_view[table])}"
    house.close()


def refused(problem: Problem) -> bool:
    """Whether a verb was refused for a reason that the machine brings about itself."""
    return problem.code in ("meeting_unknown", "not_over_yet", "review_over", "store_locked")
