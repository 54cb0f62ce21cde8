"""Is this entry a customer meeting? Rules that explain themselves; pure and picklable."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import cached_property

from companion.basics.ids import meeting_id
from companion.calendars.model import Glimpse, Judgement, Reason
from companion.customers.erased import Erased
from companion.people.addresses import domain_of, within

REVIEW_WORDS: dict[str, tuple[str, ...]] = {
    "en": (
        "review",
        "business review",
        "qbr",
        "ebr",
        "annual review",
        "quarterly review",
        "check-in",
        "account review",
        "steering committee",
        "customer visit",
        "site visit",
    ),
    "it": ("revisione", "riesame", "verifica annuale", "incontro cliente", "visita cliente", "revisione trimestrale"),
    "pl": ("przegląd", "przeglad", "podsumowanie", "spotkanie z klientem", "wizyta u klienta", "przegląd kwartalny"),
    "vi": ("đánh giá", "tổng kết", "họp khách hàng", "thăm khách hàng", "rà soát"),
}
# Law, claims, credit, staff, sale of a firm. Words that honest reviews have as well are left out: whole words only.
HOLD_WORDS: dict[str, tuple[str, ...]] = {
    "en": (
        "legal",
        "lawsuit",
        "litigation",
        "dispute",
        "claim",
        "credit limit",
        "insolvency",
        "layoff",
        "redundancy",
        "dismissal",
        "disciplinary",
        "acquisition",
        "merger",
        "due diligence",
        "divestment",
    ),
    "it": (
        "ufficio legale",
        "causa legale",
        "azione legale",
        "contenzioso",
        "vertenza",
        "controversia",
        "risarcimento",
        "richiesta danni",
        "limite di credito",
        "limite di fido",
        "insolvenza",
        "fallimento",
        "licenziamento",
        "licenziamenti",
        "esuberi",
        "provvedimento disciplinare",
        "cessione d'azienda",
        "acquisizione aziendale",
        "fusione aziendale",
    ),
    "pl": (
        "dział prawny",
        "pozew",
        "spór",
        "spór sądowy",
        "sprawa sądowa",
        "roszczenie",
        "roszczenia",
        "odszkodowanie",
        "limit kredytowy",
        "niewypłacalność",
        "upadłość",
        "upadłości",
        "zwolnienia grupowe",
        "zwolnienie dyscyplinarne",
        "kara dyscyplinarna",
        "przejęcie spółki",
        "przejęcie firmy",
        "fuzja",
        "sprzedaż spółki",
        "sprzedaż udziałów",
    ),
    "vi": (
        "pháp lý",
        "kiện tụng",
        "khởi kiện",
        "tranh chấp",
        "yêu cầu bồi thường",
        "hạn mức tín dụng",
        "mất khả năng thanh toán",
        "phá sản",
        "sa thải",
        "cắt giảm nhân sự",
        "xử lý kỷ luật",
        "mua lại công ty",
        "sáp nhập",
        "thoái vốn",
    ),
}
SHIPPED_HOLD = tuple(word for group in HOLD_WORDS.values() for word in group)
INTERNAL_WORDS = (
    "prep",
    "prepare",
    "preparation",
    "rehearsal",
    "dry run",
    "debrief",
    "training",
    "template",
    "przygotowanie",
    "próba",
    "preparazione",
    "prova",
    "chuẩn bị",
)

GUEST, NAME, WORD, HOST, SERIES, LENGTH = 50, 30, 25, 10, 5, 5
SHORT, INTERNAL_WORD, ALL_DAY = -20, -20, -10
MOST = GUEST + NAME + WORD + HOST + SERIES + LENGTH  # points an entry can have
POINTS = {
    "guest": GUEST, "name": NAME, "word": WORD, "host": HOST, "series": SERIES, "length": LENGTH, "short": SHORT,
    "internal": INTERNAL_WORD, "all_day": ALL_DAY,
}  # fmt: skip
GENEROUS, NORMAL, STRICT = NAME, GUEST, GUEST + 20  # their name alone, a guest alone, a guest and something more
NO_WORDS = ("",)  # a list that is empty on purpose; () means the words that ship with the app


@dataclass(frozen=True)
class CustomerRule:
    """How calendars know one customer."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """All that decides whether an entry is kept; its fingerprint is part of every cursor."""

    zone: str = "UTC"
    our_domains: frozenset[str] = frozenset()
    our_addresses: frozenset[str] = frozenset()  # of our people who write from elsewhere, too
    hosts: frozenset[str] = frozenset()  # addresses of our account owners
    customers: tuple[CustomerRule, ...] = ()
    review_words: tuple[str, ...] = ()
    hold_words: tuple[str, ...] = SHIPPED_HOLD
    threshold: int = 50
    said_yes: tuple[tuple[str, str], ...] = ()  # (meeting id, customer id): kept whatever the score
    forgotten: frozenset[str] = frozenset()  # meeting ids that must not come back
    programme_addresses: frozenset[str] = field(default_factory=frozenset)
    erased: frozenset[str] = frozenset()  # seals of customers' people who are never taken in, made with the salt
    erased_salt: str = ""

    @cached_property
    def fingerprint(self) -> str:
        """A hash that changes when any rule does."""
        plain = {key: sorted(value) if isinstance(value, frozenset) else value for key, value in asdict(self).items()}
        return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:24]

    @cached_property
    def _by_domain(self) -> dict[str, str]:
        return {domain: rule.id for rule in self.customers for domain in rule.domains}

    @cached_property
    def _by_address(self) -> dict[str, str]:
        return {address: rule.id for rule in self.customers for address in rule.addresses}

    @cached_property
    def _names(self) -> tuple[tuple["_Word", str, str], ...]:
        return tuple(
            (_word(name), name, rule.id)
            for rule in self.customers
            for name in (rule.name, *rule.aliases)
            if name.strip()
        )

    @cached_property
    def _words(self) -> tuple[tuple["_Word", str], ...]:
        return tuple((_word(word), word) for word in review_words_of(self.review_words))

    @cached_property
    def _hold(self) -> tuple[tuple["_Word", str], ...]:
        return tuple((_word(word), word) for word in hold_words_of(self.hold_words))

    @cached_property
    def _internal(self) -> tuple[tuple["_Word", str], ...]:
        return tuple((_word(word), word) for word in INTERNAL_WORDS)

    @cached_property
    def _yes(self) -> dict[str, str]:
        return dict(self.said_yes)

    @cached_property
    def without(self) -> Erased:
        """Whom an event is kept without. They still tell which customer it is of: that is read and not stored."""
        return Erased(self.erased_salt, self.erased)

    def is_ours(self, address: str) -> bool:
        """Whether an address is of our own firm."""
        return address in self.our_addresses or bool(within(domain_of(address), self.our_domains))

    def customer_of(self, address: str) -> str:
        """The id of the customer an address belongs to, "" for none."""
        known = self._by_address.get(address)
        if known:
            return known
        found = within(domain_of(address), self._by_domain.keys())  # type: ignore[arg-type]
        return self._by_domain[found] if found else ""

    def held_by(self, title: str) -> str:
        """The word that holds an entry of this title back, "" for none."""
        return _first(self._hold, plain(title))

    def customer_named(self, title: str) -> tuple[str, str]:
        """(customer id, the name found) of the customer a title names; the longest name wins."""
        text = plain(title)
        hits = [(len(name), rule_id, name) for pattern, name, rule_id in self._names if pattern.search(text)]
        if not hits:
            return "", ""
        _, rule_id, name = max(hits)
        return rule_id, name


def review_words_of(stored: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a review that a stored list stands for."""
    words = stored or tuple(word for group in REVIEW_WORDS.values() for word in group)
    return tuple(word for word in words if word.strip())


def hold_words_of(stored: tuple[str, ...]) -> tuple[str, ...]:
    """The words that hold an entry back that a stored list stands for."""
    return tuple(word for word in stored or SHIPPED_HOLD if word.strip())


def plain(text: str) -> str:
    """A text as words are compared: composed letters, no case."""
    return unicodedata.normalize("NFC", text).casefold()


@dataclass(frozen=True, slots=True)
class _Word:
    """A word to find whole; looked for as plain text first, which is fifteen times as fast as the pattern."""

    text: str
    pattern: re.Pattern[str]

    def search(self, text: str) -> bool:
        return self.text in text and self.pattern.search(text) is not None


def _word(word: str) -> _Word:
    text = plain(word.strip())
    return _Word(text, re.compile(rf"(?<!\w){re.escape(text)}(?!\w)"))


def _first(patterns: Iterable[tuple["_Word", str]], text: str) -> str:
    return next((word for pattern, word in patterns if pattern.search(text)), "")


def judge(glimpse: Glimpse, rules: Rules, rec_key: str = "-") -> Judgement:
    """What becomes of an entry: private first, then people's words, internal, held back, and last the score.

    `rec_key` names the occurrence where one is meant (a single event or an override); people's words hold for it.
    """
    if glimpse.private:
        return Judgement("private")
    spoken = rules.forgotten or rules.said_yes
    identity = meeting_id(glimpse.uid, rec_key) if glimpse.uid and spoken else ""
    if identity in rules.forgotten:
        return Judgement("forgotten")
    if rules._yes.get(identity):
        return Judgement("kept", rules._yes[identity], rules.threshold, (Reason("said_yes"),))
    everybody = dict.fromkeys((*glimpse.guests, glimpse.organiser) if glimpse.organiser else glimpse.guests)
    outside = [address for address in everybody if not rules.is_ours(address)]
    by_guest: dict[str, list[str]] = {}
    for address in outside:
        customer = rules.customer_of(address)
        if customer:
            by_guest.setdefault(customer, []).append(address)
    named, name = rules.customer_named(glimpse.title)
    if glimpse.guests and not outside:
        return Judgement("not_customer", named, 0, (Reason("internal_only"),))
    customer_id = max(by_guest, key=lambda key: (key == named, len(by_guest[key]), key)) if by_guest else named
    if not customer_id:
        return Judgement("not_customer", "", 0, (Reason("nobody_known"),))
    title = plain(glimpse.title)
    held = rules.held_by(glimpse.title)
    if held:
        return Judgement("held_back", "", 0, (Reason("hold_word", (("word", held),)),))
    why = _reasons(glimpse, rules, title, by_guest.get(customer_id, []), name if named == customer_id else "")
    score = sum(reason.points for reason in why)
    decision = "kept" if score >= rules.threshold else "not_customer"
    return Judgement(decision, customer_id, score, why)  # type: ignore[arg-type]


def _reasons(glimpse: Glimpse, rules: Rules, title: str, guests: list[str], name: str) -> tuple[Reason, ...]:
    why: list[Reason] = []
    if guests:
        why.append(Reason("guest_domain", (("domain", domain_of(guests[0])), ("count", str(len(guests)))), GUEST))
    if name:
        why.append(Reason("name_in_title", (("name", name),), NAME))
    word = _first(rules._words, title)
    if word:
        why.append(Reason("review_word", (("word", word),), WORD))
    if glimpse.organiser and (glimpse.organiser in rules.hosts or glimpse.organiser in guests):
        why.append(
            Reason("organised_by_host" if glimpse.organiser in rules.hosts else "organised_by_customer", (), HOST)
        )
    if (glimpse.repeats == "monthly" and glimpse.interval >= 3) or glimpse.repeats == "yearly":
        why.append(Reason("rare_series", (), SERIES))
    if glimpse.minutes is not None and not glimpse.all_day:
        if glimpse.minutes < 20:
            why.append(Reason("short", (("minutes", str(glimpse.minutes)),), SHORT))
        elif 45 <= glimpse.minutes <= 300:
            why.append(Reason("length", (("minutes", str(glimpse.minutes)),), LENGTH))
    if glimpse.all_day:
        why.append(Reason("all_day", (), ALL_DAY))
    internal = _first(rules._internal, title)
    if internal:
        why.append(Reason("internal_word", (("word", internal),), INTERNAL_WORD))
    return tuple(why)
