"""Lays out the first screen: three ways in, the invited person's part, or the steps of a start."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from companion.desktop.first.facts import FirstView
from companion.desktop.widgets.buttons import button, link
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel, Reading
from companion.programme.start import Proposal
from companion.words.attendance import looked_back
from companion.words.language import t, tn

Do = Callable[[], None]


@dataclass(frozen=True)
class Verbs:
    """What the first screen can be told to do."""

    invitation: Do
    start: Do
    sample: Do
    add_calendar: Do
    propose: Do
    accept: Callable[[Sequence[Proposal]], None]
    import_people: Do
    go_on: Do
    sign_in: Do
    elsewhere: Do  # not by signing in
    back: Do


def welcome(column: Column, verbs: Verbs, *, back: bool = False) -> None:
    """Three ways in; `back` to the one of who signs in."""
    column.begin()
    _head(column, t("Companion"), t("Hear your customers, twice a year, and tell your team."))
    column.add(
        Reading(
            t("Companion finds the customer meetings in your firm's calendars, keeps a seat in them for people who "
              "never meet customers, and helps them tell what they heard.")
        ), 8,
    )  # fmt: skip
    column.add(_promises(), 8)
    buttons = [
        button(t("I have an invitation"), verbs.invitation, filled=True),
        button(t("Start a programme"), verbs.start),
        link(t("Look round with a sample company"), verbs.sample),
    ]
    column.add(Flow(buttons, spacing=12), 16)
    if back:
        column.add(Flow([link(t("Back"), verbs.back, soft=True)]), 4)
    column.end()


def invited(column: Column, view: FirstView, verbs: Verbs) -> None:
    """The firm's name, my part, what is read and never kept, one button."""
    column.begin()
    _head(column, view.firm or t("Companion"), t("Your part: two customer meetings a year, only to listen."))
    column.add(
        Reading(
            t("Companion looks through your calendar for meetings with our customers, helps you prepare in five "
              "minutes, gives you a place to note what you hear, and helps you tell your team.")
        ), 8,
    )  # fmt: skip
    column.add(_promises(), 8)
    column.add(_way_in(view, verbs), 16)
    rare = [link(t("Not now"), verbs.go_on)] if view.me else []
    if view.signs_in:
        rare.insert(0, link(t("My calendar is elsewhere…"), verbs.elsewhere))
    if not view.me:
        rare = [link(t("I have an invitation"), verbs.invitation), link(t("Start a programme"), verbs.start), *rare]
    column.add(Flow(rare, spacing=16), 4)
    column.end()


def _way_in(view: FirstView, verbs: Verbs) -> QWidget:
    """The one button, and what it takes."""
    if view.signs_in:
        said = t("with your work account, in your browser")
        return _button_and(button(t("Sign in with Microsoft"), verbs.sign_in, filled=True), said)
    said = t("for {address}; private events never leave it", address=view.me)
    return _button_and(button(t("Add my calendar"), verbs.add_calendar, filled=True), said)


def steps(column: Column, view: FirstView, proposals: Sequence[Proposal] | None, verbs: Verbs) -> None:
    """What a programme needs at its beginning, step by step."""
    column.begin()
    _head(column, view.firm or t("Companion"), t("Four things, and the programme runs."))
    card, rows = Card(), RowList()
    rows.add(_step(t("Who we are"), view.firm, [button(t("Change…"), verbs.start, says=t("Change who we are"))]))
    known = ", ".join(view.calendars) or t("A calendar that holds customer reviews: a host's, or a shared one.")
    add = button(t("Add a calendar…"), verbs.add_calendar, filled=not view.calendars)
    rows.add(_step(t("Where the reviews are"), known, [add]))
    customers = (
        tn("{count} customer", "{count} customers", view.customers)
        if view.customers
        else t("Outside firms of the last 12 months are counted in memory; you tick which are customers.")
    )
    look = button(t("Look…"), verbs.propose, filled=bool(view.calendars) and not view.customers,
                  says=t("Look for customers in the calendars"))  # fmt: skip
    look.setEnabled(bool(view.calendars))
    rows.add(_step(t("Which firms are customers"), customers, [look]))
    leaders = (
        tn("{count} leader", "{count} leaders", view.leaders)
        if view.leaders
        else t("A table of names, addresses, teams and roles.")
    )
    bring = button(t("Import people…"), verbs.import_people, filled=bool(view.customers) and not view.leaders)
    rows.add(_step(t("Who leads"), leaders, [bring]))
    card.add(rows)
    column.add(card, 8)
    if proposals is not None:
        column.add(_proposals(proposals, verbs), 8)
    if view.back is not None:
        column.add(PlainLabel(looked_back(view.back), "heading"), 16)
    ready = bool(view.customers and view.leaders)
    column.add(Flow([button(t("Open the programme"), verbs.go_on, filled=ready)]), 12)
    column.end()


def _head(column: Column, above: str, title: str) -> None:
    column.add(PlainLabel(above, "section"), 72)
    column.add(PlainLabel(title, "first"))


def _promises() -> QWidget:
    card = Card()
    for line in (
        t("Private and internal events are dropped before anything is written."),
        t("A meeting found only in your calendar is shared when you say so."),
        t("Your notes stay on this computer. Nothing is recorded. Nothing is written to your calendar."),
    ):
        card.add(PlainLabel(line))
    return card


def _button_and(first: QWidget, said: str) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(12)
    line.addWidget(first, 0, Qt.AlignmentFlag.AlignVCenter)
    line.addWidget(PlainLabel(said, "small"), 1)
    return box


def _step(title: str, said: str, buttons: Sequence[QWidget]) -> Row:
    words = QWidget()
    lines = QVBoxLayout(words)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    lines.addWidget(PlainLabel(title, "strong"))
    lines.addWidget(PlainLabel(said, "small"))
    return Row(f"{title}, {said}", words, buttons)


def _proposals(proposals: Sequence[Proposal], verbs: Verbs) -> QWidget:
    card = Card()
    fresh = [item for item in proposals if not item.known]
    if not fresh:
        card.add(PlainLabel(t("No outside firm was found in these calendars."), "soft"))
        return card
    card.add(PlainLabel(t("Tick the customers. Nothing of this was stored."), "strong"))
    boxes: list[tuple[QCheckBox, Proposal]] = []
    for item in fresh:
        label = t("{name} ({domain})", name=item.name, domain=item.domain)
        entries = tn("in {count} entry", "in {count} entries", item.entries)
        box = QCheckBox(f"{label}, {entries}".replace("&", "&&"))
        box.setAccessibleName(f"{label}, {entries}")
        boxes.append((box, item))
        card.add(box)

    def accept() -> None:
        verbs.accept([item for box, item in boxes if box.isChecked()])

    card.add(Flow([button(t("These are customers"), accept)]))
    return card
