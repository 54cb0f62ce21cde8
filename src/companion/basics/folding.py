"""Words without case and accents, so that "Đặng" is found by "dang" and "Łódź" by "lodz"."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
LONGEST = 60  # signs of a word that count
_STROKES = {"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ð": "d", "þ": "th"}


class _Folds(dict[int, str]):
    """What each sign becomes, worked out when it comes for the first time."""

    def __missing__(self, code: int) -> str:
        taken = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(code)).casefold())
        plain = "".join(_STROKES.get(sign, sign) for sign in taken if not unicodedata.combining(sign))
        self[code] = plain
        return plain


_folds = _Folds()


def fold(text: str) -> str:
    """A text without case and accents; what is no letter stays."""
    return text.translate(_folds)


def cut(text: str) -> list[str]:
    """The words of a text, folded, in their order."""
    return [word[:LONGEST] for word in _WORD.findall(fold(text))]


def spans(text: str) -> list[tuple[str, int, int]]:
    """The words as `cut` has them, each with where it begins and ends in the text itself."""
    places: list[int] = []
    for at, sign in enumerate(text):
        places += [at] * len(_folds[ord(sign)])
    found = []
    for match in _WORD.finditer(fold(text)):
        end = places[match.end() - 1] + 1
        while end < len(text) and not _folds[ord(text[end])]:  # accents that stand behind their letter
            end += 1
        found.append((match[0][:LONGEST], places[match.start()], end))
    return found
