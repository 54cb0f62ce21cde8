"""What the customer said, as it was written down: words can be left out, none can be changed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from companion.desktop.takeaway.passages import Passages
from companion.desktop.widgets.buttons import link
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.growing import GrowingEdit
from companion.desktop.widgets.text import PlainLabel
from companion.words.language import t

_LEAVES_OUT = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class ExactEdit(GrowingEdit):
    """Shows exact words; they can be selected with mouse or keyboard. Typing is refused, Delete leaves words out."""

    refused = Signal()
    left_out = Signal()

    def __init__(self) -> None:
        super().__init__(t("Their exact words"), lines=2)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleDescription(t("Select words and press Delete to leave them out; they cannot be changed."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete leaves the selected words out; letters are refused with a word."""
        if event.key() in _LEAVES_OUT and self.textCursor().hasSelection():
            self.left_out.emit()
        elif event.key() in _LEAVES_OUT or (event.text().isprintable() and event.text().strip()):
            if event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
                self.refused.emit()
            else:
                super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)


class ExactWords(QWidget):
    """One sentence in its exact words, and what can be done with it."""

    changed = Signal()
    put_own = Signal()  # they want to put it in their own words

    def __init__(self) -> None:
        super().__init__()
        self._passages = Passages("")
        self.edit = ExactEdit()
        self.edit.refused.connect(self._on_refused)
        self.edit.left_out.connect(self._leave_out)
        self.edit.selectionChanged.connect(self._on_selection)
        self.word = PlainLabel("", "small")
        self._out = link(t("Leave the selected words out"), self._leave_out)
        self._only = link(t("Keep only these"), self._keep, says=t("Keep only the selected words"))
        self._whole = link(t("All of it"), self._all, says=t("All of their words again"))
        self._own = link(t("Put it in my own words"), self.put_own.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.edit)
        column.addWidget(Flow([self._out, self._only, self._whole, self._own], spacing=10))
        column.addWidget(self.word)

    @property
    def passages(self) -> Passages:
        """The words and what is left out of them."""
        return self._passages

    def show_passages(self, made: Passages) -> None:
        """Show words, those that are left out struck through."""
        if made.text != self._passages.text or self.edit.toPlainText() != made.text:
            self.edit.setPlainText(made.text)
        self._passages = made
        self._strike()
        self.word.setText(t("Select words to leave them out. They stay as they were said."))
        self._on_selection()

    def _strike(self) -> None:
        gone = QTextCharFormat()
        gone.setFontStrikeOut(True)
        gone.setForeground(QColor(self.palette().color(QPalette.ColorRole.PlaceholderText)))
        shown = []
        for start, end in self._passages.out:
            one = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.edit.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            one.cursor, one.format = cursor, gone
            shown.append(one)
        self.edit.setExtraSelections(shown)

    def _span(self) -> tuple[int, int]:
        cursor = self.edit.textCursor()
        return cursor.selectionStart(), cursor.selectionEnd()

    def _leave_out(self) -> None:
        self._take(self._passages.without(*self._span()))

    def _keep(self) -> None:
        self._take(self._passages.only(*self._span()))

    def _all(self) -> None:
        self._take(self._passages.whole())

    def _take(self, made: Passages) -> None:
        if not made.kept:
            self.word.setText(t("Something of it has to stay, or leave the quotation empty: put it in your own words."))
            return
        held = self.window().focusWidget()
        self.show_passages(made)
        cursor = self.edit.textCursor()
        cursor.clearSelection()
        self.edit.setTextCursor(cursor)
        if held in (self._out, self._only, self._whole):
            self.edit.setFocus()  # the button that was pressed can be pressed no more
        self.changed.emit()

    def _on_selection(self) -> None:
        chosen = self.edit.textCursor().hasSelection()
        self._out.setVisible(chosen)
        self._only.setVisible(chosen)
        self._whole.setVisible(bool(self._passages.out))

    def _on_refused(self) -> None:
        self.word.setText(
            t("These are their words, so they stay as they were said. Leave some out, or put it in your own words.")
        )
