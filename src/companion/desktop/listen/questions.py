"""The questions of a template, each with room for its answer."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.desktop.listen.choose import OneOf
from companion.desktop.takeaway.pillars import Pillars
from companion.desktop.widgets.chip import Chip
from companion.desktop.widgets.growing import GrowingEdit
from companion.desktop.widgets.text import PlainLabel
from companion.notes.template import Question
from companion.takeaways.pillars import MEANING, PILLARS
from companion.words.language import spoken, t, tn

READING = "reading"  # the key of what the listener makes of it


class Asked(QWidget):
    """One question and its answer; `changed` is told its key."""

    def __init__(self, question: Question, changed: Callable[[str], None], *, lines: int = 1) -> None:
        super().__init__()
        self.question = question
        said = in_words(question)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PlainLabel(said, "strong"), 1)
        if question.key == READING:
            head.addWidget(Chip(t("my interpretation")))
        if question.required:
            head.addWidget(Chip(t("worth a line")))
        column.addLayout(head)
        hint = question.hint.get(spoken(), question.hint.get("en", ""))
        if hint:
            column.addWidget(PlainLabel(hint, "small"))
        self.words: PlainLabel | None = None
        self.field: GrowingEdit | None = None
        self.chosen: OneOf | None = None
        self.pillars: Pillars | None = None
        if question.kind == "choice":
            choices = [(key, texts.get(spoken(), texts.get("en", key))) for key, texts in question.choices]
            self.chosen = OneOf(choices, lambda: changed(question.key), said)
            column.addWidget(self.chosen)
        elif question.kind == "pillars":
            named = tuple((key, t(name), t(MEANING[key])) for key, name in PILLARS.items())
            self.pillars = Pillars(named, lambda: changed(question.key))
            column.addWidget(self.pillars)
        else:
            self.field = GrowingEdit(said, lines=lines)
            self.field.textChanged.connect(self._count)
            self.field.textChanged.connect(lambda: changed(question.key))
            column.addWidget(self.field)
            if question.most_words:
                self.words = PlainLabel("", "small")
                column.addWidget(self.words)
        self._count()

    @property
    def answer(self) -> str:
        """The answer as it is kept, "" for none."""
        if self.chosen is not None:
            return self.chosen.value
        if self.pillars is not None:
            return " ".join(self.pillars.pillars)
        return self.field.toPlainText().strip() if self.field is not None else ""

    def show_answer(self, text: str) -> None:
        """Show an answer, without telling that it changed."""
        if self.chosen is not None:
            self.chosen.show_value(text)
        elif self.pillars is not None:
            self.pillars.show_pillars(tuple(text.split()))
        elif self.field is not None and self.field.toPlainText().strip() != text:
            with QSignalBlocker(self.field):
                self.field.setPlainText(text)
            self.field.fit()
            self._count()

    @property
    def composing(self) -> bool:
        """Whether an input method has words under way."""
        if self.field is None:
            return False
        return bool(self.field.textCursor().block().layout().preeditAreaText())

    def _count(self) -> None:
        most = self.question.most_words
        if self.words is not None:
            count = len(self.answer.split())
            over = count > most
            said = tn("{count} word of {most} at most", "{count} words of {most} at most", count, most=most)
            self.words.setText(t("{said}: a little long to be retold", said=said) if over else said)
            self.words.setProperty("tone", "warning" if over else "small")
            self.words.style().unpolish(self.words)
            self.words.style().polish(self.words)


def in_words(question: Question) -> str:
    """The question in the language that is spoken, else in English."""
    return question.text.get(spoken()) or question.text.get("en", question.key)
