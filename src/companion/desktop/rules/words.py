"""A list of words to add to and to take from."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from companion.desktop.widgets.buttons import button, link
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.flow import FlowLayout
from companion.desktop.widgets.text import PlainLabel
from companion.words.language import t

_BETWEEN = re.compile(r"[,;\n]")
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class WordList(Card):
    """Words as small buttons that take themselves out, and a field for more.

    Tab reaches one word; the arrow keys walk the others, Delete or Enter takes one out.
    """

    added = Signal(tuple)  # words as they were typed
    dropped = Signal(str)
    put_back = Signal()

    def __init__(self, about: str, says: str, hint: str) -> None:
        super().__init__(margin=18, spacing=10)
        self._chips: list[QPushButton] = []
        self._words: tuple[str, ...] = ()
        self.setAccessibleName(says)
        self.add(PlainLabel(about, "soft"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(t("Add to: {list}", list=says))
        self.field.setMaximumWidth(340)
        self.field.returnPressed.connect(self._on_add)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        line.addWidget(button(t("Add"), self._on_add, says=t("Add the word to: {list}", list=says)))
        line.addStretch(1)
        self.column.addLayout(line)
        self._box = QWidget()
        self._flow = FlowLayout(6)
        self._box.setLayout(self._flow)
        self.add(self._box)
        self._none = PlainLabel(t("No words: none of a title counts."), "soft")
        self.add(self._none)
        self._back = link(t("Put back the words that ship with the app"), self.put_back.emit,
                          says=t("Put back the shipped words of: {list}", list=says))  # fmt: skip
        row = QVBoxLayout()
        row.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(row)

    def show_words(self, words: Sequence[str], *, shipped: bool) -> None:
        """Show these words; the keyboard stays where it was, or at the neighbour of a word that went."""
        at = next((at for at, chip in enumerate(self._chips) if chip.hasFocus()), None)
        self._back.setVisible(not shipped)
        self._none.setVisible(not words)
        self._box.setVisible(bool(words))
        if tuple(words) == self._words:
            return
        self._words = tuple(words)
        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        self._chips = [self._chip(word) for word in words]
        for chip in self._chips:
            self._flow.addWidget(chip)
            chip.show()
        self._flow.invalidate()
        self._box.updateGeometry()
        self._reach(min(at or 0, len(self._chips) - 1))
        if at is not None:
            (self._chips[min(at, len(self._chips) - 1)] if self._chips else self.field).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys walk the words, Delete and Enter take one out."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or watched not in self._chips:
            return False
        at, key = self._chips.index(watched), event.key()
        if key in _STEPS:
            to = max(0, min(len(self._chips) - 1, at + _STEPS[Qt.Key(key)]))
            self._reach(to)
            self._chips[to].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._chips[at].click()
            return True
        return False

    def _chip(self, word: str) -> QPushButton:
        made = button(f"{word}  ×", lambda: self.dropped.emit(word), says=t("Take out “{word}”", word=word))
        made.setProperty("choice", True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.installEventFilter(self)
        return made

    def _reach(self, at: int) -> None:
        """Let Tab reach one word only: forty stops would keep everybody from the rest of the page."""
        for number, chip in enumerate(self._chips):
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus if number == at else Qt.FocusPolicy.NoFocus)

    def _on_add(self) -> None:
        words = tuple(part.strip() for part in _BETWEEN.split(self.field.text()) if part.strip())
        if words:
            self.added.emit(words)
