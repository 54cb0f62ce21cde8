"""Other rules, before they are saved: what a person changes, whether it can be, and writing it down."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.customers.domains import bare_domain
from companion.customers.model import Customer
from companion.customers.table import PUBLIC, customer_id
from companion.meetings.recognise import (
    GENEROUS,
    MOST,
    NO_WORDS,
    NORMAL,
    STRICT,
    CustomerRule,
    Rules,
    hold_words_of,
    plain,
    review_words_of,
)
from companion.people.addresses import normal, within
from companion.programme.audits import note
from companion.programme.model import House, WorkspaceTx
from companion.programme.rules import rules_of

MOST_WORDS = 500  # of one list
MOST_LETTERS = 80  # of one word
LEVELS = {"strict": STRICT, "normal": NORMAL, "generous": GENEROUS}


@dataclass(frozen=True)
class Edit:
    """What is added to a list and what is dropped from it."""

    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.add or self.drop)


@dataclass(frozen=True)
class CustomerEdit:
    """What changes of how calendars know one customer; `fresh` is one that nobody knew yet."""

    id: str
    name: str
    fresh: bool = False
    domains: Edit = Edit()
    addresses: Edit = Edit()
    aliases: Edit = Edit()


@dataclass(frozen=True)
class Proposal:
    """What would be other than today. `threshold` None: as it is."""

    words: Edit = Edit()
    hold: Edit = Edit()
    threshold: int | None = None
    customers: tuple[CustomerEdit, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.hold or self.customers) or self.threshold is not None


@dataclass(frozen=True)
class Draft:
    """The rules as a person edits them; the lists are the words that hold, shipped or not."""

    words: tuple[str, ...] = ()
    hold: tuple[str, ...] = ()
    threshold: int = 50
    customers: tuple[CustomerRule, ...] = ()
    our_domains: frozenset[str] = frozenset()
    our_addresses: frozenset[str] = frozenset()


def drafted(rules: Rules) -> Draft:
    """The rules of today, to be edited."""
    return Draft(review_words_of(rules.review_words), hold_words_of(rules.hold_words), rules.threshold,
                 rules.customers, rules.our_domains, rules.our_addresses)  # fmt: skip


def current(house: House) -> Draft:
    """The rules that hold in this house, to be edited."""
    with house.workspace(write=False) as tx:
        return drafted(rules_of(tx))


def shipped(draft: Draft) -> Draft:
    """The draft with the words that ship with the app."""
    return replace(draft, words=review_words_of(()), hold=hold_words_of(()))


def is_shipped(draft: Draft) -> tuple[bool, bool]:
    """Whether the words of a review, and those that hold back, are the ones that ship with the app."""
    ships = shipped(draft)
    return not _edit(draft.words, ships.words), not _edit(draft.hold, ships.hold)


def level(threshold: int) -> str:
    """strict, normal, generous, or own for a number between them."""
    return next((name for name, points in LEVELS.items() if points == threshold), "own")


def difference(before: Draft, after: Draft) -> Proposal:
    """What makes `after` of `before`."""
    known = {customer.id: customer for customer in before.customers}
    edits = (customer_edit(known.get(customer.id), customer) for customer in after.customers)
    return Proposal(
        _edit(before.words, after.words), _edit(before.hold, after.hold),
        after.threshold if after.threshold != before.threshold else None,
        tuple(edit for edit in edits if edit.fresh or edit.domains or edit.addresses or edit.aliases),
    )  # fmt: skip


def customer_edit(old: CustomerRule | None, new: CustomerRule) -> CustomerEdit:
    """What makes `new` of `old`; None where nobody knew the customer yet."""
    was = old or CustomerRule(new.id, new.name)
    return CustomerEdit(
        new.id, new.name, old is None, _edit(was.domains, new.domains), _edit(was.addresses, new.addresses),
        _edit(was.aliases, new.aliases),
    )  # fmt: skip


def _edit(before: Iterable[str], after: Iterable[str]) -> Edit:
    was, now = tuple(before), tuple(after)
    old, new = set(map(plain, was)), set(map(plain, now))
    return Edit(tuple(item for item in now if plain(item) not in old), tuple(i for i in was if plain(i) not in new))


def applied(draft: Draft, proposal: Proposal) -> Draft:
    """The draft with the proposal in it; Problem `rule_…` where it cannot be."""
    words = _words(draft.words, proposal.words)
    hold = _words(draft.hold, proposal.hold)
    threshold = draft.threshold if proposal.threshold is None else proposal.threshold
    if not 1 <= threshold <= MOST:
        raise Problem("rule_threshold_wrong", value=threshold, most=MOST)
    made = replace(draft, words=words, hold=hold, threshold=threshold)
    for edit in proposal.customers:
        made = _with_customer(made, edit)
    return made


def _words(held: tuple[str, ...], edit: Edit) -> tuple[str, ...]:
    if len(held) + len(edit.add) > MOST_WORDS:
        raise Problem("rule_words_many", count=len(held) + len(edit.add), most=MOST_WORDS)
    return _edited(held, _cleaned(edit, clean_word))


def _cleaned(edit: Edit, clean: Callable[[str], str]) -> Edit:
    return Edit(tuple(map(clean, edit.add)), edit.drop)


def clean_word(text: str) -> str:
    """A word as it is kept: one space where there were several; Problem where there is nothing to find by it."""
    word = " ".join(text.split())
    if not any(letter.isalnum() for letter in word):
        raise Problem("rule_word_empty")
    if len(word) > MOST_LETTERS:
        raise Problem("rule_word_long", word=word[:20], most=MOST_LETTERS)
    return word


def _edited(held: tuple[str, ...], edit: Edit) -> tuple[str, ...]:
    known = {plain(item): item for item in held}
    for item in edit.drop:
        known.pop(plain(item), None)
    for item in edit.add:
        known.setdefault(plain(item), item)
    return tuple(known.values())


def _with_customer(draft: Draft, edit: CustomerEdit) -> Draft:
    name = " ".join(edit.name.split())
    if not name:
        raise Problem("rule_customer_nameless")
    base = next((customer for customer in draft.customers if customer.id == edit.id), None)
    made = base or CustomerRule(edit.id or _fresh_id(name, draft), name)
    made = replace(
        made,
        domains=_edited(made.domains, _cleaned(edit.domains, lambda text: _domain(text, draft))),
        addresses=_edited(made.addresses, _cleaned(edit.addresses, lambda text: _address(text, draft))),
        aliases=_edited(made.aliases, _cleaned(edit.aliases, clean_word)),
    )
    others = tuple(customer for customer in draft.customers if customer.id != made.id)
    _not_taken(made, base, others)
    return replace(draft, customers=tuple(sorted((*others, made), key=lambda customer: customer.id)))


def _fresh_id(name: str, draft: Draft) -> str:
    made = customer_id(name)
    return new_id() if any(customer.id == made for customer in draft.customers) else made


def _domain(text: str, draft: Draft) -> str:
    domain = bare_domain(text)
    if not domain:
        raise Problem("rule_domain_wrong", value=text.strip() or "—")
    if domain in PUBLIC:
        raise Problem("rule_domain_public", value=domain)
    if within(domain, draft.our_domains):
        raise Problem("rule_domain_ours", value=domain)
    return domain


def _address(text: str, draft: Draft) -> str:
    address = normal(text)
    if not address or not bare_domain(address.rpartition("@")[2]):
        raise Problem("address_wrong", value=text)
    if address in draft.our_addresses or within(address.rpartition("@")[2], draft.our_domains):
        raise Problem("rule_address_ours", value=address)
    return address


def _not_taken(made: CustomerRule, base: CustomerRule | None, others: Iterable[CustomerRule]) -> None:
    """What is new of a customer may be nobody else's; what was double before is another matter."""
    old = _marks(base) if base else set()
    for other in others:
        for value in sorted((_marks(made) - old) & _marks(other)):
            raise Problem("rule_taken", value=value, owner=other.name)


def _marks(customer: CustomerRule) -> set[str]:
    return {*map(plain, (customer.name, *customer.aliases)), *customer.domains, *customer.addresses}


def check_drops(draft: Draft, proposal: Proposal) -> None:
    """Problem where something is to be taken out that is not there: a slip of the fingers, or of memory."""
    for held, edit in ((draft.words, proposal.words), (draft.hold, proposal.hold)):
        for word in _strangers(held, edit):
            raise Problem("rule_word_unknown", word=word)
    known = {customer.id: customer for customer in draft.customers}
    for change in proposal.customers:
        was = known.get(change.id) or CustomerRule("", change.name)
        pairs = ((was.domains, change.domains), (was.addresses, change.addresses), (was.aliases, change.aliases))
        for value in (value for held, edit in pairs for value in _strangers(held, edit)):
            raise Problem("rule_item_unknown", value=value, name=change.name)


def _strangers(held: Sequence[str], edit: Edit) -> list[str]:
    known = set(map(plain, held))
    return [item for item in edit.drop if plain(item) not in known]


def with_draft(rules: Rules, draft: Draft) -> Rules:
    """The rules as they would be."""
    return replace(
        rules, review_words=draft.words or NO_WORDS, hold_words=draft.hold or NO_WORDS, threshold=draft.threshold,
        customers=draft.customers,
    )  # fmt: skip


def save(house: House, proposal: Proposal) -> Proposal:
    """Write the new rules down; what really changed. The next sync reads the calendars whole."""
    with house.workspace() as tx:
        before = drafted(rules_of(tx))
        done = difference(before, applied(before, proposal))
        if done:
            _write(house, tx, before, applied(before, proposal), done)
    return done


def _write(house: House, tx: WorkspaceTx, before: Draft, after: Draft, done: Proposal) -> None:
    programme = tx.programme.get()
    tx.programme.put(
        replace(
            programme,
            review_words=_stored(after.words, review_words_of(())) if done.words else programme.review_words,
            hold_words=_stored(after.hold, hold_words_of(())) if done.hold else programme.hold_words,
            threshold=after.threshold,
        )
    )
    rules = {customer.id: customer for customer in after.customers}
    for edit in done.customers:
        rule = rules[edit.id]
        known = tx.customers.get(edit.id) or Customer(rule.id, rule.name)
        tx.customers.put(replace(known, domains=rule.domains, addresses=rule.addresses, aliases=rule.aliases))
    old, new = _told(before.threshold, done, added=False), _told(done.threshold, done, added=True)
    note(tx, house, "rules.changed", old, new, about=[edit.id for edit in done.customers])


def _stored(words: tuple[str, ...], ships: tuple[str, ...]) -> tuple[str, ...]:
    """A list as it is kept: the shipped words by themselves, so that newer ones come with the app."""
    if not words:
        return NO_WORDS
    return () if set(map(plain, words)) == set(map(plain, ships)) else words


def _told(threshold: int | None, done: Proposal, *, added: bool) -> str:
    """The change in a line, for whoever looks into the audit."""
    edits = (done.words, done.hold, *(edit for c in done.customers for edit in (c.domains, c.addresses, c.aliases)))
    items = [item for edit in edits for item in (edit.add if added else edit.drop)]
    names = [customer.name for customer in done.customers if customer.fresh and added]
    number = [str(threshold)] if done.threshold is not None else []
    return ", ".join([*items, *names, *number])
