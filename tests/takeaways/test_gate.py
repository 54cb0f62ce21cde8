"""What the gate sees, where, and what it leaves alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.customers.model import Contact
from companion.takeaways.gate import Finding, GateFacts, check
from takeaways.made import a_takeaway

BARE = a_takeaway(
    **dict.fromkeys(("headline", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question"), ""),
    customer_name="",
)


def seen(text: str, contacts: tuple[str, ...] = (), words: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    people = tuple(Contact(name, "c1", "", name) for name in contacts)
    found = check(replace(BARE, scene=text), GateFacts(contacts=people, ops_words=words))
    return [(finding.code, finding.text) for finding in found]


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("It cost €1,200 in all", "€1,200"),
        ("It cost 1.200,50 EUR.", "1.200,50 EUR"),
        ("about 40k dollars", "40k dollars"),
        ("za 300 tys. zł", "300 tys. zł"),
        ("2 million euros a year", "2 million euros"),
        ("$5m.", "$5m"),
        ("500 triệu đồng", "500 triệu đồng"),
    ],
)
def test_money_is_found(text: str, money: str) -> None:
    assert seen(text) == [("money", money)]


@pytest.mark.parametrize("text", ["Nineteen people", "forty minutes", "at 5 in the morning", "12 drivers", "12%"])
def test_plain_numbers_pass(text: str) -> None:
    assert seen(text) == []


def test_a_percentage_counts_only_beside_money() -> None:
    assert seen("They asked for a discount of 12 %.") == [("percentage", "12 %")]
    assert seen("12% of the crews wait" + " for a long, long time" * 5 + ", at no cost.") == []


def test_names_are_found_whole_and_in_part_whatever_their_accents() -> None:
    takeaway = a_takeaway(quote="Józef Łukasik said so", matters="Ask LUKASIK.", scene="Joseph and Lukasikova")
    found = check(takeaway, GateFacts(contacts=(Contact("k", "c1", "", "Józef  Łukasik", "the owner"),)))
    assert found == [
        Finding("name", "Józef Łukasik", (0, 13), "quote", offers=("role", "review"), replacement="…"),
        Finding("speaker", "LUKASIK", (4, 11), "matters", offers=("role", "review"), replacement="the owner"),
    ]


def test_words_the_firm_keeps_back_are_found() -> None:
    assert seen("The Credit Review and the\ncredit  review", words=("credit review",)) == [
        ("ops_word", "Credit Review"),
        ("ops_word", "credit  review"),
    ]
    assert seen("anything", (" ",), ("",)) == []


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=3))
def test_every_span_is_the_text_it_names(text: str, names: list[str]) -> None:
    people = tuple(Contact(name, "c1", "", name) for name in names)
    for finding in check(replace(BARE, scene=text), GateFacts(contacts=people, ops_words=tuple(names))):
        assert text[slice(*finding.span)] == finding.text != ""
