"""Sync: every account in its round, then what is new crosses; and whose turn it is."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.faults import account_of, write_log
from companion.basics.progress import Cancelled, Ticket
from companion.calendars.model import Account, Ledger, Window, is_microsoft, mailbox_of
from companion.calendars.signin import APP
from companion.calendars.store import SyncRun
from companion.programme.accounts import readable
from companion.programme.apply import cross
from companion.programme.aside import harmless
from companion.programme.copies import free_what_hosts_know, known_uids
from companion.programme.microsoft import as_collected
from companion.programme.model import House
from companion.programme.patience import after_failure, after_success, is_due
from companion.programme.round import Ground, Round, Synced
from companion.programme.rules import rules_of

__all__ = ["Synced", "default_window", "due", "sync", "try_again"]

DAYS_BACK, DAYS_AHEAD = 400, 400


def default_window(house: House, zone: str) -> Window:
    """400 days to both sides of today, in the programme's zone."""
    today = day_of(house.clock(), zone)
    return Window(today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD))


def sync(
    house: House, names: Sequence[str] = (), window: Window | None = None, ticket: Ticket | None = None,
    *, accept_fewer: bool = False,
) -> list[Synced]:  # fmt: skip
    """Sync the named accounts (none named: all). One bad account never holds up the others.

    Mailboxes of the collector are passed over where it does not run.

    Raises Problem `account_unknown` for a name that is not there, Cancelled where told to stop; what was
    taken in by then stays, and the next sync goes on from there.
    """
    ticket = ticket or Ticket()
    cross(house, ticket)  # what was decided here before decides what is read
    with house.device(write=False) as device:
        accounts = device.accounts.all()
        waiting = device.queue.waiting()
        failures = {account.id: device.events.state(account.id).failures for account in accounts}
    for name in names:
        if name not in {account.name for account in accounts}:
            raise Problem("account_unknown", name=name)
    with house.workspace(write=False) as tx:
        rules = rules_of(tx)
        base = default_window(house, rules.zone)
        known = known_uids(tx, accounts, waiting) if house.workspace_shared else frozenset()
        me = tx.people.by_address(house.me) if house.me else None
    mine = frozenset(me.addresses) if me else frozenset({house.me} - {""})
    reader = house.open_reader()
    try:
        ground = Ground(rules, base, window, reader, known, accept_fewer, mine)
        chosen = [account for account in readable(house, accounts) if not names or account.name in names]
        # Who failed last time may fail slowly again: the others do not wait for it.
        turns = sorted(chosen, key=lambda account: failures.get(account.id, 0))
        results = {account.id: _sync_or_tell(house, account, ground, ticket) for account in turns}
    finally:
        reader.close()
    cross(house, ticket)
    if house.workspace_shared and free_what_hosts_know(house):
        cross(house, ticket)
    answered = [account for account in turns if is_microsoft(account) and not results[account.id].failed]
    if answered:
        from companion.programme.afterwards import afterwards  # what only Microsoft can tell costs the others nothing

        first = answered[0].id
        results[first] = replace(results[first], beside=afterwards(house, answered, ticket))
    return [results[account.id] for account in chosen]


def due(house: House, at: datetime, every: timedelta) -> list[str]:
    """Names of the accounts that the clock may ask at `at`; those never read before all others.

    An account that answers is asked `every` so often, one in trouble not before its time to try again.
    """
    turns: list[tuple[datetime, str]] = []
    with house.device(write=False) as device:
        for account in readable(house, device.accounts.all()):
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


def _sync_or_tell(house: House, account: Account, ground: Ground, ticket: Ticket) -> Synced:
    started = house.clock()
    round_ = Round(house, account, ground, ticket)
    try:
        synced = round_.run()
    except Problem as problem:
        told = as_collected(account, problem, mailbox_of(account))
        synced = replace(round_.done, problems=(told, *round_.done.problems), failed=True)
    except Cancelled:
        raise
    except Exception as fault:  # ours, and nobody's calendar should wait for us to mend it
        synced = replace(round_.done, problems=(_broken(house, account, fault), *round_.done.problems), failed=True)
    now = house.clock()
    problems = tuple({"code": problem.code, "facts": harmless(problem)} for problem in synced.problems)
    run = SyncRun(account.id, started, now, synced.ledger, synced.added, synced.changed, synced.removed, problems)
    with house.device() as device:
        state = device.events.state(account.id)
        if not (_is_quiet(synced) and state.last_ok and not state.failures):
            device.events.add_run(run)
        if synced.failed:
            state = after_failure(state, account.id, synced.problems[0], now)
            if account.user == APP:  # nobody can sign in to it
                state = replace(state, signed_out=None)
        else:
            state = after_success(state, now, full=round_.full)
        device.events.save_state(account.id, state)
    return synced


def _broken(house: House, account: Account, fault: Exception) -> Problem:
    """A fault of our own, with its place in the log; its text may hold what stood in a calendar and goes nowhere."""
    problem = Problem("account_broken", account=account.name, log=str(house.paths.log))
    with suppress(OSError):  # a disk that is full is told by whoever writes next
        write_log(house.paths.log, f"reading {account.kind} {account.id}\n{account_of(fault)}")
    return problem


def _is_quiet(synced: Synced) -> bool:
    """Whether a round had nothing to tell: of such rounds only the last one's time is kept."""
    return not (synced.failed or synced.problems or synced.added or synced.removed) and synced.ledger == Ledger()
