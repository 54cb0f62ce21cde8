"""What should perhaps not leave the room: people, firms under NDA, money, days to come, words that are kept back.

It finds, shows, and offers another way; few findings hold a takeaway back. It promises no more than it reads: a name
that is also a word, written small, passes; so does what is said in other words.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from companion.customers.model import Contact, Customer
from companion.takeaways.audience import LISTENERS, ME, parse
from companion.takeaways.gate_dates import unannounced
from companion.takeaways.gate_feelings import feelings
from companion.takeaways.gate_money import money, percentages
from companion.takeaways.gate_people import firm_words, in_text, longest
from companion.takeaways.gate_text import Folded, fold, places_of, plain, starts_sentence, word
from companion.takeaways.model import Takeaway
from companion.takeaways.reading import texts
from companion.words.language import t

Code = Literal[
    "name", "speaker", "nda", "money", "percentage", "date", "off_limits", "ops_word", "feeling", "may_quote"
]
Offer = Literal["alias", "paraphrase", "role", "review"]
Span = tuple[int, int]
ELLIPSIS = "…"


@dataclass(frozen=True)
class Finding:
    """One passage to look at: in which field, which words, from and to which character, and what is on offer.

    Words that only stand there once the text is shown (an entity, a link in a word) have the whole field's span.
    `blocks`: it goes out only changed, or after a review. `replacement` is put in its place by `apply`; "" where
    only the author can say it another way. Of a feeling the words are not repeated: `text` is "" then.
    """

    code: Code
    text: str
    span: Span
    field: str = ""
    blocks: bool = False
    offers: tuple[Offer, ...] = ()
    replacement: str = ""


@dataclass(frozen=True)
class GateFacts:
    """What the gate knows beside the text. Nothing of it is shown but what the text already says."""

    customer: Customer | None = None
    contacts: tuple[Contact, ...] = ()  # people of the customer
    nda: tuple[Customer, ...] = ()  # every customer under NDA, the takeaway's own among them or not
    ops_words: tuple[str, ...] = ()
    feelings: tuple[str, ...] = field(default=(), repr=False)  # the lines of the note marked “!”
    colleagues: tuple[str, ...] = ()  # names of ours: a feeling is not laid at them either
    today: date | None = None  # the programme's day
    as_read: Callable[[str], str] = str  # what can be read of a text once it is shown to readers


def checked(takeaway: Takeaway) -> dict[str, str]:
    """Every text that leaves with a takeaway, by field: what readers read, the customer's name, the correction."""
    more = {name: str(getattr(takeaway, name)) for name in ("customer_name", "correction")}
    return {**texts(takeaway), **{name: text for name, text in more.items() if text.strip()}}


def check(takeaway: Takeaway, facts: GateFacts) -> list[Finding]:
    """The findings of every field, in reading order."""
    found: list[Finding] = []
    if takeaway.quote.strip() and consent(takeaway, facts.contacts) == "no":
        span = (0, len(takeaway.quote))
        found.append(Finding("may_quote", takeaway.quote, span, "quote", True, ("paraphrase", "review")))
    return found + check_texts(takeaway, facts, checked(takeaway))


def check_texts(takeaway: Takeaway, facts: GateFacts, texts: Mapping[str, str]) -> list[Finding]:
    """The findings of texts that go to a takeaway's readers, by field, as they are written and as they are shown."""
    wide = parse(takeaway.audience) not in (LISTENERS, ME)
    found: list[Finding] = []
    for name, text in texts.items():
        written = _Reading(takeaway, facts, name, text, fold(text), wide).findings()
        found += written
        shown = facts.as_read(text)
        if shown.split() != text.split():
            read = _Reading(takeaway, facts, name, shown, fold(shown), wide).findings()
            found += [replace(item, span=(0, len(text)), offers=("paraphrase", "review"), replacement="")
                      for item in _only_shown(written, read)]  # fmt: skip
    return found


def _only_shown(written: Iterable[Finding], read: Iterable[Finding]) -> Iterator[Finding]:
    """Of what is found in a text as it is shown, that which its source does not give away."""
    known = {(item.code, fold(item.text).letters) for item in written}
    for item in read:
        key = (item.code, fold(item.text).letters)
        if key not in known:
            known.add(key)
            yield item


def blocking(found: Iterable[Finding]) -> list[Finding]:
    """Those that hold a takeaway back."""
    return [item for item in found if item.blocks]


def alias_of(customer: Customer) -> str:
    """How a customer is called where their name is not to be: "a customer in shipping"."""
    if customer.public_name.strip():
        return customer.public_name.strip()
    segment = customer.segment.strip()
    return t("a customer in {segment}", segment=segment) if segment else t("one of our customers")


def called(customer: Customer) -> str:
    """How readers see a customer: by the public name, by an alias where there is an NDA, else by name."""
    return alias_of(customer) if customer.nda or customer.public_name.strip() else customer.name


def consent(takeaway: Takeaway, contacts: Iterable[Contact]) -> str:
    """Whether the speaker may be quoted: as the takeaway says, else as the contact of that role or name said."""
    if takeaway.may_quote:
        return takeaway.may_quote
    role = fold(takeaway.quote_role).letters
    said = {one.may_quote for one in contacts if role and role in (fold(one.role).letters, fold(one.name).letters)}
    return next((answer for answer in ("no", "ask", "yes") if answer in said), "")


def apply(takeaway: Takeaway, finding: Finding) -> Takeaway:
    """The takeaway with what the finding offers in place of its words; as it was where nothing is offered.

    A quote is never changed, only shortened: there an ellipsis stands for the words.
    """
    text = str(getattr(takeaway, finding.field, ""))
    first, last = finding.span
    stale = last > len(text) or (finding.text and text[first:last] != finding.text)
    if not finding.replacement or stale or finding.field not in checked(takeaway):
        return takeaway
    offered = finding.replacement
    if offered == ELLIPSIS:
        before, after = text[:first].rstrip(), text[last:].lstrip()
        before, after = before.removesuffix(ELLIPSIS).rstrip(), after.removeprefix(ELLIPSIS).lstrip()
        made = " ".join(part for part in (before, ELLIPSIS, after.lstrip(",;: ")) if part)
    else:
        if starts_sentence(text, first):
            offered = offered[:1].upper() + offered[1:]
        made = text[:first] + offered + text[last:]
    changed: dict[str, str] = {finding.field: made}
    return replace(takeaway, **changed)  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Reading:
    """One field, being read."""

    takeaway: Takeaway
    facts: GateFacts
    field: str
    text: str
    folded: Folded
    wide: bool

    def findings(self) -> list[Finding]:
        """Every finding of the field, in reading order."""
        named = self._named()
        found = [*self._kept_back(), *self._firms(), *self._people(named), *self._feelings(named), *self._figures()]
        return sorted(found, key=lambda item: (item.span, item.code))

    def _made(
        self, code: Code, span: Span, offers: tuple[Offer, ...], *, blocks: bool = False, instead: str = ""
    ) -> Finding:
        if self.field == "quote":
            whole = not (self.text[: span[0]] + self.text[span[1] :]).strip(" .…")
            instead = "" if whole else ELLIPSIS  # a quote of nothing is none
        text = "" if code == "feeling" else self.text[slice(*span)]
        return Finding(code, text, span, self.field, blocks, offers, instead)

    def _kept_back(self) -> Iterator[Finding]:
        customer = self.facts.customer
        kept: dict[Span, Code] = dict.fromkeys(self._places(self.facts.ops_words), "ops_word")
        kept |= dict.fromkeys(self._places(customer.off_limits if customer else ()), "off_limits")
        for span, code in longest(kept.items()):
            yield self._made(code, span, ("paraphrase", "review"), blocks=True)  # type: ignore[arg-type]

    def _places(self, words: Iterable[str]) -> Iterator[Span]:
        for text in words:
            if text.strip():
                yield from places_of(self.folded, word(text))

    def _firms(self) -> Iterator[Finding]:
        own = self.facts.customer
        others = [one for one in self.facts.nda if own is None or one.id != own.id]
        secret = [*others, *([own] if own and own.nda else [])]
        spoken_of = {span for one in (own,) if one for public in (one.public_name,) if public.strip()
                     for span in places_of(self.folded, word(public))}  # fmt: skip
        found: dict[Span, Customer] = {}
        for customer in secret:
            for wanted in firm_words(customer):
                found |= dict.fromkeys(places_of(self.folded, wanted), customer)
        by_id = {customer.id: customer for customer in secret}
        for span, known in longest((span, customer.id) for span, customer in found.items()):
            if not any(first <= span[0] and span[1] <= last for first, last in spoken_of):
                alias = alias_of(by_id[known])
                yield self._made("nda", span, ("alias", "review"), blocks=self.wide, instead=alias)

    def _named(self) -> list[tuple[Span, str]]:
        names = [one.name for one in self.facts.contacts if one.name.strip()]
        firm = self.facts.customer
        apart = (firm.name, *firm.aliases, firm.public_name) if firm else ()
        return in_text(self.folded, names, apart)

    def _people(self, named: list[tuple[Span, str]]) -> Iterator[Finding]:
        roles = {" ".join(one.name.split()): one.role.strip() for one in self.facts.contacts}
        under = self.takeaway.quote_role.strip() if self.takeaway.quote.strip() else ""
        for span, name in named:
            role = roles.get(name) or t("somebody at {customer}", customer=self.takeaway.customer_name or "—")
            if self.field != "quote_role":
                code: Code = "speaker" if under and self.field != "quote" else "name"
                yield self._made(code, span, ("role", "review"), instead=role)
            elif self.wide:  # beyond those who were there, who spoke is a role
                yield self._made("speaker", span, ("role", "review"), instead=role)

    def _feelings(self, named: list[tuple[Span, str]]) -> Iterator[Finding]:
        if not self.facts.feelings:
            return
        ours = in_text(self.folded, self.facts.colleagues) if self.facts.colleagues else []
        roles = [self.takeaway.quote_role, *(one.role for one in self.facts.contacts)]
        people = [span for span, _ in (*named, *ours)] + list(self._places(roles))
        under = self.field in ("quote", "quote_role") and bool(self.takeaway.quote_role.strip())
        for one in feelings(self.text, self.folded, self.facts.feelings, people, under_role=under):
            yield self._made("feeling", one.span, ("paraphrase", "review"), blocks=one.of_person)

    def _figures(self) -> Iterator[Finding]:
        shown, places = plain(self.text)
        spans: dict[Span, Code] = dict.fromkeys(unannounced(shown, self.facts.today), "date")
        spans |= dict.fromkeys(percentages(shown), "percentage")
        spans |= dict.fromkeys(money(shown), "money")
        for (first, over), code in spans.items():
            last = first + len(shown[first:over].rstrip(" .,’'\n"))
            yield self._made(code, (places[first], places[last]), ("paraphrase", "review"))
