"""Lays the proposal out: seats by day with their reasons, who stays short, what was decided."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.desktop.plan.facts import PlanView, RuleLine, SeatLine, ShortLine, day_of
from companion.desktop.plan.verbs import Verbs
from companion.desktop.widgets.buttons import button, link, menu_button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.chip import Chip
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel
from companion.words.language import t, tn


def fill(column: Column, view: PlanView, verbs: Verbs) -> None:
    """Lay out a proposal."""
    column.begin()
    for sentence in view.refused:
        column.add(PlainLabel(sentence, "warning"))
    if view.seats:
        _part(column, "", [_seat(line, verbs) for line in view.seats])
    if view.short:
        _part(column, t("Who stays short"), [_short(line) for line in view.short])
    if view.agreed:
        _part(column, t("Agreed, or on its way"), [_agreed(line, verbs) for line in view.agreed])
    if view.rules:
        _part(column, t("What you decided"), [_rule(line, verbs) for line in view.rules])
    column.end()


def changed(view: PlanView) -> str:
    """What is another than in the last proposal, "" for nothing."""
    new = sum(line.changed for line in view.seats)
    if view.is_first or not (new or view.gone):
        return ""
    said = [tn("{count} seat is new", "{count} seats are new", new)] if new else []
    said += [tn("{count} of the last proposal is gone", "{count} of the last proposal are gone", view.gone)] * (
        view.gone > 0
    )
    return t("{what}.", what=", ".join(said))


def _part(column: Column, title: str, rows: list[Row]) -> None:
    if title:
        column.section(title)
    card, listing = Card(margin=18), RowList()
    for row in rows:
        listing.add(row)
    card.add(listing)
    column.add(card)


def _words(*widgets: QWidget) -> QWidget:
    box = QWidget()
    lines = QVBoxLayout(box)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(2)
    for widget in widgets:
        lines.addWidget(widget)
    return box


def _seat(line: SeatLine, verbs: Verbs) -> Row:
    where = t("{day} · {customer}", day=day_of(line), customer=line.customer)
    name = t("{name} ({team})", name=line.name, team=line.team) if line.team else line.name
    head: list[QWidget] = [_plain(name, "strong")]
    if line.kind == "pinned":
        head.append(Chip(t("kept"), "good"))
    elif line.changed:
        head.append(Chip(t("new")))
    content = _words(PlainLabel(where, "soft"), Flow(head, spacing=8), PlainLabel(line.reason, "small"))
    facts = {"name": line.name, "customer": line.customer}
    change = menu_button(t("Change"), [
        (t("Somebody else…"), partial(verbs.somebody_else, line)),
        (t("Not {name} here", name=line.name), partial(verbs.not_here, line)),
        (t("Nobody in this review"), partial(verbs.nobody, line)),
        (t("Ask the host about this one…"), partial(verbs.ask_one, line)),
    ], says=t("Change the seat of {name} at {customer}", **facts))  # fmt: skip
    tools: list[QWidget] = [change]
    if line.kind != "pinned":
        keep = button(t("Keep"), partial(verbs.keep, line), says=t("Keep {name} at {customer}", **facts))
        tools.insert(0, keep)
    return Row(f"{where}, {name}. {line.reason}", content, tools)


def _plain(text: str, tone: str) -> PlainLabel:
    label = PlainLabel(text, tone)  # type: ignore[arg-type]
    label.setWordWrap(False)
    return label


def _short(line: ShortLine) -> Row:
    parts: list[QWidget] = [PlainLabel(line.why)]
    said = line.why
    if line.helps:
        helps = t("Would help: {ways}.", ways=t("; or ").join(line.helps))
        parts.append(PlainLabel(helps, "small"))
        said = f"{said} {helps}"
    return Row(said, _words(*parts))


def _agreed(line: SeatLine, verbs: Verbs) -> Row:
    said = t("{day} · {customer} · {name}", day=day_of(line), customer=line.customer, name=line.name)
    see = link(t("Open"), partial(verbs.meeting, line.meeting_id), says=t("Open the meeting: {what}", what=said))
    return Row(said, PlainLabel(said), [see])


def _rule(line: RuleLine, verbs: Verbs) -> Row:
    back = button(t("Take back"), partial(verbs.take_back, line), says=t("Take back: {what}", what=line.text))
    return Row(line.text, PlainLabel(line.text), [back])
