"""One line of a note: its time, its mark, its words."""

from datetime import datetime

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from companion.basics.clock import Clock
from companion.basics.ids import new_id
from companion.desktop.widgets.growing import GrowingEdit
from companion.desktop.widgets.text import PlainLabel
from companion.notes.model import MARKS, Line, Mark
from companion.notes.text import mark_name
from companion.words.dates import clock_time
from companion.words.language import t

SIGNS: dict[Mark, str] = {"": "", "q": "“", "f": "f", "!": "!", "?": "?", "p": "p"}
TONES: dict[Mark, str] = {"": "soft", "q": "accent", "f": "soft", "!": "warning", "?": "accent", "p": "soft"}


class LineEdit(GrowingEdit):
    """Enter ends the line."""

    ended = Signal()
    emptied = Signal()  # backspace where there is nothing left
    walked = Signal(int)  # -1 up, +1 down

    def __init__(self) -> None:
        super().__init__(t("What you heard"), room=4)
        self.setProperty("bare", True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends, backspace at nothing goes back, the arrows walk."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ended.emit()
        elif key == Qt.Key.Key_Backspace and not self.toPlainText():
            self.emptied.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self._moves(key):
            self.walked.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What is pasted is one line."""
        self.insertPlainText(" ".join(source.text().split()))

    def _moves(self, key: int) -> bool:
        cursor = self.textCursor()
        way = QTextCursor.MoveOperation.Down if key == Qt.Key.Key_Down else QTextCursor.MoveOperation.Up
        return cursor.movePosition(way)


class LineBox(QWidget):
    """A line as it stands; `changed` says that it differs from what was saved."""

    changed = Signal()

    def __init__(self, position: int, zone: str, clock: Clock, line: Line | None = None) -> None:
        super().__init__()
        self.id = line.id if line else new_id()
        self.position = position
        self.dirty = False
        self.at: datetime | None = line.at if line else None
        self.mark: Mark = line.mark if line else ""
        self._zone = zone
        self._clock = clock
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(12)
        self._time = PlainLabel("", "small")
        self._sign = PlainLabel("", "soft")
        for label, letters in ((self._time, "00:00 "), (self._sign, "mm")):
            label.setWordWrap(False)
            label.setFixedWidth(label.fontMetrics().horizontalAdvance(letters))
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        self._time.setContentsMargins(0, 2, 0, 0)  # small letters on the words' own line
        self.edit = LineEdit()
        self.edit.setPlaceholderText(t("What you hear"))
        if line:
            self.edit.setPlainText(line.text)
        row.addWidget(self.edit, 1)
        self.edit.textChanged.connect(self._on_text)
        self._show()

    def line(self) -> Line:
        """What is to be saved."""
        return Line(self.id, self.at or self._clock(), self.mark, self.edit.toPlainText().strip())

    def set_mark(self, mark: Mark) -> None:
        """Mark the line; the same mark again takes it away."""
        self.mark = "" if mark == self.mark else mark
        self._touch()

    @Slot()
    def _on_text(self) -> None:
        typed = self.edit.toPlainText()
        sign = next((mark for mark in MARKS if typed[:1].lower() == mark and typed[1:2] == " "), None)
        if sign and not self.mark and self.edit.textCursor().position() == 2:  # just typed, the words follow
            self.mark = sign
            self.edit.blockSignals(True)
            self.edit.setPlainText(typed[2:])
            self.edit.blockSignals(False)
            self.edit.fit()
        self._touch()

    def _touch(self) -> None:
        self.at = self.at or self._clock()
        self.dirty = True
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._time.setText(clock_time(self.at, self._zone) if self.at else "")
        self._sign.setText(SIGNS[self.mark])
        self._sign.setProperty("tone", TONES[self.mark])
        self._sign.setAccessibleName(mark_name(self.mark))
        self._sign.setToolTip(mark_name(self.mark))
        self._sign.style().unpolish(self._sign)
        self._sign.style().polish(self._sign)
        self.edit.setAccessibleDescription(mark_name(self.mark))
