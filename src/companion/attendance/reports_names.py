"""Names as people type them into a meeting, compared with the names of our people."""

import re

from companion.attendance.reports_headings import fold

_LETTERS = re.compile(r"[^\W\d_]+")
_BRACKETS = re.compile(r"[(\[（](.*?)[)\]）]")
_BESIDE = re.compile(r"\s*[|/•·–—]\s*|\s+-\s+")  # what stands beside a name: a firm, a place
_SPELLED = (("aa", "a"), ("ae", "a"), ("oe", "o"), ("ue", "u"))  # ä, å, ø and ü where a keyboard has none of them
_GLUED = 4  # letters of a name that show through where it is written as one word


def same_name(shown: str, name: str) -> bool:
    """Whether a shown name is a person's: the same words in any order, without accents, marks and brackets."""
    theirs = sorted(_words(name))
    return bool(theirs) and any(sorted(words) == theirs for words in _readings(shown))


def could_be(shown: str, name: str) -> bool:
    """Whether a shown name might be a person's: a first name alone, initials, or both written as one word."""
    theirs = _words(name)
    return any(_within(words, theirs) or _glued(words, theirs) for words in _readings(shown))


def shares(shown: str, name: str) -> bool:
    """Whether a shown name and a person's have a word in common: Dana's tablet, Dana Okafor."""
    return bool(set(_words(shown)) & {word for word in _words(name) if len(word) > 1})


def without_initials(name: str) -> str:
    """The words of a name that are longer than a letter; "" where there are none."""
    return " ".join(word for word in _words(name) if len(word) > 1)


def _readings(shown: str) -> list[list[str]]:
    """The words of a shown name, and of its parts: Dana (Dana Okafor), Dana Okafor | Ferro."""
    outside = _BRACKETS.sub(" ", shown)
    parts = [shown, outside, *_BRACKETS.findall(shown), *_BESIDE.split(outside)]
    return [words for part in dict.fromkeys(parts) if (words := _words(part))]


def _words(name: str) -> list[str]:
    """Its words in one spelling: Jürgen, Juergen and Jurgen are the same."""
    plain = fold(name)
    for spelled, letter in _SPELLED:
        plain = plain.replace(spelled, letter)
    return _LETTERS.findall(plain)


def _within(some: list[str], others: list[str]) -> bool:
    short, long = sorted((some, others), key=len)
    return bool(short) and all(any(_alike(word, other) for other in long) for word in short)


def _alike(word: str, other: str) -> bool:
    """The same word, or one is the other's initial."""
    return word == other or (1 in (len(word), len(other)) and word[0] == other[0])


def _glued(words: list[str], theirs: list[str]) -> bool:
    return len(words) == 1 and any(len(name) >= _GLUED and name in words[0] for name in theirs)
