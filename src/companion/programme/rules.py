"""The rules of the gate, put together from the workspace."""

from collections.abc import Iterable

from companion.customers.model import Customer
from companion.meetings.recognise import SHIPPED_HOLD, CustomerRule, Rules
from companion.people.addresses import domain_in_letters, domain_of, normal, within
from companion.people.model import Person
from companion.programme.model import WorkspaceTx


def rules_of(tx: WorkspaceTx) -> Rules:
    """Everything that decides what is kept; its fingerprint changes when any of it does."""
    programme = tx.programme.get()
    people = tx.people.all()
    customers = tx.customers.all()
    verdicts = tx.meetings.verdicts()
    erased = tx.customers.erased()
    hosts = {person.email for person in people if person.kind == "host"} | {normal(c.host_email) for c in customers}
    return Rules(
        zone=programme.zone,
        our_domains=frozenset(map(domain_in_letters, programme.our_domains)),
        our_addresses=_our_addresses(people, customers),
        hosts=frozenset(hosts - {""}),
        customers=customer_rules(customers),
        review_words=programme.review_words,
        hold_words=programme.hold_words or SHIPPED_HOLD,
        threshold=programme.threshold,
        said_yes=tuple(sorted((v.meeting_id, v.customer_id) for v in verdicts if v.says == "yes")),
        forgotten=frozenset(v.meeting_id for v in verdicts if v.says == "forget"),
        erased=erased.seals,
        erased_salt=erased.salt if erased.seals else "",
    )


def customer_rules(customers: Iterable[Customer]) -> tuple[CustomerRule, ...]:
    """How calendars know these customers, in one order whatever the store's."""
    known = (
        CustomerRule(c.id, c.name, c.aliases, tuple(map(domain_in_letters, c.domains)), tuple(map(normal, c.addresses)))
        for c in customers
    )
    return tuple(sorted(known, key=lambda rule: rule.id))


def _our_addresses(people: Iterable[Person], customers: Iterable[Customer]) -> frozenset[str]:
    """The addresses of our people, and of every group but a customer's own, which are known as groups as well."""
    theirs = {domain_in_letters(domain) for customer in customers for domain in customer.domains}
    return frozenset(
        address
        for person in people
        for address in person.addresses
        if person.kind != "group" or not within(domain_of(address), theirs)
    )
