"""A document in the window, as it is printed: sentences, bars, tables."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from companion.desktop.report.bars import Bars, Sample
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.text import PlainLabel
from companion.programme.document import Chart, Document, Grid, Section
from companion.words.language import tn

MOST_ROWS = 40  # of a table; the saved page has them all


def show(column: Column, document: Document, scale: float = 1.0) -> None:
    """Add what a document says to a column that was begun."""
    column.add(PlainLabel(document.title, "heading"), 12)
    column.add(PlainLabel(document.about, "small"))
    for line in document.lead:
        column.add(PlainLabel(line, "strong"), 4)
    for section in document.sections:
        _section(column, section, scale)
    for line in document.foot:
        column.add(PlainLabel(line, "small"), 4)


def _section(column: Column, section: Section, scale: float) -> None:
    if section.heading:
        column.section(section.heading)
    for line in section.lines:
        column.add(PlainLabel(line))
    if section.chart is not None:
        column.add(_chart(section.chart, scale))
    for item in section.items:
        column.add(PlainLabel(f"• {item}"))
    if section.grid is not None:
        column.add(table(section.grid))
        left = len(section.grid.rows) - MOST_ROWS
        if left > 0:
            more = tn("{count} more row is in the saved page.", "{count} more rows are in the saved page.", left)
            column.add(PlainLabel(more, "small"))
    for note in section.notes:
        column.add(PlainLabel(note, "small"))


def _chart(chart: Chart, scale: float) -> QWidget:
    card = Card(margin=18)
    card.add(Bars(chart, scale))
    if len(chart.series) > 1:
        parts = [Flow([Sample(number, scale), PlainLabel(name, "small")], spacing=6)
                 for number, name in enumerate(chart.series)]  # fmt: skip
        card.add(Flow(parts, spacing=16))
    return card


def table(grid: Grid) -> QWidget:
    """Rows in columns; each cell wraps."""
    box = QWidget()
    lines = QGridLayout(box)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setHorizontalSpacing(14)
    lines.setVerticalSpacing(6)
    for at, head in enumerate(grid.header):
        lines.addWidget(_cell(head, "small", right=at in grid.numbers), 0, at)
        lines.setColumnStretch(at, 0 if at in grid.numbers else _weight(grid, at))
    for number, row in enumerate(grid.rows[:MOST_ROWS], start=1):
        for at, text in enumerate(row):
            lines.addWidget(_cell(text, "", right=at in grid.numbers), number, at)
    return box


def _weight(grid: Grid, at: int) -> int:
    """How much of the width a column gets: by its longest cell, within bounds."""
    return max(10, min(32, max((len(row[at]) for row in grid.rows), default=0)))


def _cell(text: str, tone: str, *, right: bool) -> PlainLabel:
    label = PlainLabel(text.replace("@", "@\u200b"), "small" if tone == "small" else "")  # may break there
    label.setAccessibleName(text)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    label.setAlignment(side | Qt.AlignmentFlag.AlignTop)
    return label
