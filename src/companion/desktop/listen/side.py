"""Beside the lines: my part, what I expect to hear, what my department listens for; below them the marks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from companion.briefs.role import role_card
from companion.desktop.listen.facts import About
from companion.desktop.widgets.buttons import button, link
from companion.desktop.widgets.card import divider
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.growing import GrowingEdit
from companion.desktop.widgets.text import PlainLabel
from companion.notes.model import MARKS, Mark
from companion.notes.text import mark_name
from companion.words.language import t


@dataclass(frozen=True)
class SideVerbs:
    """What can be done from the side."""

    mark: Callable[[Mark], None]
    expect: Callable[[], None]
    afterwards: Callable[[], None]
    takeaway: Callable[[], None]
    versions: Callable[[], None]


class Side(QWidget):
    """Built once; another note changes its words."""

    def __init__(self, verbs: SideVerbs) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._part = PlainLabel()
        self._host = PlainLabel()
        self._role = PlainLabel("", "section")
        for label in (self._role, self._part, self._host):
            self._column.addWidget(label)
        self.expecting = GrowingEdit(t("What do you expect to hear?"), lines=2)
        self.expecting.setPlaceholderText(t("One line, before it begins"))
        self.expecting.textChanged.connect(verbs.expect)
        self._expected = PlainLabel()
        self._expect_head = PlainLabel(t("What do you expect to hear?"), "section")
        self._heard_head = PlainLabel(t("You expected to hear"), "section")
        self._expect_line = divider()
        self._column.addWidget(self._expect_line)
        for head in (self._expect_head, self._heard_head):
            self._column.addWidget(head)
        self._column.addWidget(self.expecting)
        self._column.addWidget(self._expected)
        self._points_line = divider()
        self._points_head = PlainLabel("", "section")
        self._points = PlainLabel()
        self._column.addWidget(self._points_line)
        self._column.addWidget(self._points_head)
        self._column.addWidget(self._points)
        self._column.addStretch(1)
        hint = PlainLabel(t("If you like, begin a line with a letter and a space:"), "small")
        hint.setWordWrap(False)
        buttons = [_mark(sign, number, verbs.mark) for number, sign in enumerate(MARKS, 1)]
        hint.setFixedHeight(buttons[0].sizeHint().height())
        self.marks = Flow([hint, *buttons])
        self.takeaway: QPushButton = button(t("Make a takeaway of it"), verbs.takeaway)
        self.verbs = Flow(
            [button(t("Write it up afterwards"), verbs.afterwards), self.takeaway,
             link(t("Earlier versions…"), verbs.versions, soft=True)], spacing=8,
        )  # fmt: skip
        self.show_about(About("", ""), "")

    def show_about(self, about: About, expected: str) -> None:
        """Show what is known of the meeting; what is expected can be written until it begins."""
        card = role_card(about.host)
        self._role.setText(card.part)
        self._part.setText(card.questions)
        self._host.setText(card.say)
        self.show_expected(expected)
        open_still = not about.begun
        self._expect_head.setVisible(open_still)
        self.expecting.setVisible(open_still)
        for label in (self._heard_head, self._expected):
            label.setVisible(not open_still and bool(expected))
        self._expect_line.setVisible(open_still or bool(expected))
        head = t("Listen for ({team})", team=about.team) if about.team else t("Listen for")
        self._points_head.setText(head)
        self._points.setText("\n".join(t(point) for point in about.points))
        for label in (self._points_head, self._points):
            label.setVisible(bool(about.points))
        self._points_line.setVisible(bool(about.points))

    def show_expected(self, text: str) -> None:
        """Show what was expected."""
        self._expected.setText(text)
        if self.expecting.toPlainText().strip() != text:
            with QSignalBlocker(self.expecting):
                self.expecting.setPlainText(text)
            self.expecting.fit()


def _mark(sign: Mark, number: int, mark: Callable[[Mark], None]) -> QPushButton:
    says = t("Mark the line: {name}", name=mark_name(sign))
    made = button(f"{sign}  {mark_name(sign)}", partial(mark, sign), says=says, tip=t("Alt+{number}", number=number))
    made.setProperty("choice", True)
    return made
