"""Finding a word in a text whatever it is dressed in: accents, case, look-alike letters, invisible signs, line ends.

A text is folded once, to its letters and digits alone; what stood between two of them is kept beside them as a gap.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

TOGETHER, MARKED, SPACED, BROKEN = range(4)  # between two letters: nothing, signs, spaces, the end of a line
_BREAKS = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # letters and signs that show nothing
_ALIKE = {
    **dict(zip("авекмнорстухіјѕһԁԛԝгьѵӏ", "abekmhopctyxijshdqwrbvl", strict=True)),  # Cyrillic
    **dict(zip("αβεικνορτυχηωγζλμ", "abeikvoptuxnwyzlm", strict=True)),  # Greek
    **dict(zip("ΗΝΥΡΧΒΖΜ", "hnypxbzm", strict=True)),
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True)),
    **dict(zip("ıɑɡɩօոսհℓđłøħŧðŋ", "iagiounhldlohtdn", strict=True)),
    "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "0": "o", "1": "l", "|": "l", "3": "e", "@": "a", "$": "s",
}  # fmt: skip
_HANGING = "\u00ad\u0300-\u036f\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff"  # signs on the character before
_INVISIBLE = re.compile(f"[{_HANGING}]")
_CLUSTER = re.compile(rf"[^{_HANGING}]?[{_HANGING}]*+", re.DOTALL)


def words_of(text: str) -> frozenset[str]:
    """A list of words, written as one text."""
    return frozenset(text.split())


TAILS = words_of(  # what words end in where a sentence bends them, folded
    "s es a u y i e o m ie em om ow owi ami ach iem ego emu ej iej ym im ych ich mi ch ze zie ii ia io"
)


@dataclass(frozen=True)
class Folded:
    """A text's letters, where each stands in it, and what stands before it."""

    text: str
    letters: str
    places: list[int]
    gaps: bytearray  # before each letter: TOGETHER, MARKED, SPACED or BROKEN
    accented: bool


@dataclass(frozen=True)
class Word:
    """What is looked for: its letters, where its own parts begin, and how strictly."""

    letters: str
    parts: frozenset[int]
    raw: str
    capital: bool = False  # only where it is written with a capital
    tails: bool = True  # also where it is bent


@lru_cache(maxsize=4096)  # the same names and words are looked for in every field
def word(text: str, *, capital: bool = False, tails: bool = True) -> Word:
    """A word, a name or several words to look for."""
    folded = fold(" ".join(text.split()))
    parts = frozenset(at for at, gap in enumerate(folded.gaps) if at and gap)
    return Word(folded.letters, parts, " ".join(text.split()), capital, tails)


def fold(text: str) -> Folded:
    """The text as it is searched."""
    letters: list[str] = []
    places: list[int] = []
    gaps = bytearray()
    gap, accented, before = TOGETHER, False, ""
    for place, character in enumerate(text):
        folded, kind, marked = _folded(character)
        if marked:
            accented = True
        if kind:
            if kind > gap:
                gap = kind
            before = ""
            continue
        if character == "I" and before.islower():  # a capital i that passes for an l
            folded = "l"
        for one in folded:
            letters.append(one)
            places.append(place)
            gaps.append(gap)
            gap = TOGETHER
        before = character if folded else before
    return Folded(text, "".join(letters), places, gaps, accented)


@lru_cache(maxsize=4096)
def _folded(character: str) -> tuple[str, int, bool]:
    """The letters a character stands for, the gap it makes if none, and whether it bears an accent."""
    if character in _BREAKS:
        return "", BROKEN, False
    if character in _FILLERS or unicodedata.category(character) in ("Cf", "Mn", "Me", "Cc", "Co", "Cn", "Cs"):
        space = character == "\t"
        return "", SPACED if space else TOGETHER, unicodedata.category(character) == "Mn"
    made = []
    parts = unicodedata.normalize("NFKD", _ALIKE.get(character, character))
    for part in parts:
        for one in _ALIKE.get(part, part).casefold():
            plain = _ALIKE.get(one, one)
            if plain.isalnum():
                made.append(plain)
    if made:
        return "".join(made), TOGETHER, character in "đłø" or any(map(unicodedata.combining, parts))
    return "", SPACED if character.isspace() else MARKED, False


def places_of(folded: Folded, wanted: Word) -> Iterator[tuple[int, int]]:
    """Where the word stands in the text, first to last character and one."""
    letters = wanted.letters
    if not letters:
        if wanted.raw:  # signs alone
            yield from (match.span() for match in re.finditer(re.escape(wanted.raw), folded.text))
        return
    at = folded.letters.find(letters)
    while at >= 0:
        end = _end(folded, wanted, at)
        if end and _begins(folded, at) and _holds(folded, wanted, at) and _alike(folded, wanted, at, end):
            yield folded.places[at], _whole(folded, end)
        at = folded.letters.find(letters, at + 1)


def _begins(folded: Folded, at: int) -> bool:
    if at == 0 or folded.gaps[at] or ord(folded.letters[at]) >= 0x2E80:
        return True
    here, before = folded.text[folded.places[at]], folded.text[folded.places[at - 1]]
    return here.isupper() and before.islower()  # ProjectHeron


def _end(folded: Folded, wanted: Word, at: int) -> int:
    """The number of the letter after the word, its ending taken in; 0 where a longer word goes on."""
    last = at + len(wanted.letters)
    if last == len(folded.letters) or folded.gaps[last] or ord(folded.letters[last]) >= 0x2E80:
        return last
    here, before = folded.text[folded.places[last]], folded.text[folded.places[last - 1]]
    if here.isupper() and before.islower():
        return last
    if not wanted.tails or len(wanted.letters) < 4:
        return 0
    for length in range(1, 4):
        over = last + length
        done = over == len(folded.letters) or (over < len(folded.letters) and folded.gaps[over])
        if done:
            return over if folded.letters[last:over] in TAILS else 0
    return 0


def _holds(folded: Folded, wanted: Word, at: int) -> bool:
    """Whether the letters stand together as that word, or were pulled apart on purpose or by a line's end."""
    inner = folded.gaps[at + 1 : at + len(wanted.letters)]
    if not any(inner) and not wanted.parts:
        return True
    long, spelled = len(wanted.letters) >= 4, all(inner)
    for number, gap in enumerate(inner, 1):
        if number in wanted.parts:
            if gap == TOGETHER and len(wanted.letters) < 6:
                return False
        elif (gap == SPACED and not (spelled and long)) or (gap == MARKED and not long):
            return False
    return True


def _alike(folded: Folded, wanted: Word, at: int, end: int) -> bool:
    """What a short or plain word needs beside its letters: its own accents, a capital, digits for digits."""
    found = folded.text[folded.places[at] : folded.places[end - 1] + 1]
    raw = wanted.raw
    if raw.isdigit() and not found.replace(" ", "").isdigit():
        return False
    if len(wanted.letters) <= 4 and folded.accented and len(found) == len(raw):
        same = unicodedata.normalize("NFC", found).casefold() == unicodedata.normalize("NFC", raw).casefold()
        if not same and (_accents(found) or _accents(raw)):
            return False
    return not wanted.capital or found[:1].isupper()


def _accents(text: str) -> bool:
    return any(_folded(character)[2] for character in text)


def _whole(folded: Folded, end: int) -> int:
    """The place after the last letter and the accents that follow it."""
    place = folded.places[end - 1] + 1
    while place < len(folded.text) and unicodedata.category(folded.text[place]) in ("Mn", "Me"):
        place += 1
    return place


def starts_sentence(text: str, place: int) -> bool:
    """Whether a sentence begins there: a capital letter says nothing then."""
    before = text[max(0, place - 12) : place].rstrip(" \t\"'“”„«‘’([—–-*>#•")
    return not before or before[-1] in ".!?…:\n\r\u2028\u2029" or (place > 12 and not before.strip())


def plain(text: str) -> tuple[str, list[int]]:
    """The text without invisible signs, in usual characters; where each of them began, and last where the text ends."""
    if text.isascii() or (unicodedata.is_normalized("NFKC", text) and not _INVISIBLE.search(text)):
        return text, list(range(len(text) + 1))
    shown: list[str] = []
    places: list[int] = []
    for match in _CLUSTER.finditer(text):
        made = _usual(match.group())
        shown.append(made)
        places += [match.start()] * len(made)
    return "".join(shown), [*places, len(text)]


@lru_cache(maxsize=4096)
def _usual(cluster: str) -> str:
    """One character with the signs that hang on it, in its usual form; "" where it shows nothing."""
    seen = (one for one in cluster if one in _BREAKS or unicodedata.category(one) not in ("Cf", "Cc"))
    return unicodedata.normalize("NFKC", "".join(seen))


def near(span: tuple[int, int], others: Sequence[tuple[int, int]], most: int) -> Iterator[tuple[int, int]]:
    """Of other places, in reading order and apart from one another, those at most so many characters away."""
    at = bisect_left(others, (span[0] - most, 0))
    while at > 0 and others[at - 1][1] >= span[0] - most:
        at -= 1
    while at < len(others) and others[at][0] <= span[1] + most:
        yield others[at]
        at += 1
