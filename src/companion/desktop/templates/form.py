"""One question as it is being changed."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from companion.desktop.templates.draft import said
from companion.desktop.widgets.buttons import Choices
from companion.desktop.widgets.text import PlainLabel
from companion.notes.template import Question
from companion.words.language import LANGUAGES, t

LONGEST = 500  # words somebody may be asked to keep to


class QuestionForm(QWidget):
    """Text, hint and choices by language, and how it is asked; `changed` is told the question as it is now."""

    def __init__(self, changed: Callable[[Question], None]) -> None:
        super().__init__()
        self._changed = changed
        self._question = Question("", {})
        self.language = "en"
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        names = {"en": t("English"), "it": "Italiano", "pl": "Polski", "vi": "Tiếng Việt"}
        self.languages = Choices([(one, names.get(one, one)) for one in LANGUAGES], self._speak, t("Language"))
        self._column.addWidget(self.languages)
        self.text = self._field(t("Question"))
        self.hint = self._field(t("Hint below it"))
        self.english = PlainLabel("", "small")
        self._column.addWidget(self.english)
        self._choices_head = PlainLabel(t("Answers to choose from"), "strong")
        self._column.addWidget(self._choices_head)
        self._choices_box = QVBoxLayout()
        self._choices_box.setSpacing(4)
        self._column.addLayout(self._choices_box)
        self.choices: list[QLineEdit] = []
        self.first = self._check(t("Asked first, in “Write it up afterwards”"))
        self.required = self._check(t("Asked for before a takeaway is made"))
        self.private = self._check(t("Off the record: never searched, never proposed"))
        self._column.addLayout(self._words())
        self._column.addStretch(1)

    def show_question(self, question: Question) -> None:
        """Show another one."""
        self._question = question
        self._fill()

    def _field(self, label: str) -> QLineEdit:
        self._column.addWidget(PlainLabel(label, "strong"))
        field = QLineEdit()
        field.setAccessibleName(label)
        field.textEdited.connect(self._on_edited)
        self._column.addWidget(field)
        return field

    def _check(self, label: str) -> QCheckBox:
        box = QCheckBox(label)
        box.toggled.connect(self._on_edited)
        self._column.addWidget(box)
        return box

    def _words(self) -> QHBoxLayout:
        line = QHBoxLayout()
        label = t("Words at most, 0 for any number")
        self.most = QLineEdit()
        self.most.setValidator(QIntValidator(0, LONGEST, self.most))
        self.most.setMaximumWidth(self.most.fontMetrics().horizontalAdvance("0") * 4 + 36)  # its digits, and its edges
        self.most.setAccessibleName(label)
        self.most.textEdited.connect(self._on_edited)
        line.addWidget(self.most)
        line.addWidget(PlainLabel(label), 1)
        return line

    def _speak(self, language: str) -> None:
        self.language = language
        self._fill()

    def _fill(self) -> None:
        question, language = self._question, self.language
        if len(self.choices) != len(question.choices):
            self._build_choices(len(question.choices))
        shown = [(self.text, question.text), (self.hint, question.hint)]
        shown += [(field, texts) for field, (_key, texts) in zip(self.choices, question.choices, strict=True)]
        for field, texts in shown:
            if " ".join(field.text().split()) != texts.get(language, ""):
                field.setText(texts.get(language, ""))
        checks = ((self.first, question.part == "afterwards"), (self.required, question.required))
        for box, on in (*checks, (self.private, question.private)):
            with QSignalBlocker(box):
                box.setChecked(on)
        if self._most() != question.most_words or not self.most.text():
            self.most.setText(str(question.most_words))
        self.most.setEnabled(question.kind == "text")
        english = "" if language == "en" else question.text.get("en", "")
        self.english.setText(t("In English: {text}", text=english) if english else "")
        self.english.setVisible(bool(english))
        self._choices_head.setVisible(bool(question.choices))

    def _most(self) -> int:
        """What is typed; the number is not taken before it is one that can be meant."""
        return int(self.most.text()) if self.most.hasAcceptableInput() else 0

    def _build_choices(self, count: int) -> None:
        for field in self.choices:
            self._choices_box.removeWidget(field)
            field.hide()
            field.deleteLater()
        self.choices = []
        for number in range(1, count + 1):
            field = QLineEdit()
            field.setAccessibleName(t("Answer {number}", number=number))
            field.textEdited.connect(self._on_edited)
            self._choices_box.addWidget(field)
            self.choices.append(field)

    def _on_edited(self, _value: object = None) -> None:
        old, language = self._question, self.language
        choices = tuple(
            (key, said(texts, language, field.text()))
            for field, (key, texts) in zip(self.choices, old.choices, strict=True)
        )
        self._question = replace(
            old, text=said(old.text, language, self.text.text()), hint=said(old.hint, language, self.hint.text()),
            choices=choices, part="afterwards" if self.first.isChecked() else "structured",
            required=self.required.isChecked(), private=self.private.isChecked(), most_words=self._most(),
        )  # fmt: skip
        self._changed(self._question)
