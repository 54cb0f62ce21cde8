"""accounts status, accounts retry: how the calendars stand, and what was set aside read once more."""

import argparse
from dataclasses import asdict
from typing import Any

from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import progress, say, say_json
from companion.cli.passwords import add_password_stdin, give_missing
from companion.cli.synced import tell_synced
from companion.programme import accounts as verbs
from companion.programme.sync import try_again
from companion.programme.views.calendars import CalendarHealth, CalendarsView, Spell, calendars
from companion.words import health as words
from companion.words.language import t
from companion.words.ledger import ledger
from companion.words.problems import from_code, sentence

MOST_RUNS = 10  # told of each account


def add(accounts: Commands) -> None:
    """The verbs of this file, under `accounts`."""
    status = verb(accounts, "status", _status, t("how the accounts stand: last runs, what was skipped and why"))
    status.add_argument("name", nargs="?", default="", metavar="NAME")
    again = verb(accounts, "retry", _retry, t("read what was set aside of an account once more"))
    again.add_argument("name", metavar="NAME")
    add_password_stdin(again)


def _status(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        if options.name:
            verbs.named(house, options.name)
        view = calendars(house)
    items = [item for item in view.items if options.name in ("", item.account.name)]
    if options.json:
        say_json({"accounts": [status_json(item, view) for item in items]})
        return 0
    for at, item in enumerate(items):
        if at:
            say("")
        _say_status(item, view, runs=bool(options.name))
    if not items:
        say(t("No calendar is connected yet. Next: companion accounts add"))
    return 0


def _say_status(item: CalendarHealth, view: CalendarsView, *, runs: bool) -> None:
    """A few lines of an account; with its runs where it was asked for by name."""
    whose = t("hosts") if item.account.hosts else item.account.owner
    say(f"{item.account.name} · {whose} · {item.account.kind} · {item.server}")
    say(f"  {words.standing(item, view.now, view.zone)}")
    cause = item.cause
    if cause is not None and item.condition != "demo_over":
        say(f"  {sentence(cause)}")
    for said, how in words.set_aside(item.aside, view.now, view.zone):
        say(f"  {said} ({how})")
    if runs and item.quiet is not None:
        say(f"  {words.quiet(item.quiet, view.now, view.zone)}")
    for spell in item.spells[:MOST_RUNS] if runs else ():
        for line in _spell(spell, view, sentence(cause) if cause is not None else ""):
            say(f"  {line}")


def _spell(spell: Spell, view: CalendarsView, above: str) -> list[str]:
    run = spell.run
    when = words.stamp(run.started, view.now, view.zone)
    if spell.count > 1:
        first = words.stamp(spell.first, view.now, view.zone)
        when = t("{first} to {last} · {count} times", first=first, last=when, count=spell.count)
    news = words.changes(run.added, run.changed, run.removed) or words.nothing(
        told=bool(run.problems), seen=run.ledger.seen
    )
    told = dict.fromkeys(from_code(problem["code"], problem["facts"]) for problem in run.problems)
    counts = [ledger(run.ledger)] if run.ledger.seen else []
    return [words.begun(f"{when} · {news}"), *(f"  {line}" for line in (*counts, *told) if line != above)]


def status_json(item: CalendarHealth, view: CalendarsView) -> dict[str, Any]:
    """One account's status as the command answers it; `state` is a stable word, `sentence` is for people."""
    state, account, cause = item.state, item.account, item.cause
    return {
        "id": account.id, "name": account.name, "kind": account.kind, "server": item.server, "owner": account.owner,
        "hosts": account.hosts, "state": item.condition, "sentence": words.standing(item, view.now, view.zone),
        "last_ok": state.last_ok, "last_full": state.last_full, "signed_out": state.signed_out,
        "retry_at": state.retry_at, "failures": state.failures,
        "trouble": _problem(cause.code, cause.facts) if cause else None,
        "first_day": state.first, "last_day": state.last, "kept": item.kept,
        "set_aside": [
            {**_problem(one.code, one.facts), "since": one.since, "tries": one.tries} for one in item.aside
        ],
        "runs": [
            {
                "started": run.started, "finished": run.finished, **asdict(run.ledger), "added": run.added,
                "changed": run.changed, "removed": run.removed,
                "problems": [_problem(problem["code"], problem["facts"]) for problem in run.problems],
            }
            for run in item.runs[:MOST_RUNS]
        ],
    }  # fmt: skip


def _problem(code: str, facts: dict[str, Any]) -> dict[str, Any]:
    return {"code": code, "facts": facts, "sentence": from_code(code, facts)}


def _retry(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        verbs.named(house, options.name)
        give_missing(house, options, [options.name])
        results = try_again(house, options.name, ticket=progress())
        return tell_synced(options, house, results)
