"""Words that are somebody's alone: health, family, opinions. A line that holds one is worth a second look."""

import re
import unicodedata
from typing import Literal

About = Literal["health", "family", "opinion"]
# Beginnings of words, in our four languages, without accents; whole words end in a space.
_WORDS: dict[About, str] = {
    "health": (
        "illness|ill |sick|disease|cancer|diabet|depress|burnout|therap|pregnan|disab|surgery|hospital|heart attack|"
        "alcohol|allerg|zachorow|malat|salute|tumore|gravidanz|ospedal|depression|chorob|chory |chora |cukrzyc|ciaz|"
        "szpital|zawal|benh|ung thu|mang thai|tram cam"
    ),
    "family": (
        "wife|husband|married|divorc|widow|children|daughter|son |sons |baby|mother|father|girlfriend|boyfriend|"
        "family|moglie|marito|divorz|vedov|figli|famiglia|bambin|zona |zony|maz |mezem|rozwod|rozwied|dzieci|corka|"
        "syn |syna|rodzin|vo chong|ly hon|gia dinh|con trai|con gai"
    ),
    "opinion": (
        "politic|party member|votes |voted|election|religio|church|catholic|muslim|jewish|atheist|union member|"
        "trade union|communis|fascis|sindacat|chiesa|cattolic|musulman|ebre|elezion|polityk|wybor|kosciol|katoli|"
        "muzulman|zyd|zwiazkow|ton giao|chinh tri|cong giao|phat giao|dang vien"
    ),
}
_FIND = {
    about: re.compile(r"\b(?:" + words.replace(" |", r"\b|").rstrip() + ")") for about, words in _WORDS.items()
}  # fmt: skip
_STROKES = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss"})


def personal(line: str) -> tuple[About, ...]:
    """What of theirs alone a line may speak of, each once; the line is never refused for it."""
    folded = unicodedata.normalize("NFKD", line).casefold().translate(_STROKES)
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return tuple(about for about, pattern in _FIND.items() if pattern.search(plain))
