"""Names of people who were erased: sealed as their addresses are, so that words written before cross without them."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from companion.customers.erased import Erased
from companion.customers.memory import Fact
from companion.customers.model import Customer
from companion.people.addresses import normal
from companion.programme.model import WorkspaceTx
from companion.programme.nameless import Nameless
from companion.takeaways.gate_people import all_words_too, letters_of
from companion.takeaways.gate_text import fold

_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_LONGEST = 6  # words of a name
_TOLD = ("text", "topic", "role", "source", "result")


def names_beside(tx: WorkspaceTx, customer_id: str, address: str) -> tuple[str, ...]:
    """Names that stay when somebody of a customer is taken out: our own people's, and the customer's other people's."""
    ours = (person.name for person in tx.people.all())
    theirs = (one.name for one in tx.customers.contacts(customer_id) if normal(one.address) != address)
    return tuple(name for name in dict.fromkeys((*ours, *theirs)) if name)


def seal_names(tx: WorkspaceTx, customer: Customer, names: Iterable[str], others: Iterable[str], at: datetime) -> None:
    """Remember by seals how somebody who was erased was called: whole names, and parts that nobody else goes by."""
    taken = _parts((*others, customer.name, *customer.aliases, customer.public_name))
    for name in names:
        parts = (part for part in letters_of(name) - taken if len(part) > 2 and not all_words_too(part))
        for letters in {fold(name).letters, *parts} - {""}:
            tx.customers.add_erased(_key(customer.id, letters), at)


def without_names(
    tx: WorkspaceTx, customer_id: str, texts: Sequence[str], written: datetime
) -> Callable[[str], str] | None:
    """What takes everybody erased out of these texts, None where they name nobody.

    Whole names and addresses go always; a part alone only where it was written before its owner was erased. A name
    that somebody has today stays.
    """
    erased = tx.customers.erased()
    customer = tx.customers.get(customer_id) if erased.seals else None
    if customer is None:
        return None
    others = names_beside(tx, customer_id, "")
    known = _parts(others) | {fold(name).letters for name in others}
    ids = tx.customers.ids_of(customer_id)
    names = [name for text in texts for name in _named(text, erased, ids, written, known)]
    addresses = [one for text in texts for one in _ADDRESS.findall(text) if erased.holds(normal(one))]
    if not names and not addresses:
        return None
    firm = customer.public_name or customer.name
    people = [*((name, "") for name in names), *(("", address) for address in addresses)]
    return Nameless.of(people, firm, customer, others)


def told_without(tx: WorkspaceTx, fact: Fact, written: datetime) -> Fact:
    """A fact as it may be kept: it stands with no contact who is gone, and names nobody who was erased."""
    if not tx.customers.erased().seals:
        return fact
    if fact.contact_id and all(one.id != fact.contact_id for one in tx.customers.contacts(fact.customer_id)):
        fact = replace(fact, contact_id="")
    clean = without_names(tx, fact.customer_id, [getattr(fact, name) for name in _TOLD], written)
    if clean is None:
        return fact
    news: dict[str, Any] = {name: clean(getattr(fact, name)) for name in _TOLD}
    return replace(fact, **news)


def _named(
    text: str, erased: Erased, ids: Sequence[str], written: datetime, known: frozenset[str]
) -> Iterator[str]:  # fmt: skip
    """Names in a text whose seal is held: of several words, or of one that was written before and is nobody else's."""
    words = [(*match.span(), fold(match.group()).letters) for match in _WORD.finditer(text)]
    for first, (start, stop, _) in enumerate(words):
        letters = ""
        for _, end, more in words[first : first + _LONGEST]:
            letters += more
            at = max(filter(None, (erased.since.get(erased.seal_of(_key(one, letters))) for one in ids)), default=None)
            if at and letters not in known and (end > stop or written <= at):
                yield text[start:end]


def _parts(names: Iterable[str]) -> frozenset[str]:
    return frozenset(part for name in names for part in letters_of(name))


def _key(customer_id: str, letters: str) -> str:
    return f"{customer_id}\n{letters}"  # no address holds a line end
