"""accounts, sync, inspect."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

from companion.basics.errors import Problem
from companion.calendars.model import Account, Inspected
from companion.calendars.signin import APP
from companion.cli import health, microsoft
from companion.cli.asking import Commands, add_days, days_of, group, house_of, verb
from companion.cli.meetings import recurrence_id
from companion.cli.out import (
    end_progress,
    problem_json,
    progress,
    say,
    say_json,
    storing_nothing,
    table,
    tell,
    tell_all,
)
from companion.cli.passwords import add_password_stdin, ask_or_read, give_missing, password_of, tell_fleeting
from companion.cli.synced import tell_synced
from companion.programme import accounts as verbs
from companion.programme.accounts import place
from companion.programme.collector import collect
from companion.programme.inspect import Looked, inspect, inspect_account
from companion.programme.model import House
from companion.programme.sync import default_window, due, sync
from companion.programme.views.calendars import READ_EVERY
from companion.words.language import t, tn
from companion.words.ledger import ledger
from companion.words.recognition import explain, reasons


def add(commands: Commands) -> None:
    """The commands of this file."""
    accounts = group(commands, "accounts", t("calendar accounts"))
    kinds = group(accounts, "add", t("connect a calendar"))
    ics = verb(kinds, "ics", _add, t("an .ics file, a folder of them, or a published address"))
    caldav = verb(kinds, "caldav", _add, t("a CalDAV server"))
    for kind, parser in (("ics", ics), ("caldav", caldav)):
        parser.set_defaults(kind=kind)
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("url", metavar="PATH_OR_URL" if kind == "ics" else "URL")
        parser.add_argument("--user", default="", metavar="U", required=False)
        add_password_stdin(parser)
        whose = parser.add_mutually_exclusive_group()
        whose.add_argument("--owner", default="", metavar="EMAIL", help=t("whose calendar it is (else yours)"))
        whose.add_argument("--hosts", action="store_true", help=t("it holds the reviews of our account owners"))
    microsoft.add_account(kinds)
    verb(accounts, "list", _list, t("all accounts"))
    trying = verb(accounts, "test", _test, t("try an account"))
    new = verb(accounts, "password", _password, t("give an account another password"))
    new.add_argument("--user", default="", metavar="U", help=t("and another user name"))
    moved = verb(accounts, "address", _address, t("give an account another address, or its secret one again"))
    for parser in (trying, new, moved, verb(accounts, "remove", _remove, t("forget an account"))):
        parser.add_argument("name", metavar="NAME")
    health.add(accounts)
    microsoft.add(accounts)
    add_password_stdin(trying)
    add_password_stdin(new)
    moved.add_argument("url", nargs="?", default="", metavar="PATH_OR_URL", help=t("left out: asked for, or read"))
    syncing = verb(commands, "sync", _sync, t("read the calendars"))
    syncing.add_argument("names", nargs="*", metavar="NAME")
    add_password_stdin(syncing)
    syncing.add_argument("--collector", action="store_true", help=t("read leaders' and hosts' mailboxes as the app"))
    syncing.add_argument("--only", nargs="+", default=[], metavar="ADDRESS", help=t("of the collector: those alone"))
    syncing.add_argument("--due", action="store_true", help=t("only those whose turn it is; for a scheduler"))
    syncing.add_argument("--accept-fewer", action="store_true", help=t("believe a calendar that holds far less now"))
    add_days(syncing)
    text = t("what would be kept of a calendar, and why; stores nothing")
    looking = verb(commands, "inspect", storing_nothing(_inspect), text)
    looking.add_argument("path", nargs="?", default="", metavar="PATH_OR_URL")
    looking.add_argument("--account", default="", metavar="NAME", help=t("a connected account instead"))
    add_password_stdin(looking)
    add_days(looking)


def _add(options: argparse.Namespace) -> int:
    password = password_of(options)
    if options.password_stdin and not password:
        raise Problem("password_empty", name=options.name)
    new = verbs.NewAccount(
        options.kind, options.name, options.url, options.user, password, options.owner, options.hosts
    )
    with house_of(options) as house:
        account = verbs.add(house, new)
        if not verbs.owner_known(house, account):
            tell(Problem("owner_not_known", address=account.owner, name=account.name))
        if new.password or verbs.is_hidden(account):
            tell_fleeting(house, account.name)
    say_json({"id": account.id}) if options.json else say(t("{name} added. Next: companion sync", name=account.name))
    return 0


def _list(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        accounts = verbs.all_of(house)
    if options.json:
        say_json([asdict(account) for account in accounts])
    else:
        table([_row(account) for account in accounts], (t("Name"), t("Kind"), t("Whose"), t("Address")))
    return 0


def _row(account: Account) -> tuple[str, str, str, str]:
    return account.name, account.kind, t("hosts") if account.hosts else account.owner, place(account)


def _test(options: argparse.Namespace) -> int:
    with house_of(options, collector=True) as house:
        verbs.named(house, options.name)
        give_missing(house, options, [options.name])
        found = house.test_account(verbs.named(house, options.name))
    if options.json:
        say_json({"calendars": found})
    else:
        say(tn("{count} calendar: {names}", "{count} calendars: {names}", len(found), names=", ".join(found)))
    return 0


def _password(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        user = verbs.named(house, options.name).user
        account = verbs.set_password(house, options.name, password_of(options, user), options.user)
        tell_fleeting(house, account.name)
    say_json({"id": account.id}) if options.json else say(t("Noted."))
    return 0


def _address(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        shown = verbs.named(house, options.name).url
        url = options.url or ask_or_read(t("Address of {name} ({shown}): ", name=options.name, shown=shown))
        account = verbs.set_address(house, options.name, url)
        if verbs.is_hidden(account):
            tell_fleeting(house, account.name)
    say_json({"id": account.id}) if options.json else say(t("Noted."))
    return 0


def _remove(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        account = verbs.named(house, options.name)
        verbs.remove(house, options.name)
    say_json({"id": account.id}) if options.json else say(t("{name} removed.", name=account.name))
    return 0


def _sync(options: argparse.Namespace) -> int:
    if options.collector and (options.names or options.due or options.password_stdin):
        raise Problem("ms_collector_takes")
    if options.only and not options.collector:
        tell(Problem("ms_collector_with_only"))
        return 2
    with house_of(options, collector=options.collector) as house:
        with house.workspace(write=False) as tx:
            window = default_window(house, tx.programme.get().zone)
        asked = days_of(options, window) if options.first or options.last else None
        if options.collector:
            return tell_synced(options, house, collect(house, options.only, asked, progress(),
                                                       accept_fewer=options.accept_fewer))  # fmt: skip
        for name in options.names:
            if verbs.named(house, name).user == APP:
                raise Problem("ms_collector_only", name=name)
        names = _due(house, options.names) if options.due else options.names
        if options.due and not names:
            say_json({"accounts": []}) if options.json else say(t("Nothing is due."))
            return 0
        give_missing(house, options, names)
        results = sync(house, names, asked, progress(), accept_fewer=options.accept_fewer)
        return tell_synced(options, house, results)


def _due(house: House, names: Sequence[str]) -> list[str]:
    """The accounts whose turn it is; only those named, where some are."""
    for name in names:
        verbs.named(house, name)
    return [name for name in due(house, house.clock(), READ_EVERY) if not names or name in names]


def _seen(row: Inspected, zone: str) -> tuple[str, str]:
    """When and what, by the programme's clock."""
    when = ""
    if row.start:
        when = f"{row.start:%Y-%m-%d}" if row.all_day else f"{row.start.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
    return when, row.title or t("(private)")


def why_of(row: Inspected, looked: Looked) -> str:
    """What becomes of an occurrence and why, in one sentence."""
    return explain(row.judgement, looked.names.get(row.judgement.customer_id, ""), looked.threshold)


def _by_clock(instant: datetime | None, all_day: bool, zone: str) -> datetime | None:
    return instant if instant is None or all_day else instant.astimezone(ZoneInfo(zone))


def _inspect(options: argparse.Namespace) -> int:
    if bool(options.path) == bool(options.account):
        raise Problem("inspect_nowhere")
    with house_of(options, collector=True) as house:
        return _inspected(options, house)


def _inspected(options: argparse.Namespace, house: House) -> int:
    with house.workspace(write=False) as tx:
        zone = tx.programme.get().zone
    days = days_of(options, default_window(house, zone))
    if options.account:
        give_missing(house, options, [options.account])
        found = inspect_account(house, options.account, days, progress())
    else:
        found = inspect(house, options.path, days, progress())
    end_progress()
    tell_all(found.problems, "look")
    items = [
        {
            "id": item.id, "uid": item.row.uid, "recurrence_id": recurrence_id(item.row.recurrence_id),
            "start": _by_clock(item.row.start, item.row.all_day, zone),
            "end": _by_clock(item.row.end, item.row.all_day, zone),
            "all_day": item.row.all_day, "title": item.row.title,
            "decision": item.row.judgement.decision,
            "reason": " · ".join(reasons(item.row.judgement.why)),
            "customer": found.names.get(item.row.judgement.customer_id), "score": item.row.judgement.score,
            "sentence": why_of(item.row, found),
        }
        for item in found.items
    ]  # fmt: skip
    if options.json:
        problems = [problem_json(problem, "look") for problem in found.problems]
        say_json({"seen": found.ledger.seen, "ledger": asdict(found.ledger), "problems": problems, "items": items})
    else:
        rows = [(item.id, *_seen(item.row, zone), why_of(item.row, found)) for item in found.items]
        table(rows, (t("Id"), t("When"), t("Title"), t("Why")))
        say("")
        say(ledger(found.ledger))
    return 1 if found.problems and not found.ledger.seen else 0
