"""How far a meeting's join report is, and who is free for an open review, in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from companion.words.dates import day_month
from companion.words.language import mark, t

Word = Literal["free", "busy", "away"]
REPORTS: dict[str, str] = {
    "taken": mark("Join report: taken on {day}."),
    "none_yet": mark("Join report: not there yet."),
    "policy": mark("Join report: none. Your firm's Teams seems to keep none; that says nothing of who was there."),
    "not_allowed": mark("Join report: only the organiser can read it, and perhaps IT has to allow it."),
    "elsewhere": mark("Join report: none to be had, since somebody else organised the Teams meeting."),
    "unmatched": mark("Join report: none of this day; those of other days are there."),
    "too_old": mark("Join report: gone, since Teams keeps it for one year."),
    "not_looked": mark("Join report: nobody has looked for it."),
}
MINE: dict[Word, str] = {
    "free": mark("you are free then"),
    "busy": mark("you are busy then"),
    "away": mark("you are away then"),
}
WORDS: tuple[tuple[Word, str], ...] = (
    ("free", mark("free: {who}")),
    ("busy", mark("busy: {who}")),
    ("away", mark("away: {who}")),
)


def report(code: str, day: date | None = None, today: date | None = None) -> str:
    """One sentence on a past meeting's join report; `day`: when it was looked for last."""
    return t(REPORTS[code], day=day_month(day, today) if day else "")


def mine(word: Word) -> str:
    """What the reader's own calendar says of a review: you are free then."""
    return t(MINE[word])


def who_is_free(named: Mapping[Word, Sequence[str]], numbers: Mapping[Word, int], unknown: int | None) -> str:
    """Free: Dana, Lev · busy: Noor · not known: 3. Numbers stand where there are no names."""
    parts = [
        t(template, who=", ".join(named.get(word, ())) or str(numbers[word]))
        for word, template in WORDS if numbers.get(word)
    ]  # fmt: skip
    if unknown:
        parts.append(t("not known: {count}", count=unknown))
    said = " · ".join(parts)
    return said[:1].upper() + said[1:]
