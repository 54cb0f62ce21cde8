"""The questions of a note: what is changed waits on the page until it is saved as another version."""

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from companion.basics.changes import Changes
from companion.desktop.frame import Frame, Page
from companion.desktop.listen.afterwards import Afterwards
from companion.desktop.listen.questions import in_words
from companion.desktop.templates.draft import changed, moved, with_one_more, without
from companion.desktop.templates.form import QuestionForm
from companion.desktop.widgets.buttons import button, link
from companion.desktop.widgets.column import header
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.text import PlainLabel
from companion.notes.template import Question, Template
from companion.programme import templates
from companion.programme.model import House
from companion.words.language import t


@dataclass(frozen=True)
class Asked:
    """The questions as they are now, the version another one would be, and whether this person may make it."""

    template: Template
    next: int
    mine: bool


def read_questions(house: House) -> Asked:
    """Read them."""
    template = templates.current(house)
    versions = [one.version for one in templates.all_of(house) if one.id == template.id]
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
    mine = not house.workspace_shared or (me is not None and me.kind == "ops")
    return Asked(template, max(versions, default=0) + 1, mine)


class TemplatesPage(Page):
    """A list of questions and the chosen one beside it."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._asked: Asked | None = None
        self.draft: Template | None = None
        self.about = PlainLabel("", "soft")
        self.listed = QListWidget()
        self.listed.setAccessibleName(t("Questions of a note"))
        self.listed.setWordWrap(True)
        self.listed.currentRowChanged.connect(self._on_row)
        self.form = QuestionForm(self._on_edited)
        self.save_button = button(t("Save"), self.save, filled=True)
        self.drop_button = link(t("Leave it as it was"), self._drop, soft=True)
        self._lay_out()

    @property
    def dirty(self) -> bool:
        """Whether something is changed and not saved."""
        return self._asked is not None and self.draft is not None and self.draft != self._asked.template

    def reload(self) -> None:
        """Read them again; what is changed and not saved stays."""
        self.read(lambda house, _ticket: read_questions(house), self._show)

    def may_close(self) -> bool:
        """The window stays where questions are changed and nobody has said what becomes of them."""
        if not self.dirty:
            return True

        def told(what: str) -> None:
            if what == "drop":
                self._drop()
                self.window().close()
            else:
                self.save()

        self.frame.ask.choose(
            t("The questions are not saved"), t("Close the window?"),
            [("save", t("Save them, and stay")), ("drop", t("Close without them"))], told,
        )  # fmt: skip
        return False

    def save(self) -> None:
        """Make them the questions of every note from now on."""
        draft = self.draft
        if draft is None or not self.dirty:
            return

        def saved(made: Template) -> None:
            self.frame.say(t("Saved as version {version}. Notes that are begun keep theirs.", version=made.version))
            self._asked, self._shown = None, None
            self.reload()

        self.frame.tasks.write(
            lambda house, _ticket: templates.save(house, draft), saved, rooms=Changes.PROGRAMME, owner=self
        )

    def _show(self, asked: Asked) -> None:
        kept = self.dirty
        self._asked = asked
        if not kept:
            self.draft = asked.template
            self._list(max(0, self.listed.currentRow()))
        self._tell()

    def _list(self, row: int) -> None:
        draft = self.draft
        if draft is None:
            return
        self.listed.blockSignals(True)
        self.listed.clear()
        self.listed.addItems([label(one) for one in draft.questions])
        self.listed.blockSignals(False)
        self.listed.setCurrentRow(min(row, len(draft.questions) - 1))
        self._on_row(self.listed.currentRow())

    def _on_row(self, row: int) -> None:
        if self.draft is not None and 0 <= row < len(self.draft.questions):
            self.form.show_question(self.draft.questions[row])

    def _on_edited(self, question: Question) -> None:
        row = self.listed.currentRow()
        if self.draft is not None and row >= 0:
            self.draft = changed(self.draft, row, question)
            self.listed.item(row).setText(label(question))
            self._tell()

    def _move(self, by: int) -> None:
        row = self.listed.currentRow()
        if self.draft is not None and row >= 0:
            self.draft = moved(self.draft, row, by)
            self._list(max(0, min(row + by, len(self.draft.questions) - 1)))
            self._tell()

    def _add(self) -> None:
        if self.draft is not None:
            self.draft = with_one_more(self.draft)
            self._list(len(self.draft.questions) - 1)
            self.form.text.setFocus()
            self._tell()

    def _remove(self) -> None:
        row = self.listed.currentRow()
        if self.draft is not None and row >= 0 and len(self.draft.questions) > 1:
            self.draft = without(self.draft, row)
            self._list(row)
            self._tell()

    def _drop(self) -> None:
        if self._asked is not None:
            self.draft = self._asked.template
            self._list(max(0, self.listed.currentRow()))
            self._tell()

    def _preview(self) -> None:
        if self.draft is None:
            return
        content = Afterwards(lambda _key: None)
        content.show_questions("preview", self.draft, {})
        content.open_all()
        content.setMinimumSize(480, 360)
        self.frame.ask.show(t("As a listener sees it"), content)

    def _tell(self) -> None:
        asked = self._asked
        if asked is None:
            return
        mine = t("Version {version}. Notes that are begun keep their questions.", version=asked.template.version)
        only = t("The questions of a note are for everybody, so only ops change them.")
        self.about.setText(mine if asked.mine else f"{mine} {only}")
        self.save_button.setText(t("Save as version {version}", version=asked.next))
        self.save_button.setAccessibleName(self.save_button.text())
        self.save_button.setEnabled(asked.mine and self.dirty)
        self.drop_button.setVisible(self.dirty)
        self.form.setEnabled(asked.mine)
        self._changes.setEnabled(asked.mine)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 24, 36, 24)
        column.setSpacing(10)
        column.addWidget(header(t("Questions of a note"), below=[self.about]))
        left, inner = QVBoxLayout(), QWidget()
        left.setSpacing(8)
        left.addWidget(self.listed, 1)
        self._changes = Flow(
            [button(t("Add"), self._add, says=t("Add a question")),
             button(t("Up"), lambda: self._move(-1), says=t("Move it up")),
             button(t("Down"), lambda: self._move(1), says=t("Move it down")),
             button(t("Remove"), self._remove, says=t("Remove the question"))], spacing=8,
        )  # fmt: skip
        left.addWidget(self._changes)
        right = QVBoxLayout(inner)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.form, 1)
        line = QHBoxLayout()
        line.setSpacing(24)
        line.addLayout(left, 2)
        line.addWidget(inner, 3)
        column.addLayout(line, 1)
        column.addWidget(Flow([self.save_button, button(t("Preview…"), self._preview), self.drop_button], spacing=8))
        self._tell()


def label(question: Question) -> str:
    """A question in the list, with what is special about it."""
    words = in_words(question) if question.text else t("New question")
    marks = [
        t("first") if question.part == "afterwards" else "", t("asked for") if question.required else "",
        t("off the record") if question.private else "",
    ]  # fmt: skip
    told = ", ".join(mark for mark in marks if mark)
    return f"{words}  ({told})" if told else words
