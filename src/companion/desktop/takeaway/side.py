"""Beside the form: the article as it is so far, how long it takes, what the gate found, and what could be better."""

from dataclasses import dataclass, replace

from companion.desktop.takeaway.facts import Desk
from companion.desktop.takeaway.gate import MOST, Offers, gate_card
from companion.desktop.widgets.article import Article, origin
from companion.desktop.widgets.card import divider
from companion.desktop.widgets.chip import Chip
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.text import PlainLabel
from companion.programme import checking, publishing
from companion.programme.model import House
from companion.programme.parcels import parcel_of
from companion.programme.releasing import Foreseen
from companion.takeaways.audience import say
from companion.takeaways.gate import Finding, blocking
from companion.takeaways.model import Takeaway
from companion.takeaways.reading import budget, hints, seconds
from companion.words.language import mark, t
from companion.words.problems import from_code

BUDGETS = {"short": mark("short"), "good": mark("good"), "long": mark("long")}


@dataclass(frozen=True)
class Looked:
    """What the gate found in a takeaway, and what would become of it."""

    takeaway_id: str
    found: tuple[Finding, ...]
    foreseen: Foreseen


def look(house: House, takeaway: Takeaway, note_id: str, *, review: bool = False) -> Looked:
    """Look at what is written so far; an end that was chosen and has passed is not looked at here."""
    found = tuple(checking.findings(house, takeaway, note_id))
    return Looked(takeaway.id, found, publishing.foreseen(house, replace(takeaway, expires=None), review=review))


def copy_of(house: House, takeaway: Takeaway, note_id: str) -> tuple[str, str] | None:
    """Rich and plain text for the clipboard; None where a passage holds it back."""
    if blocking(checking.findings(house, takeaway, note_id)):
        return None
    return house.render_copy(parcel_of(house, takeaway))


def fill(
    column: Column, takeaway: Takeaway, desk: Desk, looked: Looked | None, offers: Offers, *, reviewed: bool
) -> None:
    """Show it."""
    column.begin()
    length = budget(seconds(takeaway))
    time = t("{seconds} seconds to read: {judged}", seconds=seconds(takeaway), judged=t(BUDGETS[length]))
    column.add(header(t("As a reader sees it"), Chip(time, "good" if length == "good" else "warning")))
    if looked is not None and looked.takeaway_id == takeaway.id and (looked.found or reviewed):
        column.add(gate_card(looked.found, offers, host=looked.foreseen.host, reviewed=reviewed), 4)
    where = origin(takeaway, desk.author.name, say(takeaway.audience), "")
    article = Article(takeaway, where, desk.author.team, panel=24)
    if takeaway.question:
        article.add(divider(), 4)
        article.add(PlainLabel(takeaway.question, "strong"))
    column.add(article, 4)
    advice = hints(takeaway, desk.author.language)
    if advice:
        column.section(t("It could be better"))
        for hint in advice[:MOST]:
            column.add(PlainLabel(from_code(hint.code, hint.facts), "soft"))
    column.end()
