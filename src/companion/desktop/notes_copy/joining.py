"""The dialog in which somebody types the recovery words that were shown on another computer."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.text import PlainLabel
from companion.words.language import t

LINES = 4


class WordsField(QPlainTextEdit):
    """Takes words in and gives none out: nothing of it is copied, cut or dragged away."""

    def createMimeDataFromSelection(self) -> QMimeData:
        """Nothing, whatever is selected."""
        return QMimeData()


class JoinDialog(QDialog):
    """Asks for the words, and stays with what was typed until they fit; it forgets them when it closes."""

    def __init__(self, parent: QWidget, folder: str, tried: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._tried = tried
        title = t("Type your recovery words")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(min(self.fontMetrics().averageCharWidth() * 72, parent.width() - 48))
        text = t(
            "All 24, in their order, from the paper you wrote when the copy in {folder} was begun. The first four "
            "letters of a word will do. Look that nobody reads along.",
            folder=folder,
        )
        self.words = WordsField()
        self.words.setAccessibleName(title)
        self.words.setTabChangesFocus(True)
        self.words.setUndoRedoEnabled(False)  # a typed word is nowhere but here
        self.words.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )  # fmt: skip
        self.words.setFixedHeight(self.fontMetrics().lineSpacing() * LINES + 24)
        self._said = PlainLabel("", "bad")
        self._said.hide()
        self._go = button(t("Join"), self._on_go, filled=True)
        self._go.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        for part in (PlainLabel(title, "heading"), PlainLabel(text), self.words, self._said):
            column.addWidget(part)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addStretch(1)
        line.addWidget(button(t("Cancel"), self.reject))
        line.addWidget(self._go)
        column.addSpacing(8)
        column.addLayout(line)
        self.words.setFocus()
        self.finished.connect(lambda _result: self.words.clear())

    def wrong(self, said: str) -> None:
        """They did not fit; what was typed stays to be put right."""
        self._go.setEnabled(True)
        self._said.setText(said)
        self._said.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self._said, QAccessible.Event.Alert))
        self.words.setFocus()

    @Slot()
    def _on_go(self) -> None:
        self._go.setEnabled(False)
        self._tried(self.words.toPlainText())
