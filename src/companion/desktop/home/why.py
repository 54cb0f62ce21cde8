"""What my year rests on, sentence by sentence."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.text import PlainLabel
from companion.programme.views.why import Why, WhyLine
from companion.words.attendance import evidence, why
from companion.words.dates import clock_time
from companion.words.language import mark, t

CELLS: dict[str, str] = {"heard": mark("Heard: {figure}"), "coming": mark("Coming: {figure}"),
                         "needs": mark("Still needed: {figure}")}  # fmt: skip


def why_content(found: Sequence[Why], zone: str) -> QWidget:
    """Each figure with the reasons that make it, then those that do not count and why not."""
    column = Column(margin=0)
    column.begin()
    for at, one in enumerate(found):
        column.section(t(CELLS[one.cell], figure=one.figure), 0 if at == 0 else 14)
        lines = sorted(one.lines, key=lambda line: not line.counts)
        for line in lines:
            column.add(_line(line, one, zone))
        if not lines:
            column.add(PlainLabel(t("Nothing yet."), "soft"))
    column.end()
    return column


def _line(line: WhyLine, one: Why, zone: str) -> QWidget:
    box = QWidget()
    lines = QVBoxLayout(box)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    told = why(line.reason.code, line.reason.facts, one.customers, mine=True)
    lines.addWidget(PlainLabel(told, "" if line.counts else "soft"))
    said = [evidence(x.source, x.says, one.names.get(x.by, x.by), day_of(x.at, zone), reason=x.reason,
                     instead=one.names.get(x.to, ""), time=clock_time(x.at, zone)) for x in line.evidence]  # fmt: skip
    if said:
        lines.addWidget(PlainLabel(" · ".join(said), "small"))
    return box
