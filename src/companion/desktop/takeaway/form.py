"""What the author writes, field by field."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from companion.desktop.widgets.growing import GrowingEdit
from companion.desktop.widgets.text import PlainLabel
from companion.takeaways.audience import fits, say
from companion.takeaways.model import Channel, Takeaway
from companion.words.language import mark, t

LABELS = {
    "headline": (mark("Headline"), mark("at most eight words, about the customer"), 1),
    "scene": (mark("One scene"), mark("who, what happened, what came of it"), 5),
    "quote": (mark("In their words"), mark("one sentence, word for word"), 2),
    "quote_role": (mark("Who said it"), mark("by role, never by name: the owner, the shift leader"), 1),
    "goal": (mark("What they are trying to do"), mark("may stay empty"), 2),
    "matters": (mark("Why it matters to us"), mark("to your own department"), 3),
    "will_do": (mark("What we will do"), mark("nothing yet is an honest answer"), 2),
    "question": (mark("One question to the reader"), "", 1),
}


class Form(QWidget):
    """The fields; `changed` is called at every key."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__()
        self._changed = changed
        self._channels: tuple[Channel, ...] = ()
        self._boxes: dict[str, QCheckBox] = {}
        self.fields: dict[str, QLineEdit | GrowingEdit] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for name, (label, hint, lines) in LABELS.items():
            column.addWidget(PlainLabel(t(label), "section"))
            self.fields[name] = self._field(t(label), t(hint) if hint else "", lines)
            column.addWidget(self.fields[name])
            column.addSpacing(8)
        column.addWidget(PlainLabel(t("For whom"), "section"))
        self.audience = QComboBox()
        self.audience.setAccessibleName(t("For whom"))
        self.audience.currentIndexChanged.connect(lambda _index: self._on_audience())
        column.addWidget(self.audience)
        column.addSpacing(8)
        self._ways = QVBoxLayout()
        self._ways.setSpacing(2)
        column.addLayout(self._ways)

    def show_takeaway(self, takeaway: Takeaway, audiences: list[str], channels: tuple[Channel, ...]) -> None:
        """Show what there is."""
        for name, field in self.fields.items():
            field.blockSignals(True)
            if isinstance(field, QLineEdit):
                field.setText(getattr(takeaway, name))
            else:
                field.setPlainText(getattr(takeaway, name))
            field.blockSignals(False)
        self._channels = channels
        self.audience.blockSignals(True)
        self.audience.clear()
        for audience in audiences:
            self.audience.addItem(say(audience), audience)
        self.audience.setCurrentIndex(max(0, self.audience.findData(takeaway.audience)))
        self.audience.blockSignals(False)
        self._show_ways()

    def written(self, takeaway: Takeaway) -> Takeaway:
        """The takeaway with what stands in the fields."""
        texts: dict[str, Any] = {
            name: (field.text() if isinstance(field, QLineEdit) else field.toPlainText()).strip()
            for name, field in self.fields.items()
        }
        return replace(takeaway, audience=str(self.audience.currentData() or "me"), **texts)

    def ways(self) -> tuple[str, ...]:
        """The names of the channels that are ticked."""
        return tuple(name for name, box in self._boxes.items() if box.isChecked())

    def _field(self, label: str, hint: str, lines: int) -> QLineEdit | GrowingEdit:
        field: QLineEdit | GrowingEdit
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

    def _on_audience(self) -> None:
        self._show_ways()
        self._changed()

    def _show_ways(self) -> None:
        before = self._boxes
        self._boxes = {}
        while (item := self._ways.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        audience = str(self.audience.currentData() or "me")
        fitting = [channel for channel in self._channels if fits(audience, channel.audience)]
        if fitting:
            self._ways.addWidget(PlainLabel(t("Besides the Read page, it goes to"), "section"))
        for channel in fitting:
            box = QCheckBox(_way(channel))
            box.setAccessibleName(_way(channel))
            known = before.get(channel.name)
            box.setChecked(known.isChecked() if known else channel.kind != "smtp")
            self._boxes[channel.name] = box
            self._ways.addWidget(box)


def _way(channel: Channel) -> str:
    if channel.kind == "smtp":
        return t("mail to all of them, by {name}", name=channel.name)
    return t("the site {name}", name=channel.name) if channel.kind == "site" else t("folder {name}", name=channel.name)
