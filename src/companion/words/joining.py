"""How far a meeting's join report is, and who is free for an open review, in words."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, Protocol

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
    "of_ours": mark("Join report: not looked for here, since somebody else of ours organised it."),
    "unknown_there": mark("Join report: none, since Teams does not know this meeting as the organiser's."),
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


class Known(Protocol):
    """What is known of who is free for one review."""

    @property
    def mine(self) -> Word | Literal[""]: ...
    @property
    def numbers(self) -> tuple[tuple[Word, int], ...]: ...
    @property
    def unknown(self) -> int | None: ...
    def named(self, word: Word) -> Sequence[str]: ...


def report(code: str, day: date | None = None, today: date | None = None) -> str:
    """One sentence on a past meeting's join report; `day`: when it was looked for last."""
    return t(REPORTS[code], day=day_month(day, today) if day else "")


def mine(word: Word) -> str:
    """What the reader's own calendar says of a review: you are free then."""
    return t(MINE[word])


def who_is_free(found: Known) -> list[str]:
    """Free: Dana, Lev · busy: Noor · not known: 3. Numbers stand where nobody is named, and then the own word below."""
    numbers = dict(found.numbers)
    parts = [
        t(template, who=", ".join(found.named(word)) or str(numbers[word]))
        for word, template in WORDS if numbers.get(word)
    ]  # fmt: skip
    if found.unknown:
        parts.append(t("not known: {count}", count=found.unknown))
    own = mine(found.mine) if found.mine and not any(found.named(word) for word, _ in WORDS) else ""
    return [line[:1].upper() + line[1:] for line in (" · ".join(parts), own) if line]
