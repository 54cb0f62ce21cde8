"""An office at Microsoft 365 for the machine: three mailboxes, one calendar without delta, and what must hold of it."""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from companion.basics.errors import Problem
from companion.basics.ids import canonical_uid, meeting_id
from companion.basics.progress import Ticket
from companion.bootstrap import build
from companion.calendars.model import Account, CalendarSource, Event, Window
from companion.connectors.ics.worker import InlineReader
from companion.connectors.microsoft.graph.gate import Gate
from companion.connectors.microsoft.graph.translate import member
from companion.meetings.model import Meeting
from companion.programme.model import House
from companion.programme.rules import rules_of
from companion.programme.sync import Synced, sync
from fakes.desk import dump, shared_view, written
from fakes.ics import NOW
from fakes.killing import Fate, fated
from programme.graph_wire import REGISTRATION, ROOT, Firm
from servers.microsoft.mailbox import Calendar
from servers.microsoft.shapes import Prefer
from servers.microsoft.shapes import event as shape

DANA, ROSA, LEV = "dana@ferro.example", "rosa@ferro.example", "lev@ferro.example"
NAMES = ("Dana", "Hosts", "Lev")
PLACES = ("dana", "plan", "rosa", "lev")  # calendars


@dataclass
class Office:
    """The house under test, the firm's Graph, and everything the house is measured against."""

    firm: Firm
    time: list[datetime]
    house: House
    accounts: dict[str, Account]
    calendars: dict[str, Calendar]
    serial: int = 0
    never: set[str] = field(default_factory=set)  # titles that may stand in no store, ever
    quiet: bool = True  # something happened, or was spoilt, of which delta says nothing
    words: set[tuple[str, str]] = field(default_factory=set)  # (meeting, what was said of it)
    forgotten: set[str] = field(default_factory=set)

    @property
    def now(self) -> datetime:
        """The clock."""
        return self.time[0]

    def title(self, words: str) -> str:
        """A title there is only once."""
        self.serial += 1
        return f"{words} T{self.serial:05d}"

    def sync(self, names: tuple[str, ...] = (), fate: Fate | None = None, *, accept_fewer: bool = False,
             ticket: Ticket | None = None) -> list[Synced]:  # fmt: skip
        """A sync under a fate."""
        fate = fate or Fate()
        self.firm.tick = fate.tick
        return sync(fated(self.house, fate), names, ticket=ticket, accept_fewer=accept_fewer)

    def heard(self, key: str, what: str) -> None:
        """Write down what somebody said of a meeting; who wants it forgotten takes everything back."""
        if what == "forget":
            self.words = {word for word in self.words if word[0] != key}
            self.forgotten.add(key)
        else:
            self.words.discard((key, "attended"))
            self.words.discard((key, "declined"))
            self.words.add((key, what))

    def meetings(self) -> dict[str, Meeting]:
        """All meetings by id."""
        with self.house.workspace(write=False) as tx:
            return {meeting.id: meeting for meeting in tx.meetings.everything()}

    def held(self, account: Account) -> list[Event]:
        """The device's events of an account."""
        with self.house.device(write=False) as device:
            events = device.events.of(account.id, device.events.versions(account.id))
        return [event for some in events.values() for event in some]

    def close(self) -> None:
        """Close the stores and take them away."""
        self.house.close()
        shutil.rmtree(self.house.paths.home.parent)


def move_in(laid_out: Path, folder: Path) -> Office:
    """An office whose mailboxes are connected and empty. Dana may read Rosa's calendar; her own has a second one."""
    firm, clock = Firm(), [NOW]
    dana, rosa, lev = (firm.user(address) for address in (DANA, ROSA, LEV))
    rosa.shared_with.add(dana.address)
    calendars = {
        "dana": dana.calendar, "plan": dana.add_calendar("Team plan", delta=False), "rosa": rosa.calendar,
        "lev": lev.calendar,
    }  # fmt: skip
    accounts = {
        "Dana": Account("dana", "Dana", "microsoft365", f"{ROOT}/v1.0/me", dana.id, DANA, False, NOW),
        "Hosts": Account("hosts", "Hosts", "microsoft365", f"{ROOT}/v1.0/users/{ROSA}", dana.id, ROSA, True, NOW),
        "Lev": Account("lev", "Lev", "microsoft365", f"{ROOT}/v1.0/me", lev.id, LEV, False, NOW),
    }
    house = house_of(laid_out, folder, firm, clock, accounts)
    return Office(firm, clock, house, accounts, calendars)


def house_of(laid_out: Path, folder: Path, firm: Firm, clock: list[datetime], accounts: dict[str, Account]) -> House:
    """A house with the three mailboxes connected, nothing synced."""
    shutil.copytree(laid_out, folder / "home")
    house = build(folder / "home", clock=lambda: clock[0], secrets_mode="session")
    gate = Gate(REGISTRATION, house.device, lambda: clock[0])

    def opened(account: Account, window: Window) -> CalendarSource:
        return firm.open(account, window, gate)

    house = replace(house, me=DANA, open_reader=InlineReader, open_source=opened)
    with house.device() as device:
        for account in accounts.values():
            device.accounts.put(account)
    return house


def settle(office: Office) -> None:
    """All is well at last: what delta told is true, a reconcile is true whatever it told, and then nothing is news."""
    office.firm.faults.clear()
    wait_for_the_gate(office)
    clean(office)
    if not office.quiet:
        check_truth(office)
    for account in office.accounts.values():
        with office.house.device() as device:
            device.events.save_state(account.id, replace(device.events.state(account.id), last_full=None))
    clean(office)
    office.quiet = False
    check_truth(office)
    check_copies(office)
    check_titles(office)
    check_nothing_is_news(office)


def wait_for_the_gate(office: Office) -> None:
    """Put the clock on until Graph wants to be asked again."""
    with office.house.device(write=False) as device:
        until = device.gates.until(f"{REGISTRATION.client_id}@graph.example")
    if until and until > office.now:
        office.time[0] = until + timedelta(seconds=1)


def clean(office: Office) -> None:
    """A sync without a fault, in which what is truly less is believed."""
    done = office.sync()
    if any("calendar_shrunk" in [problem.code for problem in one.problems] for one in done):
        done = office.sync(accept_fewer=True)
    assert not [problem.code for one in done if one.failed for problem in one.problems]


def check_nothing_is_news(office: Office) -> None:
    """I2: a second round writes no row and asks one request for each calendar with delta."""
    office.time[0] += timedelta(seconds=1)
    before = dump(office.house)
    office.firm.asked.clear()
    done = office.sync()
    assert [(one.added, one.changed, one.removed, one.failed) for one in done] == [(0, 0, 0, False)] * 3
    after = dump(office.house)
    assert {name for name in before if before[name] != after[name]} == set(), "the second round wrote"
    assert after["device.command"] == [], "something did not cross"
    asked = Counter(name for name, path in office.firm.asked if path.endswith("/delta"))
    assert asked == dict.fromkeys(NAMES, 1)
    others = [(name, path) for name, path in office.firm.asked if not path.endswith("/delta")]
    assert {name for name, _ in others} <= {"Dana"}, f"more than one request for a calendar with delta: {others}"
    assert all(office.calendars["plan"].id in path for _, path in others)


def check_truth(office: Office) -> None:
    """I1, I6 and I8: what is held is what the mailbox shows, once."""
    with office.house.workspace(write=False) as tx:
        rules = rules_of(tx)
    for account in office.accounts.values():
        with office.house.device(write=False) as device:
            state = device.events.state(account.id)
        assert state.first
        assert state.last
        window = Window(state.first, state.last)
        data = [member(events, account.owner) for events in shown(office, account, window)]
        readings = InlineReader().read(data, rules, window)
        truth = sorted((event for reading in readings for event in reading.events), key=repr)
        held = sorted(office.held(account), key=repr)
        assert held == truth, f"{account.name}: {set(held) ^ set(truth)}"


def shown(office: Office, account: Account, window: Window) -> Iterator[list[dict[str, object]]]:
    """The events of a mailbox in some days, those of a series together."""
    first = datetime.combine(window.first.replace(day=1), time(), UTC)
    last = datetime.combine(window.last, time(), UTC) + timedelta(days=32)
    user = office.firm.users[account.owner]
    for calendar in user.calendars if account.name == "Dana" else user.calendars[:1]:
        series: dict[str, list[dict[str, object]]] = {}
        for one in calendar.view(first, last):
            series.setdefault(one.entry.id, []).append(shape(one, calendar, Prefer("UTC", immutable=True)))
        yield from series.values()


def check_copies(office: Office) -> None:
    """In the workspace there is one copy of each account's occurrence, and one meeting of all its copies."""
    expected = {
        (meeting_id(event.uid, event.rec_key), account.id)
        for account in office.accounts.values()
        for event in office.held(account)
    }
    there = office.meetings()
    with office.house.workspace(write=False) as tx:
        copies = tx.meetings.copies(there)
    assert {(key, copy.account_id) for key, some in copies.items() for copy in some} == expected
    names = [(canonical_uid(meeting.uid), meeting.rec_key) for meeting in there.values()]
    assert len(names) == len(set(names))
    for key, meeting in there.items():
        assert (meeting.status in ("gone", "cancelled")) or key in copies, f"{meeting.title} is {meeting.status}"


def check_titles(office: Office) -> None:
    """What is private, or none of ours, stands in no store."""
    data = written(office.house)
    for title in office.never:
        assert title.encode() not in data, f"{title} is private or none of ours, and stands in a store"


def check_words(office: Office) -> None:
    """I12: what people said stands, and what they want forgotten is."""
    there = office.meetings()
    with office.house.workspace(write=False) as tx:
        said = {(item.meeting_id, item.says) for item in tx.seats.evidence() if item.source != "calendar"}
        verdicts = {(item.meeting_id, item.says) for item in tx.meetings.verdicts()}
    with office.house.device(write=False) as device:
        waiting = [command.body for command in device.queue.waiting() if command.kind == "evidence"]
    heard = said | verdicts | {(body["meeting_id"], body["says"]) for body in waiting}
    assert office.words <= heard, f"lost: {office.words - heard}"
    # What somebody only said yes to goes where its owner makes it private; what was credited never does.
    gone = {key for key, says in office.words if says != "yes" and key not in there}
    assert not gone, "a meeting vanished that people spoke of"
    assert not office.forgotten & set(there), "a forgotten meeting came back"


def check_twin(office: Office, laid_out: Path, folder: Path, order: tuple[str, ...]) -> None:
    """I3 and I7: a house that was never killed, and reads in another order, comes to the same meetings and seats."""
    house = house_of(laid_out, folder, office.firm, office.time, office.accounts)
    with office.house.workspace(write=False) as ours, house.workspace() as theirs:
        theirs.programme.put(ours.programme.get())
        for verdict in ours.meetings.verdicts():
            theirs.meetings.put_verdict(verdict)
    twin = replace(house, seal=office.house.seal)
    office.firm.tick = lambda _where: None
    for name in order:
        assert not sync(twin, (name,))[0].failed
    ours_view, theirs_view = shared_view(office.house, ()), shared_view(twin, ())
    for table, rows in ours_view.items():
        assert set(rows) == set(theirs_view[table]), f"{table}: {set(rows) ^ set(theirs_view[table])}"
    house.close()


def refused(problem: Problem) -> bool:
    """Whether a verb was refused for a reason that the machine brings about itself."""
    return problem.code in ("meeting_unknown", "not_over_yet", "review_over", "store_locked")
