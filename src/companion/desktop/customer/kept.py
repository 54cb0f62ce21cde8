"""What a kept brief says of a customer, where their page was never read here and the workspace is away."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.briefs.model import Brief
from companion.briefs.outline import Item, outline
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.text import PlainLabel
from companion.words.dates import day_month
from companion.words.language import t

OF_THEM = ("room", "lines", "goals", "promises", "avoid", "front_line", "quote")  # what is theirs, and not my part


def brief_said(brief: Brief) -> QWidget:
    """The brief's sections about the customer, each in a card, under the day on which they were so."""
    told = outline(brief)
    box = QWidget()
    lines = QVBoxLayout(box)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(8)
    day = day_month(day_of(brief.made, brief.zone))
    lines.addWidget(PlainLabel(
        t("The workspace is away, and this page was not read here before. This is what your brief said on {day}.",
          day=day), "warning",
    ))  # fmt: skip
    if told.warning:
        lines.addWidget(PlainLabel(told.warning, "warning"))
    for section in told.sections:
        if section.key not in OF_THEM:
            continue
        lines.addSpacing(12)
        lines.addWidget(PlainLabel(section.heading, "section"))
        card = Card(margin=14, spacing=4)
        for item in section.items:
            card.add(PlainLabel(_line(item), "soft" if item.unknown else ""))
            if item.number:
                card.add(PlainLabel(told.sources[item.number - 1], "small"))
        lines.addWidget(card)
    return box


def _line(item: Item) -> str:
    text = t("{label}: {text}", label=item.label, text=item.text) if item.label else item.text
    return t("{text} ({more})", text=text, more=item.soft) if item.soft else text
