"""A takeaway to be said aloud in a team meeting: two minutes at most, in short sentences."""

import re
from collections.abc import Callable, Iterable

from companion.takeaways.model import Parcel
from companion.takeaways.reading import count_words
from companion.words.dates import day_month
from companion.words.language import t, tn

WORDS_A_MINUTE = 130  # read to a room, not to oneself
MOST_WORDS = 2 * WORDS_A_MINUTE
LONG = 20  # words; a longer sentence is broken where it can be
_SAID = re.compile(r"\w+(?:['’\-]\w+)*")
_END = re.compile(r"(?<=[.!?…])[\"”’»]?\s+(?=\S)|\n+")
_BREATH = re.compile(
    r"\s*;\s+|\s+[–—]\s+|,\s+(?=(?:but|so|ma|ale|nhưng|nên)\s)"  # what follows can stand alone
)
_MARKDOWN = re.compile(
    r"\*\*|__|`|^[ \t]*(?:[-*•>]|#{1,6}|\d{1,2}[.)])[ \t]+|\[(?P<label>[^\]\n]{0,200})\]\([^)\n]{0,500}\)",
    re.MULTILINE,
)


def spoken(parcel: Parcel) -> str:
    """The text to read out, one sentence a line: how to open, what happened, their words, and what to ask.

    Over two minutes it is cut at a sentence, never in the opening or the question, and says what was left out.
    """
    takeaway = parcel.takeaway
    opening, asking = _opening(parcel), _asking(parcel)
    parts = [
        _sentences(takeaway.scene),
        _quoted(takeaway.quote, takeaway.quote_role),
        _labelled(t("What they are trying to do."), takeaway.goal),
        _labelled(t("Why it matters to us."), takeaway.matters),
        _labelled(t("What we will do."), takeaway.will_do) or [t("What we will do: nothing yet.")],
    ]
    room = MOST_WORDS - _words([*opening, *asking]) - _words([_left_out(99)])
    kept, left = _fitting(parts, room)
    told = [_left_out(left)] if left else []
    return "\n".join([*opening, *kept, *asking, *told])


def minutes(text: str) -> float:
    """How long it takes to say."""
    return count_words(text) / WORDS_A_MINUTE


def _opening(parcel: Parcel) -> list[str]:
    takeaway = parcel.takeaway
    facts = {"customer": takeaway.customer_name, "day": day_month(parcel.heard_on) if parcel.heard_on else ""}
    if takeaway.customer_name and parcel.heard_on:
        first = t("I want to tell you about {customer}, heard on {day}.", **facts)
    elif takeaway.customer_name:
        first = t("I want to tell you about {customer}.", **facts)
    else:
        first = t("I want to tell you about a customer.")
    return _cut([first, *_sentences(takeaway.headline)], MOST_WORDS // 4)


def _asking(parcel: Parcel) -> list[str]:
    asked = _sentences(parcel.takeaway.question) or [t("What does this change in our work?")]
    return _cut([t("My question to you: {question}", question=asked[0]), *asked[1:]], MOST_WORDS // 4)


def _left_out(count: int) -> str:
    return tn("({count} sentence is left out.)", "({count} sentences are left out.)", count)


def _quoted(quote: str, role: str) -> list[str]:
    """Their words as they are, who said them before, and a sign after."""
    words = " ".join(quote.split()).strip('“”"„«»')
    if not words:
        return []
    named = _beginning(" ".join(role.split()), 12)
    who = t("In the words of {role}:", role=named) if named else t("In their own words:")
    return [f"{who} “{_beginning(words, MOST_WORDS // 3)}”"]


def _labelled(label: str, text: str) -> list[str]:
    said = _sentences(text)
    return [label, *said] if said else []


def _fitting(parts: list[list[str]], room: int) -> tuple[list[str], int]:
    """As many sentences as there is room for, the quote kept whatever else goes; how many were left out."""
    room -= _words(parts[1])
    kept: list[str] = []
    left = 0
    for number, block in enumerate(parts):
        fits = block if number == 1 else _first(block, room)
        if number > 1 and len(fits) == 1 < len(block):
            fits = []  # a label alone says nothing
        room -= 0 if number == 1 else _words(fits)
        if len(fits) < len(block):
            room = 0  # nothing after a gap: the thread would be lost
        left += len(block) - len(fits)
        kept += fits
    return kept, left


def _first(sentences: list[str], room: int) -> list[str]:
    """The first sentences that fit into so many words."""
    fits = 0
    while fits < len(sentences) and _words(sentences[: fits + 1]) <= room:
        fits += 1
    return sentences[:fits]


def _sentences(text: str) -> list[str]:
    """The text as sentences to be said, none of them long where it can be broken."""
    plain = _aloud(_MARKDOWN.sub(lambda match: match["label"] or "", text))
    found: list[str] = []
    for sentence in _END.split(plain):
        said = " ".join(sentence.split())
        if said:
            found += _breathed(said) if count_words(said) > LONG else [_closed(said)]
    return found


def _breathed(sentence: str) -> list[str]:
    kept: list[str] = []
    for part in (piece.strip(" ,") for piece in _BREATH.split(sentence)):
        if kept and (count_words(part) < 4 or count_words(kept[-1]) < 4):
            kept[-1] = f"{kept[-1]}, {part}"
        elif part:
            kept.append(part)
    return [_closed(part[:1].upper() + part[1:]) for part in kept]


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…", ":", "”", '"')) else f"{sentence}."


def _cut(sentences: list[str], most: int) -> list[str]:
    """The first sentences, and no more than so many words; of a first one that is too long its beginning."""
    return _first(sentences, most) or [_beginning(sentences[0], most)]


def _beginning(text: str, most: int) -> str:
    """No more than so many words of it, as they are counted."""
    ends = [match.end() for match in _SAID.finditer(text)]
    return text if len(ends) <= most else text[: ends[most - 1]] + " …"


def _words(sentences: Iterable[str]) -> int:
    return sum(count_words(sentence) for sentence in sentences)


def _to(match: re.Match[str]) -> str:
    return t("{first} to {last}", first=match[1], last=match[2])


def _aloud(text: str) -> str:
    """Signs as words: per cent, currencies, and what stands for "about" and "to"."""
    said: list[tuple[str, Callable[[re.Match[str]], str]]] = [
        (r"(\d)\s?%", lambda match: t("{number} per cent", number=match[1])),
        (r"(?:€|EUR)\s?(\d[\d.,]*\d|\d)", lambda match: t("{amount} euros", amount=match[1])),
        (r"(\d)\s?€", lambda match: t("{amount} euros", amount=match[1])),
        (r"\$\s?(\d[\d.,]*\d|\d)", lambda match: t("{amount} dollars", amount=match[1])),
        (r"£\s?(\d[\d.,]*\d|\d)", lambda match: t("{amount} pounds", amount=match[1])),
        (r"(?<![\d–-])(\d{1,4})\s?[–-]\s?(\d{1,4})(?![\d–-])", _to),
        (r"(?<=\s)&(?=\s)", lambda _match: t("and")),
        (r"[~≈]\s?(\d)", lambda match: t("about {number}", number=match[1])),
    ]
    for pattern, words in said:
        text = re.sub(pattern, words, text)
    return text
