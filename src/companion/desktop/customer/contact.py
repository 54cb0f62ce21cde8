"""The fields of one of a customer's people: role, one human line, whether we may quote them."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from companion.customers.model import Contact
from companion.desktop.customer.editor import under
from companion.desktop.customer.words import MAY_QUOTE
from companion.desktop.widgets.buttons import Choices, button, link
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.text import PlainLabel
from companion.words.language import mark, t

TEXTS = (("name", mark("Name")), ("address", mark("Address")), ("role", mark("Role")), ("line", mark("One human line")))


class ContactEditor(Card):
    """Edits a person of theirs, or a new one (without an address). `saved` carries the contact as it is wanted."""

    saved = Signal(object)
    left = Signal()
    changed = Signal()

    def __init__(self, contact: Contact, px: float = 1.0) -> None:
        super().__init__(margin=16, spacing=8)
        self.contact = contact
        self.touched = False  # whether it holds what is not saved
        self.changed.connect(self._on_changed)
        self._may = contact.may_quote
        self._lines: dict[str, QLineEdit] = {}
        title = contact.name or contact.address or t("One of their people")
        self.add(PlainLabel(title, "section"))
        fields = []
        for name, label in TEXTS:
            if name == "address" and contact.address:
                continue  # by it they are known
            line = self._lines[name] = QLineEdit(str(getattr(contact, name)))
            line.setAccessibleName(t(label))
            line.textChanged.connect(self.changed)
            line.returnPressed.connect(self._on_save)
            fields.append(under(t(label), line, round((380 if name == "line" else 220) * px)))
        label = t("May we quote them")
        self._quote = Choices([(key, t(said)) for key, said in MAY_QUOTE], self._on_quote, label)
        self._quote.show_choice(self._may if self._may in dict(MAY_QUOTE) else "")
        self.add(Flow([*fields, under(label, self._quote, 0)], spacing=12))
        said = t("What helps to sit opposite them. Nothing of health, family or opinions: they may read it.")
        self.add(PlainLabel(said, "small"))
        self.trouble = PlainLabel("", "bad")
        self.trouble.hide()
        self.add(self.trouble)
        save = button(t("Save"), self._on_save, filled=True, says=t("Save: {what}", what=title))
        self.add(Flow([save, link(t("Leave it as it was"), self.left.emit, soft=True)], spacing=14))
        self.setAccessibleName(title)

    def fields(self) -> dict[str, str]:
        """What stands in the fields now."""
        return {**{name: line.text() for name, line in self._lines.items()}, "may_quote": self._may}

    def restore(self, fields: dict[str, str]) -> None:
        """Put back what was written and not saved."""
        for name, line in self._lines.items():
            line.setText(fields.get(name, line.text()))
        if fields.get("may_quote", "") in dict(MAY_QUOTE):
            self._may = fields.get("may_quote", "")
            self._quote.show_choice(self._may)

    def begin(self) -> None:
        """Put the cursor into the line on them, or into the name of a new one."""
        self._lines["line" if self.contact.address else "name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, trouble: str) -> None:
        """Say what keeps it from being saved; "" takes it away."""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def save(self) -> bool:
        """Say what is wanted, where it can be read; whether it could."""
        found = {name: line.text().strip() for name, line in self._lines.items()}
        if not (found.get("address") or self.contact.address):
            self.tell(t("Give their address: by it they are known again in a meeting."))
            self._lines["address"].setFocus()
            return False
        self.tell("")
        self.saved.emit(replace(self.contact, **found, may_quote=self._may))  # type: ignore[arg-type]
        return True

    @Slot()
    def _on_save(self) -> None:
        self.save()

    @Slot()
    def _on_changed(self) -> None:
        self.touched = True

    def _on_quote(self, key: str) -> None:
        self._may = key
        self.changed.emit()
