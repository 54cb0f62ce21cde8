"""Recovery words: 256 bits as 24 words of a list of 2,048 (BIP-39), the last of which tells a slip of the pen."""

from functools import cache
from hashlib import sha256

from companion.basics.errors import Problem
from companion.basics.resources import resource

COUNT = 24  # words: 256 bits and 8 of a checksum, 11 in each
_BYTES = 32


def to_words(secret: bytes) -> tuple[str, ...]:
    """The words for 32 bytes."""
    if len(secret) != _BYTES:
        raise ValueError("32 bytes make 24 words")
    bits = int.from_bytes(secret + sha256(secret).digest()[:1], "big")
    known = wordlist()
    return tuple(known[(bits >> 11 * place) & 2047] for place in reversed(range(COUNT)))


def from_words(text: str) -> bytes:
    """The bytes of words as somebody typed them; the first four letters of a word will do.

    Problems `words_count`, `words_unknown` (which one, never what it says), `words_slip` (they do not go together).
    """
    typed = text.casefold().replace(",", " ").split()
    typed = [word for word in typed if not word.rstrip(".").isdecimal()]  # as they were numbered
    if len(typed) != COUNT:
        raise Problem("words_count", count=len(typed))
    places = _places()
    bits = 0
    for number, word in enumerate(typed, 1):
        place = places.get(word, places.get(word[:4]) if len(word) == 4 else None)
        if place is None:
            raise Problem("words_unknown", number=number)
        bits = bits << 11 | place
    every = bits.to_bytes(_BYTES + 1, "big")
    if sha256(every[:_BYTES]).digest()[:1] != every[_BYTES:]:
        raise Problem("words_slip")
    return every[:_BYTES]


@cache
def wordlist() -> tuple[str, ...]:
    """The 2,048 words, in the list's order."""
    lines = resource("words/recovery.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _places() -> dict[str, int]:
    known = wordlist()
    return {word[:4]: place for place, word in enumerate(known)} | {word: place for place, word in enumerate(known)}
