"""How long a takeaway takes to read, and what would make it more honest, clear and human. Hints never block."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from companion.takeaways.blame import blames, full_name
from companion.takeaways.jargon import JARGON
from companion.takeaways.model import Takeaway

WORDS_A_MINUTE = 200
TARGET_WORDS = (180, 220)
SHORT_SECONDS = 54  # 180 words
LONG_SECONDS = 90  # 300 words, the hard stop
HEADLINE_WORDS = 8
Budget = Literal["short", "good", "long"]

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_ABOUT_US = frozenset({"we", "our", "us"})
_NOBODY = re.compile(r"\b(?:the|our) customers?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Hint:
    """One thing the author may want to look at: a code of `words.problems` and its facts."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)


def words(takeaway: Takeaway) -> int:
    """How many words a reader reads."""
    return count_words("\n".join(texts(takeaway).values()))


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))


def seconds(takeaway: Takeaway) -> int:
    """How long reading takes, in seconds."""
    return round(words(takeaway) * 60 / WORDS_A_MINUTE)


def budget(reading_seconds: float) -> Budget:
    """Whether that is short, good (about 60 to 90 seconds) or long."""
    if reading_seconds < SHORT_SECONDS:
        return "short"
    return "good" if reading_seconds <= LONG_SECONDS else "long"


def texts(takeaway: Takeaway) -> dict[str, str]:
    """Every text a reader gets to see, by field, empty ones left out."""
    names = ("headline", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question")
    return {name: str(getattr(takeaway, name)) for name in names if str(getattr(takeaway, name)).strip()}


def hints(takeaway: Takeaway, language: str = "en", colleagues: Iterable[str] = ()) -> list[Hint]:
    """What is missing, too long, unkind or not plain, the weightiest first; codes `hint_…`.

    `colleagues`: names of ours. Blame that a customer spoke is theirs: quotes are left alone.
    """
    found, colleagues = _missing(takeaway), tuple(colleagues)
    if any(blames(text, colleagues) for name, text in texts(takeaway).items() if name != "quote"):
        found.append(Hint("hint_blame"))
    count = words(takeaway)
    if count > LONG_SECONDS * WORDS_A_MINUTE / 60:
        found.append(Hint("hint_too_long", {"words": count, "seconds": seconds(takeaway), "most": TARGET_WORDS[1]}))
    headline = _WORD.findall(takeaway.headline)
    if len(headline) > HEADLINE_WORDS:
        found.append(Hint("hint_headline_long", {"words": len(headline), "most": HEADLINE_WORDS}))
    if headline and headline[0].casefold() in _ABOUT_US:
        found.append(Hint("hint_headline_about_us"))
    ours = "\n".join(text for name, text in texts(takeaway).items() if name != "quote")
    known = (takeaway.customer_name, *colleagues)
    if any(full_name(text, known) for text in texts(takeaway).values()):
        found.append(Hint("hint_full_name"))
    if nobody := _NOBODY.search(ours):
        found.append(Hint("hint_name_them", {"words": nobody.group()}))
    found += [Hint("hint_jargon", {"word": word, "plain": plain}) for word, plain in _jargon(ours, language)]
    return found


def _missing(takeaway: Takeaway) -> list[Hint]:
    wanted = {
        "hint_no_customer": takeaway.customer_name,
        "hint_no_headline": takeaway.headline,
        "hint_no_quote": takeaway.quote,
        "hint_no_role": takeaway.quote_role if takeaway.quote.strip() else "-",
        "hint_no_scene": takeaway.scene,
        "hint_no_question": takeaway.question,
    }
    return [Hint(code) for code, text in wanted.items() if not text.strip()]


def _jargon(text: str, language: str) -> list[tuple[str, str]]:
    """Words of the list that stand in the text (customers may say what they like), each once."""
    known = JARGON.get(language, {})
    if not known:
        return []
    pattern = re.compile(
        r"\b(" + "|".join(map(re.escape, sorted(known, key=len, reverse=True))) + r")\b", re.IGNORECASE
    )
    seen = dict.fromkeys(match.casefold() for match in pattern.findall(text))
    return [(word, known[word]) for word in seen]
