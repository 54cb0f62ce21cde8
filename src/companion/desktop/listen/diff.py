"""Two texts, word by word: what came is underlined, what went is struck out; said in words for a screen reader."""

import difflib
import re
from html import escape
from typing import Literal

from companion.desktop.tokens import Tokens
from companion.words.language import t

Piece = tuple[Literal["same", "gone", "new"], str]
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def pieces(old: str, new: str) -> list[Piece]:
    """The new text with what went of the old one, in order."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    found: list[Piece] = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(("same", "".join(before[a:b])))
            continue
        if b > a:
            found.append(("gone", "".join(before[a:b])))
        if d > c:
            found.append(("new", "".join(after[c:d])))
    return found


def rich(old: str, new: str, tokens: Tokens) -> str:
    """Both as rich text."""
    styles = {
        "gone": f"color:{tokens.bad}; text-decoration:line-through",
        "new": f"color:{tokens.accent}; text-decoration:underline",
    }
    parts: list[str] = []
    before = ""
    for what, text in pieces(old, new):
        safe = escape(text).replace("\n", "<br>")
        parts.append(" " if (before, what) == ("gone", "new") else "")  # two words, not one
        before = what
        parts.append(safe if what == "same" else f'<span style="{styles[what]}">{safe}</span>')
    return "".join(parts)


def spoken(old: str, new: str) -> str:
    """Both for somebody who hears them."""
    says = {"gone": t("taken out: {words}"), "new": t("put in: {words}")}
    return "; ".join(
        text.strip() if what == "same" else says[what].replace("{words}", text.strip())
        for what, text in pieces(old, new)
        if text.strip()
    )
