"""Counting words, and cutting a text to a number of them at the end of a sentence."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LONG = 20  # characters after which a word counts as one more
_END = re.compile(r"[.!?…][\"”’»)]*$")
_NOTHING = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_PAUSE = re.compile(r"[,;:–—]$")


def words_in(text: str) -> int:
    """How many words a text has; one that is very long, or a script without spaces, counts as several."""
    return sum(map(_weight, text.split()))


@lru_cache(maxsize=1024)  # the levels of a page cut the same texts again and again
def one_line(text: str) -> str:
    """The text in one line, without signs that show nothing or turn the direction of writing."""
    normal = unicodedata.normalize("NFC", text)
    shown = (one for one in normal if one.isspace() or unicodedata.category(one) not in _NOTHING)
    return " ".join("".join(shown).split())


def cut(text: str, most: int) -> str:
    """The text in one line of at most so many words: whole sentences where one fits, else up to a pause and "…"."""
    line = one_line(text)
    beginning = line[: most * (LONG + 2)]  # more characters are never that few words
    if len(beginning) == len(line) and words_in(line) <= most:
        return line
    fits = list(_fitting(beginning.split(), most))
    for ends, least, sign in ((_END, max(1, most // 2), ""), (_PAUSE, max(1, most * 3 // 4), "…")):
        at = next((at for at in range(len(fits), least - 1, -1) if ends.search(fits[at - 1])), 0)
        if at:
            whole = " ".join(fits[:at])
            return whole if not sign else whole.rstrip(",;:–— ") + sign
    return " ".join(fits).rstrip(",;:–— ") + "…" if fits else line[: LONG * most - 1] + "…"


def _fitting(tokens: list[str], most: int) -> Iterator[str]:
    left = most
    for token in tokens:
        left -= _weight(token)
        if left < 0:
            return
        yield token


def _weight(token: str) -> int:
    return 1 + (len(token) - 1) // LONG
