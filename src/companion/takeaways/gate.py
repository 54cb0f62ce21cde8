"""What should perhaps not leave the room: names, money, figures beside money, words the firm keeps back.

It finds and shows; the author decides. It promises no more than it reads: a first name inside a longer word, or a
figure written out, passes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from companion.takeaways.model import Takeaway
from companion.takeaways.reading import texts

Code = Literal["name", "money", "percentage", "off_limits"]
NEAR = 60  # characters between a percentage and the money it speaks of

_NUMBER = (
    r"\d[\d.,’' \u00a0\u202f]*"
    r"(?:\s?(?:k|m|mn|bn|tys\.?|mln|mld|tr|triệu|tỷ|thousand|million|billion|mila|milioni)(?!\w))?"
)
_CURRENCY = (
    r"(?:€|\$|£|¥|₫|zł|\b(?:eur|euros?|usd|dollars?|gbp|pounds?|pln|złotych|złote|"
    r"vnd|đồng|chf|francs?|czk|sek|nok|dkk)\b)"
)
_MONEY = re.compile(rf"{_CURRENCY}\s?{_NUMBER}|(?<![\w.,]){_NUMBER}\s?{_CURRENCY}", re.IGNORECASE)
_PERCENT = re.compile(
    r"(?<![\w.,])\d+(?:[.,]\d+)?\s?(?:%|per cent\b|percent\b|per cento\b|procent\b|phần trăm\b)", re.IGNORECASE
)
_MONEY_WORD = re.compile(
    r"\b(?:price|prices|pricing|discount|discounts|margin|margins|rebate|rebates|revenue|turnover|profit|profits|"
    r"costs?|fees?|bonus|prezzo|prezzi|sconto|sconti|margine|fatturato|cena|ceny|rabat|rabaty|rabatu|marża|marży|obrót|"
    r"giá|chiết khấu|doanh thu|lợi nhuận)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Finding:
    """One passage to look at: in which field, which words, from and to which character."""

    code: Code
    text: str
    span: tuple[int, int]
    field: str = ""


def check(takeaway: Takeaway, contacts: Iterable[str] = (), off_limits: Iterable[str] = ()) -> list[Finding]:
    """The findings of every field, in reading order. `contacts`: names of the customer's people."""
    names, words = _name_parts(contacts), [word for word in off_limits if word.strip()]
    found = []
    for field, text in texts(takeaway).items():
        found += find(text, names, words, field)
    return found


def find(text: str, contacts: Iterable[str], off_limits: Iterable[str], field: str = "") -> list[Finding]:
    """The findings of one text, by place; accents and case do not matter for names and words."""
    money = [match.span() for match in _MONEY.finditer(text)]
    near = money + [match.span() for match in _MONEY_WORD.finditer(text)]
    percentages = [match.span() for match in _PERCENT.finditer(text)]
    spans: dict[tuple[int, int], Code] = dict.fromkeys(_whole(text, contacts), "name")
    spans |= dict.fromkeys(_whole(text, off_limits), "off_limits")
    spans |= {_trimmed(text, span): "money" for span in money}
    spans |= {span: "percentage" for span in percentages if any(_gap(span, other) <= NEAR for other in near)}
    return [Finding(code, text[slice(*span)], span, field) for span, code in sorted(spans.items())]


def _name_parts(contacts: Iterable[str]) -> list[str]:
    """Whole names and each part of three letters or more: people are called by either."""
    parts: dict[str, None] = {}
    for name in contacts:
        whole = " ".join(name.split())
        if whole:
            parts[whole] = None
            parts.update(dict.fromkeys(part for part in re.split(r"[\s,.]+", whole) if len(part) >= 3))
    return list(parts)


def _whole(text: str, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where one of the words stands as a word of its own, the longest first where several begin."""
    wanted = sorted({_folded(" ".join(word.split()))[0] for word in words} - {""}, key=len, reverse=True)
    if not wanted:
        return
    folded, places = _folded(text)
    pattern = r"(?<!\w)(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in wanted) + r")(?!\w)"
    for match in re.finditer(pattern, folded):
        yield places[match.start()], places[match.end() - 1] + 1


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without accents and case, and for each of its characters the place it came from."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFD", character).casefold():
            if not unicodedata.combining(part):
                characters.append({"đ": "d", "ł": "l", "ø": "o"}.get(part, part))
                places.append(place)
    return "".join(characters), places


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    first, last = span
    while text[last - 1] in " .,’'\u00a0\u202f":
        last -= 1
    return first, last


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)
