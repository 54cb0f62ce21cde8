"""Two names for one customer: what either had is one customer's, and nothing is doubled."""

from dataclasses import dataclass, replace

from companion.basics.errors import Problem
from companion.customers.changing import SAID
from companion.customers.memory import Fact
from companion.customers.model import Customer
from companion.people.addresses import normal
from companion.programme.apply_memory import check_writer
from companion.programme.audits import note
from companion.programme.memory import customer_named
from companion.programme.model import House, WorkspaceTx

_FREE = tuple(name for name in SAID if name not in ("kind", "text", "heard_on", "contact_id", "state", "follows"))


@dataclass(frozen=True)
class Merged:
    """What a merge moves (or would): counts of what `gone` has; `doubled` facts and contacts are there once."""

    kept: Customer
    gone: Customer
    facts: int
    doubled: int
    contacts: int
    known: int  # contacts that both know
    meetings: int
    takeaways: int


def merge(house: House, kept: str, gone: str, *, dry_run: bool = False) -> Merged:
    """What `gone` had goes to `kept`, its name stays as an alias; with `dry_run` only said.

    Problems: `customer_unknown`, `customer_same`, `memory_not_yours`.
    """
    with house.workspace() as tx:
        check_writer(tx, house.me, house.clock(), shared=house.workspace_shared or tx.programme.get().shared)
        first, second = customer_named(tx, kept), customer_named(tx, gone)
        if first.id == second.id:
            raise Problem("customer_same", name=kept)
        theirs = tx.facts.of(second.id)
        contacts = _contacts(tx, first.id, second.id)
        once = [fact for fact in theirs if not tx.facts.versions(fact.id)]  # what changed has more to tell than it says
        same = _same(tx.facts.of(first.id), once, contacts)
        ours = {normal(one.address) for one in tx.customers.contacts(first.id)}
        others = tx.customers.contacts(second.id)
        found = Merged(
            first, second, len(theirs), len(same), len(others), sum(normal(one.address) in ours for one in others),
            len(tx.meetings.of_customer(second.id)), len(tx.takeaways.of_customer(second.id)),
        )  # fmt: skip
        if dry_run:
            return found
        _move_facts(tx, theirs, same, contacts, house)
        tx.customers.merge(first.id, second.id)
        note(tx, house, "customers.merged", second.name, first.name, about=(first.id, second.id))
        return replace(found, kept=tx.customers.get(first.id) or first)


def _contacts(tx: WorkspaceTx, kept_id: str, gone_id: str) -> dict[str, str]:
    """The contacts of the one that goes, by whom they are at the one that stays."""
    known = {normal(one.address): one.id for one in tx.customers.contacts(kept_id)}
    return {one.id: known.get(normal(one.address), one.id) for one in tx.customers.contacts(gone_id)}


def _same(ours: list[Fact], theirs: list[Fact], contacts: dict[str, str]) -> dict[str, Fact]:
    """Facts told on both sides, by the id of the one that goes: same kind, text and day, and nothing else apart."""
    by_words: dict[tuple[object, ...], Fact] = {}
    for fact in ours:
        by_words.setdefault(_words(fact), fact)
    found = {}
    for fact in theirs:
        twin = by_words.get(_words(fact))
        alike = twin and all(
            not getattr(fact, name) or getattr(fact, name) == getattr(twin, name) for name in _FREE
        ) and contacts.get(fact.contact_id, fact.contact_id) in ("", twin.contact_id)  # fmt: skip
        if twin and alike and fact.state in (twin.state, "open") and fact.follows in ("", twin.follows):
            found[fact.id] = twin
    return found


def _words(fact: Fact) -> tuple[object, ...]:
    return (fact.kind, " ".join(fact.text.split()).casefold(), fact.heard_on)


def _move_facts(
    tx: WorkspaceTx, theirs: list[Fact], same: dict[str, Fact], contacts: dict[str, str], house: House
) -> None:  # fmt: skip
    """Facts stand with whom their people become, and follow what stays; those told twice go."""
    for fact in theirs:
        if fact.id in same:
            tx.facts.remove(fact.id)
            continue
        news = replace(
            fact, contact_id=contacts.get(fact.contact_id, fact.contact_id),
            follows=same[fact.follows].id if fact.follows in same else fact.follows,
        )  # fmt: skip
        if news != fact:
            tx.facts.put(replace(news, revision=fact.revision + 1, changed=house.clock()))
