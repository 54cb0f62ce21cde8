"""The page of a brief as it is seen in the window: what is needed in half a minute on top, the rest below it."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from companion.briefs.outline import Item, Outline, Section
from companion.desktop.widgets.card import Card, divider
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.growing import GrowingEdit
from companion.desktop.widgets.text import PlainLabel
from companion.words.language import t

ASIDE = ("team", "listen", "habit")  # what stands beside the customer, under my part
WIDE = 700  # pixels at 100 % from which there are two columns


class Sides(QWidget):
    """Two columns, or one below the other where it is narrow."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self._wide = wide
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(16)
        self.left, self.right = _column(), _column()
        for side, share in ((self.left, 3), (self.right, 2)):
            holder = QWidget()
            holder.setLayout(side)
            self._line.addWidget(holder, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or below, whatever the width allows."""
        super().resizeEvent(event)
        narrow = event.size().width() < self._wide
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._line.direction() != way:
            self._line.setDirection(way)


class BriefView(Column):
    """Shows an outline; the line for what I expect stays the same field while the rest is built anew."""

    def __init__(self, expect: Callable[[], None], wide: int = WIDE) -> None:
        super().__init__(margin=0, widest=1280)
        self._wide = wide
        self.expecting = GrowingEdit(t("What do you expect to hear?"), lines=2)
        self.expecting.setPlaceholderText(t("One line, before it begins. It stays on this computer."))
        self.expecting.textChanged.connect(expect)
        self.expecting.setParent(self)
        self.expecting.hide()

    def show_outline(self, told: Outline, *, begun: bool) -> None:
        """Show a brief; once the meeting has begun, what was expected stays as it is."""
        held = self.expecting.hasFocus()
        self.expecting.setParent(self)  # kept while the rest is made anew
        self.begin()
        if told.warning:
            self.add(PlainLabel(told.warning, "warning"))
        self.add(self._top(told))
        sides = Sides(self._wide)
        for section in told.sections:
            if section.key not in ASIDE:
                sides.left.addWidget(_card((section,), told.sources))
        sides.right.addWidget(self._part(told, begun=begun))
        aside = [section for section in told.sections if section.key in ASIDE]
        if aside:
            sides.right.addWidget(_card(aside, told.sources))
        sides.left.addStretch(1)
        sides.right.addStretch(1)
        self.add(sides, 8)
        for line in told.foot:
            self.add(PlainLabel(line, "small"))
        self.end()
        if held:
            self.expecting.setFocus()

    def show_expected(self, text: str) -> None:
        """Show what is expected, unless it is what stands there."""
        if self.expecting.toPlainText().strip() != text:
            with QSignalBlocker(self.expecting):
                self.expecting.setPlainText(text)
            self.expecting.fit()

    def _top(self, told: Outline) -> Card:
        card = Card(margin=20, spacing=4)
        for item in told.top:
            if not item.link:  # a link is followed by the page's button
                card.add(_labelled(item))
        return card

    def _part(self, told: Outline, *, begun: bool) -> Card:
        card = Card(margin=20)
        first, *rest = told.role
        card.add(PlainLabel(first, "strong"))
        for sentence in rest:
            card.add(PlainLabel(sentence))
        if told.expect:
            card.add(divider())
            card.add(PlainLabel(told.expect, "section"))
            card.add(self.expecting)
            self.expecting.setReadOnly(begun)
        self.expecting.setVisible(bool(told.expect))
        return card


def _card(sections: Iterable[Section], sources: Sequence[str]) -> Card:
    card = Card(margin=20, spacing=6)
    for number, section in enumerate(sections):
        if number:
            card.add(divider())
        card.add(PlainLabel(section.heading, "section"))
        for item in section.items:
            card.add(_said(item, sources))
    return card


def _labelled(item: Item) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(12)
    label = PlainLabel(item.label, "soft")
    label.setWordWrap(False)
    label.setFixedWidth(label.fontMetrics().averageCharWidth() * 10)
    line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    said = f"{item.text} ({item.soft})" if item.soft else item.text
    line.addWidget(PlainLabel(said, "soft" if item.unknown else ""), 1)
    return row


def _column() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return column


def _said(item: Item, sources: Sequence[str]) -> QWidget:
    """A fact, and below it in small letters what is to be known of it."""
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 2)
    column.setSpacing(0)
    if item.label:
        column.addWidget(PlainLabel(item.label, "small"))
    column.addWidget(PlainLabel(item.text, "soft" if item.unknown else ""))
    below = [item.soft] if item.soft else []
    below += [sources[item.number - 1]] if item.number else []
    if below:
        column.addWidget(PlainLabel(" · ".join(below), "small"))
    return row
