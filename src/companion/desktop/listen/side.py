"""Beside the lines: my part, the marks, and what comes afterwards."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.card import Card, divider
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.growing import GrowingEdit
from companion.desktop.widgets.text import PlainLabel
from companion.notes.model import MARKS, Mark
from companion.notes.text import mark_name, questions
from companion.words.language import t


def side(host: str, expected: str, mark: Callable[[Mark], None], afterwards: Callable[[], None]) -> QWidget:
    """The role card, what was expected, the marks as buttons."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(PlainLabel(t("Your part"), "section"))
    name = host.split(" ", 1)[0] or t("The host")
    column.addWidget(
        PlainLabel(
            t(
                "Listen. Two clarifying questions at most. Asked about price, fault or a date: “{name} will come back "
                "to you on that.”",
                name=name,
            )
        )
    )
    column.addWidget(divider())
    if expected:
        column.addWidget(PlainLabel(t("You expected to hear"), "section"))
        column.addWidget(PlainLabel(expected))
        column.addWidget(divider())
    column.addWidget(PlainLabel(t("A line needs no mark. If you like, begin it with a letter and a space:"), "small"))
    marks = []
    for sign in MARKS:
        label = f"{sign}  {mark_name(sign)}"
        marks.append(button(label, partial(mark, sign), says=t("Mark the line: {name}", name=mark_name(sign))))
        marks[-1].setProperty("choice", True)
    column.addWidget(Flow(marks))
    column.addSpacing(8)
    column.addWidget(Flow([button(t("Write it up afterwards"), afterwards)]))
    column.addStretch(1)
    return box


class Afterwards(Card):
    """The three questions, each with room for an answer."""

    def __init__(self, changed: Callable[[], None], go_on: Callable[[], None]) -> None:
        super().__init__(margin=20)
        self.fields: list[GrowingEdit] = []
        for question in questions():
            self.add(PlainLabel(question, "strong"))
            field = GrowingEdit(question, lines=2)
            field.textChanged.connect(changed)
            self.fields.append(field)
            self.add(field)
        self.add(Flow([button(t("Make a takeaway of it"), go_on, filled=True)]))

    def show_answers(self, answers: tuple[str, str, str]) -> None:
        """Show what was answered before."""
        for field, answer in zip(self.fields, answers, strict=True):
            field.blockSignals(True)
            field.setPlainText(answer)
            field.blockSignals(False)

    def answers(self) -> tuple[str, str, str]:
        """What is answered now."""
        said, scene, surprise = (field.toPlainText().strip() for field in self.fields)
        return said, scene, surprise
