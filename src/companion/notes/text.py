"""Lines as people type them, and a note as Markdown."""

from collections.abc import Iterator, Mapping

from companion.basics.clock import zone
from companion.notes.model import MARKS, Mark, Note
from companion.notes.shipped_template import shipped
from companion.notes.template import Question, Template
from companion.words.language import SOURCE, spoken, t


def split_mark(text: str) -> tuple[Mark, str]:
    """The mark a typed line begins with (a mark's sign and a space) and the words behind it."""
    stripped = text.strip()
    for sign in MARKS:
        if stripped[:1].lower() == sign and stripped[1:2] in (" ", "\t"):
            return sign, stripped[2:].strip()
    return "", stripped


def read_lines(text: str) -> Iterator[tuple[Mark, str]]:
    """(mark, words) of every line that says something."""
    for line in text.lstrip("\ufeff").splitlines():
        mark, words = split_mark(line)
        if words:
            yield mark, words


def mark_name(sign: Mark) -> str:
    """What a mark means, in words."""
    names = {"q": t("exact words"), "f": t("fact"), "!": t("feeling"), "?": t("ask the host"), "p": t("promise")}
    return names.get(sign, "")


def to_markdown(note: Note, template: Template | None = None, zone_name: str = "UTC") -> str:
    """The note as Markdown: lines with their times in that zone, then the answers to its template's questions."""
    there = zone(zone_name)
    rows = [f"# {note.title}", ""]
    for line in note.lines:
        label = f"**{mark_name(line.mark)}:** " if line.mark else ""
        rows.append(f"- {line.at.astimezone(there):%H:%M} {label}{line.text}")
    asked = (template or shipped()).questions
    known = {question.key for question in asked}
    told = [(in_words(question.text), _said(question, note.answers.get(question.key, ""))) for question in asked]
    told += [(key, answer) for key, answer in note.answers.items() if key not in known]
    for question, answer in told:
        if answer:
            rows += ["", f"## {question}", "", answer]
    return "\n".join(rows) + "\n"


def in_words(texts: Mapping[str, str]) -> str:
    """What a question, a hint or a choice says in the reader's language, else in English."""
    return texts.get(spoken()) or texts.get(SOURCE, "")


def _said(question: Question, answer: str) -> str:
    """An answer as it reads: what is kept of a choice is not what people read."""
    return next((in_words(texts) for kept, texts in question.choices if kept == answer), answer)
