"""Lays out one matter: of what nobody knows first, then what failed, what waits and what went."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.desktop.outbox.words import became, counts, names, title, way, whom
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel, Tone
from companion.programme.views.outbox import Matter, OutboxView, Sending
from companion.words.language import mark, t, tn

MOST, MOST_ASKED = 20, 6  # rows of one section, and of those with buttons: they cost the window 10 ms each
SECTIONS = (
    (("unknown",), mark("Did it arrive?")),
    (("failed",), mark("Not delivered")),
    (("pending", "sending"), mark("On its way")),
    (("sent", "withdrawn"), mark("Gone out")),
)


@dataclass(frozen=True)
class Verbs:
    """What the page can be told to do."""

    again: Callable[[Matter], None]
    arrived: Callable[[Sending], None]
    resend: Callable[[Sending], None]
    where: Callable[[str], None]  # by the takeaway's id


def fill(column: Column, matter: Matter, view: OutboxView, verbs: Verbs) -> None:
    """Show one matter."""
    column.begin()
    name = title(matter)
    buttons: list[QWidget] = []
    if matter.takeaway_id:
        where = partial(verbs.where, matter.takeaway_id)
        buttons.append(button(t("Where it went…"), where, says=t("Where it went: {what}", what=name)))
    if matter.may_go:
        again = partial(verbs.again, matter)
        label = t("Try again") if matter.failed else t("Send now")
        buttons.append(button(label, again, filled=True, says=f"{label}: {name}"))
    column.add(header(PlainLabel(name, "heading"), *buttons))
    column.add(PlainLabel(counts(matter), "soft"))
    for states, label in SECTIONS:
        rows = [row for row in matter.rows if row.state in states]
        if rows:
            column.section(t(label))
            column.add(_section(rows, view, verbs))
    if matter.more:
        column.add(PlainLabel(tn("And {count} more.", "And {count} more.", matter.more), "small"))
    column.end()


def _section(rows: Sequence[Sending], view: OutboxView, verbs: Verbs) -> QWidget:
    if rows[0].state == "unknown":
        shown, rest = [_unknown(row, view, verbs) for row in rows[:MOST_ASKED]], len(rows) - MOST_ASKED
    else:
        alike = list(_groups(rows, view).items())
        shown, rest = [_alike(*one) for one in alike[:MOST]], sum(len(some) for _, some in alike[MOST:])
    card, lines = Card(margin=18), RowList()
    for row in shown:
        lines.add(row)
    card.add(lines)
    if rest > 0:
        card.add(PlainLabel(tn("And {count} more.", "And {count} more.", rest), "small"))
    return card


def _unknown(row: Sending, view: OutboxView, verbs: Verbs) -> Row:
    who = whom(row)
    by = way(row) if not who else t("{who} · {way}", who=who, way=way(row))
    yes = button(t("It arrived"), partial(verbs.arrived, row), says=t("It arrived: {who}", who=by))
    again = button(t("Send it again…"), partial(verbs.resend, row), says=t("Send it again: {who}", who=by))
    said = became(row, view)
    return Row(f"{by}. {said}", _lines(PlainLabel(by), PlainLabel(said, "small")), [yes, again])


def _groups(rows: Sequence[Sending], view: OutboxView) -> dict[tuple[str, str], list[Sending]]:
    """Those that go the same way and fared alike: 400 readers without a network are one line, not 400."""
    found: dict[tuple[str, str], list[Sending]] = {}
    for row in rows:
        found.setdefault((way(row), became(row, view)), []).append(row)
    return found


def _alike(how: tuple[str, str], rows: list[Sending]) -> Row:
    by, said = how
    who = names(rows)
    first = t("{way} → {who}", way=by, who=who) if who else by
    tone: Tone = "bad" if rows[0].state == "failed" else "small"
    return Row(f"{first}. {said}", _lines(PlainLabel(first), PlainLabel(said, tone)))


def _lines(*labels: PlainLabel) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for label in labels:
        column.addWidget(label)
    return box
