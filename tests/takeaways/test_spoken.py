"""Two minutes to say: short sentences, signs as words, never longer, and what was left out is told."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.takeaways.model import Parcel
from companion.takeaways.reading import count_words
from companion.takeaways.spoken import MOST_WORDS, minutes, spoken
from takeaways.made import a_takeaway

FIELDS = ("headline", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question", "customer_name")


def said(**changes: str) -> str:
    return spoken(Parcel(a_takeaway(**changes), "Ines Prado", "Safety", heard_on=date(2026, 11, 12)))


def test_it_is_read_from_the_opening_to_the_question() -> None:
    lines = said().split("\n")
    assert lines[0] == "I want to tell you about Marea Boats, heard on 12 November."
    assert lines[1] == "They plan by the tide."
    assert lines[3].startswith("In the words of the head of the yard: “You send me a window of half a day.")
    assert lines[-1] == "My question to you: Where else do we hand out half-day windows?"
    assert "What we will do: nothing yet." in said(will_do="")
    assert said(question="").endswith("My question to you: What does this change in our work?")
    assert said(customer_name="").startswith("I want to tell you about a customer.")
    assert "In their own words: “" in said(quote_role="")
    assert "“" not in said(quote="")


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("12% wait", "12 per cent wait."),
        ("It cost €1,200 or 40 €", "It cost 1,200 euros or 40 euros."),
        ("$5 and £6", "5 dollars and 6 pounds."),
        ("7–8 boats, ~30 people", "7 to 8 boats, about 30 people."),
        ("- one\n- **two** [three](https://x.example)", "one.\ntwo three."),
        ("on 2026-11-12", "on 2026-11-12."),
        ("Anna & Co wait", "Anna and Co wait."),
    ],
)
def test_signs_are_said_as_words(written: str, heard: str) -> None:
    assert f"\n{heard}\n" in said(scene=written)


def test_a_long_sentence_is_broken_where_it_can_be() -> None:
    long = "The crane slipped by two hours on that day; the boat on the slip waited for the tide, "
    long += "but nobody told the crew of it"
    assert said(scene=long).split("\n")[2:5] == [
        "The crane slipped by two hours on that day.",
        "The boat on the slip waited for the tide.",
        "But nobody told the crew of it.",
    ]


def test_what_does_not_fit_is_left_out_and_told() -> None:
    text = said(scene="One more sentence of seven words here. " * 60)
    assert minutes(text) <= 2
    assert text.endswith("sentences are left out.)")
    assert "My question to you: Where else" in text
    assert "I live in windows of forty minutes.”" in text, "the quote stays"
    assert "Why it matters to us." not in text, "nothing after a gap"


@settings(max_examples=60)
@given(
    st.fixed_dictionaries(dict.fromkeys(FIELDS, st.text("ab .!?\n;-“”&€%1", max_size=60).map(lambda text: text * 40)))
)
def test_it_never_takes_longer_than_two_minutes(fields: dict[str, str]) -> None:
    assert count_words(said(**fields)) <= MOST_WORDS
