"""What a person looks for, taken apart: nothing of theirs is ever read as the language of an engine; pure."""

import re
from dataclasses import dataclass

from companion.basics.folding import cut, fold, spans

MOST_WORDS = 12
_QUOTED = re.compile('["“”„«»]')  # every second piece stands between two of them


@dataclass(frozen=True)
class Query:
    """Words (folded) that all have to be there, those of one phrase side by side. `open`: the last is unfinished."""

    phrases: tuple[tuple[str, ...], ...] = ()
    open: bool = False

    def __bool__(self) -> bool:
        return bool(self.phrases)


@dataclass(frozen=True)
class Excerpt:
    """A piece of a text round what was looked for. `marks`: where in it that begins and ends, in signs."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def parse(text: str) -> Query:
    """The words of a query, those between quotation marks as a phrase; the last word is open unless a quote ends it."""
    phrases: list[tuple[str, ...]] = []
    left, is_open = MOST_WORDS, False
    for at, piece in enumerate(_QUOTED.split(text)):
        words = cut(piece)[:left]
        left -= len(words)
        if words:
            phrases += [tuple(words)] if at % 2 else [(word,) for word in words]
            is_open = True
        if at % 2 == 0 and at and not words:
            is_open = False
    return Query(tuple(phrases), is_open and bool(phrases))


def found_in(text: str, query: Query) -> list[tuple[int, int]]:
    """Where in a text the words of a query stand (begin, end), in order and without overlaps."""
    folded = fold(text)
    if not any(phrase[0] in folded for phrase in query.phrases):  # most texts, and far quicker
        return []
    words = spans(text)
    marks: list[tuple[int, int]] = []
    for number, phrase in enumerate(query.phrases):
        unfinished = query.open and number == len(query.phrases) - 1
        for at in range(len(words) - len(phrase) + 1):
            if _stands(words[at : at + len(phrase)], phrase, unfinished=unfinished):
                marks.append((words[at][1], words[at + len(phrase) - 1][2]))
    return _apart(sorted(marks))


def holds(texts: tuple[str, ...], query: Query) -> bool:
    """Whether every phrase of a query stands in one or another of some texts."""
    return all(
        any(found_in(text, Query((phrase,), query.open and phrase is query.phrases[-1])) for text in texts)
        for phrase in query.phrases
    )


def excerpt(text: str, query: Query, most: int = 160) -> Excerpt:
    """At most `most` signs of a text on one line, round the first place where something stands that was looked for."""
    line = " ".join(text.split())
    marks = found_in(line, query)
    begin = _begin(line, marks[0][0] - most // 3) if marks and len(line) > most else 0
    end = len(line) if len(line) - begin <= most else line.rfind(" ", begin, begin + most)
    end = end if end > begin else begin + most
    before, behind = "… " if begin else "", " …" if end < len(line) else ""
    moved = len(before) - begin
    shown = tuple((at + moved, min(to, end) + moved) for at, to in marks if begin <= at < end)
    return Excerpt(f"{before}{line[begin:end]}{behind}", shown)


def _begin(line: str, at: int) -> int:
    """The beginning of the word at a place or after it."""
    return 0 if at <= 0 else line.find(" ", at - 1) + 1


def _stands(words: list[tuple[str, int, int]], phrase: tuple[str, ...], *, unfinished: bool) -> bool:
    *first, last = phrase
    if [word for word, _, _ in words[:-1]] != first:
        return False
    return words[-1][0].startswith(last) if unfinished else words[-1][0] == last


def _apart(marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for begin, end in marks:
        if found and begin < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found
