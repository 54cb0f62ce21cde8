"""What a listener wrote between the lines of the letter with the three questions, where their mail quotes it unmarked.

Outlook puts the letter below the reply as it stands. What of it is the letter's own is known, in every language; all
else was written by somebody.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache

from companion.takeaways.code import read_tag
from companion.takeaways.mailed import question_of, read_reply
from companion.words.language import LANGUAGES, speaking, t
from companion.words.letters import words_of
from companion.words.mail import About, moment
from companion.words.meeting_mail import QUESTIONS
from companion.words.presence import HOW, about_me

_ANY = "\x00"  # stands for what differs from letter to letter
_END = "\x01"  # the letter went on here, behind its questions
_ADDRESS = re.compile(r"<(?:mailto|https?):[^>]{0,4000}>", re.IGNORECASE)
_SPACE = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)"
_ONE_LINE = r"[^\n]{0,120}?"
_TWO_LINES = r"[^\n]{0,120}?(?:\n[^\n]{0,120}?)?"
_RULE = re.compile(r"\s*[-_]{5,}\s*")


def with_between(text: str, below: str, asked: Mapping[str, Iterable[str]]) -> tuple[str, bool]:
    """What a reply says together with what stands in the letter `below` it, as `read_reply` reads it.

    False where there is only something of which nobody can say whether the person wrote it. `asked` as there.
    """
    if not below.strip():
        return text, True
    above, under = _apart(below, asked)
    if read_reply(under, asked).answers:
        return "\n\n".join(part for part in (above, text, under) if part), True
    said = read_reply(text, asked)
    if said.answers or said.lines or not above:
        return text, True
    return above, False


def _apart(below: str, asked: Mapping[str, Iterable[str]]) -> tuple[str, str]:
    """What is not the letter's: beside its questions, and from the first of them on, with them."""
    left = _ADDRESS.sub("", unicodedata.normalize("NFC", below)).replace(_END, "")
    before, behind = _letters()
    for pattern in before:
        left = pattern.sub("", left)
    for pattern in behind:
        left = pattern.sub(f"\n{_END}\n", left)
    for question in _questions(asked):
        left = question.sub(lambda found: " ".join(found[0].split()), left)  # on one line again
    lines = [line for line in left.split("\n") if not _RULE.fullmatch(line) and not read_tag(line)]
    at = [number for number, line in enumerate(lines) if question_of(line, asked)]
    first, last = (at[0], at[-1]) if at else (len(lines), len(lines))
    end = next((number for number in range(last, len(lines)) if lines[number] == _END), len(lines))
    beside = [line for line in (*lines[:first], "", *lines[end:]) if line != _END]
    return _joined(beside), _joined(lines[first:end])


def _joined(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()


@cache
def _letters() -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    """What every such letter says before its questions, and behind them, in each language."""
    before, behind = [], []
    start = datetime(2026, 11, 26, 9, tzinfo=UTC)
    for language in LANGUAGES:
        with speaking(language):
            for programme in (_ANY, ""):
                about = About(
                    "", _ANY, "", "", "", programme, _ANY, start=start, day=date(2026, 11, 26), answer_to=_ANY
                )
                words, stop = words_of("after", about), t("Send me no more of these")
                when = moment(start, about.zone)
                before += [_pattern(words.greeting, whole=True)]
                before += [_pattern(line.replace(when, _ANY)) for line in words.lead]
                behind += [_pattern(f"{words.why} {stop}"), _pattern(words.why), *map(_pattern, words.after)]
            labels = [t("Write the three lines"), *(label for _, label in about_me())]
            behind += [
                _pattern(t("{label}: write to {address} with the subject", label=label, address=_ANY))
                for label in labels
            ]
            behind += [
                *(_pattern(how.replace("{address}", _ANY)) for how in map(t, HOW)),
                _pattern(t("To stop it, write to {address} with the subject", address=_ANY)),
                _pattern(" ".join(labels), whole=True),  # side by side
                *(_pattern(label, whole=True) for label in labels),
                _pattern(stop, whole=True),
            ]
    return tuple(dict.fromkeys(before)), tuple(dict.fromkeys(behind))


def _questions(asked: Mapping[str, Iterable[str]]) -> list[re.Pattern[str]]:
    found = [text for texts in asked.values() for text in texts]
    for language in LANGUAGES:
        with speaking(language):
            found += [t(text) for text in QUESTIONS.values()]
    return [_pattern(text, number=True) for text in dict.fromkeys(found) if text.strip()]


def _pattern(text: str, *, whole: bool = False, number: bool = False) -> re.Pattern[str]:
    """A paragraph of a letter from the beginning of a line, wherever its lines were broken since."""
    words = [re.escape(word) for word in _nfc(text).split()]
    words = [
        word.replace(re.escape(_ANY), _ONE_LINE if whole or not at else _TWO_LINES) for at, word in enumerate(words)
    ]
    begin = r"^[^\S\n]*" + (r"(?:[1-3][^\S\n]*[.)][^\S\n]*)?" if number else "")
    return re.compile(begin + _SPACE.join(words) + (r"[^\S\n]*$" if whole else ""), re.IGNORECASE | re.MULTILINE)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
