"""What a listener wrote back to the three questions, until the listener's own computer has it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from companion.words.language import LANGUAGES, speaking, t
from companion.words.meeting_mail import QUESTIONS

KEPT = timedelta(days=90)  # what nobody fetched by then is let go
_NUMBER = re.compile(r"^\s*([1-3])\s*[.)]\s*")
_BROKEN = 60  # characters: a line that long was broken by the mail programme, not by its writer


@dataclass(frozen=True)
class MailedNote:
    """A mail on its way into somebody's note. Once fetched only its id stays, so that it comes in once."""

    id: str  # made of the mail's own id
    person_id: str
    meeting_id: str
    at: datetime
    text: str = field(repr=False)  # what the person wrote, without what they quoted
    sender: str = ""  # the address it came from, where that is not surely the person's: they are asked
    fetched: datetime | None = None


class MailedStore(Protocol):
    """The slice of a workspace transaction that holds mails on their way into notes."""

    def of(self, person_id: str) -> list[MailedNote]: ...  # not fetched yet, oldest first
    def get(self, note_id: str) -> MailedNote | None: ...
    def add(self, note: MailedNote) -> bool: ...  # False: it was taken in before
    def put(self, note: MailedNote) -> None: ...
    def expire(self, before: datetime) -> int: ...  # how many that nobody had fetched


@dataclass(frozen=True)
class Replied:
    """What a reply says: under the questions it kept, by their keys, and beside them."""

    answers: dict[str, str] = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)


def read_reply(text: str, asked: Mapping[str, Iterable[str]] | None = None) -> Replied:
    """A reply read: what stands under a question it kept is the answer to it, in whatever language it was asked.

    Three numbered paragraphs are the three answers. All else is lines, one for each that was written. `asked`: by key
    what ops asked instead of the questions that ship, in any language and version.
    """
    lines = unicodedata.normalize("NFC", text).splitlines()
    labels = _labels(asked or {})
    numbered = _numbered(lines, labels)
    found: dict[str, list[str]] = {"": []}
    under = ""
    for number, line in enumerate(lines):
        key, rest = _question(line, labels)
        if not key and number in numbered:
            key, rest = numbered[number], _NUMBER.sub("", line)
        under = key or under
        found.setdefault(under, []).append(rest if key else line)
    answers = {key: "\n".join(_paragraphs(said)) for key, said in found.items() if key}
    return Replied({key: said for key, said in answers.items() if said}, tuple(_paragraphs(found[""])))


def question_of(line: str, asked: Mapping[str, Iterable[str]]) -> str:
    """The key of the question that a line begins with, "" where it is none; `asked` as for `read_reply`."""
    return _question(line, _labels(asked))[0]


def _labels(asked: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The three questions as they are and were asked in every language, folded, with their keys."""
    labels: dict[str, str] = {}
    for language in LANGUAGES:
        with speaking(language):
            labels |= {_folded(t(text)): key for key, text in QUESTIONS.items()}
    return labels | {_folded(_bare(one)): key for key, texts in asked.items() for one in texts}


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _question(line: str, labels: dict[str, str]) -> tuple[str, str]:
    """The key of the question a line begins with, and what stands behind it on the line; "" where it is none."""
    plain = _NUMBER.sub("", line.strip().lstrip("*•-_ ").strip())
    for at in (len(plain), *(at for at in range(len(plain) - 1, -1, -1) if plain[at] == ":")):  # it may hold a colon
        if known := labels.get(_folded(_bare(plain[:at]))):
            return known, plain[at + 1 :].strip(" *_")
    return "", ""


def _bare(text: str) -> str:
    """A question without the signs around it, in which mail programmes differ."""
    return text.strip(" *_?.:…!")


def _numbered(lines: list[str], labels: dict[str, str]) -> dict[int, str]:
    """Which lines begin the three answers where the questions were not kept: 1., 2. and 3., in this order, once."""
    if any(_question(line, labels)[0] for line in lines):
        return {}
    at = {number: found[1] for number, line in enumerate(lines) if (found := _NUMBER.match(line))}
    if list(at.values()) != ["1", "2", "3"]:
        return {}
    return dict(zip(at, QUESTIONS, strict=True))


def _paragraphs(lines: list[str]) -> list[str]:
    """What was written line by line; lines that a mail programme broke are one again."""
    found: list[str] = []
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(" ".join(line.split()))
            continue
        is_broken = len(block) > 1 and all(len(part) >= _BROKEN for part in block[:-1])
        found += [" ".join(block)] if is_broken else block
        block = []
    return found
