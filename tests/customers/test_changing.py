"""What changes make of a fact: whatever the order, no text is lost."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from companion.customers.changing import changed, ended, ends_of, is_old, other_texts
from companion.customers.memory import Fact, Version

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FIRST = Fact("f", "c", "goal", "first", changed=NOON)
STEP = st.tuples(st.integers(0, 9), st.text("abc", min_size=1, max_size=3), st.sampled_from("XYZ"))
STEPS = st.lists(STEP, max_size=12)


@given(STEPS)
def test_no_order_of_changes_loses_a_text(steps: list[tuple[int, str, str]]) -> None:
    past: list[Fact] = [FIRST]
    written = {FIRST.text}
    for back, text, who in steps:
        base = past[max(0, len(past) - 1 - back)]
        after = changed(past[-1], replace(base, text=text), base, who, NOON)
        written.add(text)
        if after is not past[-1]:
            assert after.revision == past[-1].revision + 1
            past.append(after)
        assert past[-1].text == text or base.text == text  # the last word counts, unless it was none
    assert {fact.text for fact in past} == written


@given(STEPS)
def test_what_a_writer_had_not_seen_is_shown_beside_it(steps: list[tuple[int, str, str]]) -> None:
    past: list[Fact] = [FIRST]
    for back, text, who in steps:
        base, before = past[max(0, len(past) - 1 - back)], past[-1]
        after = changed(before, replace(base, text=text), base, who, NOON)
        if after is before:
            continue
        past.append(after)
        others = {one.fact.text for one in other_texts(after, [Version(one, NOON, "") for one in past[:-1]])}
        if before.text not in (base.text, text) and text != base.text:
            assert before.text in others
        if base is before:
            assert not others


def test_an_end_and_a_new_text_at_once_are_both_taken() -> None:
    done = ended(FIRST, "reached", "They have it.", date(2026, 11, 20), "rosa", NOON)
    both = changed(done, replace(FIRST, text="second"), FIRST, "dana", NOON)
    assert (both.text, both.state, both.result, both.unseen) == ("second", "reached", "They have it.", 0)


def test_saving_it_as_it_stands_settles_it() -> None:
    two = replace(FIRST, text="second", revision=3, unseen=2)
    assert changed(two, two, two, "dana", NOON).unseen == 0
    assert changed(FIRST, FIRST, FIRST, "dana", NOON) is FIRST


def test_how_each_kind_may_end() -> None:
    assert ends_of(FIRST) == ("reached", "changed", "dropped", "open")
    assert ends_of(replace(FIRST, kind="promise")) == ("kept", "broken", "dropped", "open")
    assert ends_of(replace(FIRST, kind="avoid")) == ("dropped", "open")


def test_twelve_months_make_a_fact_old() -> None:
    today = date(2026, 11, 21)
    assert [is_old(replace(FIRST, heard_on=day), today) for day in (date(2025, 11, 21), date(2025, 11, 20), None)] == [
        False, True, False,
    ]  # fmt: skip
