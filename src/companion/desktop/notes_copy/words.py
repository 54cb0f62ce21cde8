"""The dialog that shows recovery words once and asks for two of them back before it counts."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from companion.desktop.notes_copy.grid import WordGrid
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.text import PlainLabel
from companion.words.language import t

_SHORT = 4  # letters by which a word is known


class WordsDialog(QDialog):
    """First the words, then two of them by number. `done` is told whether both came back right; Escape says no."""

    def __init__(
        self, parent: QWidget, words: Sequence[str], asked: Sequence[int], meanwhile: str, done: Callable[[bool], None]
    ) -> None:
        super().__init__(parent)
        self._words = tuple(words)
        title = t("Your recovery words")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(min(self.fontMetrics().averageCharWidth() * 92, parent.width() - 48))
        self.fields = {number: _field(number) for number in asked}
        self._wrong = PlainLabel("", "bad")
        self._wrong.hide()
        self._grid = WordGrid(self._words)
        self._steps = QStackedWidget()
        self._steps.addWidget(self._first(title, meanwhile))
        self._steps.addWidget(self._second(meanwhile))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.addWidget(self._steps)
        self._grid.setFocus()
        self.finished.connect(lambda result: done(result == QDialog.DialogCode.Accepted))

    def _first(self, title: str, meanwhile: str) -> QWidget:
        text = t(
            "Write these {count} words on paper, with their numbers. They are shown this once and kept nowhere. With "
            "them your notes in the folder can be read on another computer; without them they cannot, even by you.",
            count=len(self._words),
        )
        written = button(t("I have written them down"), self._on_written, filled=True)
        return _step([PlainLabel(title, "heading"), PlainLabel(text), self._grid], [self._cancel(meanwhile), written])

    def _second(self, meanwhile: str) -> QWidget:
        parts: list[QWidget] = [
            PlainLabel(t("Two of them, from your paper"), "heading"),
            PlainLabel(t("So that the paper is sure to be right before it counts.")),
        ]
        for number, field in self.fields.items():
            parts += [PlainLabel(t("Word {number}", number=number), "section"), field]
            field.returnPressed.connect(self._on_done)
        back = button(t("Show the words again"), self._on_back)
        done = button(t("Done"), self._on_done, filled=True)
        return _step([*parts, self._wrong], [self._cancel(meanwhile), back, done], stretch=True)

    def _cancel(self, meanwhile: str) -> QWidget:
        return button(t("Cancel"), self.reject, says=meanwhile, tip=meanwhile)

    @Slot()
    def _on_written(self) -> None:
        self._steps.setCurrentIndex(1)
        next(iter(self.fields.values())).setFocus()

    @Slot()
    def _on_back(self) -> None:
        self._steps.setCurrentIndex(0)
        self._grid.setFocus()

    @Slot()
    def _on_done(self) -> None:
        for number, field in self.fields.items():
            if not same(field.text(), self._words[number - 1]):
                self._tell(t("Word {number} was another one. Look at your paper.", number=number))
                field.setFocus()
                field.selectAll()
                return
        self.accept()

    def _tell(self, said: str) -> None:
        self._wrong.setText(said)
        self._wrong.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self._wrong, QAccessible.Event.Alert))


def same(typed: str, word: str) -> bool:
    """Whether somebody typed that word; as when they are joined with, its first four letters will do."""
    said = typed.strip().casefold()
    return said == word or (len(said) == _SHORT and word.startswith(said))


def _field(number: int) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(t("Word {number}", number=number))
    field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    return field


def _step(parts: Sequence[QWidget], buttons: Sequence[QWidget], *, stretch: bool = False) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1 if stretch else 0)
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addStretch(1)
    for one in buttons:
        line.addWidget(one)
    column.addSpacing(8)
    column.addLayout(line)
    return page
