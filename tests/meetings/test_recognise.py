"""The gate's judgement: every rule, and why it says so."""

import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.basics.ids import meeting_id
from companion.calendars.model import Glimpse
from companion.meetings.recognise import HOLD_WORDS, REVIEW_WORDS, CustomerRule, Rules, judge

RULES = Rules(
    zone="UTC", our_domains=frozenset({"ferro.example"}), our_addresses=frozenset({"dana@home.example"}),
    hosts=frozenset({"rosa@ferro.example"}),
    customers=(
        CustomerRule("kestrel", "Kestrel Plumbing Supply", ("Kestrel",), ("kestrel.example",), ("ken@mail.example",)),
        CustomerRule("polnoc", "Północ Logistyka", (), ("polnoc.example",)),
        CustomerRule("hoabinh", "Hòa Bình Foods", (), ("hoabinh.example",)),
    ),
)  # fmt: skip


def glimpse(title: str = "Talk", *guests: str, **changes: object) -> Glimpse:
    plain = Glimpse("uid-1", "", title, False, "", guests, 60, False, False, "")
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seen", "decision", "customer"),
    [
        (glimpse("Anything", "dana@ferro.example", "ken@kestrel.example"), "kept", "kestrel"),
        (glimpse("Anything", "ken@mail.eu.kestrel.example"), "kept", "kestrel"),
        (glimpse("Anything", "ken@notkestrel.example"), "not_customer", ""),
        (glimpse("Anything", "ken@mail.example"), "kept", "kestrel"),
        (glimpse("Customer review", "dana@ferro.example", "lev@ferro.example"), "not_customer", ""),
        (glimpse("Kestrel review", "dana@ferro.example", "dana@home.example"), "not_customer", "kestrel"),
        (glimpse("Kestrel quarterly review"), "kept", "kestrel"),
        (glimpse("Kestrel"), "not_customer", "kestrel"),
        (glimpse("Przegląd kwartalny PÓŁNOC LOGISTYKA"), "kept", "polnoc"),
        (glimpse("Đánh giá năm — hòa bình foods"), "kept", "hoabinh"),
        (glimpse("Kestrelling review"), "not_customer", ""),
        (glimpse("Kestrel lawsuit: dispute", "ken@kestrel.example"), "held_back", ""),
        (glimpse("Dentist", private=True), "private", ""),
        (glimpse("Kestrel review", "ken@kestrel.example", private=True), "private", ""),
        (glimpse("Quick question", "ken@kestrel.example", minutes=10), "not_customer", "kestrel"),
        (glimpse("Visit", "dana@ferro.example", organiser="ken@kestrel.example"), "kept", "kestrel"),
    ],
)  # fmt: skip
def test_what_becomes_of_an_entry(seen: Glimpse, decision: str, customer: str) -> None:
    found = judge(seen, RULES)
    assert (found.decision, found.customer_id) == (decision, customer), found


def test_the_reasons_add_up_to_the_score() -> None:
    found = judge(glimpse("Kestrel annual review", "ken@kestrel.example", organiser="rosa@ferro.example",
                          repeats="yearly"), RULES)  # fmt: skip
    assert [reason.code for reason in found.why] == [
        "guest_domain", "name_in_title", "review_word", "organised_by_host", "rare_series", "length",
    ]  # fmt: skip
    assert found.score == sum(reason.points for reason in found.why) == 125


def test_peoples_words_go_before_the_score() -> None:
    key = meeting_id("uid-1", "-")
    assert judge(glimpse("Breakfast"), replace(RULES, said_yes=((key, "polnoc"),))).customer_id == "polnoc"
    forgotten = replace(RULES, forgotten=frozenset({key}))
    assert judge(glimpse("Kestrel review", "ken@kestrel.example"), forgotten).decision == "forgotten"
    assert judge(glimpse("Dentist", private=True), replace(RULES, said_yes=((key, "polnoc"),))).decision == "private"


def test_of_two_customers_the_named_one_then_the_more_guests() -> None:
    both = ("a@kestrel.example", "b@polnoc.example", "c@polnoc.example")
    assert judge(glimpse("Review", *both), RULES).customer_id == "polnoc"
    assert judge(glimpse("Kestrel review", *both), RULES).customer_id == "kestrel"


def test_words_of_ops_replace_the_shipped_ones() -> None:
    only = replace(RULES, review_words=("stocktake",), hold_words=("kestrel",))
    assert judge(glimpse("Kestrel review"), only).decision == "held_back"
    assert judge(glimpse("Północ Logistyka stocktake"), only).decision == "kept"


def test_the_fingerprint_moves_with_every_rule_and_with_nothing_else() -> None:
    same = pickle.loads(pickle.dumps(RULES))
    assert same.fingerprint == RULES.fingerprint
    changed = (
        replace(RULES, threshold=51), replace(RULES, zone="Europe/Rome"), replace(RULES, hold_words=("x",)),
        replace(RULES, forgotten=frozenset({"x"})), replace(RULES, customers=RULES.customers[:2]),
        replace(RULES, hosts=frozenset()), replace(RULES, our_domains=frozenset()),
    )  # fmt: skip
    assert len({item.fingerprint for item in (RULES, *changed)}) == len(changed) + 1


@given(st.text(), st.lists(st.text()), st.booleans(), st.one_of(st.none(), st.integers()))
def test_a_judgement_never_fails_and_private_is_always_private(
    title: str, guests: list[str], private: bool, minutes: int | None
) -> None:
    found = judge(glimpse(title, *guests, private=private, minutes=minutes), RULES)
    assert (found.decision == "private") == private
    if private:
        assert found.why == ()


@pytest.mark.parametrize(
    "title",
    [
        "Kestrel legal", "Kestrel: dismissal of a driver", "Kestrel – ufficio legale", "Kestrel, cessione d'azienda",
        "Limite di fido Kestrel", "Spór sądowy Kestrel", "Kestrel: zwolnienia grupowe", "Limit kredytowy Kestrel",
        "Kestrel tranh chấp", "Sáp nhập Kestrel", "Hạn mức tín dụng Kestrel",
    ],
)  # fmt: skip
def test_what_is_of_law_credit_staff_or_sale_is_held_back_in_every_language(title: str) -> None:
    assert judge(glimpse(title, "ken@kestrel.example"), RULES).decision == "held_back"


@pytest.mark.parametrize(
    "title",
    [
        "Kestrel sales review", "Kestrel wholesale", "Kestrel – nowa umowa", "Kestrel: sprzedaż roczna",
        "Revisione vendite Kestrel", "Kestrel, acquisizione ordini", "Kestrel fonderia: fusione", "Đánh giá Kestrel",
        "Kestrel: mua lại hàng", "Kestrel przegląd reklamacji", "Kestrel disputed pallets",
    ],
)  # fmt: skip
def test_an_honest_review_is_not_held_back(title: str) -> None:
    assert judge(glimpse(title, "ken@kestrel.example"), RULES).decision == "kept"


def test_the_words_that_hold_back_are_there_in_every_language_the_review_words_are() -> None:
    assert HOLD_WORDS.keys() == REVIEW_WORDS.keys()
    assert all(len(words) >= 10 for words in HOLD_WORDS.values())
