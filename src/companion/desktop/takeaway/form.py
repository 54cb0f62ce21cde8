"""What the author writes, field by field."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from companion.desktop.takeaway.audience import AudienceChoice
from companion.desktop.takeaway.facts import Desk
from companion.desktop.takeaway.marks import OriginMark, origin_of
from companion.desktop.takeaway.pillars import Pillars
from companion.desktop.takeaway.quotation import Quotation
from companion.desktop.widgets.buttons import Choices
from companion.desktop.widgets.growing import GrowingEdit
from companion.desktop.widgets.text import PlainLabel
from companion.takeaways.audience import team_of
from companion.takeaways.model import Origin, Takeaway
from companion.takeaways.origins import say, with_origin
from companion.takeaways.pillars import MEANING, PILLARS
from companion.takeaways.prompts import prompts_for
from companion.takeaways.reading import HEADLINE_WORDS
from companion.words.language import mark, t, tn

LABELS = {
    "correction": (mark("What did you put right?"), mark("one line; readers see it"), 1),
    "headline": (mark("Headline"), mark("at most eight words, about the customer"), 1),
    "customer_name": (mark("How readers see them"), mark("their name, or an alias"), 1),
    "scene": (mark("One scene"), mark("who, what happened, what came of it"), 4),
    "quote_role": (mark("Who said it"), mark("by role, never by name: the owner, the shift leader"), 1),
    "goal": (mark("What they are trying to do"), mark("may stay empty"), 2),
    "matters": (mark("Why it matters to us"), mark("to this team"), 3),
    "will_do": (mark("What we will do"), mark("Nothing yet."), 2),
    "question": (mark("One question to the reader"), mark("may stay empty"), 1),
}
MAY_QUOTE = (
    ("", mark("nobody asked them")), ("yes", mark("yes")), ("ask", mark("ask them first")), ("no", mark("no")),
)  # fmt: skip
Field = QLineEdit | GrowingEdit


class Form(QWidget):
    """The fields; `changed` is called at every key."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__()
        self._changed = changed
        self.fields: dict[str, Field] = {}
        self.labels: dict[str, PlainLabel] = {}
        self.marks: dict[str, OriginMark] = {}
        self.count = PlainLabel("", "soft")
        self.quotation = Quotation(changed)
        self.quote_mark = PlainLabel("", "soft")
        self.may_quote = Choices(
            [(key, t(label)) for key, label in MAY_QUOTE], self._on_may_quote, t("May we quote it")
        )
        self._may = ""
        self.pillars = Pillars(tuple((key, t(name), t(MEANING[key])) for key, name in PILLARS.items()), changed)
        self.audience = AudienceChoice(changed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._lay_out()

    def show_takeaway(self, desk: Desk, takeaway: Takeaway) -> None:
        """Show what there is."""
        for name, field in self.fields.items():
            put_text(field, str(getattr(takeaway, name)))
        for one in self.marks.values():
            one.show_origin(origin_of(takeaway.origins, one.field))
        self.quotation.show_quote(takeaway.quote, dict(takeaway.origins).get("quote", ""), desk.said)
        self._may = takeaway.may_quote
        self.may_quote.show_choice(self._may if self._may in dict(MAY_QUOTE) else "")
        self.pillars.show_pillars(takeaway.pillars)
        self.audience.show_takeaway(desk, takeaway)
        for widget in (self.labels["correction"], self.fields["correction"], self.changes):
            widget.setVisible(takeaway.id in desk.published)
        self.tell(self.written(takeaway))

    def tell(self, takeaway: Takeaway) -> None:
        """Say what follows from what is written: words of the headline, whose words the quotation is."""
        words = len(takeaway.headline.split())
        self.count.setText(tn("{count} word of {most}", "{count} words of {most}", words, most=HEADLINE_WORDS))
        self.count.setProperty("tone", "warning" if words > HEADLINE_WORDS else "soft")
        self.count.style().polish(self.count)
        self.quote_mark.setText(say(self.quotation.origin) if self.quotation.text else "")
        team = team_of(takeaway.audience)
        self.labels["matters"].setText(t("Why it matters to {team}", team=team) if team else t("Why it matters to us"))
        prompts = prompts_for(team)
        self.fields["matters"].setPlaceholderText(prompts[0])
        self.fields["matters"].setToolTip("\n".join(prompts))
        self.fields["matters"].setAccessibleDescription(" ".join(prompts))
        self.audience.tell(takeaway.audience)

    def written(self, takeaway: Takeaway) -> Takeaway:
        """The takeaway with what stands in the fields."""
        texts: dict[str, Any] = {name: text_of(field) for name, field in self.fields.items()}
        origins: dict[str, Origin] = {key: one.origin for key, one in self.marks.items() if texts[key]}
        if self.quotation.text:
            origins["quote"] = self.quotation.origin
        ends = str(self.audience.ends.currentData() or "")
        made = replace(
            takeaway, audience=str(self.audience.combo.currentData() or "me"), quote=self.quotation.text,
            may_quote=self._may, pillars=self.pillars.pillars, expires=date.fromisoformat(ends) if ends else None,
            origins=tuple(one for one in takeaway.origins if one[0] not in {*self.marks, "quote"}), **texts,
        )  # fmt: skip
        for key, origin in origins.items():
            made = with_origin(made, key, origin)
        return made

    def jump(self, name: str, span: tuple[int, int], words: str = "") -> QWidget:
        """Put the cursor where the author is to look, with the words selected; in a quotation they are searched."""
        if name == "quote":
            target: QWidget = self.quotation.first_field()
            at = target.toPlainText().find(words) if isinstance(target, GrowingEdit) and words else -1
            span = (at, at + len(words)) if at >= 0 else span
        else:
            target = self.fields.get(name, self.fields["headline"])
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(target, QLineEdit):
            target.setSelection(span[0], span[1] - span[0])
        elif isinstance(target, GrowingEdit):
            cursor = target.textCursor()
            cursor.setPosition(min(span[0], len(target.toPlainText())))
            cursor.setPosition(min(span[1], len(target.toPlainText())), QTextCursor.MoveMode.KeepAnchor)
            target.setTextCursor(cursor)
        return target

    def _on_may_quote(self, key: str) -> None:
        self._may = key
        self._changed()

    def _lay_out(self) -> None:
        self._field("correction")
        self.changes = PlainLabel("", "small")
        self._column.addWidget(self.changes)
        self.changes.setContentsMargins(0, 0, 0, 8)
        for name in ("headline", "customer_name", "scene"):
            self._field(name)
        self._head("quote", t("In their words"), self.quote_mark)
        self._column.addWidget(self.quotation)
        self._column.addSpacing(8)
        self._field("quote_role")
        self._head("may_quote", t("May we quote it"))
        self._column.addWidget(self.may_quote)
        self._column.addSpacing(8)
        for name in ("goal", "matters", "will_do", "question"):
            self._field(name)
        self._head("pillars", t("What it says of us"))
        self._column.addWidget(self.pillars)
        self._column.addSpacing(8)
        self._column.addWidget(self.audience)

    def _field(self, name: str) -> None:
        label, hint, lines = LABELS[name]
        beside: QWidget | None = self.count if name == "headline" else None
        if name in ("scene", "goal", "matters"):
            self.marks[name] = OriginMark(name, t(label), self._changed)
            beside = self.marks[name].button
        self._head(name, t(label), beside)
        self.fields[name] = self._made(t(label), t(hint), lines)
        self._column.addWidget(self.fields[name])
        if name != "correction":
            self._column.addSpacing(8)

    def _head(self, name: str, label: str, beside: QWidget | None = None) -> None:
        self.labels[name] = PlainLabel(label, "section")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.labels[name], 1)
        if beside is not None:
            if isinstance(beside, PlainLabel):
                beside.setWordWrap(False)
                beside.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            line.addWidget(beside, 0, Qt.AlignmentFlag.AlignRight)
        self._column.addLayout(line)

    def _made(self, label: str, hint: str, lines: int) -> Field:
        field: Field
        if lines == 1:
            field = QLineEdit()
            field.textChanged.connect(lambda _text: self._changed())
        else:
            field = GrowingEdit(label, lines=lines)
            field.textChanged.connect(self._changed)
        field.setPlaceholderText(hint)
        field.setAccessibleName(label)
        field.setAccessibleDescription(hint)
        return field


def put_text(field: Field, text: str) -> None:
    """Show a text without telling that it changed."""
    field.blockSignals(True)
    if isinstance(field, QLineEdit):
        if field.text().strip() != text:  # the cursor of whoever is writing stays
            field.setText(text)
            field.setCursorPosition(0)
    elif field.toPlainText().strip() != text:
        field.setPlainText(text)
    field.blockSignals(False)


def text_of(field: Field) -> str:
    """What stands in a field, without the spaces around it."""
    return (field.text() if isinstance(field, QLineEdit) else field.toPlainText()).strip()
