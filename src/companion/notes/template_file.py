"""A template as a file that ops edit: read with a sentence for what is wrong, and where."""

import json
from collections.abc import Mapping
from typing import Any

from companion.basics.errors import Problem
from companion.notes.codec import template_to_json
from companion.notes.template import Question, Template
from companion.words.language import LANGUAGES, SOURCE

KINDS, PARTS = ("text", "choice", "pillars"), ("afterwards", "structured")
_FIELDS = {"key", "text", "kind", "part", "hint", "choices", "most_words", "private", "required"}
_MOST = 60  # questions; nobody answers more


def written(template: Template) -> str:
    """The file: every question with its texts by language."""
    body = {name: value for name, value in template_to_json(template).items() if name in ("id", "name", "questions")}
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def read(text: str) -> Template:
    """The template of a file, without version and day. Problems `template_…` name the question and the field."""
    try:
        body = json.loads(text)
    except ValueError as error:
        raise Problem("template_unreadable", line=getattr(error, "lineno", 1)) from error
    if not isinstance(body, dict) or not isinstance(body.get("questions"), list):
        raise _wrong("-", "questions", "missing")
    for name in ("id", "name"):
        if not isinstance(body.get(name), str) or not body[name].strip():
            raise _wrong("-", name, "missing")
    questions = tuple(_question(number, one) for number, one in enumerate(body["questions"], 1))
    made = Template(body["id"].strip(), 0, body["name"].strip(), questions)
    check(made)
    return made


def check(template: Template) -> None:
    """Problems `template_…` where people could not be asked by it."""
    if not template.questions or len(template.questions) > _MOST:
        raise _wrong("-", "questions", "many" if template.questions else "missing")
    seen: set[str] = set()
    for question in template.questions:
        if question.key in seen:
            raise _wrong(question.key, "key", "twice")
        seen.add(question.key)
        if question.kind == "choice" and len(question.choices) < 2:
            raise _wrong(question.key, "choices", "missing")
        for texts, field in ((question.text, "text"), *((said, "choices") for _, said in question.choices)):
            if not texts.get(SOURCE, "").strip():
                raise _wrong(question.key, field, "english")


def _question(number: int, body: Any) -> Question:
    name = body["key"].strip() if isinstance(body, dict) and isinstance(body.get("key"), str) else ""
    if not name:
        raise _wrong(str(number), "key", "missing")
    for field in body:
        if field not in _FIELDS:
            raise _wrong(name, str(field), "unknown")
    kind, part, most = body.get("kind", "text"), body.get("part", "structured"), body.get("most_words", 0)
    if kind not in KINDS:
        raise _wrong(name, "kind", "unknown")
    if part not in PARTS:
        raise _wrong(name, "part", "unknown")
    if not isinstance(most, int) or isinstance(most, bool) or most < 0:
        raise _wrong(name, "most_words", "number")
    for field in ("private", "required"):
        if not isinstance(body.get(field, False), bool):
            raise _wrong(name, field, "yes_no")
    return Question(
        name, _texts(name, "text", body.get("text")), kind, part, _texts(name, "hint", body.get("hint", {})),
        _choices(name, body.get("choices", [])), most, body.get("private", False), body.get("required", False),
    )  # fmt: skip


def _choices(name: str, body: Any) -> tuple[tuple[str, Mapping[str, str]], ...]:
    if not isinstance(body, list):
        raise _wrong(name, "choices", "list")
    found = []
    for one in body:
        if not isinstance(one, list) or len(one) != 2 or not isinstance(one[0], str) or not one[0].strip():
            raise _wrong(name, "choices", "list")
        found.append((one[0].strip(), _texts(name, "choices", one[1])))
    return tuple(found)


def _texts(name: str, field: str, body: Any) -> dict[str, str]:
    if not isinstance(body, dict):
        raise _wrong(name, field, "languages")
    for language, said in body.items():
        if language not in LANGUAGES:
            raise _wrong(name, field, "language")
        if not isinstance(said, str):
            raise _wrong(name, field, "languages")
    return dict(body)


def _wrong(question: str, field: str, why: str) -> Problem:
    return Problem(f"template_{why}", question=question, field=field)
