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
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel, Sentence
from companion.notes.model import Listed
from companion.programme.views.at_hand import AtHand
from companion.words.dates import clock_time, day_month
from companion.words.language import mark, t

SAID_OF: dict[str, str] = {
    "attended": mark("You were at {customer}."),
    "missed": mark("You were not at {customer}."),
}
WAITS: dict[str, str] = {
    "seat": mark("What you said of a seat of yours."),
    "sat": mark("What you said of who sat in."),
    "yes": mark("Your yes to a seat."),
    "no": mark("Your no to a seat."),
    "may": mark("Your yes to somebody who would sit in."),
    "maynot": mark("Your no to somebody who would sit in."),
}


@dataclass(frozen=True)
class AwayVerbs:
    """What can be done: each takes a meeting's id, or a link."""

    brief: Callable[[str], None]
    listen: Callable[[str], None]
    join: Callable[[str], None]
    say: Callable[[str, str, str], None]  # (meeting id, my id, state)


def fill_away(column: Column, found: AtHand, verbs: AwayVerbs) -> None:
    """Show it."""
    column.begin()
    said = t("The workspace does not answer. Your briefs and notes are on this computer; the rest comes by itself.")
    column.add(header(t("Home"), below=[PlainLabel(said, "soft")]))
    if found.waiting:
        column.section(t("Will be sent"))
        for line in waiting_lines(found):
            column.add(PlainLabel(line))
    said_of = {one.meeting_id for one in found.waiting}
    asked = [one for one in found.briefs if one.end <= found.now and not one.holds and one.meeting_id not in said_of]
    if asked:
        column.section(t("Needs you"))
        card, rows = Card(margin=18), RowList()
        for brief in asked:
            rows.add(_joined(brief, found, verbs))
        card.add(rows)
        column.add(card)
    for brief in found.briefs:
        column.add(_meeting(brief, found, verbs), 8)
    if found.notes:
        column.section(t("Your notes"))
    for note in found.notes:
        column.add(_note(note, verbs))
    if not found.briefs and not found.notes:
        column.add(PlainLabel(t("No brief and no note is kept here yet."), "soft"), 8)
    column.end()


def waiting_lines(found: AtHand) -> list[str]:
    """What I said that waits here, in words."""
    names = {one.meeting_id: one.customer for one in found.briefs}
    lines = []
    for one in found.waiting:
        name = names.get(one.meeting_id)
        if one.kind == "seat" and name and one.state in SAID_OF:
            lines.append(t(SAID_OF[one.state], customer=name))
        else:
            lines.append(t(WAITS[one.kind]))
    return lines


def _joined(brief: Brief, found: AtHand, verbs: AwayVerbs) -> Row:
    name, key, me = brief.customer, brief.meeting_id, brief.person_id
    day = day_month(day_of(brief.start, brief.zone), day_of(found.now, brief.zone))
    words = Sentence(mark("Did you join {customer} on {day}?"), strong=("customer",), customer=name, day=day)
    return Row(words.accessibleName(), words, [
        button(t("I was there"), partial(verbs.say, key, me, "attended"), says=t("I was there, {name}", name=name)),
        button(t("I was not"), partial(verbs.say, key, me, "missed"), says=t("I was not there, {name}", name=name)),
    ])  # fmt: skip


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
