"""What a person types, taken apart: whatever it is, no engine ever reads it as its own language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, select

from companion.basics.folding import cut, fold, spans
from companion.basics.query import MOST_WORDS, Query, excerpt, found_in, holds, parse
from companion.storage import search as engines

TYPED = st.text(max_size=60) | st.text(alphabet="aAłŁđßé \"“”'*:()-^+&|!<>\\\0NEARORNOT1ﬁİ", max_size=60)
WORDS = st.lists(st.from_regex(r"[a-zàéłđ]{1,8}", fullmatch=True), min_size=1, max_size=MOST_WORDS - 1)
LITE = create_engine("sqlite://")


@given(TYPED)
def test_whatever_is_typed_becomes_plain_words(typed: str) -> None:
    query = parse(typed)
    words = [word for phrase in query.phrases for word in phrase]
    assert len(words) <= MOST_WORDS
    assert all(cut(word) == [word] for word in words), "folded, and one word each"
    assert bool(query) == bool(cut(typed))
    assert words == cut(typed)[:MOST_WORDS] or '"' in typed or set(typed) & set("“”„«»")


@given(TYPED, st.lists(st.sampled_from(["page", "company", 'x" OR "y', "*"]), min_size=1, max_size=3))
def test_the_engine_takes_whatever_was_typed(typed: str, scopes: list[str]) -> None:
    query = parse(typed)
    if not query:
        return
    with LITE.begin() as connection:
        engines.clear(connection)
        said = engines.asked(connection, query, scopes, own="author:me")
        place, matches = engines.places(connection)
        assert connection.execute(select(place).where(matches), {"query": said}).all() == []


@given(WORDS)
def test_a_text_is_found_by_its_own_words_and_by_itself_as_a_phrase(words: list[str]) -> None:
    text = " ".join(words)
    assert holds((text,), parse(text.upper()))
    assert holds((text,), parse(f'"{text}"'))
    assert holds((text,), parse(text[:-1] if len(words[-1]) > 1 else text)), "its last word unfinished"
    assert not holds((text,), parse(f"{text} zzz9"))


@given(TYPED, st.text(max_size=300))
def test_marks_lie_in_the_excerpt_and_in_order(typed: str, text: str) -> None:
    query = parse(typed)
    for shown, marks in ((text, found_in(text, query)), ((one := excerpt(text, query)).text, one.marks)):
        ends = [0, *(place for mark in marks for place in mark)]
        assert ends == sorted(ends)
        assert ends[-1] <= len(shown)
        assert all(begin < end for begin, end in marks)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once_and_spans_are_its_words(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert [word for word, _, _ in spans(text)] == cut(text)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("Łódź pal", Query((("lodz",), ("pal",)), True)),
        ('"count the pallets"', Query((("count", "the", "pallets"),), False)),
        ('"count the', Query((("count", "the"),), True)),
        ('"a" b', Query((("a",), ("b",)), True)),
        ('""', Query()),
        ("a OR b", Query((("a",), ("or",), ("b",)), True)),
        (" ".join("abcdefghijklmnop"), Query(tuple((one,) for one in "abcdefghijkl"), True)),
    ],
)
def test_queries(typed: str, query: Query) -> None:
    assert parse(typed) == query
