"""What join reports call things, in the languages they come in (resources/reports/headings.toml)."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from companion.basics.resources import resource

_OTHER_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Vocabulary:
    """Folded words and what they mean."""

    headings: Mapping[str, str]  # of columns: name, email, join, leave, duration, minutes …
    facts: Mapping[str, str]  # of the meeting: title, start, end, people, meeting
    words: Mapping[str, frozenset[str]]  # yes, arrived, gone, nobody, rooms
    months: tuple[tuple[str, int], ...]  # how a month's name begins
    units: Mapping[str, int]  # in seconds


def fold(text: str) -> str:
    """The words of a text, without case, accents and signs."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_OTHER_LETTERS)
    return _SIGNS.sub(" ", "".join(letter for letter in plain if not unicodedata.combining(letter))).strip()


@cache
def vocabulary() -> Vocabulary:
    """The words that ship with the app."""
    told = tomllib.loads(resource("reports/headings.toml").read_text("utf-8"))
    return Vocabulary(
        {fold(text): key for key, texts in told["headings"].items() for text in texts},
        {fold(text): key for key, texts in told["facts"].items() for text in texts},
        {key: frozenset(map(fold, texts)) for key, texts in told["words"].items()},
        tuple((text, int(month)) for month, texts in told["months"].items() for text in texts),
        {fold(text): int(seconds) for seconds, texts in told["units"].items() for text in texts},
    )
