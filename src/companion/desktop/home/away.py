"""Home while the workspace is away: nothing of the programme, all that is needed in the customer's building."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from companion.basics.clock import day_of
from companion.briefs.model import Brief
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.text import PlainLabel
from companion.notes.model import Listed
from companion.programme.views.at_hand import AtHand
from companion.words.dates import clock_time, day_month
from companion.words.language import t


@dataclass(frozen=True)
class AwayVerbs:
    """What can be done: each takes a meeting's id, or a link."""

    brief: Callable[[str], None]
    listen: Callable[[str], None]
    join: Callable[[str], None]


def fill_away(column: Column, found: AtHand, verbs: AwayVerbs) -> None:
    """Show it."""
    column.begin()
    said = t("The workspace does not answer. Your briefs and notes are on this computer; the rest comes by itself.")
    column.add(header(t("Home"), below=[PlainLabel(said, "soft")]))
    for brief in found.briefs:
        column.add(_meeting(brief, found, verbs), 8)
    if found.notes:
        column.section(t("Your notes"))
    for note in found.notes:
        column.add(_note(note, verbs))
    if not found.briefs and not found.notes:
        column.add(PlainLabel(t("No brief and no note is kept here yet."), "soft"), 8)
    column.end()


def _meeting(brief: Brief, found: AtHand, verbs: AwayVerbs) -> Card:
    day, today = day_of(brief.start, brief.zone), day_of(found.now, brief.zone)
    when = t("{day}, {time}", day=day_month(day, today), time=clock_time(brief.start, brief.zone))
    card = Card(margin=20, spacing=6)
    card.add(PlainLabel(brief.customer, "heading"))
    card.add(PlainLabel(" · ".join(part for part in (when, brief.place, brief.host) if part), "soft"))
    key, name = brief.meeting_id, brief.customer
    buttons: list[QWidget] = [
        button(t("Brief"), partial(verbs.brief, key), says=t("Brief: {customer}", customer=name)),
        button(t("Listen"), partial(verbs.listen, key), says=t("Listen: {customer}", customer=name)),
    ]
    if brief.link and brief.end > found.now:
        buttons.append(button(t("Join"), partial(verbs.join, brief.link)))
    card.add(Flow(buttons, spacing=8))
    return card


def _note(note: Listed, verbs: AwayVerbs) -> QWidget:
    open_it = button(t("Open"), partial(verbs.listen, note.meeting_id), says=t("Open: {title}", title=note.title))
    return header(PlainLabel(note.title), open_it)
