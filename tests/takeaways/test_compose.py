"""From a note to a draft: what goes in, what stays behind, and quotes that stay true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.basics.errors import Problem
from companion.takeaways.compose import draft, shorten, with_revision
from companion.takeaways.origins import is_verbatim, unquoted
from takeaways.made import NOON, a_note, a_takeaway

QUOTE = "You send me a window of half a day. I live in windows of forty minutes."


def test_feelings_promises_and_questions_stay_with_the_listener() -> None:
    note = a_note(
        ("!", "he was furious, " * 20), ("p", "Rosa will call on Monday"), ("?", "who books the crane"), ("q", QUOTE),
        ("f", "Nineteen people work there"), ("f", "The harbour empties twice a day."), ("", "nice coffee"),
    )  # fmt: skip
    made = draft(note, "p-ines", "Marea Boats")
    assert made.quote == QUOTE
    assert made.scene == "Nineteen people work there. The harbour empties twice a day."
    assert made.headline == ""
    for kept_back in ("furious", "Monday", "crane", "coffee"):
        assert kept_back not in repr(made)
    assert (made.customer_id, made.meeting_id, made.customer_name, made.revision) == ("c1", "m1", "Marea Boats", 1)
    assert made.published is None


def test_the_answers_afterwards_go_before_the_lines() -> None:
    note = a_note(("q", "a line"), ("f", "a fact"), said="“The best sentence.”", scene="The scene.", surprise="!")
    made = draft(note, "p", "Marea Boats")
    assert (made.quote, made.scene) == ("The best sentence.", "The scene.")


def test_the_longest_exact_words_are_the_quote_and_a_heading_is_the_headline() -> None:
    note = a_note(("q", "short"), ("q", "the longer one"), ("q", "another is it"), ("", "# They plan by the tide"))
    made = draft(note, "p", "Marea Boats")
    assert (made.quote, made.headline) == ("the longer one", "They plan by the tide")


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ([QUOTE], QUOTE),
        (["You send me a window of half a day."], "You send me a window of half a day. …"),
        (["I live in windows of forty minutes."], "… I live in windows of forty minutes."),
        (["You send me a window", "I live in windows of forty minutes."],
         "You send me a window … I live in windows of forty minutes."),
        (["You send me a window of half a day.", "I live in windows of forty minutes"], QUOTE.rstrip(".")),
    ],
)  # fmt: skip
def test_a_quote_is_shortened_only_with_an_ellipsis(kept: list[str], shown: str) -> None:
    assert shorten(QUOTE, kept) == shown
    assert is_verbatim(QUOTE, shown)


@pytest.mark.parametrize("kept", [["You send me a window of a day"], ["forty minutes", "half a day"]])
def test_words_that_were_not_said_are_refused(kept: list[str]) -> None:
    with pytest.raises(Problem, match="quote_changed"):
        shorten(QUOTE, kept)


@pytest.mark.parametrize("shown", ["I live in windows of forty minutes.", "You send me a window", "You send … a crane"])
def test_a_quote_cut_in_silence_is_not_verbatim(shown: str) -> None:
    assert not is_verbatim(QUOTE, shown)


@given(st.lists(st.text("abc ,", min_size=1, max_size=6).filter(str.strip), min_size=1, max_size=6), st.data())
def test_whatever_passages_are_kept_the_result_is_verbatim(parts: list[str], data: st.DataObject) -> None:
    quote = "|".join(parts)
    kept = [part for part in parts if data.draw(st.booleans())]
    shown = shorten(quote, kept)
    assert not kept or is_verbatim(quote, shown)


def test_only_one_pair_of_marks_is_taken_off() -> None:
    assert unquoted('"so"') == "so"
    assert unquoted("“one” and “two”") == "“one” and “two”"
    assert unquoted("'") == "'"


def test_a_revision_counts_on_and_stays_the_same_takeaway() -> None:
    old = a_takeaway()
    new = with_revision(old, headline="They live by the tide")
    assert (new.revision, new.published, new.headline) == (2, None, "They live by the tide")
    assert (new.id, new.author_id, new.scene, old.published) == (old.id, old.author_id, old.scene, NOON)
    with pytest.raises(TypeError):
        with_revision(old, author_id="somebody else")


def test_the_answers_fill_the_draft_and_say_where_they_come_from() -> None:
    note = a_note(
        ("q", "We want the slip busy without a night shift."),
        said="“I count in minutes.”",
        scene="A gate at ten at night.",
        surprise="Nobody asked for a lower price.",
        goal="“We want the slip busy without a night shift.”",
        useful="The tide table of next year",
        pillars="time- integrity+ nonsense+",
        reading="CANARY they will leave",
        confidence="CANARY low",
        wrong_if="CANARY",
        off_record="CANARY",
        for_us="CANARY",
        hard="CANARY",
    )
    made = draft(note, "p-ines", "Marea Boats")
    assert (made.quote, made.scene) == ("I count in minutes.", "A gate at ten at night.")
    assert (made.goal, made.matters) == (
        "We want the slip busy without a night shift.", "Nobody asked for a lower price."
    )  # fmt: skip
    assert (made.will_do, made.pillars) == ("The tide table of next year", ("integrity+", "time-"))
    assert dict(made.origins) == {
        "scene": "observed", "quote": "verbatim", "goal": "verbatim", "matters": "interpretation",
    }  # fmt: skip
    assert "CANARY" not in repr([getattr(made, name) for name in made.__dataclass_fields__])


def test_a_goal_in_the_listeners_words_is_as_heard() -> None:
    made = draft(a_note(("q", "The slip stands empty."), goal="Keep the slip busy"), "p-ines", "Marea Boats")
    assert dict(made.origins)["goal"] == "heard"
