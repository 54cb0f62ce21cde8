"""A template as it is being changed: pure, so that every step can be told and tried."""

from collections.abc import Mapping
from dataclasses import replace

from companion.basics.ids import new_id
from companion.notes.template import Question, Template


def moved(template: Template, at: int, by: int) -> Template:
    """One question further up (-1) or down (+1)."""
    to = at + by
    if not 0 <= to < len(template.questions):
        return template
    questions = list(template.questions)
    questions[at], questions[to] = questions[to], questions[at]
    return replace(template, questions=tuple(questions))


def without(template: Template, at: int) -> Template:
    """One question less."""
    return replace(template, questions=(*template.questions[:at], *template.questions[at + 1 :]))


def with_one_more(template: Template) -> Template:
    """Another question at the end, without words yet; its key is never used again."""
    key = f"own_{new_id().replace('-', '')[:8]}"
    return replace(template, questions=(*template.questions, Question(key, {})))


def changed(template: Template, at: int, question: Question) -> Template:
    """The same with one question as it is now."""
    return replace(template, questions=(*template.questions[:at], question, *template.questions[at + 1 :]))


def said(texts: Mapping[str, str], language: str, text: str) -> dict[str, str]:
    """The texts with one language as it is now; a language without words is left out."""
    found = {**texts, language: " ".join(text.split())}
    return {key: value for key, value in found.items() if value}
