"""The growing list of lines: there is always an empty one to write into."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from companion.basics.clock import Clock
from companion.desktop.listen.line import LineBox
from companion.desktop.widgets.card import Card
from companion.notes.model import Line, Mark


class Sheet(Card):
    """Lines below one another."""

    changed = Signal()
    reached = Signal(object)  # the line the cursor went to

    def __init__(self, clock: Clock) -> None:
        super().__init__(margin=24)
        self._clock = clock
        self._zone = "UTC"
        self._next = 0  # positions only grow, so that nothing has to be renumbered
        self.boxes: list[LineBox] = []
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addStretch(1)
        self.column.addLayout(self._lines, 1)

    def show_lines(self, lines: tuple[Line, ...], zone: str) -> None:
        """Show a note's lines and an empty one."""
        for box in self.boxes:
            box.hide()
            box.deleteLater()
        self.boxes = []
        self._zone = zone
        self._next = 0
        for line in lines:
            self._add(line)
        self._add(None)

    def begin_writing(self) -> None:
        """Put the cursor into the empty line."""
        self.boxes[-1].edit.setFocus()

    def dirty(self) -> list[LineBox]:
        """The lines that differ from what was saved."""
        return [box for box in self.boxes if box.dirty]

    def mark_current(self, mark: Mark) -> None:
        """Mark the line the cursor is in, or was in last."""
        box = next((box for box in self.boxes if box.edit.hasFocus()), self._last_used())
        box.set_mark(mark)
        box.edit.setFocus()

    def _last_used(self) -> LineBox:
        used = [box for box in self.boxes if box.edit.toPlainText()]
        return used[-1] if used else self.boxes[-1]

    def _add(self, line: Line | None) -> LineBox:
        box = LineBox(self._next, self._zone, self._clock, line)
        self._next += 1
        self.boxes.append(box)
        self._lines.insertWidget(self._lines.count() - 1, box)
        box.changed.connect(self.changed)
        box.edit.ended.connect(lambda: self._on_ended(box))
        box.edit.emptied.connect(lambda: self._on_emptied(box))
        box.edit.walked.connect(lambda step: self._walk(box, step))
        return box

    def _on_ended(self, box: LineBox) -> None:
        at = self.boxes.index(box)
        if at + 1 < len(self.boxes):
            following = self.boxes[at + 1]
        elif box.edit.toPlainText().strip():
            following = self._add(None)
        else:
            return
        following.edit.setFocus()
        self.reached.emit(following)

    def _on_emptied(self, box: LineBox) -> None:
        if box.mark:
            box.set_mark("")
        else:
            self._walk(box, -1)

    def _walk(self, box: LineBox, step: int) -> None:
        at = self.boxes.index(box) + step
        if 0 <= at < len(self.boxes):
            self.boxes[at].edit.setFocus()
            self.reached.emit(self.boxes[at])
