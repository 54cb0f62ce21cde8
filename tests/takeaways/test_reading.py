"""Reading time and hints."""

import pytest

from companion.basics.errors import Problem
from companion.takeaways.reading import Hint, budget, hints, seconds, words
from companion.words.problems import sentence
from takeaways.made import a_takeaway


def test_words_count_as_a_reader_reads_them() -> None:
    bare = dict.fromkeys(("scene", "quote", "quote_role", "goal", "matters", "will_do", "question"), "")
    takeaway = a_takeaway(**{**bare, "headline": "It's a half-day window — at 7.30"})
    assert words(takeaway) == 7
    assert seconds(a_takeaway(**{**bare, "headline": "", "scene": "word " * 200})) == 60


@pytest.mark.parametrize(
    ("reading", "word"), [(0, "short"), (53, "short"), (60, "good"), (66, "good"), (90, "good"), (91, "long")]
)
def test_the_budget_is_about_a_minute(reading: int, word: str) -> None:
    assert budget(reading) == word


def test_a_good_takeaway_gets_no_hint() -> None:
    assert hints(a_takeaway()) == []


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"quote": ""}, Hint("hint_no_quote")),
        ({"quote_role": " "}, Hint("hint_no_role")),
        ({"customer_name": ""}, Hint("hint_no_customer")),
        ({"scene": ""}, Hint("hint_no_scene")),
        ({"question": ""}, Hint("hint_no_question")),
        ({"headline": ""}, Hint("hint_no_headline")),
        (
            {"headline": "one two three four five six seven eight nine"},
            Hint("hint_headline_long", {"words": 9, "most": 8}),
        ),
        ({"headline": "Our best year"}, Hint("hint_headline_about_us")),
        ({"matters": "The customer is king."}, Hint("hint_name_them", {"words": "The customer"})),
        ({"matters": "We leverage it."}, Hint("hint_jargon", {"word": "leverage", "plain": "use"})),
    ],
)
def test_each_hint_has_its_cause(changes: dict[str, str], hint: Hint) -> None:
    assert hints(a_takeaway(**changes)) == [hint]
    assert "{" not in sentence(Problem(hint.code, **hint.facts))


def test_beyond_the_hard_stop_it_is_too_long() -> None:
    found = hints(a_takeaway(scene="word " * 301))
    assert [hint.code for hint in found] == ["hint_too_long"]
    assert "aim at 220 words" in sentence(Problem(found[0].code, **found[0].facts))


def test_customers_may_use_any_word() -> None:
    assert hints(a_takeaway(quote="We leverage the customer.")) == []
