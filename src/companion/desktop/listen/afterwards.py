"""Write it up afterwards: three questions first, the others and the private ones where somebody wants them."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from companion.desktop.listen.questions import Asked
from companion.desktop.listen.reflection import questions_for
from companion.desktop.widgets.buttons import button, link
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.text import PlainLabel
from companion.notes.template import Question, Template
from companion.words.language import t


class Fold:
    """Something that stays folded away until it is wanted."""

    def __init__(self, title: str, content: QWidget, column: Column) -> None:
        self._title = title
        self._content = content
        self._turn = link("", self.turn)
        column.add(self._turn, 10)
        column.add(content)
        self.open(False)

    def turn(self) -> None:
        """Open what is folded, fold what is open."""
        self.open(self._content.isHidden())

    def open(self, yes: bool) -> None:
        """Show it or fold it away."""
        self._content.setVisible(yes)
        self._turn.setText(f"▾  {self._title}" if yes else f"▸  {self._title}")
        self._turn.setAccessibleName(t("{what}, open", what=self._title) if yes else self._title)
        self._turn.setAccessibleDescription("" if yes else t("folded away"))


class Afterwards(Column):
    """All questions of one note. `changed` is told the key of each answer that does."""

    def __init__(
        self, changed: Callable[[str], None], go_on: Callable[[], None] | None = None,
        back: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(margin=0, spacing=8, widest=720)
        self._line.setContentsMargins(0, 0, 12, 0)  # it begins where the lines beside it do
        self._changed = changed
        self._go_on = go_on
        self._back = back
        self._for: tuple[str, str, int] = ("", "", 0)
        self._folds: list[tuple[Fold, tuple[Asked, ...]]] = []
        self.asked: dict[str, Asked] = {}

    def show_questions(self, note_id: str, template: Template, answers: Mapping[str, str]) -> None:
        """Show a note's questions with what was answered."""
        wanted = (note_id, template.id, template.version)
        if wanted != self._for:
            self._for = wanted
            self._build(template, questions_for(note_id))
        self.show_answers(answers, frozenset())
        for fold, asked in self._folds:
            fold.open(any(one.answer for one in asked))

    def open_all(self) -> None:
        """Fold nothing away."""
        for fold, _asked in self._folds:
            fold.open(True)

    def show_answers(self, answers: Mapping[str, str], busy: frozenset[str]) -> None:
        """Show what was answered, save where something newer stands here."""
        for key, one in self.asked.items():
            if key not in busy and not one.composing:
                one.show_answer(answers.get(key, ""))

    def answer(self, key: str) -> str:
        """What stands in one field now."""
        return self.asked[key].answer

    def begin(self) -> None:
        """Begin anew, without the questions of another note."""
        super().begin()
        self.asked, self._folds = {}, []

    def begin_writing(self) -> None:
        """Put the cursor into the first field."""
        first = next((one.field for one in self.asked.values() if one.field is not None), None)
        if first is not None:
            first.moveCursor(QTextCursor.MoveOperation.End)
            first.setFocus()
            self.ensureWidgetVisible(first)

    def _build(self, template: Template, reflection: Sequence[Question]) -> None:
        self.begin()
        first = [one for one in template.questions if one.part == "afterwards"]
        more = [one for one in template.questions if one.part != "afterwards" and not one.private]
        private = [one for one in template.questions if one.part != "afterwards" and one.private]
        self.add(self._card(first, lines=2))
        if more:
            content = self._card(more)
            self._fold(t("More, where you have it"), content, more)
        if private:
            content = self._card(private, t("Stays here: never searched, never proposed for a takeaway."))
            self._fold(t("Off the record"), content, private)
        content = self._card(reflection, t("For yourself, and for nobody else."))
        self._fold(t("Three questions to yourself"), content, reflection)
        if self._go_on is not None and self._back is not None:
            verbs = [button(t("Make a takeaway of it"), self._go_on, filled=True),
                     button(t("Back to the lines"), self._back)]  # fmt: skip
            self.add(Flow(verbs, spacing=8), 14)
        self.end()

    def _fold(self, title: str, content: QWidget, questions: Sequence[Question]) -> None:
        self._folds.append((Fold(title, content, self), tuple(self.asked[one.key] for one in questions)))

    def _card(self, questions: Sequence[Question], says: str = "", *, lines: int = 1) -> Card:
        card = Card(margin=20, spacing=14)
        if says:
            card.add(PlainLabel(says, "small"))
        for question in questions:
            one = self.asked[question.key] = Asked(question, self._changed, lines=lines)
            card.add(one)
        return card
