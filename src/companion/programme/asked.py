"""The three questions a mail asks after a meeting, as ops put them among the questions of a note."""

from collections.abc import Iterator

from companion.notes.shipped_template import shipped
from companion.notes.template import Question, Template
from companion.programme.model import WorkspaceTx
from companion.programme.templates import newest
from companion.words.meeting_mail import QUESTIONS


def asked(tx: WorkspaceTx, language: str) -> tuple[str, ...]:
    """Their texts in a language, in the order of the letter; () where ops left all three as they ship.

    Where ops wrote no text in that language it is the English one. A question they took out is asked as it ships.
    """
    there = {one.key: one for one in _three(newest(tx.templates.all()) or shipped())}
    ships = {one.key: one for one in _three(shipped())}
    if all(there.get(key, ships[key]).text == ships[key].text for key in QUESTIONS):
        return ()
    found = (there.get(key, ships[key]) for key in QUESTIONS)
    return tuple(" ".join((one.text.get(language) or one.text["en"]).split()) for one in found)


def ever_asked(tx: WorkspaceTx) -> dict[str, list[str]]:
    """Every text each of the three ever had, by key: a reply may be to a mail of long ago."""
    found: dict[str, list[str]] = {}
    for template in tx.templates.all():
        for one in _three(template):
            found.setdefault(one.key, []).extend(one.text.values())
    return found


def _three(template: Template) -> Iterator[Question]:
    return (one for one in template.questions if one.key in QUESTIONS)
