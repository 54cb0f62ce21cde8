"""Start a programme: our domains, where the reviews are, and which outside firms are customers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from companion.basics.clock import day_of, zone
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.basics.progress import Ticket
from companion.calendars.model import Window
from companion.customers.model import Customer
from companion.customers.table import PUBLIC
from companion.people.addresses import within
from companion.programme.accounts import readable
from companion.programme.audits import programme_changed
from companion.programme.model import House, Programme
from companion.programme.rules import rules_of

_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"  # letters of any script: mail domains may be written with their accents
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
FEW = 2  # a domain seen once is as often a supplier's salesman


@dataclass(frozen=True)
class Proposal:
    """An outside domain that may be a customer's, and in how many entries of 12 months it was a guest."""

    domain: str
    name: str
    entries: int
    known: bool = False


def begin(house: House, name: str, domains: Sequence[str], zone_name: str = "", start: date | None = None) -> Programme:
    """Write down what a programme begins with; the year's first day is its start unless one is given."""
    cleaned = tuple(sorted({domain.strip().lower().lstrip("@") for domain in domains} - {""}))
    if not cleaned or not all(_DOMAIN.fullmatch(domain) for domain in cleaned):
        raise Problem("domain_wrong", value=", ".join(domains) or "—")
    with house.workspace() as tx:
        old = tx.programme.get()
        first = start or old.start or day_of(house.clock(), old.zone).replace(month=1, day=1)
        new = replace(old, name=name.strip() or old.name, our_domains=cleaned, start=first,
                      zone=zone(zone_name).key if zone_name else old.zone)  # fmt: skip
        tx.programme.put(new)
        programme_changed(tx, house, old, new)
    return new


def propose(house: House, ticket: Ticket | None = None) -> list[Proposal]:
    """Outside domains of the last 12 months in all connected calendars, most entries first. Nothing is stored."""
    ticket = ticket or Ticket()
    with house.workspace(write=False) as tx:
        rules = rules_of(tx)
    with house.device(write=False) as device:
        accounts = readable(house, device.accounts.all())
    today = day_of(house.clock(), rules.zone)
    window = Window(today - timedelta(days=365), today)
    counts: Counter[str] = Counter()
    for at, account in enumerate(accounts):
        source = house.open_source(account, window)
        try:
            for page in source.pages("", lambda _key: "", ticket):
                ticket.step("reading", at, len(accounts))
                for blob in page.blobs:
                    counts.update(house.outside_domains(blob.data, rules, window))
        finally:
            source.close()
    known = {domain for rule in rules.customers for domain in rule.domains}
    found = [
        Proposal(domain, guess_name(domain), number, bool(within(domain, known)))
        for domain, number in counts.items()
        if number >= FEW and domain not in PUBLIC
    ]
    return sorted(found, key=lambda item: (-item.entries, item.domain))


def guess_name(domain: str) -> str:
    """Kestrel Plumbing from kestrel-plumbing.example: a beginning, to be corrected."""
    label = domain.split(".")[-2] if "." in domain else domain
    return " ".join(part.capitalize() for part in label.replace("_", "-").split("-"))


def accept(house: House, chosen: Sequence[Proposal]) -> list[Customer]:
    """Make customers of proposals; the next sync reads the calendars whole."""
    made: list[Customer] = []
    if not chosen:
        return made
    with house.workspace() as tx:
        known = {domain for customer in tx.customers.all() for domain in customer.domains}
        for item in chosen:
            if item.domain not in known:
                customer = Customer(new_id(), item.name, (item.domain,))
                tx.customers.put(customer)
                made.append(customer)
    return made
