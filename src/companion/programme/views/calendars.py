"""How every calendar account stands: what the last rounds did, what was set aside, and whether somebody must act."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Literal
from urllib.parse import urlsplit

from companion.basics.errors import Problem
from companion.calendars.model import Account, is_microsoft
from companion.calendars.signin import APP
from companion.calendars.store import Quarantined, SyncRun, SyncState
from companion.programme.accounts import of_sample, place
from companion.programme.model import DeviceTx, House

READ_EVERY = timedelta(minutes=15)  # how often a calendar that answers is asked
LATELY = timedelta(days=1)  # what was not read for longer is not what it seems
SPELLS = 30  # runs looked at for the account's story

Condition = Literal[
    "signed_out", "failing", "demo_over", "doubted", "set_aside", "not_read_lately", "never_read", "in_order"
]
_WORST_FIRST: tuple[Condition, ...] = ("signed_out", "failing", "doubted", "set_aside", "not_read_lately")


@dataclass(frozen=True)
class Spell:
    """Runs after one another that ended alike; `run` is the newest, `first` when the oldest began."""

    run: SyncRun
    count: int
    first: datetime


@dataclass(frozen=True)
class CalendarHealth:
    """One account: where its sync stands, its last runs (newest first), and what could not be read of it."""

    account: Account
    state: SyncState
    runs: tuple[SyncRun, ...]
    aside: tuple[Quarantined, ...]
    kept: int  # occurrences held on this device
    condition: Condition

    @property
    def needs_somebody(self) -> bool:
        """Whether it stands among those to look at."""
        return self.condition in _WORST_FIRST

    @property
    def collected(self) -> bool:
        """Whether the collector alone reads it, when somebody tells it to."""
        return self.account.user == APP

    @property
    def server(self) -> str:
        """The server's name, or the file's path, of Microsoft 365 whose mailbox; never a secret address."""
        if is_microsoft(self.account):
            return place(self.account)
        parts = urlsplit(self.account.url)
        return (parts.hostname or "") if parts.scheme.startswith(("http", "webcal")) else self.account.url

    @property
    def cause(self) -> Problem | None:
        """What the last round ended in; None where it came to its end, or nothing is known of it."""
        trouble = self.state.trouble
        said = self.runs[0].problems if self.runs and trouble else ()
        return next((Problem(trouble, **item["facts"]) for item in said if item["code"] == trouble), None)

    @property
    def quiet(self) -> datetime | None:
        """When the last round ended that had nothing to tell; of such rounds no run is kept. None: a run came later."""
        last = self.state.last_ok
        ended = [run.finished or run.started for run in self.runs[:1]]
        return last if last is not None and all(last > end for end in ended) else None

    @property
    def spells(self) -> tuple[Spell, ...]:
        """The runs, those that ended alike told as one."""
        grouped = (list(runs) for _, runs in groupby(self.runs, _outcome))
        return tuple(Spell(runs[0], len(runs), runs[-1].started) for runs in grouped)


@dataclass(frozen=True)
class CalendarsView:
    """Every account, those that need somebody first."""

    items: tuple[CalendarHealth, ...]
    zone: str
    now: datetime  # to the minute


def calendars(house: House, runs: int = SPELLS) -> CalendarsView:
    """Read how the calendars stand, with that many of each one's last runs."""
    now = house.clock().replace(second=0, microsecond=0)
    with house.workspace(write=False) as tx:
        zone = tx.programme.get().zone
    with house.device(write=False) as device:
        found = [_health(house, device, account, runs, now) for account in device.accounts.all()]
    order = {condition: at for at, condition in enumerate(_WORST_FIRST)}
    found.sort(key=lambda item: (order.get(item.condition, len(order)), item.account.name.casefold()))
    return CalendarsView(tuple(found), zone, now)


def lately(item: CalendarHealth, now: datetime) -> bool:
    """Whether an account that was ever read was read within a day."""
    return item.state.last_ok is None or now - item.state.last_ok <= LATELY


def _health(house: House, device: DeviceTx, account: Account, runs: int, now: datetime) -> CalendarHealth:
    found = CalendarHealth(
        account, device.events.state(account.id), tuple(device.events.runs(account.id, runs)),
        tuple(device.events.quarantined(account.id)), device.events.count(account.id), "in_order",
    )  # fmt: skip
    return replace(found, condition=_condition(found, now, sample=of_sample(house, account)))


def _condition(item: CalendarHealth, now: datetime, *, sample: bool) -> Condition:
    state = item.state
    if (state.trouble or state.signed_out) and sample:
        return "demo_over"
    if state.signed_out:
        return "signed_out"
    if state.trouble:
        return "failing"
    newest = item.runs[0].problems if item.runs and item.quiet is None else ()
    if any(problem["code"] == "calendar_shrunk" for problem in newest):
        return "doubted"
    if state.last_ok is None:
        return "never_read"
    if item.aside:
        return "set_aside"
    return "in_order" if lately(item, now) else "not_read_lately"


def _outcome(run: SyncRun) -> tuple[object, ...]:
    """Runs that changed nothing and told the same ended alike; what changed something stands alone."""
    if run.added or run.changed or run.removed or run.ledger.seen:
        return (run.started, run.finished)
    return tuple(str(problem["code"]) for problem in run.problems)
