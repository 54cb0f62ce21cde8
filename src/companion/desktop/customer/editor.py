"""The fields of one fact, where it stands: Enter saves, Escape leaves it as it was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from companion.basics.clock import read_day
from companion.basics.errors import Problem
from companion.customers.memory import Fact, FactKind
from companion.desktop.customer.words import FIELD_NAMES, MAY_QUOTE, text_label
from companion.desktop.widgets.buttons import Choices, button, link
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.growing import GrowingEdit
from companion.desktop.widgets.text import PlainLabel
from companion.words.language import t
from companion.words.problems import sentence

FIELDS: dict[FactKind, tuple[str, ...]] = {
    "who": ("heard_on", "source"),
    "goal": ("role", "contact_id", "heard_on", "source"),
    "quote": ("role", "contact_id", "heard_on", "source", "may_quote"),
    "bought": ("heard_on", "source"),
    "touch": ("topic", "source"),
    "promise": ("owner_id", "due", "heard_on", "source"),
    "avoid": ("source",),
    "front_line": ("heard_on", "source"),
}
DAYS = ("heard_on", "due")
NARROW, WIDE = 150, 300  # pixels at 100 %


@dataclass(frozen=True)
class Offered:
    """What the fields of a customer offer to choose from, as (id, name)."""

    contacts: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    teams: tuple[str, ...] = ()


class Words(GrowingEdit):
    """The words themselves: Enter ends them, Shift and Enter begins another line."""

    ended = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter without Shift ends."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.ended.emit()
        else:
            super().keyPressEvent(event)


class Editor(Card):
    """Edits a fact, or a new one (revision 0). `saved` carries the fact as it is wanted."""

    saved = Signal(object)
    left = Signal()
    changed = Signal()

    def __init__(self, fact: Fact, offered: Offered, px: float = 1.0) -> None:
        super().__init__(margin=16, spacing=8)
        self.fact = fact
        self._px = px
        self._lines: dict[str, QLineEdit] = {}
        self._boxes: dict[str, QComboBox] = {}
        self._may = fact.may_quote
        self._quote: Choices | None = None
        label = text_label(fact)
        self.add(PlainLabel(label, "section"))
        self.words = Words(label, lines=2 if fact.kind != "who" else 1)
        self.words.setPlainText(fact.text)
        self.touched = False  # whether it holds what is not saved
        self.words.textChanged.connect(self.changed)
        self.words.ended.connect(self._on_save)
        self.changed.connect(self._on_changed)
        self.add(self.words)
        self.add(Flow([self._field(name, offered) for name in FIELDS[fact.kind]], spacing=12))
        self.trouble = PlainLabel("", "bad")
        self.trouble.hide()
        self.add(self.trouble)
        save = button(t("Save"), self._on_save, filled=True, says=t("Save: {what}", what=label))
        back = link(t("Leave it as it was"), self.left.emit, soft=True)
        self.hint = PlainLabel(t("Enter saves, Escape leaves it as it was."), "small")
        self.hint.setWordWrap(False)
        self.add(Flow([save, back, self.hint], spacing=14))
        self.setAccessibleName(label)
        self.setFocusProxy(self.words)

    def fields(self) -> dict[str, str]:
        """What stands in the fields now."""
        found = {"text": self.words.toPlainText(), "topic": self.fact.topic}
        found |= {name: line.text() for name, line in self._lines.items()}
        found |= {name: self._chosen(name) for name in self._boxes}
        if "may_quote" in FIELDS[self.fact.kind]:
            found["may_quote"] = self._may
        return found

    def restore(self, fields: dict[str, str]) -> None:
        """Put back what was written and not saved."""
        if "text" in fields:
            self.words.setPlainText(fields["text"])
        for name, line in self._lines.items():
            line.setText(fields.get(name, line.text()))
        for name, box in self._boxes.items():
            self._choose(box, fields.get(name, self._chosen(name)))
        if self._quote is not None and fields.get("may_quote", "") in dict(MAY_QUOTE):
            self._may = fields.get("may_quote", "")
            self._quote.show_choice(self._may)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def begin(self) -> None:
        """Put the cursor behind the words."""
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.words.moveCursor(self.words.textCursor().MoveOperation.End)

    def tell(self, trouble: str) -> None:
        """Say what keeps it from being saved; "" takes it away."""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))

    def save(self) -> bool:
        """Say what is wanted, where it can be read; whether it could."""
        found = self.fields()
        if not found["text"].strip():
            self.tell(t("Write a few words first, or leave it as it was."))
            self.words.setFocus()
            return False
        days: dict[str, date | None] = {}
        for name in DAYS:
            if name in self._lines:
                try:
                    typed = self._lines[name].text().strip()
                    days[name] = read_day(typed, t(FIELD_NAMES[name])) if typed else None
                except Problem as problem:
                    self.tell(sentence(problem, "window"))
                    self._lines[name].setFocus()
                    return False
        self.tell("")
        texts = {name: value.strip() for name, value in found.items() if name not in DAYS}
        self.saved.emit(replace(self.fact, **texts, **days))  # type: ignore[arg-type]
        return True

    @Slot()
    def _on_save(self) -> None:
        self.save()

    @Slot()
    def _on_changed(self) -> None:
        self.touched = True

    def _field(self, name: str, offered: Offered) -> QWidget:
        label = t(FIELD_NAMES[name])
        if name == "may_quote":
            self._quote = Choices([(key, t(said)) for key, said in MAY_QUOTE], self._on_quote, label)
            self._quote.show_choice(self._may if self._may in dict(MAY_QUOTE) else "")
            return under(label, self._quote, 0)
        if name == "contact_id":
            return self._box(name, label, [("", t("nobody known")), *offered.contacts])
        if name == "owner_id":
            return self._box(name, label, [("", t("nobody known")), *offered.people])
        if name == "topic":
            teams = list(dict.fromkeys([*offered.teams, *([self.fact.topic] if self.fact.topic else [])]))
            return self._box(name, label, [(team, team) for team in teams], free=True)
        line = QLineEdit(self._start(name))
        line.setAccessibleName(label)
        if name in DAYS:
            line.setPlaceholderText(t("2026-06-30"))
        line.textChanged.connect(self.changed)
        line.returnPressed.connect(self._on_save)
        self._lines[name] = line
        wide = NARROW if name in DAYS else WIDE
        return under(label, line, round((wide if name != "role" else 200) * self._px))

    def _box(self, name: str, label: str, choices: Sequence[tuple[str, str]], *, free: bool = False) -> QWidget:
        box = QComboBox()
        box.setAccessibleName(label)
        box.setEditable(free)
        for key, said in choices:
            box.addItem(said, key)
        self._boxes[name] = box
        self._choose(box, getattr(self.fact, name))
        box.currentTextChanged.connect(self.changed)
        return under(label, box, round(200 * self._px))

    def _start(self, name: str) -> str:
        value = getattr(self.fact, name)
        return value.isoformat() if isinstance(value, date) else str(value or "")

    def _chosen(self, name: str) -> str:
        box = self._boxes[name]
        return box.currentText() if box.isEditable() else str(box.currentData() or "")

    @staticmethod
    def _choose(box: QComboBox, key: str) -> None:
        if box.isEditable():
            box.setEditText(key)
            return
        if key and box.findData(key) < 0:
            box.addItem(t("somebody who is gone"), key)
        box.setCurrentIndex(max(0, box.findData(key)))

    def _on_quote(self, key: str) -> None:
        self._may = key
        self.changed.emit()


def under(label: str, field: QWidget, wide: int) -> QWidget:
    """A field below its label; `wide` in pixels, 0 for as wide as it is."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(PlainLabel(label, "small"))
    column.addWidget(field)
    if wide:
        box.setFixedWidth(wide)
    return box
