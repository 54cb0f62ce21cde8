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
        raise Problem("template_empty")
    for name in ("id", "name"):
        if not isinstance(body.get(name), str) or not body[name].strip():
            raise Problem("template_nameless", field=name)
    questions = tuple(_question(number, one) for number, one in enumerate(body["questions"], 1))
    made = Template(body["id"].strip(), 0, body["name"].strip(), questions)
    check(made)
    return made


def check(template: Template) -> None:
    """Problems `template_…` where people could not be asked by it."""
    if not template.questions or len(template.questions) > _MOST:
        raise Problem("template_many") if template.questions else Problem("template_empty")
    seen: set[str] = set()
    for question in template.questions:
        if question.key in seen:
            raise Problem("template_twice", question=question.key, field="key")
        seen.add(question.key)
        if question.kind == "choice" and len(question.choices) < 2:
            raise _missing(question.key, "choices")
        for texts, field in ((question.text, "text"), *((said, "choices") for _, said in question.choices)):
            if not texts.get(SOURCE, "").strip():
                raise Problem("template_english", question=question.key, field=field)


def _question(number: int, body: Any) -> Question:
    name = body["key"].strip() if isinstance(body, dict) and isinstance(body.get("key"), str) else ""
    if not name:
        raise _missing(str(number), "key")
    for field in body:
        if field not in _FIELDS:
            raise Problem("template_unknown", question=name, field=str(field))
    kind, part, most = body.get("kind", "text"), body.get("part", "structured"), body.get("most_words", 0)
    if kind not in KINDS:
        raise Problem("template_unknown", question=name, field="kind")
    if part not in PARTS:
        raise Problem("template_unknown", question=name, field="part")
    if not isinstance(most, int) or isinstance(most, bool) or most < 0:
        raise Problem("template_number", question=name, field="most_words")
    for field in ("private", "required"):
        if not isinstance(body.get(field, False), bool):
            raise Problem("template_yes_no", question=name, field=field)
    return Question(
        name, _texts(name, "text", body.get("text")), kind, part, _texts(name, "hint", body.get("hint", {})),
        _choices(name, body.get("choices", [])), most, body.get("private", False), body.get("required", False),
    )  # fmt: skip


def _choices(name: str, body: Any) -> tuple[tuple[str, Mapping[str, str]], ...]:
    if not isinstance(body, list):
        raise Problem("template_list", question=name, field="choices")
    found = []
    for one in body:
        if not isinstance(one, list) or len(one) != 2 or not isinstance(one[0], str) or not one[0].strip():
            raise Problem("template_list", question=name, field="choices")
        found.append((one[0].strip(), _texts(name, "choices", one[1])))
    return tuple(found)


def _texts(name: str, field: str, body: Any) -> dict[str, str]:
    if not isinstance(body, dict):
        raise Problem("template_languages", question=name, field=field)
    for language, said in body.items():
        if language not in LANGUAGES:
            raise Problem("template_language", question=name, field=field)
        if not isinstance(said, str):
            raise Problem("template_languages", question=name, field=field)
    return dict(body)


def _missing(question: str, field: str) -> Problem:
    return Problem("template_missing", question=question, field=field)
