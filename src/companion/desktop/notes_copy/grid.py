"""Recovery words as a grid to be copied by hand: read by the arrow keys, never selected, never on the clipboard."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from companion.desktop.widgets.text import PlainLabel
from companion.words.language import t

COLUMNS = 4
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -COLUMNS, Qt.Key.Key_Down: COLUMNS}


class WordCell(QFrame):
    """A word and its number; a screen reader says both."""

    moved = Signal(int)  # so many words on, or back

    def __init__(self, number: int, word: str) -> None:
        super().__init__()
        self.setProperty("part", "row")
        self.setProperty("press", True)  # for the ring of the keyboard alone
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(t("{number}, {word}", number=number, word=word))
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 4, 8, 4)
        line.setSpacing(8)
        count = PlainLabel(str(number), "small")
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        count.setFixedWidth(count.fontMetrics().horizontalAdvance("00") + 2)
        line.addWidget(count)
        said = PlainLabel(word, "heading")
        said.setWordWrap(False)
        line.addWidget(said, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows walk from word to word."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)


class WordGrid(QWidget):
    """All of them, numbered from 1 and read line by line; Tab comes to the first and leaves them all."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        self.cells = [WordCell(number, word) for number, word in enumerate(words, 1)]
        for at, cell in enumerate(self.cells):
            cell.moved.connect(lambda step, at=at: self._go(at + step))
            grid.addWidget(cell, at // COLUMNS, at % COLUMNS)
        if self.cells:
            self.cells[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocusProxy(self.cells[0])

    def _go(self, at: int) -> None:
        if 0 <= at < len(self.cells):
            self.cells[at].setFocus(Qt.FocusReason.TabFocusReason)
