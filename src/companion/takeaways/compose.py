"""From a listening note to a takeaway: what was heard goes in, feelings and promises stay behind."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.notes.model import Line, Note
from companion.takeaways.model import Takeaway
from companion.takeaways.text import from_markdown as from_markdown  # one door for everything that makes a takeaway
from companion.takeaways.text import to_markdown as to_markdown

ELLIPSIS = "…"
_MARKS_AROUND = (("“", "”"), ('"', '"'), ("„", "”"), ("„", "“"), ("«", "»"), ("‘", "’"), ("'", "'"))
_ENDS = (".", "!", "?", "…", ":", ";")


def draft(
    note: Note,
    author_id: str,
    customer_name: str,
    *,
    customer_id: str = "",
    audience: str = "company",
    headline: str = "",
    takeaway_id: str = "",
) -> Takeaway:
    """The first revision, filled from the note's answers, exact words and facts; the rest is the author's.

    Feelings, promises and questions to the host are the listener's own and never go in.
    """
    return Takeaway(
        id=takeaway_id or new_id(),
        revision=1,
        author_id=author_id,
        meeting_id=note.meeting_id,
        customer_id=customer_id or note.customer_id,
        audience=audience,
        headline=headline.strip() or _headline(note.lines),
        scene=note.scene.strip() or _facts(note.lines),
        quote=unquoted(note.said) or _exact_words(note.lines),
        customer_name=customer_name,
    )


def with_revision(old: Takeaway, **changes: Any) -> Takeaway:
    """The next revision, not yet published; what makes it the same takeaway cannot change."""
    fixed = {"id", "revision", "author_id", "meeting_id"} & changes.keys()
    if fixed:
        raise TypeError(f"a revision keeps its {', '.join(sorted(fixed))}")
    return replace(old, **{"published": None, "withdrawn": None, **changes, "revision": old.revision + 1})


def shorten(quote: str, kept: Sequence[str]) -> str:
    """The kept passages of a quote, an ellipsis wherever words were left out.

    Problem `quote_changed` where a passage is not word for word, and in that order, in the quote.
    """
    shown = ""
    at = 0
    for passage in (passage.strip() for passage in kept if passage.strip()):
        found = quote.find(passage, at)
        if found < 0:
            raise Problem("quote_changed", passage=passage)
        between = quote[at:found]
        gap = f" {ELLIPSIS} " if shown else f"{ELLIPSIS} "
        shown += (gap if between.strip() else between if shown else "") + passage
        at = found + len(passage)
    left_out = quote[at:].strip().strip(".")
    return f"{shown} {ELLIPSIS}" if shown and left_out else shown


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


def _headline(lines: Sequence[Line]) -> str:
    """A line without a mark that its writer set as a heading, `# They plan by the tide`."""
    for line in lines:
        if not line.mark and line.text.startswith("# "):
            return line.text[2:].strip()
    return ""


def _exact_words(lines: Sequence[Line]) -> str:
    """The longest line of exact words, the first of several."""
    return max((unquoted(line.text) for line in lines if line.mark == "q"), key=len, default="")


def _facts(lines: Sequence[Line]) -> str:
    facts = [line.text.strip() for line in lines if line.mark == "f" and line.text.strip()]
    return " ".join(fact if fact.endswith(_ENDS) else f"{fact}." for fact in facts)


def _spaced(text: str) -> str:
    return " ".join(text.split())
