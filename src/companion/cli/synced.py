"""What came of reading calendars, as commands tell it."""

import argparse
from dataclasses import asdict
from typing import Any

from companion.basics.errors import Problem
from companion.calendars.model import is_microsoft
from companion.calendars.signin import APP
from companion.cli.out import end_progress, problem_json, say, say_json, tell_all, warn
from companion.programme import accounts as verbs
from companion.programme.model import House
from companion.programme.patience import FOR_IT, SIGNED_OUT
from companion.programme.sync import Synced
from companion.words.language import t, tn
from companion.words.ledger import ledger


def tell_synced(options: argparse.Namespace, house: House, results: list[Synced]) -> int:
    """Say what came of a sync; the exit code, 1 where nothing could be read at all."""
    problems = _gathered(house, results)
    end_progress()
    tell_all(problems)
    _tell_what_next(results)
    if options.json:
        say_json({"accounts": [synced_json(result) for result in results]})
    else:
        for result in results:
            say(synced_text(result))
        if not results:
            say(_nothing_read(house))
    return 1 if results and all(result.failed for result in results) else 0


def _nothing_read(house: House) -> str:
    collected = sum(account.user == APP for account in verbs.all_of(house))
    if not collected:
        return t("No calendar is connected yet. Next: companion accounts add")
    return tn(
        "No calendar is read here: {count} is read by the collector alone. Next: companion sync --collector",
        "No calendar is read here: {count} are read by the collector alone. Next: companion sync --collector",
        collected,
    )


def _tell_what_next(results: list[Synced]) -> None:
    """By which commands a sign-in at Microsoft is mended: one for each person, whatever accounts that brings back."""
    told: set[str] = set()
    for result in results:
        account, codes = result.account, {problem.code for problem in result.problems}
        if not is_microsoft(account) or account.user == APP:
            continue
        whose = account.id if "ms_not_shared" in codes else account.user
        if whose in told or not codes & (SIGNED_OUT | {"ms_not_shared"}):
            continue
        told.add(whose)
        name = account.name
        if codes & (FOR_IT | {"ms_not_shared"}):
            warn(t("What to ask IT for: companion accounts it-request {name}", name=name))
        if codes & SIGNED_OUT:
            warn(t("To sign in again: companion accounts signin {name}", name=name))


def _gathered(house: House, results: list[Synced]) -> list[Problem]:
    """The problems of a sync; of the sample's server, which ends with the demo, one for all its calendars."""
    sample = [result for result in results if result.failed and verbs.of_sample(house, result.account)]
    problems = [problem for result in results if result not in sample for problem in result.problems]
    # What is wrong with the policy file is told at every start.
    problems = [problem for problem in problems if problem is not house.registration.unclear]
    return [*problems, Problem("demo_server_gone", count=len(sample))] if sample else problems


def synced_json(result: Synced) -> dict[str, Any]:
    """One account's sync as the command answers it."""
    return {
        "name": result.account.name, **asdict(result.ledger), "added": result.added, "changed": result.changed,
        "removed": result.removed, "problems": [problem_json(problem) for problem in result.problems],
    }  # fmt: skip


def synced_text(result: Synced) -> str:
    """One account's sync as one line."""
    if result.failed:
        return t("{name}: nothing could be read", name=result.account.name)
    if not (result.ledger.seen or result.added or result.changed or result.removed):
        return t("{name}: nothing new", name=result.account.name)
    news = t("{added} added, {changed} changed, {removed} removed",
             added=result.added, changed=result.changed, removed=result.removed)  # fmt: skip
    return f"{result.account.name}: {ledger(result.ledger)} · {news}"
