"""A takeaway as a Markdown file that people can write, read and hand back."""

import re
from collections.abc import Iterator

from companion.basics.errors import Problem
from companion.takeaways.labels import RULE, written
from companion.takeaways.model import Takeaway
from companion.words.language import mark, t

FIELDS = ("headline", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question")
SECTIONS = {
    "goal": mark("What they are trying to do"),
    "matters": mark("Why it matters"),
    "will_do": mark("What we will do"),
    "question": mark("Question"),
}
_SPECIAL = re.compile(r"^(\\*)(#|>|—|-{3,}\s*$)")
_ESCAPED = re.compile(r"^\\(\\*(?:#|>|—|-{3,}\s*$))")
_DASHES = ("— ", "– ", "-- ")


def to_markdown(takeaway: Takeaway, footer: str = "", *, labelled: bool = False) -> str:
    """The file: headline, scene, quote with its role, the four sections; below a rule its labels and a footer.

    Labelled, it is read back whole: with its audience, its last day, its pillars and where each text comes from.
    """
    parts = []
    if takeaway.headline.strip():
        parts.append("# " + " ".join(takeaway.headline.split()))
    if takeaway.scene.strip():
        parts.append(_written(takeaway.scene))
    if takeaway.quote.strip():
        quoted = [f"> {line}".rstrip() for line in _written(takeaway.quote).split("\n")]
        role = " ".join(takeaway.quote_role.split())
        parts.append("\n".join([*quoted, *([f"> — {role}"] if role else [])]))
    for name, heading in SECTIONS.items():
        body = str(getattr(takeaway, name)).strip()
        if body:
            parts.append(f"## {t(heading)}\n\n{_written(body)}")
    below = [part for part in (written(takeaway) if labelled else "", footer.strip()) if part]
    if below:
        parts.append("\n\n".join([RULE, *below]))
    return "\n\n".join(parts) + "\n"


def from_markdown(text: str, name: str = "") -> dict[str, str]:
    """The fields of such a file, "" for what it leaves out; `name` is the file's, for the sentence.

    Problems: `takeaway_file_empty`, `takeaway_file_heading` (an unknown `##`), `takeaway_file_quotes` (a second quote).
    """
    found: dict[str, list[str]] = {field: [] for field in FIELDS}
    section = "scene"
    quotes = 0
    in_quote = False
    for number, line in _lines(text):
        if line.startswith("# ") and not found["headline"] and section == "scene":
            found["headline"] = [line[2:].strip()]
        elif line.startswith("## "):
            section = _section(line[3:], number, name)
        elif line.startswith(">") and section == "scene":
            quotes += 0 if in_quote else 1
            if quotes > 1:
                raise Problem("takeaway_file_quotes", file=name, line=number)
            found["quote"].append(line[1:].removeprefix(" "))
        else:
            found[section].append(_ESCAPED.sub(r"\1", line))
        in_quote = line.startswith(">")
    fields = _fields(found)
    if not any(fields.values()):
        raise Problem("takeaway_file_empty", file=name)
    return fields


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines down to the rule above the footer."""
    clean = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(clean.split("\n"), 1):
        if line.rstrip() == RULE:
            return
        yield number, line


def _fields(found: dict[str, list[str]]) -> dict[str, str]:
    quote = found["quote"]
    last = quote[-1].strip() if quote else ""
    for dash in _DASHES:
        if last.startswith(dash):
            found["quote_role"] = [last.removeprefix(dash).strip()]
            quote.pop()
            break
    found["quote"] = [_ESCAPED.sub(r"\1", line) for line in quote]
    return {field: "\n".join(lines).strip() for field, lines in found.items()}


def _section(heading: str, number: int, name: str) -> str:
    wanted = heading.strip().rstrip(":?").casefold()
    for field, known in SECTIONS.items():
        if wanted in (known.casefold(), t(known).casefold(), field.replace("_", " ")):
            return field
    known_ones = ", ".join(t(known) for known in SECTIONS.values())
    raise Problem("takeaway_file_heading", file=name, line=number, heading=heading.strip(), known=known_ones)


def _written(body: str) -> str:
    """The body with a backslash before a line's start that the file gives a meaning."""
    return "\n".join(_SPECIAL.sub(r"\\\1\2", line) for line in body.strip().replace("\r\n", "\n").split("\n"))
