"""Doctor: is everything where it should be, and what does the profile hold?"""

from dataclasses import dataclass
from typing import Any

import companion
from companion.basics.errors import Problem
from companion.programme.model import House
from companion.words.language import t, tn


@dataclass(frozen=True)
class Health:
    """What doctor found: facts for programs, the same as lines for people, and problems."""

    facts: dict[str, Any]
    lines: tuple[str, ...]
    problems: tuple[Problem, ...]


def examine(house: House) -> Health:
    """Check both stores, the accounts, the queue and the secrets."""
    problems: list[Problem] = [*house.notices, *house.check_stores()]
    with house.device(write=False) as device:
        accounts = device.accounts.all()
        waiting = device.queue.waiting()
        notes = len(device.notes.all())
        states = [(account, device.events.state(account.id)) for account in accounts]
    with house.workspace(write=False) as tx:
        programme, people, customers = tx.programme.get(), tx.people.all(), tx.customers.all()
    for account, state in states:
        if state.trouble:
            problems.append(Problem("account_in_trouble", name=account.name, failures=state.failures))
    if any(command.tries for command in waiting if not command.held):
        problems.append(Problem("crossing_waits", count=len(waiting)))
    facts = {
        "version": companion.__version__, "home": str(house.paths.home), "me": house.me, "zone": programme.zone,
        "accounts": len(accounts), "people": len(people), "customers": len(customers), "notes": notes,
        "waiting": len(waiting),
    }  # fmt: skip
    lines = (
        f"Companion {companion.__version__} · {house.paths.home}",
        t("Programme: {name} · days in {zone}", name=programme.name or "—", zone=programme.zone),
        tn("{count} calendar", "{count} calendars", len(accounts)) + " · "
        + tn("{count} person", "{count} people", len(people)) + " · "
        + tn("{count} customer", "{count} customers", len(customers)) + " · "
        + tn("{count} note", "{count} notes", notes),
    )  # fmt: skip
    return Health(facts, lines, tuple(problems))
