"""Doctor: is everything where it should be, and what does the profile hold?"""

from dataclasses import dataclass
from typing import Any

import companion
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.policy import policy_file
from companion.calendars.model import is_microsoft
from companion.calendars.signin import SignedIn
from companion.programme.accounts import of_sample
from companion.programme.microsoft import faults
from companion.programme.model import House, WorkspaceTx
from companion.words.health import moment
from companion.words.language import t, tn

CLOSED = frozenset({"store_locked", "settings_damaged", "store_closed_to_us", "workspace_rights"})


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
        notes = len(device.notes.listed())
        states = [(account, device.events.state(account.id)) for account in accounts]
    with house.workspace(write=False) as tx:
        programme, people, customers = tx.programme.get(), tx.people.all(), tx.customers.all()
        failed = _failed(tx)
    troubled = [(account, state) for account, state in states if state.trouble]
    sample = sum(of_sample(house, account) for account, _ in troubled)
    if sample:
        problems.append(Problem("demo_server_gone", count=sample))
    for account, state in troubled:
        if of_sample(house, account):
            continue
        if state.signed_out:
            day = day_of(state.signed_out, programme.zone).isoformat()
            code = "ms_account_signed_out" if is_microsoft(account) else "account_signed_out"
            problems.append(Problem(code, name=account.name, day=day))
        else:
            now = house.clock()
            again = moment(max(state.retry_at or now, now), now, programme.zone)
            problems.append(Problem("account_in_trouble", name=account.name, failures=state.failures, again=again))
    if failed:
        problems.append(Problem("deliveries_failed", count=failed))
    if any(command.tries for command in waiting if not command.held):
        problems.append(Problem("crossing_waits", count=len(waiting)))
    mended = _search(house, problems)
    microsoft, said = _microsoft(house, problems, any(is_microsoft(account) for account in accounts))
    facts = {
        "version": companion.__version__, "home": str(house.paths.home), "me": house.me, "zone": programme.zone,
        "accounts": len(accounts), "people": len(people), "customers": len(customers), "notes": notes,
        "waiting": len(waiting), "undelivered": failed, "microsoft": microsoft,
        "search_mended": mended,
    }  # fmt: skip
    anew = tn("Search missed {count} text; it was made anew.", "Search missed {count} texts; it was made anew.", mended)
    lines = (
        f"Companion {companion.__version__} · {house.paths.home}",
        t("Programme: {name} · days in {zone}", name=programme.name or "—", zone=programme.zone),
        tn("{count} calendar", "{count} calendars", len(accounts)) + " · "
        + tn("{count} person", "{count} people", len(people)) + " · "
        + tn("{count} customer", "{count} customers", len(customers)) + " · "
        + tn("{count} note", "{count} notes", notes),
        *said,
        *([anew] if mended else []),
    )  # fmt: skip
    return Health(facts, lines, tuple(problems))


def _search(house: House, problems: list[Problem]) -> int:
    """Make findable what a search misses; how many texts that were. What cannot be mended goes to `problems`."""
    mended = 0
    for kept in (house.device, house.workspace):
        with kept(write=False) as tx:
            missed = tx.search.behind()
        try:
            with kept():  # what is merely behind is made findable at the end of any change
                pass
            with kept() as tx:
                broken = tx.search.behind(thorough=True)
                if broken:
                    tx.search.rebuild()
            mended += max(missed, broken)
        except Problem as problem:
            # Where nothing can be written just now, only what is known to be missed is a trouble of the search.
            if missed or problem.code not in CLOSED:
                problems.append(Problem("search_not_mended"))
    return mended


def _microsoft(house: House, problems: list[Problem], used: bool) -> tuple[dict[str, Any], list[str]]:
    """How Microsoft 365 stands, for programs and for people; what is wrong with it goes to `problems`."""
    known = house.registration
    wrong = faults(known)
    problems += [fault for fault in wrong if fault is not known.unclear]  # that is among the notices
    people: list[SignedIn] = []
    lasting = False
    if (known.client_id or used) and not wrong:  # else the keyring need not be opened
        try:
            people, lasting = house.identity.people(), house.secrets.lasting
        except Problem as problem:
            problems.append(problem)
    facts = {
        "set_up": bool(known.client_id), "collector": bool(known.collector_id and known.certificate),
        "decided_by_it": sorted(known.fixed), "policy_file": str(policy_file()),
        "signed_in": [person.address for person in people], "lasting": lasting,
    }  # fmt: skip
    if not (known.client_id or used):
        return facts, [t("Microsoft 365 · not set up")]
    names = ", ".join(person.address for person in people)
    who = t("signed in: {names}", names=names) if names else t("nobody is signed in")
    kept = "" if lasting or not people else " · " + t("kept for this session only")
    return facts, [t("Microsoft 365 · {who}", who=who) + kept]


def _failed(tx: WorkspaceTx) -> int:
    """How many deliveries did not go out that are still meant to: of the newest revision, or to be taken back."""
    newest = {takeaway.id: takeaway for takeaway in tx.takeaways.all()}
    # What still stands in a removed channel's place is told where it was taken back; trying again mends nothing.
    failed = [d for d in tx.takeaways.deliveries() if d.state == "failed" and d.trouble != "channel_gone_standing"]
    return sum(
        (delivery.revision == takeaway.revision or bool(takeaway.withdrawn))
        and not (takeaway.withdrawn and delivery.recipient)
        for delivery in failed
        if (takeaway := newest.get(delivery.takeaway_id))
    )
