"""A takeaway for a channel that has little room: its parts in order, cut at the end of a sentence, and who to ask."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from companion.connectors.markdown import one_line
from companion.connectors.rendering import AnswerLink, Passage, Story, story
from companion.takeaways.code import tag
from companion.takeaways.model import Parcel
from companion.words.dates import full_day
from companion.words.language import speaking, t

Tone = Literal["head", "small", "label", "text", "quote"]
_LINE = 200  # characters that a headline or a label keeps
_END = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True)
class Piece:
    """A paragraph as it is said; plain text without any markup."""

    text: str
    tone: Tone = "text"


@dataclass(frozen=True)
class Link:
    """What stands on a button, and where it leads: https or mailto."""

    label: str
    address: str


@dataclass(frozen=True)
class Said:
    """All that a chat message says. `answers` and `only` are the mails a reader can write, `more` leads to the rest."""

    pieces: tuple[Piece, ...]
    answers: tuple[Link, ...] = ()
    only: tuple[Link, ...] = ()
    more: Link | None = None
    notes: tuple[str, ...] = ()  # small print that is never cut
    only_title: str = ""  # what stands before `only`

    @property
    def text(self) -> str:
        """The same as plain text, to look at; of its answers only what stands on them."""
        lines = [piece.text for piece in self.pieces]
        if self.more:
            lines.append(f"{self.more.label}: {self.more.address}")
        lines += self.notes
        if self.answers:
            lines.append(" · ".join(link.label for link in self.answers))
        if self.only:
            lines.append(f"{self.only_title} {' · '.join(link.label for link in self.only)}")
        return "\n\n".join(lines) + "\n"


def said(parcel: Parcel) -> Said:
    """The whole takeaway in the parcel's language."""
    with speaking(parcel.language):
        told = story(parcel)
        more = Link(t("Read on"), parcel.link) if parcel.link.startswith("https://") else None
        return Said(
            tuple(piece for piece in _pieces(told) if piece.text), _links(told, lambda link: link.address),
            _links(told, lambda link: link.only_address), more, _notes(told), t("Only to the author:"),
        )  # fmt: skip


def fitted(parcel: Parcel, fits: Callable[[Said], bool]) -> Said:
    """What of the takeaway `fits`: its longest passages end after a sentence, and it is said that there is more."""
    whole = said(parcel)
    if fits(whole):
        return whole
    with speaking(parcel.language):
        note = t("This is not the whole text.")
        if not whole.more and whole.answers:
            note = t("This is not the whole text. Write to the author for the rest.")
    whole = replace(whole, notes=(note, *whole.notes))
    low, high = 0, sum(len(piece.text) for piece in whole.pieces)
    while low < high:  # the most characters that each passage may have
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(_at_most(whole, middle)) else (low, middle - 1)
    return _at_most(whole, low)


def withdrawal(parcel: Parcel) -> Said:
    """That a takeaway was withdrawn: which one, and nothing of what it said."""
    with speaking(parcel.language):
        lines = [Piece(t("A takeaway was withdrawn"), "head"), Piece(withdrawn_line(parcel))]
        if parcel.takeaway.withdrawn_why:
            lines.append(Piece(t("Why: {why}", why=one_line(parcel.takeaway.withdrawn_why))))
        return Said((*lines, Piece(t("Please do not pass it on.")), Piece(tag(parcel.takeaway.id), "small")))


def withdrawn_line(parcel: Parcel) -> str:
    """Whose takeaway it was and when it came, in the language that is being spoken."""
    day = parcel.first_published or parcel.takeaway.published
    if day is None:
        return t("{author} has withdrawn a takeaway.", author=one_line(parcel.author))
    told = full_day(day.date())
    return t("{author} has withdrawn the takeaway of {day}.", author=one_line(parcel.author), day=told)


def shortened(text: str, most: int) -> str:
    """At most that many characters: whole sentences where the first fits, else whole words, with an ellipsis."""
    if len(text) <= most:
        return text
    kept = ""
    for sentence in _END.split(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) + 2 > most:
            break
        kept = longer
    if not kept:
        kept = text[: max(0, most - 2)].rpartition(" ")[0]
    return f"{kept} …" if kept else "…"


def _at_most(whole: Said, most: int) -> Said:
    """With at most that many characters in each passage, however many paragraphs it has, and short lines short."""
    kept: list[Piece] = []
    left = most
    for before, piece in zip((None, *whole.pieces), whole.pieces, strict=False):
        if piece.tone != "text" or before is None or before.tone != "text":
            left = most  # another passage begins
        room = left if piece.tone in ("text", "quote") else max(most, _LINE)
        if room > 0:
            kept.append(replace(piece, text=shortened(piece.text, room)))
        left -= len(piece.text)
    return replace(whole, pieces=tuple(kept))


def _pieces(told: Story) -> Iterator[Piece]:
    yield Piece(told.corrected, "small")
    yield Piece(told.headline, "head")
    yield Piece(told.customer, "small")
    yield from _passage(told.scene)
    if told.quote:
        yield Piece(t("“{words}”", words=told.quote), "quote")
        yield Piece(told.role, "small")
    for passage in told.passages:
        yield Piece(passage.label, "label")
        yield from _passage(passage)
    yield Piece(told.question, "label")


def _passage(passage: Passage) -> Iterator[Piece]:
    for part in re.split(r"\n\s*\n", passage.text):
        yield Piece(part.strip())
    yield Piece(passage.reading, "small")


def _notes(told: Story) -> tuple[str, ...]:
    """What stands below every takeaway however short it is cut."""
    seen = t("Colleagues see your answer with your name, unless it goes only to the author.") if told.links else ""
    return tuple(note for note in (told.heard, told.whose, told.footer, told.code, seen) if note)


def _links(told: Story, address: Callable[[AnswerLink], str]) -> tuple[Link, ...]:
    return tuple(Link(link.label, address(link)) for link in told.links)
