"""Lines as people type them, and a note as Markdown."""

from collections.abc import Iterator

from companion.notes.model import MARKS, Mark, Note
from companion.words.language import t


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


def to_markdown(note: Note) -> str:
    """The note as Markdown: lines first, the three answers after them."""
    rows = [f"# {note.title}", ""]
    for line in note.lines:
        label = f"**{mark_name(line.mark)}:** " if line.mark else ""
        rows.append(f"- {line.at:%H:%M} {label}{line.text}")
    for question, answer in zip(questions(), (note.said, note.scene, note.surprise), strict=True):
        if answer:
            rows += ["", f"## {question}", "", answer]
    return "\n".join(rows) + "\n"


def questions() -> tuple[str, str, str]:
    """The three questions of *Write it up afterwards*."""
    return (
        t("One sentence they said"),
        t("One scene you would retell"),
        t("One thing that surprised you"),
    )
