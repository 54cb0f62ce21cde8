"""Three questions to oneself, of a bank that goes round: another three for another note."""

import json
import zlib
from functools import cache

from companion.basics.resources import resource
from companion.notes.template import Question

THREE = 3
PREFIX = "reflection."  # of the keys their answers are kept under


def questions_for(note_id: str) -> tuple[Question, ...]:
    """Always the same three for one note; private like all of the note, and never proposed for a takeaway."""
    bank = _bank()
    first = zlib.crc32(note_id.encode()) % len(bank)
    some = [bank[(first + step * (len(bank) // THREE)) % len(bank)] for step in range(THREE)]
    return tuple(Question(PREFIX + key, text, private=True) for key, text in some)


@cache
def _bank() -> tuple[tuple[str, dict[str, str]], ...]:
    found: dict[str, dict[str, str]] = json.loads(resource("templates/notes/reflection.json").read_text("utf-8"))
    return tuple(found.items())
