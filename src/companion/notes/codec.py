"""Notes, their versions and templates as plain JSON, and back. ValueError or KeyError for what is none."""

from datetime import datetime
from typing import Any

from companion.notes.merge import Kept, Version
from companion.notes.model import MARKS, Line, Mark, Note, Stamps
from companion.notes.template import Question, Template


def note_to_json(note: Note) -> dict[str, Any]:
    """A note as a revision keeps it."""
    return {
        "id": note.id, "meeting": note.meeting_id, "customer": note.customer_id, "title": note.title,
        "made": note.made.isoformat(), "changed": note.changed.isoformat(), "expected": note.expected,
        "template": [note.template, note.template_version], "answers": dict(note.answers),
        "lines": [[line.id, line.at.isoformat(), line.mark, line.text] for line in note.lines],
    }  # fmt: skip


def note_from_json(body: dict[str, Any]) -> Note:
    """The note of a revision."""
    template, version = body["template"]
    return Note(
        body["id"], body["meeting"], body["customer"], body["title"], _when(body["made"]), _when(body["changed"]),
        tuple(Line(key, _when(at), _mark(mark), text) for key, at, mark, text in body["lines"]),
        dict(body["answers"]), body["expected"], template, version,
    )  # fmt: skip


def kept_to_json(kept: Kept) -> dict[str, Any]:
    """All that is known of a note, as a copy holds it."""
    return {
        "meeting": kept.meeting_id, "ids": sorted(kept.ids), "made": kept.made.isoformat(),
        "changed": kept.changed.isoformat(), "title": kept.title, "customer": kept.customer_id,
        "template": [kept.template, kept.template_version], "keep": kept.keep, "gone": kept.gone,
        "units": {unit: [_version_out(one) for one in versions] for unit, versions in kept.units.items()},
    }  # fmt: skip


def kept_from_json(body: dict[str, Any]) -> Kept:
    """What a copy knows of a note."""
    template, number = body["template"]
    units = {_text(unit): tuple(map(_version_in, some)) for unit, some in body["units"].items()}
    ids = frozenset(map(_text, body["ids"]))
    if not ids or not all(units.values()):
        raise ValueError("a note without a name, or a unit without a text")
    return Kept(
        _text(body["meeting"]), ids, _when(body["made"]), _when(body["changed"]), _text(body["title"]),
        _text(body["customer"]), _text(template), int(number), body["keep"] is True, body["gone"] is True, units,
    )  # fmt: skip


def template_to_json(template: Template) -> dict[str, Any]:
    """A template as its file and the stores hold it."""
    return {
        "id": template.id, "version": template.version, "name": template.name,
        "questions": [_question_out(question) for question in template.questions],
        "made": template.made.isoformat() if template.made else "", "by": template.by,
    }  # fmt: skip


def template_from_json(body: dict[str, Any]) -> Template:
    """A template that was written by us; a file of somebody else's is read by `template_file.read`."""
    made = _when(body["made"]) if body.get("made") else None
    questions = tuple(map(_question_in, body["questions"]))
    return Template(body["id"], int(body["version"]), body["name"], questions, made, body.get("by", ""))


def _question_out(question: Question) -> dict[str, Any]:
    every = {
        **vars(question), "text": dict(question.text), "hint": dict(question.hint),
        "choices": [[kept, dict(texts)] for kept, texts in question.choices],
    }  # fmt: skip
    plain = {"kind": "text", "part": "structured", "hint": {}, "choices": [], "most_words": 0}
    plain |= {"private": False, "required": False}
    return {name: value for name, value in every.items() if name not in plain or value != plain[name]}


def _question_in(body: dict[str, Any]) -> Question:
    choices = tuple((kept, texts) for kept, texts in body.get("choices", ()))
    return Question(**{**body, "choices": choices})


def _version_out(one: Version) -> list[Any]:
    at = one.at.isoformat() if one.at else ""
    return [one.text, [list(stamp) for stamp in one.stamps], one.mark, at, one.position, one.gone]


def _version_in(body: list[Any]) -> Version:
    text, stamps, mark, at, position, gone = body
    read: Stamps = tuple(sorted((_text(device), int(count)) for device, count in stamps))
    return Version(_text(text), read, _mark(mark), _when(at) if at else None, int(position), gone is True)


def _mark(value: Any) -> Mark:
    if value == "" or value in MARKS:
        found: Mark = value
        return found
    raise ValueError("no mark of ours")


def _when(value: Any) -> datetime:
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return at


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value
