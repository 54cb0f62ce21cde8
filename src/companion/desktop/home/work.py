"""The first lines of the work list on Home, for who sees to the programme."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.desktop.home.verbs import Verbs
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.rows import Row
from companion.desktop.widgets.text import PlainLabel
from companion.programme.views.worklist import WorkItem, Worklist
from companion.words.language import t, tn
from companion.words.worklist import kind

FIRST = 3  # the others stand on the board


def work_rows(work: Worklist, verbs: Verbs) -> list[Row]:
    """Three of them, and the way to the others."""
    found = [_row(item, verbs) for item in work.items[:FIRST]]
    more = len(work.items) - len(found)
    said = tn("and {count} more on the work list", "and {count} more on the work list", more)
    if more <= 0:
        said = t("That is all of the work list.")
    show = button(t("Open the board"), verbs.board)
    return [*found, Row(said, PlainLabel(said, "soft"), [show])]


def _row(item: WorkItem, verbs: Verbs) -> Row:
    box = QWidget()
    lines = QVBoxLayout(box)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    what = " · ".join(part for part in (item.title, item.about) if part)
    said = t("{kind} · {what}", kind=kind(item.kind), what=what)
    lines.addWidget(PlainLabel(said))
    lines.addWidget(PlainLabel(item.what_to_do, "small"))
    go = button(t("Open"), partial(verbs.go, item.where, item.meeting_id), says=t("Open: {what}", what=said))
    return Row(f"{said}. {item.what_to_do}", box, [go])
