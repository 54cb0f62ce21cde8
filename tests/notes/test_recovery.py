"""Recovery words: those of BIP-39, so that what others wrote of them holds."""

import secrets

import pytest

from companion.basics.errors import Problem
from companion.notes.recovery import from_words, to_words, wordlist


def test_the_list_is_the_one_of_bip_39() -> None:
    known = wordlist()
    assert (len(known), known[0], known[-1]) == (2048, "abandon", "zoo")
    assert len({word[:4] for word in known}) == 2048


@pytest.mark.parametrize(
    ("secret", "last"), [("00" * 32, "abandon art"), ("7f" * 32, "worth title"), ("ff" * 32, "zoo vote")]
)
def test_the_published_examples(secret: str, last: str) -> None:
    words = " ".join(to_words(bytes.fromhex(secret)))
    assert words.endswith(last)
    assert from_words(words).hex() == secret


def test_what_was_made_is_read_back_as_people_type_it() -> None:
    for _ in range(50):
        secret = secrets.token_bytes(32)
        words = to_words(secret)
        typed = "\n".join(f"{number}. {word.upper()}" for number, word in enumerate(words, 1))
        assert from_words(typed) == from_words(" ".join(word[:4] for word in words)) == secret


@pytest.mark.parametrize(
    ("typed", "code", "facts"),
    [
        ("zoo " * 23, "words_count", {"count": 23}),
        ("zoo " * 23 + "secretly", "words_unknown", {"number": 24}),
        ("zoo " * 24, "words_slip", {}),
    ],
)
def test_a_slip_is_told_and_what_was_typed_is_not(typed: str, code: str, facts: dict[str, int]) -> None:
    with pytest.raises(Problem) as caught:
        from_words(typed)
    assert (caught.value.code, caught.value.facts) == (code, facts)
