"""The panel that says why: a figure of somebody's row, sentence by sentence, with who said so and where it was."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.desktop.look import Look
from companion.desktop.widgets.buttons import button, link
from companion.desktop.widgets.card import divider
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.text import PlainLabel
from companion.programme.views.why import Why, WhyLine
from companion.words import attendance, joined
from companion.words.dates import clock_time
from companion.words.language import t

WIDE = 330  # pixels at 100 %


class WhyPanel(QFrame):
    """Shows why; `closed` says that it was put away."""

    closed = Signal()

    def __init__(self, look: Look, open_meeting: Callable[[str], None]) -> None:
        super().__init__()
        self._look = look
        self._open_meeting = open_meeting
        self.setProperty("part", "card")
        self.setAccessibleName(t("Why"))
        self.name = PlainLabel("", "heading")
        self.figure = PlainLabel("", "strong")
        close = button(t("Close"), self.put_away, says=t("Close: why"))
        self.column = Column(margin=18, spacing=6)  # after the button, so that Tab goes from it to the links
        for ground in (self.column.viewport(), self.column.widget()):
            if ground is not None:
                ground.setAutoFillBackground(False)  # it stands on the panel's own
        top = QWidget()
        box = QVBoxLayout(top)
        box.setContentsMargins(18, 14, 12, 0)
        box.setSpacing(2)
        box.addWidget(header(self.name, close))
        box.addWidget(self.figure)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(1, 1, 1, 1)
        stack.setSpacing(0)
        stack.addWidget(top)
        stack.addWidget(self.column, 1)
        look.switched.connect(self._fit)
        self._fit()
        self.hide()

    def show_why(self, why: Why, label: str, figure: str, zone: str) -> None:
        """Say why: `label` and `figure` as the board has them."""
        self.name.setText(why.person.name)
        self.figure.setText(t("{column}: {figure}", column=label, figure=figure))
        self.setAccessibleDescription(self.figure.text())
        self.column.begin()
        counting = [line for line in why.lines if line.counts]
        others = [line for line in why.lines if not line.counts]
        for title, lines in ((t("What counts"), counting), (t("What does not, and why not"), others)):
            if lines:
                self.column.section(title, 8)
            for at, line in enumerate(lines):
                if at:
                    self.column.add(divider())
                self._add(line, why, zone)
        if not why.lines:
            self.column.add(PlainLabel(t("Nothing is known that would count."), "soft"))
        self.column.end()
        self.show()

    def put_away(self) -> None:
        """Close the panel."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _add(self, line: WhyLine, why: Why, zone: str) -> None:
        said = attendance.why(line.reason.code, line.reason.facts, why.customers, why.person.name)
        self.column.add(PlainLabel(said))
        for item in line.evidence:
            day, name = day_of(item.at, zone), why.names.get(item.by, item.by)
            time = clock_time(item.at, zone)
            told = joined.statement(item.source, item.says, name, day, reason=item.reason, time=time)
            self.column.add(PlainLabel(told, "small"))
        if line.meeting_id:
            key = line.meeting_id
            self.column.add(link(t("Open the meeting"), lambda: self._open_meeting(key),
                                 says=t("Open the meeting: {reason}", reason=said)))  # fmt: skip

    def _fit(self) -> None:
        self.setFixedWidth(self._look.px(WIDE))
