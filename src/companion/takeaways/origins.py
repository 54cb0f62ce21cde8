"""Where each text of a takeaway comes from: their own words, heard, seen, or the author's reading of it."""

import re
from collections.abc import Iterable
from dataclasses import replace

from companion.notes.model import Note
from companion.takeaways.model import Origin, Takeaway
from companion.takeaways.reading import texts
from companion.words.language import mark, t

ORIGINS: dict[str, str] = {
    "verbatim": mark("word for word"),
    "heard": mark("as heard"),
    "observed": mark("as seen"),
    "interpretation": mark("interpretation"),
}
USUAL: dict[str, Origin] = {
    "scene": "heard",
    "quote": "verbatim",
    "goal": "heard",
    "matters": "interpretation",  # what we will do is a promise of ours, and has none
}
_MARKS_AROUND = (("“", "”"), ('"', '"'), ("„", "”"), ("„", "“"), ("«", "»"), ("‘", "’"), ("'", "'"))


def origin_of(takeaway: Takeaway, field: str) -> str:
    """The origin of a field's text, "" where nobody said."""
    return dict(takeaway.origins).get(field, "")


def with_origin(takeaway: Takeaway, field: str, origin: Origin) -> Takeaway:
    """The takeaway with the origin of one field."""
    return replace(takeaway, origins=_ordered({**dict(takeaway.origins), field: origin}))


def settled(takeaway: Takeaway, note: Note | None = None) -> Takeaway:
    """The takeaway with an origin for every text that has one.

    What its author chose stays, but for a quote: word for word is what stands so in the note, shortened at most with
    an ellipsis; changed by one word it is as heard. Without a note the author is believed.
    """
    chosen = dict(takeaway.origins)
    known = {**USUAL, **chosen}
    found = {name: known[name] for name in texts(takeaway) if name in known}
    for name, origin in list(found.items()):
        said = note is None or stands_in(note, str(getattr(takeaway, name)))
        if origin == "verbatim" and not said:
            found[name] = "heard"
    return replace(takeaway, origins=_ordered(found))


def say(origin: str) -> str:
    """An origin for people."""
    return t(ORIGINS[origin]) if origin in ORIGINS else origin


def stands_in(note: Note, shown: str) -> bool:
    """Whether that was said: one of the note's exact words, word for word, shortened only with an ellipsis."""
    said = [note.said, *(line.text for line in note.lines if line.mark == "q")]
    return any(is_verbatim(words, shown) for words in said if words.strip())


def is_verbatim(quote: str, shown: str) -> bool:
    """Whether `shown` is the quote word for word, shortened at most where an ellipsis says so."""
    at = 0
    text = _spaced(unquoted(quote))
    passages = [_spaced(passage) for passage in re.split(r"…|\.\.\.", unquoted(shown))]
    for number, passage in enumerate(passages):
        found = text.find(passage, at)
        if found < 0 or (number == 0 and passage and text[:found].strip()):
            return False
        at = found + len(passage)
    return not passages[-1] or not text[at:].strip(" .")


def unquoted(words: str) -> str:
    """The words without one pair of quotation marks around them: readers' pages add their own."""
    text = words.strip()
    for first, last in _MARKS_AROUND:
        inner = text[1:-1]
        if len(text) > 2 and text[0] == first and text[-1] == last and first not in inner and last not in inner:
            return inner.strip()
    return text


def _ordered(found: Iterable[tuple[str, str]] | dict[str, str]) -> tuple[tuple[str, str], ...]:
    known = dict(found)
    order = ("headline", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question")
    return tuple((name, known[name]) for name in order if name in known)


def _spaced(text: str) -> str:
    return " ".join(text.split())
