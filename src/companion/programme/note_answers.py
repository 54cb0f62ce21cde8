"""Answers from whoever types them without the window's buttons: a choice is one of its choices, a pillar one of six."""

import re

from companion.basics.errors import Problem
from companion.notes.template import Question
from companion.takeaways.pillars import parse_all


def checked(question: Question, text: str) -> str:
    """The answer as it is kept, "" for none. Problems `choice_unknown`, `pillar_unknown`."""
    words = text.strip()
    if question.kind == "choice" and words:
        return _chosen(question, words)
    if question.kind == "pillars":
        return " ".join(parse_all(_apart(words)))
    return text


def _chosen(question: Question, words: str) -> str:
    named = {kept.casefold(): kept for kept, _ in question.choices}
    read = {said.strip().casefold(): kept for kept, texts in question.choices for said in texts.values()}
    found = {**read, **named}.get(words.casefold())
    if found is None:
        known = ", ".join(kept for kept, _ in question.choices)
        raise Problem("choice_unknown", key=question.key, value=words, known=known)
    return found


def _apart(words: str) -> list[str]:
    """Each pillar with the sign behind it; a blank may stand in a pillar's name."""
    return [part for part in re.split(r"(?<=[+\-−–])[\s,;]+|[,;]\s*", words) if part]
