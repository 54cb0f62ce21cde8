"""From a listening note to a takeaway: what was heard goes in, feelings and promises stay behind."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.notes.model import Line, Note
from companion.takeaways.labels import read, with_labels
from companion.takeaways.model import Takeaway
from companion.takeaways.origins import is_verbatim as is_verbatim
from companion.takeaways.origins import settled, stands_in, unquoted
from companion.takeaways.pillars import PILLARS, parse_all
from companion.takeaways.state import unsent
from companion.takeaways.text import from_markdown as from_markdown  # one door for everything that makes a takeaway
from companion.takeaways.text import to_markdown as to_markdown

ELLIPSIS = "…"
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

    Each text says where it comes from. Feelings, promises and questions to the host are the listener's own and never
    go in; nor do a reading of it, how sure the listener is, and what is off the record.
    """
    answers = {key: text.strip() for key, text in note.answers.items()}
    made = Takeaway(
        id=takeaway_id or new_id(),
        revision=1,
        author_id=author_id,
        meeting_id=note.meeting_id,
        customer_id=customer_id or note.customer_id,
        audience=audience,
        headline=headline.strip() or _headline(note.lines),
        scene=note.scene.strip() or _facts(note.lines),
        quote=unquoted(note.said) or _exact_words(note.lines),
        goal=unquoted(answers.get("goal", "")),
        matters=answers.get("surprise", ""),
        will_do=answers.get("useful", ""),
        customer_name=customer_name,
        pillars=_pillars(answers.get("pillars", "")),
    )
    scene = "observed" if note.scene.strip() else "heard"
    goal = "verbatim" if made.goal and stands_in(note, made.goal) else "heard"
    return settled(replace(made, origins=(("scene", scene), ("goal", goal))), note)


def with_revision(old: Takeaway, **changes: Any) -> Takeaway:
    """The next revision, not yet published; what makes it the same takeaway cannot change."""
    fixed = {"id", "revision", "author_id", "meeting_id"} & changes.keys()
    if fixed:
        raise TypeError(f"a revision keeps its {', '.join(sorted(fixed))}")
    return replace(old, **{"published": None, "withdrawn": None, **changes, "revision": old.revision + 1})


def with_file(takeaway: Takeaway, text: str, name: str = "", note: Note | None = None) -> Takeaway:
    """The takeaway with what its author wrote in a file in place of what the lines gave, and the file's labels.

    `note`: words it does not hold are no longer word for word. Problems: as `from_markdown` and `labels.read`.
    """
    changes: dict[str, Any] = {key: value for key, value in from_markdown(text, name).items() if value}
    return settled(with_labels(replace(takeaway, **changes), read(text, name)), note)


def also_for(takeaway: Takeaway, audience: str, *, keep: bool = False) -> Takeaway:
    """Another takeaway of the same note: the customer's part stays; `keep`: what it means to the team, too."""
    made = replace(unsent(takeaway), id=new_id(), revision=1, audience=audience, correction="")
    return made if keep else replace(made, matters="", will_do="", question="")


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


def _headline(lines: Sequence[Line]) -> str:
    """A line without a mark that its writer set as a heading, `# They plan by the tide`."""
    for line in lines:
        if not line.mark and line.text.startswith("# "):
            return line.text[2:].strip()
    return ""


def _pillars(answer: str) -> tuple[str, ...]:
    """The pillars of an answer, `integrity+ resolution-`; what a template of ops calls otherwise is left out."""
    known = [word for word in answer.replace(",", " ").split() if word[:-1] in PILLARS and word[-1] in "+-"]
    return parse_all(known)


def _exact_words(lines: Sequence[Line]) -> str:
    """The longest line of exact words, the first of several."""
    return max((unquoted(line.text) for line in lines if line.mark == "q"), key=len, default="")


def _facts(lines: Sequence[Line]) -> str:
    facts = [line.text.strip() for line in lines if line.mark == "f" and line.text.strip()]
    return " ".join(fact if fact.endswith(_ENDS) else f"{fact}." for fact in facts)
